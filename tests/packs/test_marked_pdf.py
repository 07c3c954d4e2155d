"""A sender's own PDF, marked: its fields untouched and open for typing, an outline and a note at each box asked about."""

from __future__ import annotations

import io
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from mase_docs.definition.home import Home
from mase_docs.errors import InputRefusedError
from mase_docs.intake.reader import read_source
from mase_docs.packs.marked_pdf import marked
from mase_docs.packs.marks import EDGE, Mark
from tests.conftest import ROOT
from tests.fillers.qpdf_fill import fill_with_qpdf
from tests.packs.forms import MONTH, REFERENCE, TODAY, asked, at, completed

FILLED_BY = {"pdf-lib": "02_school_group.pdf", "qpdf": "12_impossible_date.pdf"}
ASKED = ("family_name", "dob", "concern_types", "child_consent")
"""A text, a date, a group of ticks and a radio."""
OUTLINES, NOTES = "/Square", "/Text"


@cache
def back(name: str) -> bytes:
    home = Home()
    form = completed(MONTH / name, home)
    return marked((MONTH / name).read_bytes(), at(form, *ASKED), REFERENCE)


@cache
def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def annotations(data: bytes, kind: str) -> list[tuple[int, Any]]:
    """The annotations of a kind, each with its page from 1."""
    pages = opened(data).pages
    return [(n, a) for n, page in enumerate(pages, 1) for a in page.get("/Annots", []) if a.get("/Subtype") == kind]


def fields(data: bytes) -> list[str]:
    """Every widget as it is written, in order, with what its form says of it."""
    return [_flat(widget) for _, widget in annotations(data, "/Widget")]


def _flat(widget: Any) -> str:
    """A field's own entries and its parent's, without references to other objects."""
    own = {key: str(value) for key, value in widget.items() if key in KEPT}
    parent = {key: str(value) for key, value in widget.get("/Parent", {}).items() if key in KEPT}
    return f"{own}{parent}"


KEPT = ("/T", "/V", "/DV", "/FT", "/Ff", "/F", "/AS", "/DA", "/MaxLen", "/TU", "/Opt", "/Rect", "/MK", "/Q")


@pytest.mark.parametrize("name", FILLED_BY.values(), ids=list(FILLED_BY))
def test_every_answer_is_read_as_before(name: str, home: Home) -> None:
    assert read_source(name, back(name), home, TODAY).answers == completed(MONTH / name, home).answers


@pytest.mark.parametrize("name", FILLED_BY.values(), ids=list(FILLED_BY))
def test_the_fields_are_as_they_were(name: str) -> None:
    assert fields(back(name)) == fields((MONTH / name).read_bytes())
    before, after = (opened(data).Root.AcroForm for data in ((MONTH / name).read_bytes(), back(name)))
    assert len(before.Fields) == len(after.Fields)
    assert before.get("/NeedAppearances") == after.get("/NeedAppearances")


@pytest.mark.parametrize("name", FILLED_BY.values(), ids=list(FILLED_BY))
def test_each_box_asked_about_has_an_outline_around_it_and_a_note_at_it(name: str, home: Home) -> None:
    marks = at(completed(MONTH / name, home), *ASKED)
    pages = [int(mark.place.split()[1].rstrip(",")) for mark in marks]
    assert sorted((page, str(note.Contents)) for page, note in annotations(back(name), NOTES)) == sorted(
        (page, mark.comment) for page, mark in zip(pages, marks, strict=True)
    )
    outlines = {page: [box(a) for on, a in annotations(back(name), OUTLINES) if on == page] for page in pages}
    for mark, page in zip(marks, pages, strict=True):
        inside = [box(w) for w in widgets(back(name), page, mark.place.split(", ")[1])]
        assert any(all(_holds(outline, one) for one in inside) for outline in outlines[page]), mark.place


def widgets(data: bytes, page: int, name: str) -> list[Any]:
    return [w for on, w in annotations(data, "/Widget") if on == page and name in (w.get("/T"), w.get("/Parent", {}).get("/T"))]


def box(annotation: Any) -> tuple[float, ...]:
    return tuple(map(float, annotation.Rect))


def _holds(outer: tuple[float, ...], inner: tuple[float, ...]) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


@pytest.mark.needs("qpdf")
@pytest.mark.parametrize("name", FILLED_BY.values(), ids=list(FILLED_BY))
def test_qpdf_finds_nothing_wrong(name: str, tmp_path: Path) -> None:
    (tmp_path / "form.pdf").write_bytes(back(name))
    done = subprocess.run(["qpdf", "--check", tmp_path / "form.pdf"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_outline_is_seen(home: Home) -> None:
    """Of the points where PDFium draws the date of birth's frame, most have its colour on the marked form and none on the sender's."""
    name = FILLED_BY["qpdf"]
    (mark,) = at(completed(MONTH / name, home), "dob")
    place = box(next(w for w in widgets(back(name), 2, "dob")))
    assert edge(back(name), 2, place) > 0.6 > 0.01 > edge((MONTH / name).read_bytes(), 2, place)
    assert mark.severity == "warning"


def edge(data: bytes, page: int, place: tuple[float, ...]) -> float:
    """The share of points just left of a box that have the colour of a warning's frame."""
    drawn = pypdfium2.PdfDocument(data)
    drawn.init_forms()
    picture = drawn[page - 1].render(scale=4).to_pil().convert("RGB")
    height = drawn[page - 1].get_height()
    colour = tuple(int(EDGE["warning"][n : n + 2], 16) for n in (0, 2, 4))
    points = [
        picture.getpixel((round((place[0] - 1.3) * 4), round((height - y / 4) * 4)))
        for y in range(round(place[1] * 4), round(place[3] * 4))
    ]
    return sum(all(abs(a - b) < 30 for a, b in zip(point, colour, strict=True)) for point in points) / len(points)


def test_no_outline_lies_between_a_pointer_and_its_field() -> None:
    """What stands first in a page's list is drawn first, so fields lie over the outlines."""
    for page in opened(back(FILLED_BY["pdf-lib"])).pages:
        kinds = [str(a.Subtype) for a in page.get("/Annots", [])]
        assert kinds == sorted(kinds, key=(OUTLINES, "/Link", "/Widget", NOTES).index)


@pytest.mark.needs("qpdf")
def test_a_marked_form_can_be_filled_in(home: Home, tmp_path: Path) -> None:
    (tmp_path / "marked.pdf").write_bytes(back(FILLED_BY["qpdf"]))
    fill_with_qpdf(tmp_path / "marked.pdf", {"dob": "03/07/2011"}, tmp_path / "again.pdf")
    again = read_source("again.pdf", (tmp_path / "again.pdf").read_bytes(), home, TODAY)
    before = completed(MONTH / FILLED_BY["qpdf"], home)
    assert again.answers["dob"].raw == "03/07/2011"
    assert {k: v for k, v in again.answers.items() if k != "dob"} == {k: v for k, v in before.answers.items() if k != "dob"}


def test_marking_again_replaces_the_earlier_marks(home: Home) -> None:
    name = FILLED_BY["qpdf"]
    again = marked(back(name), at(completed(MONTH / name, home), "sex"), "MASE-2026-0008")
    assert [str(note.Contents) for _, note in annotations(again, NOTES)] == ["Please look at “sex” again."]
    assert len(annotations(again, OUTLINES)) == 1
    cleared = marked(again, [], REFERENCE)
    assert annotations(cleared, NOTES) == annotations(cleared, OUTLINES) == []


def test_a_senders_own_note_is_kept(home: Home) -> None:
    name = FILLED_BY["qpdf"]
    with pikepdf.open(MONTH / name) as form:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[9, 9, 20, 20], Contents="Ring me first")
        form.pages[0].Annots.append(form.make_indirect(note))
        form.save(out := io.BytesIO())
    once = marked(out.getvalue(), at(completed(MONTH / name, home), "dob"), REFERENCE)
    assert sorted(str(note.Contents) for _, note in annotations(once, NOTES)) == ["Please look at “dob” again.", "Ring me first"]
    assert [str(note.Contents) for _, note in annotations(marked(once, [], REFERENCE), NOTES)] == ["Ring me first"]


@pytest.mark.parametrize("name", FILLED_BY.values(), ids=list(FILLED_BY))
def test_the_reference_is_among_the_properties_and_the_others_stay(name: str) -> None:
    before, after = (dict(opened(data).docinfo) for data in ((MONTH / name).read_bytes(), back(name)))
    assert after == {**before, "/FormReference": REFERENCE}


def test_a_form_that_only_forbids_changes_is_marked(home: Home, tmp_path: Path) -> None:
    name = FILLED_BY["qpdf"]
    with pikepdf.open(MONTH / name) as form:
        form.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="owner", user="", R=6))
    form_back = marked((tmp_path / "locked.pdf").read_bytes(), at(completed(MONTH / name, home), "dob"), REFERENCE)
    assert len(annotations(form_back, NOTES)) == 1
    assert read_source(name, form_back, home, TODAY).answers == completed(MONTH / name, home).answers


@pytest.mark.needs("pdftotext", "pdftoppm")
def test_poppler_opens_it_and_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "form.pdf").write_bytes(back(FILLED_BY["pdf-lib"]))
    poppler = shutil.which("pdftoppm")
    done = subprocess.run([str(poppler), "-r", "20", "-png", tmp_path / "form.pdf", tmp_path / "page"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_file_that_cannot_be_marked_is_refused_in_one_sentence() -> None:
    with pytest.raises(InputRefusedError, match="cannot be marked"):
        marked(b"%PDF-1.7\nnothing more", [Mark("dob", "page 2, dob", "Date of birth", "?")], REFERENCE)


def test_what_a_damaged_form_says_reaches_no_log(caplog: pytest.LogCaptureFixture) -> None:
    """pypdf writes what it met into its warnings, such as an escape in a text that there isn't."""
    data = (ROOT / "examples" / "boroughs" / "eastwick_referral.pdf").read_bytes()
    odd = data.replace(b"/V (", b"/V (\\Qsecret", 1)
    assert odd != data
    marked(odd, [], REFERENCE)
    assert caplog.text == ""


def test_a_place_that_is_not_there_is_passed_over() -> None:
    data = (MONTH / FILLED_BY["qpdf"]).read_bytes()
    marks = [Mark("a", place, "a", "?") for place in ("page 2, no such field", "page 99, dob", "dob", "", "Referral!B4")]
    assert annotations(marked(data, marks, REFERENCE), NOTES) == []


def test_what_is_asked_of_a_real_form_is_on_its_pages(home: Home) -> None:
    form = completed(MONTH / "12_impossible_date.pdf", home)
    made = marked((MONTH / "12_impossible_date.pdf").read_bytes(), asked(form, home), REFERENCE, "The panel")
    ((page, note),) = annotations(made, NOTES)
    assert (page, str(note.T)) == (2, "The panel")
    assert str(note.Contents).endswith("Please give it as day, month and year, like 3 July 2011.")
