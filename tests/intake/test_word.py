"""Word forms: our own by tag, bookmark or label, whatever program saved it; what Word does to text; what is refused."""

from __future__ import annotations

import copy
import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from examples.make_month import answers_of, words_of
from mase_docs.blanks.word import build
from mase_docs.definition.home import Home
from mase_docs.intake.as_json import as_json
from mase_docs.intake.reader import read_source
from mase_docs.model.submission import Submission
from tests.conftest import ROOT
from tests.fillers.word_fill import edited, fill_word, q
from tests.intake.files import package
from tests.intake.word_files import (
    MACROS,
    STRICT,
    TICK,
    cell,
    control,
    members,
    ours,
    p,
    r,
    row,
    saved_by_libreoffice,
    saved_by_pandoc,
    table,
    word,
)

MONTH = Home(ROOT / "examples/month")
TODAY = date(2026, 11, 23)
SCRIPT = tomllib.loads((ROOT / "examples/cases.toml").read_text(encoding="utf-8"))
CASES = {case["file"]: case for case in SCRIPT["case"] if case["file"].endswith(".xlsx") and "spoil" not in case}


def read(data: bytes, home: Home = MONTH) -> Submission:
    return read_source("form.docx", data, home, TODAY)


def typed(name: str) -> dict[str, Any]:
    """What is typed into each control of the blank for a case of the month."""
    case = CASES[name]
    return dict(_typed(case.get("form", "referral"), answers_of(case, SCRIPT)))


def _typed(form: str, answers: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for slot in MONTH.slots(MONTH.form(form), "docx"):
        said = answers.get(slot.path)
        if slot.option and said and slot.option in said:
            yield slot.name, True
        elif said and not slot.option:
            yield slot.name, words_of(slot, said)


def completed(name: str) -> bytes:
    return fill_word(build(MONTH.form(CASES[name].get("form", "referral")), MONTH), typed(name))


def expected(name: str) -> Any:
    """What was typed, as the JSON beside the Excel form of the same case says it (which is held against what was typed)."""
    return json.loads((ROOT / f"examples/month/{name}.expected.json").read_text(encoding="utf-8"))["answers"]


def tight(answers: Any) -> Any:
    """Answers without their white space: LibreOffice 7.4 loses the line ends within a control."""
    return json.loads(re.sub(r"(\\n|\s)+", "", json.dumps(answers)))


ONE = "01_school_group.xlsx"


# our own form ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", CASES)
def test_a_form_filled_in_as_word_does_it_gives_what_was_typed(name: str) -> None:
    found = read(completed(name))
    assert as_json(found, MONTH)["answers"] == expected(name)
    assert [problem.code for problem in found.problems] == []


def test_every_answer_is_sure_and_says_its_place() -> None:
    found = read(completed(ONE)).answers["family_name"]
    assert (found.confidence, re.fullmatch(r"table \d+, row \d+, column 2", found.place) is not None) == ("high", True)


def test_the_blank_is_blank() -> None:
    found = read(build(MONTH.form("referral"), MONTH))
    assert [answer.value for answer in found.answers.values() if answer.value is not None] == []
    assert [problem.code for problem in found.problems] == ["AR35"]


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("formats", [("docx",), ("odt", "docx")], ids=["docx", "odt and back"])
def test_a_form_that_libreoffice_saved_gives_the_same(formats: tuple[str, ...], tmp_path: Path) -> None:
    found = read(saved_by_libreoffice(completed(ONE), tmp_path, *formats))
    assert tight(as_json(found, MONTH)["answers"]) == tight(expected(ONE))
    assert [problem.code for problem in found.problems] == ["AR19"]
    assert {answer.confidence for answer in found.answers.values() if answer.value is not None} == {"medium", "low"}
    run_together = {path for path, answer in found.answers.items() if answer.confidence == "low"}
    assert run_together == {path for path, answer in found.answers.items() if "\n" in str(typed(ONE).get(path, ""))}


@pytest.mark.needs("pandoc")
def test_a_form_that_was_written_anew_without_controls_gives_the_same(tmp_path: Path) -> None:
    found = read(saved_by_pandoc(completed(ONE), tmp_path))
    assert as_json(found, MONTH)["answers"] == expected(ONE)
    assert [problem.code for problem in found.problems] == ["AR19"]


def without_marks(root: Any) -> None:
    """Neither controls nor bookmarks, as when a form was copied into another document."""
    for mark in [*root.iter(q("w:bookmarkStart")), *root.iter(q("w:bookmarkEnd"))]:
        mark.getparent().remove(mark)
    for sdt in list(root.iter(q("w:sdt"))):
        place = sdt.getparent()
        for number, inside in enumerate(list(sdt.find(q("w:sdtContent")))):
            place.insert(place.index(sdt) + number, inside)
        place.remove(sdt)


@pytest.mark.parametrize("name", CASES)
def test_by_labels_alone_a_form_gives_what_was_typed(name: str) -> None:
    found = read(edited(completed(name), without_marks))
    assert as_json(found, MONTH)["answers"] == expected(name)
    assert [problem.code for problem in found.problems] == ["AR19"]


def test_a_form_without_its_properties_is_known_by_its_stamp() -> None:
    bare = edited(completed(ONE), lambda root: root.clear(), "docProps/custom.xml")
    assert read(bare).form == "referral"


def test_a_form_that_was_copied_into_a_letter_is_known_by_its_labels() -> None:
    """Neither properties nor foot nor controls came with it."""

    def copied(root: Any) -> None:
        without_marks(root)
        letter = root.makeelement(q("w:p"))
        root.find(q("w:body")).insert(0, letter)

    bare = edited(edited(completed(ONE), copied), lambda root: root.clear(), "docProps/custom.xml")
    found = read(edited(bare, lambda root: root.clear(), "word/footer1.xml"))
    assert (found.form, as_json(found, MONTH)["answers"]) == ("referral", expected(ONE))


def test_a_form_of_a_version_that_is_not_known_is_refused() -> None:
    later = edited(ours(p(r("x"))), lambda root: root[1][0].__setattr__("text", "9"), "custom.xml")
    (problem,) = read(later).problems
    assert (problem.code, "version 9" in problem.message) == ("AR15", True)


def test_rows_that_somebody_copied_are_further_rows() -> None:
    people = MONTH.form("referral").fields["significant_adults"]
    rows = len(MONTH.rows(people, "docx"))

    def copied(root: Any) -> None:
        tag = next(t for t in root.iter(q("w:tag")) if t.get(q("w:val")) == f"significant_adults_{rows}_name")
        line = next(tag.iterancestors(q("w:tr")))
        again = copy.deepcopy(line)
        next(again.iter(q("w:t"))).text = str(rows + 1)
        next(t for t in again.iter(q("w:t")) if t.text == "First Person").text = "Second Person"
        line.addnext(again)

    filled = fill_word(build(MONTH.form("referral"), MONTH), {f"significant_adults_{rows}_name": "First Person"})
    found = read(edited(filled, copied))
    assert [(row["row"], row["name"]) for row in found.rows("significant_adults")] == [
        (str(rows), "First Person"),
        (str(rows + 1), "Second Person"),
    ]


@pytest.mark.parametrize("marks", ["kept", "lost"])
def test_two_filled_copies_in_one_document_are_refused(marks: str) -> None:
    def twice(root: Any) -> None:
        if marks == "lost":
            without_marks(root)
        body = root.find(q("w:body"))
        for part in list(body)[:-1]:
            body.insert(len(body) - 1, copy.deepcopy(part))

    assert [problem.code for problem in read(edited(completed(ONE), twice)).problems] == ["AR14"]


def test_words_beside_a_control_and_below_the_form_are_told() -> None:
    def scribbled(root: Any) -> None:
        tag = next(t for t in root.iter(q("w:tag")) if t.get(q("w:val")) == "gp_practice")
        beside = next(tag.iterancestors(q("w:p")))
        run = beside.makeelement(q("w:r"))
        run.append(beside.makeelement(q("w:t")))
        run[0].text = "also Dr Invented"
        beside.append(run)

    (problem,) = read(edited(completed(ONE), scribbled)).problems
    assert (problem.code, "1 paragraphs" in problem.message) == ("AR36", True)
    assert "Invented" not in problem.message + problem.remedy


def test_what_came_back_from_a_query_carries_its_reference() -> None:
    assert read(ours(p(r("x")), reference="MASE-2026-0007")).reference == "MASE-2026-0007"


# what controls say ──────────────────────────────────────────────────────────────────────────────────────────────────────

FULL = '<w:date w:fullDate="{}T00:00:00Z"><w:dateFormat w:val="dd/MM/yyyy"/></w:date>'
LIST = '<w:dropDownList><w:listItem w:displayText="She/her" w:value="F"/><w:listItem w:displayText="Male" w:value="M"/></w:dropDownList>'
CONTROLS: dict[str, tuple[str, str, object, str, tuple[str, ...]]] = {
    "in a line": (p(control("family_name", r("Imagined"))), "family_name", "Imagined", "high", ()),
    "around a paragraph": (control("family_name", p(r("Imagined"))), "family_name", "Imagined", "high", ()),
    "around a cell": (table(row(control("family_name", cell(p(r("Imagined")))))), "family_name", "Imagined", "high", ()),
    "around a row": (
        table(control("a_row", row(cell(p(control("family_name", r("Imagined"))))))),
        "family_name",
        "Imagined",
        "high",
        (),
    ),
    "within another": (p(control("outer", control("family_name", r("Imagined")))), "family_name", "Imagined", "high", ()),
    "whose tag has other capitals": (p(control("Family_Name", r("Imagined"))), "family_name", "Imagined", "high", ()),
    "that shows its first words": (p(control("family_name", r("Type the surname"), empty=True)), "family_name", None, "high", ()),
    "that lost the sign of that": (p(control("family_name", r("Click to type"))), "family_name", None, "high", ()),
    "a list by what it shows": (p(control("sex", r("Male"), LIST)), "sex", "M", "high", ()),
    "a list by what it stores": (p(control("sex", r("She/her"), LIST)), "sex", "F", "high", ()),
    "a date": (p(control("dob", r("13/07/2011"), FULL.format("2011-07-13"))), "dob", date(2011, 7, 13), "high", ()),
    "a date that could be another": (
        p(control("dob", r("03/07/2011"), FULL.format("2011-07-03"))),
        "dob",
        date(2011, 7, 3),
        "high",
        (),
    ),
    "a date that lost what it showed": (p(control("dob", "", FULL.format("2011-07-14"))), "dob", date(2011, 7, 14), "low", ("TI1",)),
    "a date that keeps another day": (
        p(control("dob", r("13/07/2011"), FULL.format("2011-07-14"))),
        "dob",
        date(2011, 7, 13),
        "low",
        ("TI1",),
    ),
    "a tick": (p(control("concern_types_cse", r("☒"), TICK.format(1))), "concern_types", ["cse"], "high", ()),
    "a tick of Wingdings": (
        p(control("concern_types_cse", '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', TICK.format(1))),
        "concern_types",
        ["cse"],
        "high",
        (),
    ),
    "no tick": (p(control("concern_types_cse", r("☐"), TICK.format(0))), "concern_types", None, "high", ()),
    "a tick that looks empty": (p(control("concern_types_cse", r("☐"), TICK.format(1))), "concern_types", ["cse"], "low", ("TI1",)),
    "a box that looks ticked": (p(control("concern_types_cse", r("☒"), TICK.format(0))), "concern_types", ["cse"], "low", ("TI1",)),
    "twice, once empty": (p(control("sex", r("Male")), control("sex", r("Choose"), empty=True)), "sex", "M", "high", ()),
    "twice, and not alike": (p(control("sex", r("Male")), control("sex", r("Female"))), "sex", "M", "low", ("TI1",)),
}


@pytest.mark.parametrize("which", CONTROLS)
def test_a_control(which: str) -> None:
    body, path, value, confidence, issues = CONTROLS[which]
    found = read(ours(body)).answers[path]
    assert (found.value, found.confidence, found.issues) == (value, confidence, issues)


def test_words_that_a_program_put_in_are_read_though_the_control_says_it_is_empty() -> None:
    about = '<w:placeholder><w:docPart w:val="P1"/></w:placeholder><w:text/>'
    part = f'<w:docPart><w:docPartPr><w:name w:val="P1"/></w:docPartPr><w:docPartBody>{p(r("Type it"))}</w:docPartBody>'
    part = f"<w:docParts>{part}</w:docPart></w:docParts>"
    filled = ours(p(control("family_name", r("Imagined"), about, empty=True)), glossaryDocument=part)
    empty = ours(p(control("family_name", r("Type it"), about, empty=True)), glossaryDocument=part)
    assert (read(filled).answers["family_name"].value, read(filled).answers["family_name"].confidence) == ("Imagined", "low")
    assert read(empty).answers["family_name"].value is None


# what Word does to text ─────────────────────────────────────────────────────────────────────────────────────────────────

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
NOT_HIDDEN = '<w:vanish w:val="0"/>'
SAME = "<w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>"
TEXTS = {
    "a tab, a line end and a hyphen": (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>",
        "a b\nc-d",
        "",
    ),
    "what was put in is taken": (f"{r('a')}<w:ins>{r('b')}</w:ins>", "ab", "AR19"),
    "what was taken out is not": (f"{r('a')}<w:del><w:r><w:delText>b</w:delText></w:r></w:del>", "a", "AR19"),
    "what was moved is read once": (f"<w:moveFrom>{r('b')}</w:moveFrom>{r('a')}<w:moveTo>{r('b')}</w:moveTo>", "ab", "AR19"),
    "hidden text is not read": (f"{r('a')}{r('b', '<w:vanish/>')}", "a", "AR21"),
    "text that is not hidden after all is": (f"{r('a')}{r('b', NOT_HIDDEN)}", "ab", ""),
    "text struck out is not read": (f"{r('Yes', '<w:strike/>')}{r(' No')}", "No", "AR21"),
    "text struck out twice is not read": (f"{r('Yes', '<w:dstrike/>')}{r(' No')}", "No", "AR21"),
    "of a field the result": (
        f"{FIELD.format('begin')}<w:r><w:instrText>DATE</w:instrText></w:r>{FIELD.format('separate')}{r('today')}{FIELD.format('end')}{r('!')}",
        "today!",
        "",
    ),
    "of a simple field the result": (f'<w:fldSimple w:instr="DATE">{r("today")}</w:fldSimple>', "today", ""),
    "a link's words": (f"<w:hyperlink>{r('here')}</w:hyperlink>", "here", ""),
    "a text box once": (
        f"{r('a')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{SAME}</mc:Choice><mc:Fallback>{SAME}</mc:Fallback>"
        "</mc:AlternateContent></w:r>",
        "aboxed",
        "",
    ),
    "a comment is none of it": (f"{r('a')}<w:r><w:commentReference w:id='0'/></w:r>", "a", "AR21"),
    "a tick typed in Wingdings": (r("þ", '<w:rFonts w:ascii="Wingdings"/>'), "☒", ""),
}


@pytest.mark.parametrize("which", TEXTS)
def test_text(which: str) -> None:
    inside, said, code = TEXTS[which]
    found = read(ours(p(control("reason_for_referral", inside))))
    assert (found.answers["reason_for_referral"].value or "").replace("\n\n", "\n") == said
    assert [problem.code for problem in found.problems if problem.code in ("AR19", "AR21")] == ([code] if code else [])


def test_the_words_of_notes_and_warnings_name_nobody() -> None:
    found = read(ours(p(control("reason_for_referral", f"<w:ins>{r('Kestrel')}</w:ins>{r('Kestrel', '<w:vanish/>')}"))))
    assert found.problems
    assert not any("Kestrel" in problem.message + problem.remedy for problem in found.problems)


# what it is, and what is refused ────────────────────────────────────────────────────────────────────────────────────────


def test_macros_are_not_run_and_that_is_said() -> None:
    found = read(ours(p(control("family_name", r("Imagined"))), MACROS))
    assert (found.source.kind, found.answers["family_name"].value) == ("docm", "Imagined")
    assert "AR20" in [problem.code for problem in found.problems]


def test_a_strict_document_is_read() -> None:
    assert read(ours(p(control("family_name", r("Imagined"))), space=STRICT)).answers["family_name"].value == "Imagined"


HOSTILE = {
    "tables in each other": ("<w:tbl><w:tr><w:tc>" * 30_000 + "</w:tc></w:tr></w:tbl>" * 30_000, "AR28"),
    "controls without end": ("<w:sdt><w:sdtContent>" * 60_000 + "</w:sdtContent></w:sdt>" * 60_000, "AR28"),
    "a cell over a million columns": (table(row(cell(about='<w:gridSpan w:val="999999"/>'))), "AR28"),
    "cells that stand in no table": (row(cell()), "AR28"),
    "more cells than a form has": (table(row(cell(p(r("x"))) * 60) * 400), "AR28"),
    "fields in fields": (p(FIELD.format("begin") * 5_000), "AR28"),
    "bookmarks beyond number": (p('<w:bookmarkStart w:id="1" w:name="a"/>' * 30_000), "AR28"),
    "nothing in it": ("", "AR15"),
}


@pytest.mark.parametrize("which", HOSTILE)
def test_what_no_office_program_builds_is_refused(which: str) -> None:
    body, code = HOSTILE[which]
    assert [problem.code for problem in read(word(body)).problems] == [code]


def test_a_document_that_declares_entities_is_refused() -> None:
    parts = members(word("<w:p/>"))
    parts["word/document.xml"] = b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts["word/document.xml"]
    assert [problem.code for problem in read(package(parts)).problems] == ["AR28"]


def test_a_letter_is_no_form() -> None:
    assert [problem.code for problem in read(word(p(r("Dear all")))).problems] == ["AR15"]
