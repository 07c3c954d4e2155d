"""Forms with answers in them from the start: read again they say exactly that; nobody can change it; everybody sees it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import openpyxl
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from mase_docs.blanks import excel, pdf
from mase_docs.blanks.pdf_prefilled import LEAST, LINE, coded, fitted
from mase_docs.blanks.pdf_type import DIFFERENCES, Style, encoding
from mase_docs.blanks.prefilled import prefilled
from mase_docs.blanks.returns import CUT, AgencyForm, shortened
from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from mase_docs.documents.copies import whose
from mase_docs.intake.excel import read as read_excel
from mase_docs.intake.pdf import read as read_pdf
from mase_docs.intake.pdf_fields import PdfField
from mase_docs.intake.pdf_open import read_pdf as open_pdf
from mase_docs.model.submission import Value
from mase_docs.pipeline import check, read
from tests.blanks.blank_forms import HOME as ORCHARDS
from tests.intake.printed import by_ghostscript, by_pdfium, by_pdftk, by_qpdf

Kind = Literal["xlsx", "pdf"]
KINDS: tuple[Kind, ...] = ("xlsx", "pdf")
TODAY = date(2026, 11, 24)
WHOSE = "Copy for Borough Police"
WORDS = "Ask Źródlana school & <office> (twice)\nŁukasz Żółć, Ştefan, Ọlá — “as agreed” \\ =1+1"
ACTIONS: dict[str, Value] = {
    "agency": "borough_police",
    "meeting_date": date(2026, 12, 2),
    "actions[1].about": "MASE-2026-0007 / ŁŻ / 15F",
    "actions[1].number": "A-2026-0031",
    "actions[1].due": date(2026, 9, 30),
    "actions[1].action": WORDS,
    "actions[2].about": "All",
    "actions[2].number": "A-2026-0032",
    "actions[2].action": "Write to the landlord " + "once more " * 29,
}
CASES: dict[str, Value] = {
    "agency": "borough_police",
    "meeting_date": date(2026, 12, 2),
    **{f"cases[{n}].case": f"MASE-2026-{n:04} / ŁŻ / 15F" for n in range(1, 13)},
}
FORMS = {"action_return": ACTIONS, "intelligence_return": CASES}
each_form = pytest.mark.parametrize("id", FORMS)
each_kind = pytest.mark.parametrize("kind", KINDS)


def made(id: str, kind: Kind, home: Home) -> bytes:
    return prefilled(home.form(id), home, FORMS[id], kind, WHOSE)


def said(values: dict[str, Value]) -> dict[str, Value]:
    """As reading gives it back: without spaces at the ends."""
    return {path: value.strip() if isinstance(value, str) else value for path, value in values.items()}


def answers_of(path: Path, home: Home) -> dict[str, Value]:
    [form] = read([path], home, TODAY)
    return {name: answer.value for name, answer in form.answers.items() if answer.value is not None}


def read_pdf_fields(path: Path) -> tuple[PdfField, ...]:
    return open_pdf(path.read_bytes()).fields


def on_screen(data: bytes, tmp_path: Path) -> list[str]:
    """The words that poppler and PDFium see on the pages."""
    (tmp_path / "form.pdf").write_bytes(data)
    shown = subprocess.run(["pdftotext", "-layout", tmp_path / "form.pdf", "-"], capture_output=True, encoding="utf-8", check=True).stdout
    with pypdfium2.PdfDocument(data) as document:
        document.init_forms()
        for page in document:
            page.flatten()
        drawn = "".join(page.get_textpage().get_text_bounded() for page in document)
    return [" ".join(text.split()) for text in (shown, drawn)]


@each_form
@each_kind
def test_read_again_it_says_exactly_what_was_put_in(id: str, kind: Kind, home: Home, tmp_path: Path) -> None:
    path = tmp_path / f"form.{kind}"
    path.write_bytes(made(id, kind, home))
    [form] = check(read([path], home, TODAY), home, TODAY)
    assert {name: answer.value for name, answer in form.answers.items() if answer.value is not None} == said(FORMS[id])
    assert {answer.confidence for answer in form.answers.values()} == {"high"}
    assert {(p.code, p.field) for p in form.problems if p.severity != "note"} == {("RQ1", "completed_by"), ("RQ1", "completed_on")}


@each_form
@each_kind
def test_it_is_the_same_every_time(id: str, kind: Kind, home: Home) -> None:
    assert made(id, kind, home) == made(id, kind, Home())


@each_kind
def test_with_no_answers_it_is_the_blank(kind: Kind, home: Home) -> None:
    form = home.form("action_return")
    assert prefilled(form, home, {}, kind) == (excel if kind == "xlsx" else pdf).build(form, home)


@each_kind
def test_every_kind_of_question_can_be_filled_in(kind: Kind, tmp_path: Path) -> None:
    form = ORCHARDS.form("orchard")
    answers = {**dict(everything(form, kind, 0)), **dict(everything(form, kind, 1))}
    reading = {"xlsx": read_excel, "pdf": read_pdf}[kind](prefilled(form, ORCHARDS, answers, kind), ORCHARDS)
    (tmp_path / f"form.{kind}").write_bytes(prefilled(form, ORCHARDS, answers, kind))
    assert answers_of(tmp_path / f"form.{kind}", ORCHARDS) == answers
    assert reading.problems == []


def everything(form: Form, kind: Kind, which: int) -> Iterator[tuple[str, Value]]:
    """An answer to every question of a blank, of the choices the first or the last."""
    typed: dict[str, Value] = {
        "date": date(2026, 9, 30), "integer": 3, "yes_no": which == 0, "text_list": ["One", "Two"], "long_text": "One\ntwo",
        "postcode": "E8 1EA", "nhs_number": "9434765919", "upn": "B801200005001", "email": "a@example.org", "phone": "020 7946 0321",
    }  # fmt: skip
    for slot in ORCHARDS.slots(form, kind):
        if slot.field.choices:
            codes = [code.code for code in ORCHARDS.codes(slot.field.choices).code]
            chosen = codes[-which]
            yield slot.path, [chosen] if slot.option or slot.field.type == "text_list" else chosen
        elif slot.field.type != "datetime":
            yield slot.path, typed.get(slot.field.type, "Words")


def test_in_a_panel_of_few_agencies_theirs_is_the_circle_that_is_filled_in(home: Home, tmp_path: Path) -> None:
    few = Home()
    few.profile = replace(home.profile, agency=home.profile.agency[:3])
    (tmp_path / "form.pdf").write_bytes(prefilled(few.form("action_return"), few, ACTIONS, "pdf"))
    [field] = [found for found in read_pdf_fields(tmp_path / "form.pdf") if found.name == "agency"]
    assert (field.kind, field.value, len(field.widgets)) == ("radio", "borough_police", 3)
    assert answers_of(tmp_path / "form.pdf", few) == said(ACTIONS)


@each_kind
def test_a_path_that_the_blank_has_no_place_for_is_refused(kind: Kind, home: Home) -> None:
    with pytest.raises(KeyError):
        prefilled(home.form("action_return"), home, {"actions[21].number": "A-2026-0001"}, kind)


@each_kind
def test_words_that_have_no_room_are_refused(kind: Kind, home: Home) -> None:
    with pytest.raises(ValueError, match="has room for"):
        prefilled(home.form("action_return"), home, {"actions[1].number": "A" * 21}, kind)


@each_form
def test_it_breaks_no_rule_of_accessibility_or_of_its_format(id: str, home: Home, tmp_path: Path) -> None:
    from openxml_audit import OpenXmlValidator

    for kind in KINDS:
        (tmp_path / f"form.{kind}").write_bytes(made(id, kind, home))
    told = subprocess.run([sys.executable, "-m", "pdfua", "check", tmp_path / "form.pdf"], capture_output=True, encoding="utf-8")
    assert "no findings" in told.stdout
    assert [str(error) for error in OpenXmlValidator().validate(str(tmp_path / "form.xlsx")).errors] == []


# What nobody can change


def test_what_is_filled_in_is_locked_in_excel_and_the_rest_is_open(home: Home) -> None:
    book = openpyxl.load_workbook(BytesIO(made("action_return", "xlsx", home)))
    sheet = book["Referral"]
    assert sheet.protection.sheet
    for slot in home.slots(home.form("action_return"), "xlsx"):
        place = book.defined_names[slot.name].attr_text.partition("!")[2].replace("$", "")
        assert sheet[place].protection.locked == (slot.path in ACTIONS), slot.path
    assert sheet[sheet.sheet_view.selection[-1].activeCell].protection.locked is False


def test_what_is_filled_in_is_read_only_in_the_pdf_and_the_rest_is_open(home: Home) -> None:
    root: Any = PdfReader(BytesIO(made("action_return", "pdf", home))).trailer["/Root"]
    fields = root["/AcroForm"]["/Fields"]
    read_only = {str(field.get_object()["/T"]) for field in fields if int(field.get_object()["/Ff"]) & 1}
    slots = {slot.name for slot in home.slots(home.form("action_return"), "pdf") if slot.path in ACTIONS}
    assert read_only == {*slots, "form_id", "form_version"}


# What everybody sees


@pytest.mark.needs("pdftotext")
def test_two_programs_show_every_word_in_the_pdf(home: Home, tmp_path: Path) -> None:
    for shown in on_screen(made("action_return", "pdf", home), tmp_path):
        for words in (
            "Borough Police",
            "2 December 2026",
            "30 September 2026",
            "MASE-2026-0007 / ŁŻ / 15F",
            "A-2026-0032",
            *WORDS.split("\n"),
        ):
            assert words in shown
        assert str(ACTIONS["actions[2].action"]).strip() in shown


def test_every_letter_of_the_forms_font_is_drawn_by_its_own_code() -> None:
    letters = "".join(encoding().values())
    assert [encoding()[code] for code in coded(letters)] == list(letters)
    assert set(DIFFERENCES.values()) <= set(letters)
    assert coded("Я") == b"?"


@given(
    st.text(st.sampled_from("aiWm Łź\n"), max_size=300),
    st.floats(60, 500),
    st.floats(14, 120),
)
@settings(max_examples=200, deadline=None)
def test_words_fit_their_box_or_stand_in_the_smallest_type(words: str, width: float, height: float) -> None:
    drawing = fitted(words, width, height, several=True)
    style = Style(drawing.size)
    fits = len(drawing.lines) * drawing.size * LINE <= height and all(style.width(line) <= width for line in drawing.lines)
    assert fits or drawing.size == LEAST
    assert "".join("".join(drawing.lines).split()) == "".join(words.split())


def test_a_row_of_the_excel_form_is_as_tall_as_what_is_filled_in(home: Home) -> None:
    book = openpyxl.load_workbook(BytesIO(made("action_return", "xlsx", home)))
    rows = [int(book.defined_names[f"actions_{n}_action"].attr_text.rpartition("$")[2]) for n in (1, 2, 3)]
    first, second, empty = (book["Referral"].row_dimensions[row].height for row in rows)
    assert second > first > empty


@each_form
@each_kind
def test_every_page_and_the_title_say_whose_copy_it_is(id: str, kind: Kind, home: Home, tmp_path: Path) -> None:
    data = made(id, kind, home)
    if kind == "xlsx":
        book = openpyxl.load_workbook(BytesIO(data))
        header: Any = book["Referral"].oddHeader
        assert f"{WHOSE} · OFFICIAL-SENSITIVE" in header.right.text
        assert whose(str(book.properties.title), home) == "borough_police"
        return
    reader = PdfReader(BytesIO(data))
    assert reader.metadata
    assert whose(str(reader.metadata.title), home) == "borough_police"
    assert all(page.extract_text().count(f"{WHOSE} · OFFICIAL-SENSITIVE\n") == 1 for page in reader.pages)


@pytest.mark.parametrize(
    "flatten",
    [
        pytest.param(by_ghostscript, marks=pytest.mark.needs("gs")),
        pytest.param(by_pdftk, marks=pytest.mark.needs("pdftk")),
        pytest.param(by_qpdf, marks=pytest.mark.needs("qpdf")),
        by_pdfium,
    ],
)
@each_form
def test_flattened_by_another_program_it_is_read_all_the_same(id: str, flatten: Any, home: Home, tmp_path: Path) -> None:
    (tmp_path / "form.pdf").write_bytes(made(id, "pdf", home))
    flatten(tmp_path / "form.pdf", tmp_path / "flat.pdf")
    [form] = read([tmp_path / "flat.pdf"], home, TODAY)
    assert {name: answer.value for name, answer in form.answers.items() if answer.value is not None} == said(FORMS[id])
    assert [problem.code for problem in form.problems] == ["AR4"]


@pytest.mark.needs("soffice")
@each_form
def test_libreoffice_opens_the_excel_form_and_saves_it_with_every_answer(id: str, home: Home, tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(made(id, "xlsx", home))
    convert = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run([*convert, "--outdir", tmp_path / "saved", tmp_path / "form.xlsx"], check=True, capture_output=True, timeout=120)
    assert answers_of(tmp_path / "saved" / "form.xlsx", home) == said(FORMS[id])


# An agency's forms


def rows(number: int) -> list[dict[str, Value]]:
    return [{"about": "All", "number": f"A-2026-{n:04}", "due": None, "action": f"Action {n}"} for n in range(1, number + 1)]


def agency_form(home: Home) -> AgencyForm:
    return AgencyForm(home, "action_return", "actions", "actions", date(2026, 12, 2), "borough_police")


def test_a_form_has_a_name_that_says_nothing_of_anybody(home: Home) -> None:
    assert list(agency_form(home).files(rows(2))) == [
        "MASE_2026-12-02_actions_borough_police.xlsx",
        "MASE_2026-12-02_actions_borough_police.pdf",
    ]


def test_more_rows_than_a_blank_has_are_on_several_forms(home: Home, tmp_path: Path) -> None:
    files = agency_form(home).files(rows(21))
    assert [name.removeprefix("MASE_2026-12-02_actions_borough_police_") for name in files] == [
        "1_of_2.xlsx", "2_of_2.xlsx", "1_of_3.pdf", "2_of_3.pdf", "3_of_3.pdf",
    ]  # fmt: skip
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    found = list(read([tmp_path], home, TODAY))
    for kind in KINDS:
        numbers = [row["number"] for form in found if form.source.kind == kind for row in form.rows("actions")]
        assert sorted(map(str, numbers)) == [f"A-2026-{n:04}" for n in range(1, 22)]


def test_an_agency_with_nothing_to_be_asked_gets_no_form(home: Home) -> None:
    assert agency_form(home).files([]) == {}


def test_words_longer_than_their_place_are_shortened_and_end_so(home: Home) -> None:
    files = agency_form(home).files([{"number": "A-2026-0001", "about": "All", "action": "word " * 500}])
    reading = read_pdf(files["MASE_2026-12-02_actions_borough_police.pdf"], home)
    action = str(reading.findings[("actions[1].action", None)].raw)
    room = home.form("action_return").at("actions[1].action").length_on("pdf")
    assert room
    assert room - 5 <= len(action) <= room
    assert action.endswith(f"word{CUT}")


shorten = partial(shortened, room=10)


@given(st.text(max_size=30))
def test_what_fits_stays_as_it_is(words: str) -> None:
    assert shorten(words) == words if len(words) <= 10 else len(str(shorten(words))) <= 10
