"""Answers written over a PDF form with "Add text" or a pen, as Edge, Preview and Foxit offer, in place of in its fields."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject

from mase_docs.definition.home import Home
from mase_docs.intake import pdf
from mase_docs.intake.finding import Reading
from tests.conftest import ROOT
from tests.fillers.pdf_places import Spot, places
from tests.intake import printed

BLANK = ROOT / "forms" / "referral_v1.pdf"


def spot(name: str, state: str = "") -> Spot:
    return next(spot for spot in places(BLANK)[name].spots if state in ("", spot.state))


def added_text(writer: PdfWriter, at: Spot, text: str, left: float = 0, height: float = 18) -> None:
    """A text box as a person draws one: larger than its words, its corner near where they should stand."""
    rect = (at.x - left - 3, at.y + 9 - height, at.x - left + 150, at.y + 9)
    writer.add_annotation(at.page, FreeText(text=text, rect=rect))


def stroke(writer: PdfWriter, at: Spot) -> None:
    points = [FloatObject(n) for n in (at.x - 4, at.y, at.x - 1, at.y - 4, at.x + 5, at.y + 5)]
    rect = ArrayObject(FloatObject(n) for n in (at.x - 4, at.y - 4, at.x + 5, at.y + 5))
    ink = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Ink")})
    ink.update({NameObject("/Rect"): rect, NameObject("/InkList"): ArrayObject([ArrayObject(points)])})
    writer.add_annotation(at.page, ink)


def written_over(write: Callable[[PdfWriter], None], form: Path = BLANK) -> bytes:
    writer, out = PdfWriter(clone_from=form), BytesIO()
    write(writer)
    writer.write(out)
    return out.getvalue()


def answered(reading: Reading) -> dict[tuple[str, str | None], tuple[Any, str, tuple[str, ...]]]:
    found = {key: (f.raw, f.confidence, f.issues) for key, f in reading.findings.items()}
    return {key: said for key, said in found.items() if str(said[0] or "").strip() or said[2]}


def an_afternoon_with_a_typewriter(writer: PdfWriter) -> None:
    added_text(writer, spot("family_name"), "Quillon-Marsh", left=100)
    added_text(writer, spot("reason_for_referral"), "First line\nsecond line", left=200, height=40)
    added_text(writer, spot("concern_types_cse"), "X", left=0)
    added_text(writer, spot("sex", "F"), "✓", left=0)
    stroke(writer, spot("concern_types_missing"))
    added_text(writer, Spot(0, 300, 838), "Sent on Monday")


def test_text_and_strokes_over_the_boxes_of_a_live_form_are_its_answers() -> None:
    reading = pdf.read(written_over(an_afternoon_with_a_typewriter), Home())
    assert answered(reading) == {
        ("family_name", None): ("Quillon-Marsh", "low", ()),
        ("reason_for_referral", None): ("First line\nsecond line", "low", ()),
        ("concern_types", "cse"): ("Yes", "low", ()),
        ("concern_types", "missing"): ("Yes", "low", ("TY3",)),
        ("sex", None): ("F", "low", ()),
    }
    [beside] = reading.problems
    assert (beside.code, beside.place) == ("AR36", "page 1")
    assert "Monday" not in beside.message + beside.remedy


def test_the_same_over_a_flattened_form_is_read_too(tmp_path: Path) -> None:
    printed.by_pdfium(BLANK, tmp_path / "flat.pdf")
    live = pdf.read(written_over(an_afternoon_with_a_typewriter), Home())
    reading = pdf.read(written_over(an_afternoon_with_a_typewriter, tmp_path / "flat.pdf"), Home())
    assert {key: raw for key, (raw, _, _) in answered(reading).items()} == {key: raw for key, (raw, _, _) in answered(live).items()}


def test_a_field_that_says_something_else_stays_and_is_doubtful() -> None:
    def write(writer: PdfWriter) -> None:
        writer.update_page_form_field_values(writer.pages[1], {"family_name": "Quillon"}, auto_regenerate=False)
        added_text(writer, spot("family_name"), "Marsh", left=100)

    assert answered(pdf.read(written_over(write), Home())) == {("family_name", None): ("Quillon", "low", ("AR37",))}


def test_a_note_that_opens_on_a_click_is_told_and_never_an_answer() -> None:
    at = spot("family_name")
    data = written_over(lambda writer: writer.add_annotation(at.page, Text(text="Ask mum", rect=(at.x, at.y, at.x + 9, at.y + 9))))
    reading = pdf.read(data, Home())
    assert answered(reading) == {}
    assert [problem.code for problem in reading.problems] == ["AR36"]


@pytest.mark.parametrize("entry", [("/F", 2), ("/NM", "mase-docs 1")], ids=["hidden", "our own mark"])
def test_what_nobody_sees_and_our_own_marks_are_passed_over(entry: tuple[str, Any]) -> None:
    def write(writer: PdfWriter) -> None:
        added_text(writer, spot("family_name"), "Marsh", left=100)
        annotation = writer.pages[1]["/Annots"][-1].get_object()
        annotation[NameObject(entry[0])] = FloatObject(2) if entry[0] == "/F" else TextStringObject(entry[1])

    reading = pdf.read(written_over(write), Home())
    assert answered(reading) == {}
    assert PdfReader(BytesIO(written_over(write))).pages[1]["/Annots"][-1]["/Subtype"] == "/FreeText"
