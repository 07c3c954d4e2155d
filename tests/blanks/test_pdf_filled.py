"""What real programs put into the blank PDF is read back as it was typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mase_docs.definition.form import Slot
from mase_docs.intake.reader import read_source
from mase_docs.model.submission import Value
from tests.blanks.pdf_blanks import HOME, PdfBlank, blank
from tests.fillers import Answers, as_shown, fill_with_pdf_js, fill_with_pdf_lib, fill_with_pdfium, fill_with_qpdf

TODAY = date(2026, 3, 2)
TYPED: dict[str, tuple[str, Value]] = {
    "name": ("Łukasz Żółć", "Łukasz Żółć"),
    "text": ("Zoë “Bee” & <x>", "Zoë “Bee” & <x>"),
    "long_text": ("On Monday, £5.\nOn Tuesday, nothing <x> & {{ 7*7 }}", "On Monday, £5.\nOn Tuesday, nothing <x> & {{ 7*7 }}"),
    "integer": ("7", 7),
    "date": ("03/07/2011", date(2011, 7, 3)),
    "postcode": ("E8 1EA", "E8 1EA"),
    "email": ("sam.lee@council.example", "sam.lee@council.example"),
    "phone": ("020 7946 0018", "020 7946 0018"),
}
"""By type of question: what is typed, and the value it has."""
PROGRAMS = [
    pytest.param(fill_with_pdfium, id="PDFium"),
    pytest.param(fill_with_pdf_lib, id="pdf-lib", marks=pytest.mark.needs("node", "npm")),
    pytest.param(fill_with_pdf_js, id="pdf.js", marks=pytest.mark.needs("node", "npm")),
    pytest.param(fill_with_qpdf, id="qpdf", marks=pytest.mark.needs("qpdf")),
]
Fill = Callable[[Path, Answers, Path], None]


def typed_into(made: PdfBlank) -> tuple[Answers, dict[str, Value]]:
    """An answer for each place whose type has one, a tick in every second tick box, and the values that they should come to."""
    answers: Answers = {}
    values: dict[str, Value] = {}
    for number, slot in enumerate(made.slots):
        if slot.option:
            _tick(slot, number, answers, values)
        elif slot.field.type == "select_one" and slot.field.choices:
            answers[slot.name] = values[slot.path] = HOME.codes(slot.field.choices).code[number % 2].code
        elif slot.field.type == "yes_no":
            answers[slot.name], values[slot.path] = ("yes", True) if number % 2 else ("no", False)
        elif slot.field.type in TYPED:
            answers[slot.name], values[slot.path] = TYPED[slot.field.type]
    return answers, values


def _tick(slot: Slot, number: int, answers: Answers, values: dict[str, Value]) -> None:
    if number % 2:
        answers[slot.name] = True
        chosen = values.setdefault(slot.path, [])
        assert isinstance(chosen, list)
        chosen.append(str(slot.option))


@pytest.mark.parametrize("form_id", ["referral", "context_referral", "action_return", "intelligence_return"])
@pytest.mark.parametrize("fill", PROGRAMS)
def test_what_a_program_filled_in_is_read_as_it_was_typed(fill: Fill, form_id: str, tmp_path: Path) -> None:
    made = blank(form_id)
    path, filled = made.saved(tmp_path), tmp_path / "filled.pdf"
    answers, values = typed_into(made)
    fill(path, as_shown(answers, made.form, HOME, path), filled)
    read = read_source("filled.pdf", filled.read_bytes(), HOME, TODAY)
    assert (read.form, read.version, read.problems) == (made.form.id, made.form.version, [])
    assert {path: read.value(path) for path in values} == values
    assert {path: answer.issues for path, answer in read.answers.items() if "CO12" in answer.issues or "TY1" in answer.issues} == {}


@pytest.mark.parametrize("fill", PROGRAMS)
def test_an_answer_of_ones_own_in_a_drop_down_that_takes_one_is_kept(fill: Fill, tmp_path: Path) -> None:
    filled = tmp_path / "filled.pdf"
    fill(blank("referral").saved(tmp_path), {"referrer_agency": "Ridge Road Youth Club"}, filled)
    assert read_source("filled.pdf", filled.read_bytes(), HOME, TODAY).value("referrer_agency") == "Ridge Road Youth Club"


@pytest.mark.parametrize("fill", PROGRAMS)
def test_an_untouched_form_that_was_saved_again_holds_no_answer(fill: Fill, tmp_path: Path) -> None:
    filled = tmp_path / "filled.pdf"
    fill(blank("referral").saved(tmp_path), {}, filled)
    read = read_source("filled.pdf", filled.read_bytes(), HOME, TODAY)
    assert read.form == "referral"
    assert {path for path, answer in read.answers.items() if answer.value is not None} == set()
