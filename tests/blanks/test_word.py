"""The blank Word form, as it is before anybody writes in it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from mase_docs.blanks import word, word_questions
from mase_docs.blanks.wording import choices, condition
from mase_docs.definition.form import Field, Slot
from mase_docs.definition.words import is_placeholder
from mase_docs.model.control import DATE
from tests.blanks.word_blanks import FORMS, HOME, WordBlank, WordForm, find, full, value, words
from tests.blanks.word_blanks import blank as built


@pytest.fixture(params=FORMS)
def blank(request: pytest.FixtureRequest) -> WordBlank:
    return built(request.param)


@pytest.fixture
def orchard() -> WordBlank:
    return built("orchard")


def kind(control: Any) -> str:
    """What a control is: text, date, dropDownList, comboBox or checkbox."""
    return str(find(control, "w:sdtPr/*[last()]")[0].tag).split("}")[1]


def offered(control: Any) -> list[str]:
    return [str(text) for text in find(control, "w:sdtPr/*/w:listItem/@w:displayText")]


def cell_of(control: Any) -> Any:
    return find(control, "ancestor::w:tc")[0]


def labels_of(control: Any) -> list[str]:
    """What stands in the first cell of a control's row, paragraph by paragraph."""
    return [words(p) for p in find(control, "ancestor::w:tr[1]/w:tc[1]/w:p")]


def paragraphs(blank: WordForm, *styles: str) -> list[str]:
    found = [p for style in styles for p in find(blank.document, f"//w:p[w:pPr/w:pStyle/@w:val='{style}']")]
    return [words(p) for p in found]


def asked(blank: WordBlank) -> list[Field]:
    return [field for field in blank.form.fields.values() if field.asked and "docx" in field.media]


def test_two_builds_give_the_same_bytes(blank: WordBlank) -> None:
    assert word.build(blank.form, HOME) == blank.data


def test_every_place_for_an_answer_is_one_control_and_there_are_no_others(blank: WordBlank) -> None:
    tags = Counter(value(control, "w:sdtPr/w:tag") for control in find(blank.document, "//w:sdt"))
    assert tags == Counter(slot.name for slot in blank.slots)
    assert max(len(tag or "") for tag in tags) <= 64, "which is as much as Word keeps"


def test_answers_stand_in_reading_order_so_that_one_comes_after_the_other(blank: WordBlank) -> None:
    assert list(blank.controls) == [slot.name for slot in blank.slots]


def test_every_control_has_a_number_and_a_bookmark_of_its_own(blank: WordBlank) -> None:
    assert len({value(control, "w:sdtPr/w:id") for control in blank.controls.values()}) == len(blank.slots)
    assert list(blank.bookmarked) == [slot.bookmark for slot in blank.slots]
    assert max(map(len, blank.bookmarked)) <= 40


def test_a_bookmark_holds_the_answer_and_nothing_else(blank: WordBlank) -> None:
    assert list(blank.bookmarked.values()) == [words(control) for control in blank.controls.values()]


def test_long_names_that_begin_alike_have_different_bookmarks() -> None:
    field = built("orchard").form.fields["keeper"]
    names = [f"help_that_is_in_place_at_the_moment_{ending}" for ending in ("alder", "aspen")]
    assert len({Slot(name, name, field, "").bookmark for name in names}) == 2


def test_controls_stand_inside_a_paragraph_where_libreoffice_keeps_what_was_chosen(blank: WordBlank) -> None:
    assert {control.getparent().tag for control in blank.controls.values()} == {full("w:p")}


def test_a_control_is_named_by_its_question(blank: WordBlank) -> None:
    for slot in blank.slots:
        alias = value(blank.controls[slot.name], "w:sdtPr/w:alias") or ""
        assert alias == slot.label if len(slot.label) <= 64 else (len(alias) == 64 and alias[-30:] == slot.label[-30:])


def test_the_question_stands_left_of_its_answer(blank: WordBlank) -> None:
    for slot in blank.slots:
        if slot.repeat is None:
            assert labels_of(blank.controls[slot.name])[0] == slot.field.label


def test_the_choice_stands_right_of_its_box(blank: WordBlank) -> None:
    for slot in (slot for slot in blank.slots if slot.option):
        code = HOME.codes(slot.field.choices or "").by_code[slot.option or ""]
        said = words(find(blank.controls[slot.name], "ancestor::w:p[1]")[0])
        assert said == f"☐\t{code.label}" + (f"  {code.hint}" if code.hint else "")


def test_in_a_table_an_answer_stands_below_its_column_and_right_of_its_row() -> None:
    referral = built("referral")
    control = referral.controls["safeguard_s_evidence"]
    column = find(control, "count(ancestor::w:tc[1]/preceding-sibling::w:tc)")
    head = find(control, "ancestor::w:tbl/w:tr[1]/w:tc")[int(float(str(column)))]
    assert words(find(head, "w:p")[0]) == referral.form.fields["safeguard"].column[1].label
    assert labels_of(control) == [HOME.codes("safeguard").label_of("S")]


def test_a_repeat_that_is_wide_is_asked_row_by_row() -> None:
    referral = built("referral")
    assert labels_of(referral.controls["linked_people_2_dob"])[0] == "Date of birth"
    before = find(referral.controls["linked_people_2_dob"], "ancestor::w:tbl/preceding-sibling::w:p[1]")[0]
    assert words(before) == "Row 2"


def test_every_kind_of_question_has_its_kind_of_control(orchard: WordBlank) -> None:
    kinds = {slot.field.type: kind(orchard.controls[slot.name]) for slot in orchard.slots if slot.name != "main_tree"}
    assert kinds == {
        **dict.fromkeys(("name", "long_text", "integer", "phone", "datetime"), "text"),
        "date": "date",
        "yes_no": "dropDownList",
        "select_multiple": "checkbox",
    }
    assert kind(orchard.controls["main_tree"]) == "comboBox", "an answer outside the list is welcome"


def test_drop_downs_offer_the_choices_and_give_their_codes(blank: WordBlank) -> None:
    for slot in (slot for slot in blank.slots if slot.field.type in ("select_one", "yes_no")):
        control = blank.controls[slot.name]
        assert offered(control) == choices(slot.field, HOME), slot.name
        values = [str(v) for v in find(control, "w:sdtPr/*/w:listItem/@w:value")]
        assert len(set(values)) == len(values)
    assert find(built("orchard").controls["walled"], "w:sdtPr/*/w:listItem/@w:value")[1:] == ["yes", "no"]


def test_an_answer_can_be_unchosen(orchard: WordBlank) -> None:
    first = find(orchard.controls["walled"], "w:sdtPr/*/w:listItem")[0]
    assert first.get(full("w:displayText")) is None
    assert first.get(full("w:value")) == words(orchard.controls["walled"])


def test_boxes_are_empty_and_everything_else_shows_words_that_are_no_answer(blank: WordBlank) -> None:
    for slot in blank.slots:
        control = blank.controls[slot.name]
        if slot.option:
            assert words(control) == "☐"
            assert value(control, "w:sdtPr/w14:checkbox/w14:checked") is None
            assert find(control, "w:sdtPr/w14:checkbox/w14:checked/@w14:val") == ["0"]
        else:
            assert is_placeholder(words(control))
            assert find(control, "w:sdtPr/w:showingPlcHdr")


def test_dates_are_british(orchard: WordBlank) -> None:
    date = find(orchard.controls["planted"], "w:sdtPr/w:date")[0]
    assert (value(date, "w:dateFormat"), value(date, "w:lid")) == ("dd/MM/yyyy", "en-GB")


def test_long_answers_take_several_lines(orchard: WordBlank) -> None:
    lines = {name: find(orchard.controls[name], "w:sdtPr/w:text/@w:multiLine") for name in ("pear_notes", "keeper")}
    assert lines == {"pear_notes": ["1"], "keeper": []}


def test_a_required_question_says_so_below_its_label_and_no_other_does(blank: WordBlank) -> None:
    for slot in (slot for slot in blank.slots if slot.repeat is None):
        said = labels_of(blank.controls[slot.name])[1:]
        assert any(text.startswith("Required.") for text in said) == slot.field.required, slot.name


def test_a_required_table_says_so_below_its_heading(orchard: WordBlank) -> None:
    assert "Required. Those who come every year." in paragraphs(orchard, "About")


def test_hints_are_shown_and_when_a_question_is_required_is_said_in_words(blank: WordBlank) -> None:
    said = " ".join(paragraphs(blank, "Note", "About"))
    for field in asked(blank):
        assert field.hint in said or field.hint == DATE, "which stands in the control itself"
        assert condition(field, blank.form, HOME) in said
    assert condition(built("orchard").form.fields["wall_height"], built("orchard").form, HOME) == "if “Is there a wall?” is Yes"


def test_what_the_coordinator_fills_in_is_not_on_it(orchard: WordBlank) -> None:
    assert "Seen by" not in words(orchard.document)
    assert "seen_by_office" not in orchard.controls


def test_only_the_controls_can_be_filled_in_and_none_can_be_deleted(blank: WordBlank) -> None:
    (protection,) = find(blank.part("word/settings.xml"), "w:documentProtection")
    assert dict(protection.attrib) == {full("w:edit"): "forms", full("w:enforcement"): "1"}, "and there is no password"
    assert {value(control, "w:sdtPr/w:lock") for control in blank.controls.values()} == {"sdtLocked"}


def test_every_page_is_marked_top_and_bottom_and_says_which_form_it_is(blank: WordBlank) -> None:
    assert words(blank.part("word/header1.xml")) == "OFFICIAL-SENSITIVE when completed"
    assert words(blank.part("word/footer1.xml")) == f"{blank.form.stamp}\tOFFICIAL-SENSITIVE when completed\tPage 1 of 1"
    assert [code.strip() for code in find(blank.part("word/footer1.xml"), "//w:fldSimple/@w:instr")] == ["PAGE", "NUMPAGES"]


def test_the_form_of_another_borough_carries_its_own_marking_and_stamp() -> None:
    form = replace(HOME.form("orchard"), code="A&B", marking="OFFICIAL")
    made = WordForm(word.build(form, HOME))
    assert words(made.part("word/footer1.xml")).startswith("A&B 2\tOFFICIAL when completed\t")
    assert b"<dc:subject>A&amp;B 2</dc:subject>" in made.parts["docProps/core.xml"]


def test_it_has_a_title_and_a_language_and_names_no_author(blank: WordBlank) -> None:
    about = blank.part("docProps/core.xml")
    assert {str(e.tag).split("}")[1]: e.text for e in about} == {
        "title": blank.form.title,
        "subject": blank.form.stamp,
        "language": "en-GB",
    }
    assert find(blank.part("word/styles.xml"), "//w:rPrDefault//w:lang/@w:val") == ["en-GB"]


def test_it_says_where_programs_look_which_form_it_is(blank: WordBlank) -> None:
    properties = {e.get("name"): "".join(e.itertext()) for e in blank.part("docProps/custom.xml")}
    assert properties == {"FormId": blank.form.id, "FormVersion": str(blank.form.version)}


def test_nothing_in_it_runs_or_reaches_out(blank: WordBlank) -> None:
    assert not [name for name in blank.parts if any(word in name.lower() for word in ("vba", "activex", "embeddings", "customxml"))]
    assert not [name for name, data in blank.parts.items() if name.endswith(".rels") and b"External" in data]


def test_each_section_is_a_heading_and_no_level_is_left_out(blank: WordBlank) -> None:
    sections = [s.label for s in blank.form.section if any(f in asked(blank) for f in s.field)]
    assert paragraphs(blank, "Heading1") == sections
    levels = [int(style[-1]) for style in find(blank.document, "//w:pStyle/@w:val") if style.startswith("Heading")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_a_name_a_head_said_on_each_page_and_words_before_it(blank: WordBlank) -> None:
    for table in find(blank.document, "//w:tbl"):
        assert value(table, "w:tblPr/w:tblCaption")
        assert len(find(table, "w:tr[w:trPr/w:tblHeader]")) == 1
        assert all(words(cell) for cell in find(table, "w:tr[1]/w:tc"))
        assert find(table, "preceding-sibling::*[1]")[0].tag == full("w:p")


def test_no_paragraph_is_empty_and_none_of_the_tables_has_joined_cells(blank: WordBlank) -> None:
    assert not [p for p in find(blank.document, "//w:p") if not words(p).strip()]
    assert not find(blank.document, "//w:gridSpan | //w:vMerge")
    assert blank.body[-2].tag == full("w:p"), "after the last table"


def test_what_is_short_stays_on_one_page(blank: WordBlank) -> None:
    splitting = {slot.field.type for slot in blank.slots if not find(blank.controls[slot.name], "ancestor::w:tr/w:trPr/w:cantSplit")}
    assert splitting <= {"long_text", "select_multiple"}


def test_tables_are_as_wide_as_the_page_allows(blank: WordBlank) -> None:
    for table in find(blank.document, "//w:tbl"):
        columns = [int(width) for width in find(table, "w:tblGrid/w:gridCol/@w:w")]
        assert sum(columns) == word_questions.WIDTH
        assert min(columns) > 500


@pytest.mark.parametrize("form_id", FORMS)
def test_checkers_of_word_files_find_nothing(form_id: str, tmp_path: Path) -> None:
    programs, file = Path(sys.executable).parent, tmp_path / "form.docx"
    file.write_bytes(built(form_id).data)
    audit = subprocess.run([programs / "openxml-audit", "-o", "json", file], capture_output=True, text=True, check=False)
    integrity = subprocess.run([programs / "ooxml-integrity", "check", "--no-config", file], capture_output=True, text=True, check=False)
    [found] = json.loads(audit.stdout)
    assert (found["errors"], found["warning_count"]) == ([], 0)
    assert "0 error(s), 0 warning(s)" in integrity.stdout
