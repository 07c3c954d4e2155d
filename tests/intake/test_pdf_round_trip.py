"""Our blank PDF, every box of it filled in by other people's programs, read back as it was typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from mase_docs.blanks import pdf as blank_pdf
from mase_docs.definition.form import Slot
from mase_docs.definition.home import Home
from mase_docs.intake import pdf
from mase_docs.intake.arriving import read_path
from tests.fillers.pdf_js_fill import fill_with_pdf_js
from tests.fillers.pdf_lib_fill import fill_with_pdf_lib
from tests.fillers.pdf_places import Answers, places
from tests.fillers.pdfium_fill import fill_with_pdfium
from tests.fillers.qpdf_fill import fill_with_qpdf

Fill = Callable[[Path, Answers, Path], None]
FORMS = ("referral", "context_referral", "action_return", "intelligence_return")
FILLERS = [
    pytest.param(fill_with_pdf_lib, marks=pytest.mark.needs("node", "npm"), id="pdf-lib"),
    pytest.param(fill_with_pdf_js, marks=pytest.mark.needs("node", "npm"), id="pdf.js"),
    pytest.param(fill_with_pdfium, id="PDFium"),
    pytest.param(fill_with_qpdf, marks=pytest.mark.needs("qpdf"), id="qpdf"),
]
WORDS = ["Łukasz Żółć", "O'Shea & Sons <x>", "{{ 7*7 }}", "Zoë “Bee” Łukasz", "one\ntwo – three", "(a) 50% \\ /Yes #41"]


@pytest.fixture(scope="session")
def blanks(tmp_path_factory: pytest.TempPathFactory, home: Home) -> Path:
    folder = tmp_path_factory.mktemp("blanks")
    for name in FORMS:
        (folder / f"{name}.pdf").write_bytes(blank_pdf.build(home.form(name), home))
    return folder


def most_letters(blank: Path) -> dict[str, int | None]:
    """How much each box takes: the flag /MaxLen, which viewers obey."""
    boxes = [note.get_object() for page in PdfReader(blank).pages for note in page.get("/Annots", [])]
    return {str(box["/T"]): box.get("/MaxLen") for box in boxes if "/T" in box}


def typed_in_every_box(blank: Path, slots: list[Slot]) -> Answers:
    """Awkward words in turn, as many characters as the box takes; every tick ticked; the last of the choices chosen."""
    kinds, room, typed = places(blank), most_letters(blank), dict[str, str | bool]()
    for number, slot in enumerate(slots):
        place, words = kinds[slot.name], WORDS[number % len(WORDS)]
        if place.kind == "text":
            words = words if slot.field.type == "long_text" else words.replace("\n", " ")
            typed[slot.name] = words[: room[slot.name]].strip()
        else:
            typed[slot.name] = True if place.kind == "tick" else place.spots[-1].state if place.kind == "radio" else place.choices[-1]
    return typed


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("fill", FILLERS)
def test_every_box_reads_back_as_it_was_filled_in(fill: Fill, name: str, blanks: Path, home: Home, tmp_path: Path) -> None:
    form, blank, out = home.form(name), blanks / f"{name}.pdf", tmp_path / "filled.pdf"
    slots = list(home.slots(form, "pdf"))
    typed = typed_in_every_box(blank, slots)
    fill(blank, typed, out)
    reading = pdf.read(out.read_bytes(), home)
    found = {slot.name: reading.findings[(slot.path, slot.option)] for slot in slots}
    assert {name: f.raw for name, f in found.items()} == {name: "Yes" if t is True else t for name, t in typed.items()}
    assert {f.confidence for f in found.values()} == {"high"}
    assert (reading.form, reading.problems) == (form, [])


@pytest.mark.parametrize("fill", FILLERS)
def test_answers_of_every_type_are_understood(fill: Fill, blanks: Path, home: Home, tmp_path: Path) -> None:
    typed: Answers = {
        "given_names": "Zoë “Bee” Łukasz",
        "family_name": "O'Shea & Sons <x>",
        "dob": "3rd July 2011",
        "nhs_number": "999 000 0018",
        "home_postcode": "e8 1ea",
        "reason_for_referral": "Łukasz Żółć\n{{ 7*7 }}",
        "concern_types_cse": True,
        "concern_types_missing": True,
        "parents_carers_2_name": "A. Carer",
    }
    fill(blanks / "referral.pdf", typed, tmp_path / "filled.pdf")
    submission = read_path(tmp_path / "filled.pdf", home, date(2026, 11, 23))
    assert {path: a.value for path, a in submission.answers.items() if a.value is not None} == {
        "given_names": "Zoë “Bee” Łukasz",
        "family_name": "O'Shea & Sons <x>",
        "dob": date(2011, 7, 3),
        "nhs_number": "9990000018",
        "home_postcode": "E8 1EA",
        "reason_for_referral": "Łukasz Żółć\n{{ 7*7 }}",
        "concern_types": ["cse", "missing"],
        "parents_carers[2].name": "A. Carer",
    }
    assert submission.answers["dob"].place == "page 2, dob"
