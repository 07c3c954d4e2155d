"""Minutes that people edited, read back: by control, bookmark, table and heading, and nothing of what they typed is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from copy import deepcopy
from functools import cache
from random import Random
from typing import Any

import pytest

from mase_docs import resources
from mase_docs.errors import InputRefusedError
from mase_docs.intake.minutes import read
from mase_docs.model.edited import Edited, Row, Typed
from mase_docs.watch import Watched
from tests.fillers.word_fill import q
from tests.intake import word_files
from tests.intake.files import package
from tests.intake.minutes_edits import (
    LEGEND,
    SHARED,
    Copy,
    cells_of,
    generated,
    inserted,
    paragraph,
    removed,
    run,
    said_in,
    track,
    w,
)

Words = dict[str, str]


def result(copy: Copy, legend: dict[str, str] | None = None) -> Edited:
    return read(copy.saved(), LEGEND if legend is None else legend)


@cache
def untouched() -> Edited:
    return read(generated(), LEGEND)


def slots(found: Edited) -> Words:
    return {name: said.text for name, said in found.slots.items()}


def cells(row: Row) -> Words:
    return {column: said.text for column, said in row.cells.items()}


def rows(found: Edited, about: str, table: str) -> list[tuple[str, Words]]:
    return [(row.key, cells(row)) for row in found.rows if (row.about, row.table) == (about, table)]


def outside(found: Edited) -> Counter[str]:
    return Counter(said.text for said in found.outside)


def changed(found: Edited) -> tuple[Counter[str], Counter[str]]:
    """What stands elsewhere that didn't before, and what is gone."""
    before, now = outside(untouched()), outside(found)
    return now - before, before - now


def of_names(found: Edited) -> Words:
    """Everything that was read, by the name of its place."""
    named = [(f"{row.key}_{column}", said.text) for row in found.rows for column, said in row.cells.items()]
    return {**slots(found), **dict(named)}


# ── as they were made ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_of_untouched_minutes_every_place_says_exactly_what_stands_in_it() -> None:
    found, told = of_names(untouched()), said_in(Copy())
    assert len(told) == 160
    assert {name: found.get(name, "") for name in told if name != "paper17"} == {n: said for n, said in told.items() if n != "paper17"}
    assert found["case12_agency1_information"] == SHARED
    assert (found["case12_category_review"], found["case13_category_review"], found["observer1_statement_signed"]) == ("yes", "", "yes")


def test_untouched_minutes_are_those_of_their_paper_and_nothing_was_tracked() -> None:
    found = untouched()
    assert (found.paper, found.tracked, found.comments) == (17, 0, [])
    assert found.tables == {
        ("present", "attendance"), ("observers", "observers"), ("actions", "previous"), ("other", "actions"), ("theme4", "actions"),
        *((case, table) for case in ("case12", "case13") for table in ("information", "actions")),
    }  # fmt: skip


def test_rows_have_what_is_printed_in_them_and_blank_ones_are_left_out() -> None:
    found = untouched()
    assert rows(found, "case12", "actions") == [
        (
            "action31",
            {
                "number": "A-2026-0031", "action": "Visit the family\nand the school", "agency": "Borough Police",
                "lead_person": "PC Lowe", "due": "20/05/2026",
            },
        )
    ]  # fmt: skip
    assert rows(found, "case13", "actions") == []
    assert [key for key, _ in rows(found, "present", "attendance")] == [f"agency{n}" for n in range(1, 6)]
    assert [said["due"] for _, said in rows(found, "actions", "previous")] == ["20 May 2026", "20 May 2026\ncarried twice"]


def test_each_word_of_the_minutes_is_read_once() -> None:
    found = untouched()
    said = [*found.outside, *found.slots.values(), *(cell for row in found.rows for cell in row.cells.values())]
    copy = Copy()
    for empty in [*copy.root.iter(q("w:showingPlcHdr"))]:
        empty.getparent().getparent().getparent().remove(empty.getparent().getparent())
    letters = Counter(c for t in copy.root.iter(q("w:t")) for c in t.text or "" if not c.isspace() and c not in "☐☒")
    running = Counter(c for one in found.outside if one.place.startswith("page") for c in one.text if not c.isspace())
    ticked = Counter("yes" * 2)
    assert Counter(c for one in said for c in one.text if not c.isspace()) == letters + running + ticked


def test_places_are_said_with_the_headings_above_them_and_no_name_of_a_child() -> None:
    found = untouched()
    assert found.slots["case12_category"].place == "table 6, row 5, column 2, under “MASE-2026-0007 / ZL / 16F”"
    assert found.slots["case12_decision"].place == "table 8, row 3, column 2, under “Decision”, “MASE-2026-0007 / ZL / 16F”"
    assert found.slots["item_disruption_minutes_spent"].place == "paragraph under “12. Disruption”"
    assert {said.place for said in found.outside} >= {"paragraph", "heading under “5. New Cases”", "page header", "page footer"}
    places = [said.place for said in (*found.outside, *found.slots.values())] + [row.place for row in found.rows]
    assert not any("Zoë" in place or "Okoro" in place for place in places)


def test_page_numbers_are_left_out_and_a_footer_stands_once_however_many_sections_have_it() -> None:
    found = outside(untouched())
    assert found["Copy …… issued to …………………… Page of"] == 1
    assert found["OFFICIAL-SENSITIVE"] == 2


# ── typed in Word ─────────────────────────────────────────────────────────────────────────────────────────────────────────

HARD = "It's <agreed> & “done”\nمرحبا، Zoë e\u0301  twice"


@pytest.mark.parametrize("way", ["type", "type_in_runs", "type_tracked", "type_behind", "type_below"])
def test_what_was_typed_into_a_place_is_read_exactly(way: str) -> None:
    copy = Copy()
    for name in ("case13_reasons", "agency2_name", "case13_new2_action", "case13_more1_information"):
        getattr(copy, way)(name, [*HARD] if way == "type_in_runs" else HARD)
    found = of_names(result(copy))
    assert [found[name] for name in ("case13_reasons", "agency2_name", "case13_new2_action", "case13_more1_information")] == [HARD] * 4
    assert changed(result(copy)) == (Counter(), Counter())


@pytest.mark.parametrize(
    ("name", "said"), [("case13_decision", "Deferred"), ("case13_review_on", "03/06/2026"), ("action5_status", "Done")]
)
def test_what_was_chosen_is_read_in_the_words_that_are_shown(name: str, said: str) -> None:
    copy = Copy()
    copy.type(name, said)
    assert of_names(result(copy))[name] == said


def test_ticks_that_were_set_and_taken_out() -> None:
    copy = Copy()
    for name, ticked in (("case12_category_review", False), ("case13_category_review", True), ("agency1_statement_signed", True)):
        copy.type(name, ticked)
    found = of_names(result(copy))
    assert [found[f"{name}"] for name in ("case12_category_review", "case13_category_review", "agency1_statement_signed")] == [
        "",
        "yes",
        "yes",
    ]


def test_what_is_typed_beside_a_tick_is_listed_with_its_place() -> None:
    copy = Copy()
    copy.type_behind("case13_category_review", " by the police")
    found = result(copy)
    assert slots(found)["case13_category_review"] == ""
    assert changed(found) == (Counter(["by the police"]), Counter())
    assert Typed("by the police", "table 12, row 5, column 2, under “Decision”, “MASE-2026-0008 / ZL / 16F”") in found.outside


def test_what_is_typed_beside_a_control_belongs_to_it() -> None:
    copy = Copy()
    copy.type("case13_reasons", "First")
    copy.type_behind("case13_reasons", " and more")
    copy.type_below("case13_reasons", "Below")
    copy.control("case13_filed_by").addprevious(run("before "))
    copy.type("case13_filed_by", "inside")
    found = slots(result(copy))
    assert (found["case13_reasons"], found["case13_filed_by"]) == ("First and more\nBelow", "before inside")


def test_what_is_typed_behind_a_control_in_a_paragraph_belongs_to_it_and_what_is_before_it_does_not() -> None:
    copy = Copy()
    copy.type("item_panels_minutes_spent", "15")
    copy.type_behind("item_panels_minutes_spent", " or so")
    copy.control("item_disruption_minutes_spent").addprevious(run("about "))
    found = result(copy)
    assert (slots(found)["item_panels_minutes_spent"], slots(found)["item_disruption_minutes_spent"]) == ("15 or so", "10")
    assert changed(found) == (Counter(["Minutes spent: about"]), Counter(["Minutes spent:"]))


@pytest.mark.parametrize("text", ["Choose a school nurse", "Choose", "Click to type the date in", "Select and visit"])
def test_words_that_look_like_first_words_are_read_where_somebody_typed_them(text: str) -> None:
    copy = Copy()
    copy.type("case13_new1_action", text)
    expected = "" if text == "Choose" else text.removeprefix("Click to type").strip()
    assert of_names(result(copy)).get("case13_new1_action", "") == expected


@pytest.mark.parametrize("own", ["Choose an item.", "Click or tap here to enter text.", "Click or tap to enter a date."])
def test_the_words_that_word_shows_in_a_control_that_was_emptied_are_nobodys(own: str) -> None:
    copy = Copy()
    copy.type("meeting_chair", own)
    copy.control("meeting_chair").find(q("w:sdtPr")).append(w("showingPlcHdr"))
    assert slots(result(copy))["meeting_chair"] == ""


def test_words_that_a_program_put_into_a_control_that_calls_itself_empty_are_read() -> None:
    copy = Copy()
    copy.type("meeting_finished", "12:30")
    copy.control("meeting_finished").find(q("w:sdtPr")).append(w("showingPlcHdr"))
    assert slots(result(copy))["meeting_finished"] == "12:30"


def test_enter_in_a_control_makes_two_paragraphs_of_it() -> None:
    copy = Copy()
    line = next(copy.control("case13_reasons").iterancestors(q("w:p")))
    sdt, cell = copy.control("case13_reasons"), copy.cell("case13_reasons")
    copy.type("case13_reasons", "")
    content = copy.content("case13_reasons")
    for old in [*content]:
        content.remove(old)
    content.extend([paragraph(run("One")), paragraph(run("Two"))])
    cell.replace(line, sdt)
    assert slots(result(copy))["case13_reasons"] == "One\nTwo"


@pytest.mark.parametrize("around", ["cell", "row"])
def test_a_control_that_word_puts_around_a_cell_or_a_row_hides_nothing(around: str) -> None:
    copy = Copy()
    copy.type("case13_new1_action", "Visit")
    inside = getattr(copy, around)("case13_new1_action")
    sdt = w("sdt", w("sdtPr", w("id", val="77")), w("sdtContent"))
    inside.addprevious(sdt)
    sdt[1].append(inside)
    assert rows(result(copy), "case13", "actions") == [
        ("case13_new1", {"number": "", "action": "Visit", "agency": "", "lead_person": "", "due": ""})
    ]


def test_smart_tags_and_custom_xml_around_words_hide_nothing() -> None:
    copy = Copy()
    copy.type("case13_filed_by", "")
    copy.content("case13_filed_by").append(w("smartTag", run("P. "), w("customXml", run("Raman")), uri="urn:x", element="PersonName"))
    assert slots(result(copy))["case13_filed_by"] == "P. Raman"


def test_words_struck_out_or_hidden_are_not_said() -> None:
    copy = Copy()
    copy.type("case13_reasons", "kept ")
    struck, hidden = run("struck"), run("hidden")
    struck.insert(0, w("rPr", w("strike")))
    hidden.insert(0, w("rPr", w("vanish")))
    copy.content("case13_reasons").extend([struck, hidden])
    assert slots(result(copy))["case13_reasons"] == "kept"


# ── changes tracked ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_tracked_changes_are_read_as_if_they_were_accepted_and_counted() -> None:
    copy = Copy()
    copy.type_tracked("case12_reasons", "Not so urgent")
    copy.type_tracked("meeting_finished", "12:30")
    found = result(copy)
    assert (slots(found)["case12_reasons"], slots(found)["meeting_finished"], found.tracked) == ("Not so urgent", "12:30", 3)


def test_a_row_that_was_taken_out_with_changes_tracked_is_no_row() -> None:
    copy = Copy()
    copy.delete_row("action5_status", tracked=True)
    copy.delete_row("action31_due", tracked=True)
    found = result(copy)
    assert [key for key, _ in rows(found, "actions", "previous")] == ["action6"]
    assert rows(found, "case12", "actions") == []
    assert ("case12", "actions") in found.tables
    assert changed(found) == (Counter(), Counter())
    assert found.tracked


def test_a_row_that_was_put_in_with_changes_tracked_is_one() -> None:
    copy = Copy()
    track(copy.add_row("case13_new1_action", ["", "Visit", "Gangs Unit"]), "ins")
    found = result(copy)
    assert rows(found, "case13", "actions") == [
        ("", {"number": "", "action": "Visit", "agency": "Gangs Unit", "lead_person": "", "due": ""})
    ]
    assert found.tracked == 4


def test_text_that_was_moved_is_read_at_its_new_place() -> None:
    copy = Copy()
    moved = run("It was moved.")
    copy.paragraph("What has happened").append(w("moveFrom", run("It was moved."), id="1", author="A"))
    copy.type("case13_reasons", "")
    copy.content("case13_reasons").append(w("moveTo", moved, id="2", author="A"))
    found = result(copy)
    assert slots(found)["case13_reasons"] == "It was moved."
    assert changed(found) == (Counter(), Counter())


def test_a_bookmark_around_a_tracked_deletion_still_marks_its_place() -> None:
    copy = Copy()
    copy.lose_tags()
    line = next(copy.control("item_panels_minutes_spent").iterancestors(q("w:p")))
    start, end = line.find(q("w:bookmarkStart")), line.find(q("w:bookmarkEnd"))
    gone, come = removed(start), inserted(end, run("15"))
    copy.control("item_panels_minutes_spent").addprevious(gone)
    gone.addnext(come)
    line.remove(copy.control("item_panels_minutes_spent"))
    assert slots(result(copy))["item_panels_minutes_spent"] == "15"


def test_paragraphs_that_a_tracked_deletion_joins_are_one() -> None:
    copy = Copy()
    first, second = paragraph(run("Police said ")), paragraph(run("nothing."))
    first.insert(0, w("pPr", w("rPr", w("del", id="3", author="A"))))
    copy.paragraph("Any other business").addprevious(first)
    first.addnext(second)
    assert changed(result(copy)) == (Counter(["Police said nothing."]), Counter())


def test_a_cell_that_was_taken_out_with_changes_tracked_is_not_there() -> None:
    copy = Copy()
    copy.type("case13_new1_action", "Visit")
    extra = copy.cell("case13_new1_action").getparent()
    last = deepcopy(cells_of(extra)[-1])
    last.get_or_add_tcPr().append(w("cellDel", id="9", author="A"))
    copy.write_over(last, "gone")
    extra.append(last)
    assert rows(result(copy), "case13", "actions")[0][1]["due"] == ""
    assert changed(result(copy)) == (Counter(), Counter())


# ── rows and tables ───────────────────────────────────────────────────────────────────────────────────────────────────────

ADDED = {"number": "", "action": "Visit the school", "agency": "School Nursing", "lead_person": "N. Grey", "due": "1 June"}


def test_a_row_added_by_hand_is_a_row_without_a_key() -> None:
    copy = Copy()
    copy.add_row("case13_new1_action", ADDED.values())
    copy.add_row("case12_agency1_information", ["Health Visiting", "", "Seen on Monday\nand well"])
    copy.add_row("agency1_name", ["Youth Justice", "Present", "A. Name"])
    copy.add_row("other_new1_action", ["", "Print the leaflet"])
    found = result(copy)
    assert rows(found, "case13", "actions") == [("", ADDED)]
    assert rows(found, "case12", "information")[-1] == (
        "", {"agency": "Health Visiting", "known": "", "information": "Seen on Monday\nand well"},
    )  # fmt: skip
    assert rows(found, "present", "attendance")[-1][1]["name"] == "A. Name"
    assert rows(found, "other", "actions")[-1] == (
        "", {"number": "", "action": "Print the leaflet", "agency": "", "lead_person": "", "due": ""},
    )  # fmt: skip
    assert changed(found) == (Counter(), Counter())


def test_a_row_added_by_hand_and_left_empty_is_none() -> None:
    copy = Copy()
    copy.add_row("case13_new1_action", [])
    assert rows(result(copy), "case13", "actions") == []


def test_a_copied_row_has_no_key_and_the_first_keeps_it() -> None:
    copy = Copy()
    copy.type("case13_new1_action", "Visit the family")
    second = copy.copy_row("case13_new1_action")
    next(t for t in second.iter(q("w:t")) if t.text == "Visit the family").text = "Visit the school"
    found = rows(result(copy), "case13", "actions")
    assert [(key, said["action"]) for key, said in found] == [("case13_new1", "Visit the family"), ("", "Visit the school")]


def test_a_copy_of_a_row_with_a_number_has_the_number_and_no_key() -> None:
    copy = Copy()
    copy.copy_row("action31_action")
    assert [(key, said["number"]) for key, said in rows(result(copy), "case12", "actions")] == [
        ("action31", "A-2026-0031"),
        ("", "A-2026-0031"),
    ]


def test_deleted_rows_are_not_there_and_a_deleted_table_is_not_met() -> None:
    copy = Copy()
    copy.delete_row("agency2_name")
    copy.delete_table("case12_agency1_information")
    found = result(copy)
    assert [key for key, _ in rows(found, "present", "attendance")] == ["agency1", "agency3", "agency4", "agency5"]
    assert ("case12", "information") not in found.tables
    assert ("case13", "information") in found.tables


def test_a_place_that_was_deleted_with_its_row_is_not_there_and_one_that_was_emptied_is_empty() -> None:
    copy = Copy()
    copy.delete_row("case12_filed_by")
    copy.empty("case12_reasons")
    found = slots(result(copy))
    assert "case12_filed_by" not in found
    assert found["case12_reasons"] == ""


def test_a_number_that_was_typed_into_a_blank_row_is_listed_where_nothing_else_was_typed() -> None:
    copy = Copy()
    copy.write_over(cells_of(copy.row("case13_new1_action"))[0], "12")
    found = result(copy)
    assert rows(found, "case13", "actions") == []
    assert changed(found) == (Counter(["12"]), Counter())


def test_cells_that_were_merged_keep_what_each_of_their_controls_says() -> None:
    copy = Copy()
    copy.type("case13_new1_lead_person", "N. Grey")
    copy.type("case13_new1_due", "01/06/2026")
    copy.merge(copy.row("case13_new1_due"), 3, 4)
    found = rows(result(copy), "case13", "actions")[0][1]
    assert (found["lead_person"], found["due"]) == ("N. Grey", "01/06/2026")


def test_what_stands_in_merged_cells_without_controls_belongs_to_the_column_they_begin_in() -> None:
    copy = Copy()
    copy.merge(copy.add_row("case13_new1_action", ["", "Visit", "School Nursing", "N. Grey"]), 1, 3)
    assert rows(result(copy), "case13", "actions") == [("", {"number": "", "action": "Visit\nSchool Nursing\nN. Grey", "due": ""})]


def test_a_cell_that_was_split_is_read_one_part_after_the_other() -> None:
    copy = Copy()
    copy.type("case13_new1_action", "Visit the")
    table = copy.table("case13_new1_action")
    split = copy.cell("case13_new1_action")
    for row in table.iter(q("w:tr")):
        if row is not copy.row("case13_new1_action"):
            cells_of(row)[1].get_or_add_tcPr().append(w("gridSpan", val="2"))
    second = deepcopy(split)
    copy.write_over(second, "family")
    split.addnext(second)
    table.find(q("w:tblGrid")).insert(1, w("gridCol", w="500"))
    found = rows(result(copy), "case13", "actions")
    assert found == [("case13_new1", {"number": "", "action": "Visit the family", "agency": "", "lead_person": "", "due": ""})]


def test_a_column_that_somebody_put_in_is_listed_and_moves_no_other() -> None:
    copy = Copy()
    copy.type("case13_new1_due", "01/06/2026")
    for number, row in enumerate(copy.table("case13_new1_due").iter(q("w:tr"))):
        extra = deepcopy(cells_of(row)[-1])
        copy.write_over(extra, ("Priority", "high")[number] if number < 2 else "")
        cells_of(row)[-2].addprevious(extra)
    found = result(copy)
    assert rows(found, "case13", "actions")[0][1] == {"number": "", "action": "", "agency": "", "lead_person": "", "due": "01/06/2026"}
    assert changed(found) == (Counter(["Priority", "high"]), Counter())


def test_a_table_in_a_cell_is_listed_and_is_none_of_its_words() -> None:
    copy = Copy()
    copy.type("case13_reasons", "See below")
    inner = deepcopy(copy.table("meeting_chair"))
    for row in [*inner.iter(q("w:tr"))][1:]:
        inner.remove(row)
    copy.cell("case13_reasons").append(inner)
    copy.cell("case13_reasons").append(paragraph())
    found = result(copy)
    assert slots(found)["case13_reasons"] == "See below"
    assert changed(found)[0] == Counter(["Meeting", "6 May 2026"])


def test_tables_that_were_joined_by_deleting_what_stood_between_are_read_as_two() -> None:
    copy = Copy()
    copy.type("case13_decision", "Deferred")
    copy.type("case13_new1_action", "Visit")
    first, second, third = (copy.table(name) for name in ("case13_agency1_information", "case13_decision", "case13_new1_action"))
    for row in [*second.iter(q("w:tr")), *third.iter(q("w:tr"))]:
        first.append(row)
    for gone in (second, third):
        gone.getparent().remove(gone)
    found = result(copy)
    assert [key for key, _ in rows(found, "case13", "information")] == ["case13_agency1", "case13_agency3", "case13_agency4"]
    assert slots(found)["case13_decision"] == "Deferred"
    assert [said["action"] for _, said in rows(found, "case13", "actions")] == ["Visit"]
    assert changed(found) == (Counter(), Counter())


def test_the_second_half_of_a_table_that_was_split_goes_on_without_a_head() -> None:
    copy = Copy()
    copy.type("case12_new2_action", "Visit")
    first = copy.table("case12_new2_action")
    second = deepcopy(first)
    for row in [*second.iter(q("w:tr"))]:
        second.remove(row)
    for row in [*first.iter(q("w:tr"))][2:]:
        second.append(row)
    between = paragraph(run("Agreed later:"))
    first.addnext(between)
    between.addnext(second)
    found = result(copy)
    assert [(key, said["action"]) for key, said in rows(found, "case12", "actions")] == [
        ("action31", "Visit the family\nand the school"), ("case12_new2", "Visit"),
    ]  # fmt: skip
    assert changed(found) == (Counter(["Agreed later:"]), Counter())


# ── copies ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_copied_table_beneath_the_heading_of_another_case_is_that_cases() -> None:
    copy = Copy()
    copy.type("case12_new1_action", "Visit")
    table = deepcopy(copy.table("case12_new1_action"))
    copy.table("case13_new1_action").addnext(table)
    table.addprevious(paragraph())
    found = result(copy)
    assert [(key, said["action"]) for key, said in rows(found, "case12", "actions")] == [
        ("action31", "Visit the family\nand the school"), ("case12_new1", "Visit"),
    ]  # fmt: skip
    assert [(key, said["number"], said["action"]) for key, said in rows(found, "case13", "actions")] == [
        ("", "A-2026-0031", "Visit the family\nand the school"), ("", "", "Visit"),
    ]  # fmt: skip


def test_a_copied_table_that_is_about_nothing_known_is_listed_and_never_guessed() -> None:
    copy = Copy()
    copy.type("case12_new1_action", "Visit")
    copy.type("case12_decision", "Deferred")
    for name in ("case12_decision", "case12_new1_action"):
        table = deepcopy(copy.table(name))
        first = table.find(f"{q('w:tr')}/{q('w:tc')}")
        copy.write_over(first, "No.") if name == "case12_new1_action" else copy.write_over(first, "Another")
        copy.paragraph("Any other business").addprevious(paragraph())
        copy.paragraph("Any other business").addprevious(table)
    found = result(copy)
    assert slots(found)["case12_decision"] == "Deferred"
    assert [key for key, _ in rows(found, "case12", "actions")] == ["action31", "case12_new1"]
    more, gone = changed(found)
    assert gone == Counter()
    assert Counter({"Deferred": 1, "Visit": 1, "A-2026-0031": 1, "Visit the family and the school": 1}) <= more


# ── what programs lose ────────────────────────────────────────────────────────────────────────────────────────────────────


def filled() -> Copy:
    copy = Copy()
    for name, text in (
        ("meeting_finished", "12:30"), ("case13_decision", "Deferred"), ("case13_reasons", "Nobody came"), ("theme4_response", "Patrols"),
        ("case13_new1_action", "Visit"), ("case13_new1_agency", "Gangs Unit"), ("agency2_attendance", "Present"),
        ("other_new1_due", "1 June"), ("case13_agency3_information", "Seen on Monday"), ("action5_status", "Done"),
        ("item_panels_minutes_spent", "15"),
    ):  # fmt: skip
        copy.type(name, text)
    copy.type("case13_category_review", True)
    return copy


@pytest.mark.parametrize("lost", [["lose_tags"], ["lose_bookmarks"], ["lose_tags", "lose_controls"], ["lose_controls"]])
def test_with_bookmarks_or_tags_alone_all_is_read_alike(lost: Iterable[str]) -> None:
    copy = filled()
    before = result(copy)
    for what in lost:
        getattr(copy, what)()
    assert result(copy) == before


@pytest.mark.parametrize("lost", [["lose_tags", "lose_bookmarks"], ["lose_tags", "lose_bookmarks", "lose_controls"]])
def test_where_all_names_are_lost_tables_and_headings_tell(lost: Iterable[str]) -> None:
    copy = filled()
    before = result(copy)
    for what in lost:
        getattr(copy, what)()
    found = result(copy)
    assert found.tables == before.tables
    items = {name for name in before.slots if name.startswith("item_")}
    assert slots(found) == {name: said for name, said in slots(before).items() if name not in items}
    assert [(row.about, row.table, cells(row)) for row in found.rows] == [(row.about, row.table, cells(row)) for row in before.rows]
    assert {row.key for row in found.rows} == {""}
    assert found.paper is None
    assert changed(found) == (Counter(["Minutes spent: 10", "Minutes spent: 15"]), Counter(["Minutes spent:"] * 2))


def test_where_names_are_lost_and_no_heading_tells_nothing_is_guessed() -> None:
    copy = filled()
    copy.lose_tags()
    copy.lose_bookmarks()
    found = result(copy, {})
    assert {row.about for row in found.rows} == {"present", "observers", "actions", "other"}
    assert [name for name in found.slots if not name.startswith("meeting")] == []
    assert Counter(["Visit", "Gangs Unit", "Deferred", "Nobody came", "Patrols", "Seen on Monday"]) <= outside(found)


def test_a_heading_that_was_deleted_gives_one_cases_tables_to_no_other() -> None:
    copy = filled()
    copy.lose_tags()
    copy.lose_bookmarks()
    heading = copy.paragraph("MASE-2026-0008 / ZL / 16F · ")
    heading.getparent().remove(heading)
    found = result(copy)
    assert slots(found)["case13_decision"] == "Deferred"
    assert [said["action"] for _, said in rows(found, "case13", "actions")] == ["Visit"]
    assert slots(found)["case12_decision"] == "Accepted: with actions"


def test_where_two_things_stand_in_a_heading_it_tells_nothing_and_the_longest_name_counts() -> None:
    copy = filled()
    copy.lose_tags()
    copy.lose_bookmarks()
    both = {**LEGEND, "Eastwick": "theme9"}
    assert "theme4_response" in result(copy, both).slots
    for words in copy.paragraph("Eastwick Academy").iter(q("w:t")):
        words.text = "Eastwick Academy and MASE-2026-0008"
    assert "theme4_response" not in result(copy).slots


def test_a_place_typed_over_in_libreoffice_keeps_all_of_its_cell() -> None:
    """Where somebody selects a whole cell and types, LibreOffice leaves the bookmark around the first word, and no control."""
    copy = Copy()
    copy.lose_tags()
    line = next(copy.control("case13_reasons").iterancestors(q("w:p")))
    line.replace(copy.control("case13_reasons"), run("Nobody"))
    line.append(run(" came"))
    assert slots(result(copy))["case13_reasons"] == "Nobody came"


def test_a_bookmark_that_is_left_of_a_deleted_paragraph_is_no_place() -> None:
    copy = Copy()
    copy.lose_tags()
    line = next(copy.control("item_panels_minutes_spent").iterancestors(q("w:p")))
    after = line.getnext()
    for mark in line.findall(q("w:bookmarkEnd")) + line.findall(q("w:bookmarkStart")):
        after.insert(1, mark)
    line.getparent().remove(line)
    found = result(copy)
    assert "item_panels_minutes_spent" not in found.slots
    assert changed(found) == (Counter(), Counter(["Minutes spent:"]))


# ── typed elsewhere ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_typed_outside_every_place_is_listed_in_reading_order_with_where_it_stands() -> None:
    copy = Copy()
    copy.paragraph("Any other business").addprevious(paragraph(run("The  chair\tthanked\nall.")))
    copy.paragraph("MASE-2026-0008").addnext(paragraph(run("A note.")))
    found = result(copy)
    assert changed(found) == (Counter(["The chair thanked all.", "A note."]), Counter())
    new = [said for said in found.outside if said.text in ("A note.", "The chair thanked all.")]
    assert new == [
        Typed("A note.", "paragraph under “MASE-2026-0008 / ZL / 16F”"),
        Typed("The chair thanked all.", "paragraph under “14. Figures, any other business and next meeting”"),
    ]


def test_a_label_that_was_typed_over_is_listed() -> None:
    copy = Copy()
    copy.write_over(cells_of(copy.row("case12_reasons"))[0], "Grounds")
    found = result(copy)
    assert slots(found)["case12_reasons"] == "It is urgent.\nAll agree."
    assert changed(found) == (Counter(["Grounds"]), Counter(["Reasons"]))


def test_a_text_box_is_read_once_with_its_place() -> None:
    copy = Copy()
    box = w("txbxContent", paragraph(run("In a box")))
    space = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
    alternatives = w("x")
    alternatives.tag = f"{space}AlternateContent"
    for kind in ("Choice", "Fallback"):
        way = w("x", w("pict", deepcopy(box)))
        way.tag = f"{space}{kind}"
        alternatives.append(way)
    copy.paragraph("Any other business").append(w("r", alternatives))
    found = result(copy)
    assert changed(found) == (Counter(["In a box"]), Counter())
    assert Typed("In a box", "text box under “14. Figures, any other business and next meeting”") in found.outside


def test_comments_say_where_they_hang() -> None:
    copy = Copy()
    copy.comment("case13_decision", "Is this right?\nAsk the chair.")
    copy.comment("item_panels_minutes_spent", "Longer")
    found = result(copy)
    assert found.comments == [
        Typed("Is this right?\nAsk the chair.", "table 12, row 3, column 2, under “Decision”, “MASE-2026-0008 / ZL / 16F”"),
        Typed("Longer", "paragraph under “13. Links to other panels”"),
    ]
    assert changed(found) == (Counter(), Counter())


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_are_listed_with_where_they_hang(kind: str) -> None:
    copy = Copy()
    line = w(kind, paragraph(w("r", w("separator"))), id="0", type="separator")
    copy.add_part(f"{kind}s", w(f"{kind}s", line, w(kind, paragraph(run("By letter.")), id="1")))
    copy.paragraph("Any other business").append(w("r", w(f"{kind}Reference", id="1")))
    place = f"{kind} at paragraph under “14. Figures, any other business and next meeting”"
    assert result(copy).outside[-1] == Typed("By letter.", place)


def test_what_is_written_into_the_footer_is_listed() -> None:
    copy = Copy()
    copy.parts = {
        name: data.replace("Copy ……  issued to ……………………".encode(), b"Copy 7 issued to A. Name") for name, data in copy.parts.items()
    }
    assert changed(result(copy)) == (Counter(["Copy 7 issued to A. Name Page of"]), Counter(["Copy …… issued to …………………… Page of"]))


# ── files ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_minutes_of_sixty_cases_are_read() -> None:
    found = read(generated(60), {f"MASE-2026-{7 + n:04}": f"case{12 + n}" for n in range(60)})
    assert len([name for name in found.slots if name.endswith("_decision")]) == 61


def test_minutes_pass_the_watched_process_as_they_are() -> None:
    copy = Copy()
    copy.comment("case13_decision", "Is this right?")
    with Watched() as watched:
        told: Any = watched.call("mase_docs.intake.minutes", "read", copy.saved(), LEGEND)
    assert told == result(copy)


def test_a_document_that_is_no_minutes_is_refused_in_words() -> None:
    cells = ["".join(word_files.cell(word_files.p(word_files.r(said))) for said in row) for row in (("No.", "Action"), ("1", "Visit"))]
    other = word_files.word(word_files.table(*map(word_files.row, cells)))
    with pytest.raises(InputRefusedError, match="no minutes that mase-docs made") as refusal:
        read(other, LEGEND)
    assert (refusal.value.code, refusal.value.remedy.startswith("Give the minutes")) == ("AR42", True)


def test_agenda_forms_and_other_kinds_of_file_are_refused_in_words() -> None:
    agenda = (resources.folder("templates") / "agenda.docx").read_bytes()
    form = (resources.folder("forms") / "referral_v1.docx").read_bytes()
    others = (b"", b"%PDF-1.7", b"\xd0\xcf\x11\xe0", (resources.folder("forms") / "referral_v1.xlsx").read_bytes())
    assert [refusal_of(data) for data in (agenda, form, *others)] == ["AR42", "AR42", "AR27", "AR27", "AR27", "AR27"]


def refusal_of(data: bytes) -> str:
    try:
        read(data, LEGEND)
    except InputRefusedError as refusal:
        return refusal.code if "inutes" in refusal.message and refusal.remedy.endswith(".") else refusal.message
    return ""


DAMAGED = 120


@pytest.mark.parametrize("first", range(0, DAMAGED, 40))
def test_minutes_that_were_damaged_are_refused_in_words_or_read(first: int) -> None:
    """Bytes changed, cut off or doubled, in the file and in its XML; elements taken out of it, doubled, put elsewhere."""
    for seed in range(first, first + 40):
        assert refusal_of(damaged(Random(seed))) in ("", "AR27", "AR28", "AR42"), seed


def damaged(random: Random) -> bytes:
    copy = Copy()
    way = random.choice([_bytes, _text, _elements, _elements])
    return way(copy, random)


def _bytes(copy: Copy, random: Random) -> bytes:
    return _broken(copy.saved(), random)


def _broken(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return random.choice([data[:at], data[:at] + bytes([random.randrange(256)]) + data[at + 1 :], data[:at] + data[at // 2 :]])


def _text(copy: Copy, random: Random) -> bytes:
    part = random.choice(
        ["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "word/header1.xml"]
    )
    parts = {**copy.parts, part: _broken(copy.parts[part], random)}
    return package(parts)


def _elements(copy: Copy, random: Random) -> bytes:
    """A few elements of the body in places where no program puts them."""
    for _ in range(random.randint(1, 8)):
        there = [element for element in copy.root.iter() if element.getparent() is not None and element.tag != q("w:body")]
        one, other = random.sample(there, 2)
        what = random.choice(["gone", "doubled", "moved", "unnamed"])
        if what == "gone":
            one.getparent().remove(one)
        elif what == "doubled":
            other.append(deepcopy(one))
        elif what == "moved" and one not in other.iterancestors():
            other.append(one)
        else:
            for name in one.attrib:
                one.set(name, random.choice(["", "-1", "99999999999", "x", "9" * 500]))
    return copy.saved()
