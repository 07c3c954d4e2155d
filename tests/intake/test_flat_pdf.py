"""Forms printed to PDF or flattened by real programs: every answer and every tick recovered, nothing wrong taken silently."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from mase_docs.definition.form import Slot
from mase_docs.definition.home import Home
from mase_docs.errors import InputRefusedError
from mase_docs.intake import pdf
from mase_docs.intake.answers import compose
from mase_docs.intake.as_json import plain_json
from mase_docs.intake.finding import Finding, Reading
from mase_docs.model.submission import Answer
from tests.conftest import ROOT
from tests.fillers.pdf_lib_fill import fill_with_pdf_lib
from tests.fillers.pdf_places import Answers, places
from tests.fillers.pdfium_fill import fill_with_pdfium
from tests.intake import printed
from tests.intake.test_pdf_round_trip import most_letters

MONTH = ROOT / "examples" / "month"
BLANK = ROOT / "forms" / "referral_v1.pdf"
TODAY = date(2026, 11, 23)
PROSE = """The worker met the young person twice this month at the well-known youth club, and they talked about school; attendance fell
to 71 % (from 93 %). O'Neil says “it's fine” – Zoë and Siân do not agree. Next visit 3/12, e-mail a.person@hackney.gov.uk or ring
020 7946 0100."""


def flat(flatten: Callable[[Path, Path], None], form: Path, folder: Path) -> bytes:
    flatten(form, folder / "flat.pdf")
    return (folder / "flat.pdf").read_bytes()


@pytest.fixture(scope="module")
def flattened(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return flat(printed.by_pdfium, MONTH / "12_impossible_date.pdf", tmp_path_factory.mktemp("flat"))


def answers(reading: Reading) -> dict[str, Answer]:
    return {path: a for path, a in compose(reading, Home(MONTH), TODAY).items() if a.raw is not None or a.issues}


def expected(form: str) -> dict[str, str]:
    """What was typed, by path: read by a person when the month was made, and held against cases.toml by other tests."""
    raw: dict[str, str] = json.loads((MONTH / f"{form}.expected.json").read_text(encoding="utf-8"))["raw"]
    return raw


def recovered(data: bytes) -> dict[str, str | None]:
    return {path: answer.raw for path, answer in answers(pdf.read(data, Home(MONTH))).items()}


GHOSTSCRIPT = ["05_care_leaver.pdf", "09_clinic.pdf", "13_bad_nhs_number.pdf"]
"""With two more below: 03 at 93 %, and 12, which is an example."""
PDFTK = ["03_harm_to_others.pdf", "06_moved_in.pdf", "09_clinic.pdf", "12_impossible_date.pdf"]
"""With one more below: 02 at 93 %."""
FLATTENED = [
    *[pytest.param(printed.by_ghostscript, form, marks=pytest.mark.needs("gs"), id=f"gs-{form}") for form in GHOSTSCRIPT],
    *[pytest.param(printed.by_pdftk, form, marks=pytest.mark.needs("pdftk"), id=f"pdftk-{form}") for form in PDFTK],
    pytest.param(printed.by_qpdf, "05_care_leaver.pdf", marks=pytest.mark.needs("qpdf"), id="qpdf"),
    pytest.param(printed.by_ghostscript_on_letter, "09_clinic.pdf", marks=pytest.mark.needs("gs"), id="letter"),
]


@pytest.mark.parametrize(("flatten", "form"), FLATTENED)
def test_every_answer_and_every_tick_is_recovered(flatten: Callable[[Path, Path], None], form: str, tmp_path: Path) -> None:
    assert recovered(flat(flatten, MONTH / form, tmp_path)) == expected(form)


@pytest.mark.needs("gs")
def test_a_print_at_93_percent_with_pages_turned_and_out_of_order_is_read_the_same(tmp_path: Path) -> None:
    def printed_anyhow(pages: list[PageObject]) -> list[PageObject]:
        small = [printed.shrunk(page) for page in pages]
        small[3].rotate(90)
        small[4].rotate(180)
        return [printed.lying(small[1]), *small[:1:-1], printed.on_its_head(small[0])]

    data = printed.with_pages(flat(printed.by_ghostscript, MONTH / "03_harm_to_others.pdf", tmp_path), printed_anyhow)
    assert recovered(data) == expected("03_harm_to_others.pdf")
    assert answers(pdf.read(data, Home()))["dob"].place == "page 1, dob"


@pytest.mark.needs("pdftk")
def test_a_flattened_form_printed_at_93_percent_is_read_the_same(tmp_path: Path) -> None:
    data = flat(printed.by_pdftk, MONTH / "02_school_group.pdf", tmp_path)
    smaller = printed.with_pages(data, lambda pages: [printed.shrunk(page, printed.LETTER) for page in pages])
    assert recovered(smaller) == expected("02_school_group.pdf")


def test_what_is_recovered_is_to_be_confirmed(flattened: bytes) -> None:
    reading = pdf.read(flattened, Home(MONTH))
    assert {path: answer.raw for path, answer in answers(reading).items()} == expected("12_impossible_date.pdf")
    assert reading.kind == "pdf_flat"
    assert {finding.confidence for finding in reading.findings.values()} == {"low"}
    [said] = reading.problems
    count = sum(finding.raw is not None for finding in reading.findings.values())
    assert (said.code, said.severity) == ("AR4", "warning")
    assert said.message.endswith(f": {count} in all.")


def prose(letters: int, rng: random.Random) -> str:
    said = ""
    while len(said) < letters:
        said += f" {rng.choice(PROSE.split())}"
    return said[1 : letters + 1].strip()


def dense(slots: list[Slot]) -> Answers:
    """Every box filled with as much as it takes, every other tick ticked, some choice of every other question."""
    kinds, room, rng = places(BLANK), most_letters(BLANK), random.Random(7)
    typed: Answers = {}
    for slot in slots:
        place = kinds[slot.name]
        if place.kind == "text":
            typed[slot.name] = prose(room[slot.name] or 50, rng)
        elif place.kind == "tick" and rng.random() < 0.5:
            typed[slot.name] = True
        elif place.kind != "tick":
            typed[slot.name] = rng.choice(place.spots).state if place.kind == "radio" else rng.choice(place.choices[1:])
    return typed


def as_shown(finding: Finding) -> Any:
    return str(finding.raw or "").strip()


@pytest.mark.needs("gs")
def test_a_form_filled_to_its_limits_is_recovered(tmp_path: Path) -> None:
    home = Home()
    typed = dense(list(home.slots(home.form("referral"), "pdf")))
    fill_with_pdfium(BLANK, typed, tmp_path / "full.pdf")
    live = pdf.read((tmp_path / "full.pdf").read_bytes(), home)
    found = pdf.read(flat(printed.by_ghostscript, tmp_path / "full.pdf", tmp_path), home)
    assert {key: as_shown(f) for key, f in found.findings.items()} == {key: as_shown(f) for key, f in live.findings.items()}


@pytest.mark.needs("gs")
def test_what_did_not_fit_its_box_and_was_cut_off_is_told(tmp_path: Path) -> None:
    fill_with_pdfium(BLANK, {"home_address": "\n".join(["Invented Row"] * 4), "family_name": "Quillon"}, tmp_path / "full.pdf")
    one_page = printed.with_pages(flat(printed.by_ghostscript, tmp_path / "full.pdf", tmp_path), lambda pages: pages[1:2])
    cut = pdf.read(one_page, Home()).findings["home_address", None]
    assert 0 < str(cut.raw).count("Invented Row") < 4
    assert "AR4" in cut.issues


def code_of_refusal(data: bytes) -> str:
    with pytest.raises(InputRefusedError) as refused:
        pdf.read(data, Home())
    return refused.value.code


def test_boxes_of_a_page_that_is_not_there_are_told(flattened: bytes) -> None:
    reading = pdf.read(printed.with_pages(flattened, lambda pages: pages[:1] + pages[2:3]), Home())
    assert [problem.code for problem in reading.problems] == ["AR4", "AR34"]
    assert ("referral_date", None) in reading.findings
    assert ("dob", None) not in reading.findings


def test_a_page_that_comes_twice_is_refused_as_two_forms(flattened: bytes) -> None:
    assert code_of_refusal(printed.with_pages(flattened, lambda pages: [pages[0], pages[0]])) == "AR14"


def test_two_pages_on_one_sheet_are_refused(flattened: bytes) -> None:
    assert code_of_refusal(printed.with_pages(flattened, lambda pages: [printed.two_on_one(pages[1], pages[0])])) == "AR4"


def test_a_page_that_has_our_words_in_other_places_is_refused() -> None:
    out = BytesIO()
    canvas = Canvas(out)
    for number, word in enumerate((PdfReader(BLANK).pages[0].extract_text()).split()):
        canvas.drawString(20 + 90 * (number % 6), 800 - 11 * (number // 6), word)
    canvas.drawString(20, 20, "MASE-REF 1")
    canvas.save()
    assert code_of_refusal(out.getvalue()) == "AR4"


@pytest.fixture
def nameless(tmp_path: Path) -> bytes:
    """A page whose answers are drawn in letters that have lost their names: Ghostscript leaves out those of an embedded font."""
    fill_with_pdf_lib(BLANK, NAMELESS, tmp_path / "filled.pdf")
    return printed.with_pages(flat(printed.by_ghostscript, tmp_path / "filled.pdf", tmp_path), lambda pages: pages[1:2])


NAMELESS: Answers = {"given_names": "Zoë Ann", "family_name": "Quillon", "home_address": "1 Invented Row", "concern_types_cse": True}


@pytest.mark.needs("gs", "node", "npm", "tesseract")
def test_answers_whose_letters_have_lost_their_names_are_looked_at_as_a_scan(nameless: bytes) -> None:
    reading = pdf.read(nameless, Home())
    assert reading.kind == "pdf_scan"
    wrong = {path for path, said in NAMELESS.items() if said is not True and reading.findings[(path, None)].raw != said}
    assert {path for path in wrong if not reading.findings[(path, None)].issues} == set()


@pytest.mark.needs("gs", "node", "npm")
def test_they_are_refused_where_nothing_can_look_at_them(nameless: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert code_of_refusal(nameless) == "AR4"


def test_a_missing_extra_is_said_by_its_name(flattened: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(InputRefusedError) as refused:
        pdf.read(flattened, Home())
    assert refused.value.code == "AR4"
    assert 'pip install "mase-docs[recover]"' in refused.value.remedy


def drawn_over(draw: Callable[[Canvas, Callable[..., tuple[float, float]]], None], live: bool = False) -> Reading:
    """The blank form's second page, flattened and drawn on; or the whole form, with its fields, drawn on there."""

    def at(name: str, state: str = "") -> tuple[float, float]:
        spot = next(spot for spot in places(BLANK)[name].spots if spot.state == state or not state)
        assert spot.page == 1
        return spot.x, spot.y

    over, out = BytesIO(), BytesIO()
    canvas = Canvas(over)
    draw(canvas, at)
    canvas.save()
    writer = PdfWriter(clone_from=BytesIO(BLANK.read_bytes()))
    if not live:
        writer.remove_annotations(subtypes=None)
        writer.root_object.pop("/AcroForm")
    writer.pages[1].merge_page(PdfReader(over).pages[0])
    writer.write(out)
    return pdf.read(out.getvalue() if live else printed.with_pages(out.getvalue(), lambda pages: pages[1:2]), Home())


def answered(reading: Reading) -> dict[str, tuple[Any, tuple[str, ...]]]:
    return {path: (f.raw, f.issues) for (path, _), f in reading.findings.items() if f.raw is not None or f.issues}


def test_text_that_cannot_be_seen_is_no_answer_and_a_doubtful_mark_is_told() -> None:
    def draw(canvas: Canvas, at: Callable[..., tuple[float, float]]) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(*at("given_names"), "Zoë")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(*at("family_name"), "Hidden")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.circle(*at("sex", "F"), 0.7, stroke=0, fill=1)
        canvas.drawString(300, 3, "see over")

    reading = drawn_over(draw)
    assert answered(reading) == {"given_names": ("Zoë", ()), "family_name": (None, ("AR37",)), "sex": ("F", ("TY3",))}
    assert [problem.code for problem in reading.problems] == ["AR4", "AR36", "AR34"]


def test_answers_drawn_on_the_pages_of_a_form_whose_fields_are_empty_are_recovered() -> None:
    def draw(canvas: Canvas, at: Callable[..., tuple[float, float]]) -> None:
        canvas.drawString(*at("given_names"), "Zoë")
        canvas.circle(*at("sex", "F"), 3, fill=1)

    reading = drawn_over(draw, live=True)
    assert answered(reading) == {"given_names": ("Zoë", ()), "sex": ("F", ())}
    assert [problem.code for problem in reading.problems] == ["AR4"]


def test_two_marks_on_one_question_are_no_answer() -> None:
    def draw(canvas: Canvas, at: Callable[..., tuple[float, float]]) -> None:
        for name, states in (("sex", "FM"), ("interpreter_needed", ("yes", "no"))):
            for state in states:
                canvas.circle(*at(name, state), 3, fill=1)

    reading = drawn_over(draw)
    found = answers(reading)
    assert (found["sex"].value, found["sex"].issues) == (None, ("CO12",))
    assert (found["interpreter_needed"].value, found["interpreter_needed"].issues) == (None, ("CO12",))


@pytest.mark.parametrize(("example", "typed"), [("pdf_flattened_gs", "12_impossible_date.pdf"), ("pdf_printed_smaller", "10_a_place.xlsx")])
def test_the_examples_that_arrive_printed_hold_what_was_typed(example: str, typed: str) -> None:
    reading = pdf.read((ROOT / "examples" / "arrives" / f"{example}.pdf").read_bytes(), Home(MONTH))
    found = {path: plain_json(a.value) for path, a in answers(reading).items() if a.value is not None}
    wanted = json.loads((MONTH / f"{typed}.expected.json").read_text(encoding="utf-8"))
    assert found == {path: value for path, value in by_path(wanted["answers"]) if value not in (None, [])}


def by_path(values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The answers of an expected JSON with those of rows by their paths."""
    for name, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield from ((f"{name}[{row['row']}].{column}", v) for row in value for column, v in row.items() if column != "row")
        else:
            yield name, value
