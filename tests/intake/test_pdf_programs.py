"""The same completed form, saved again by the programs that people and mail gateways save PDFs with, reads the same."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from mase_docs.intake.pdf_open import read_pdf

FORM = Path(__file__).parents[2] / "examples/boroughs/eastwick_referral.pdf"


def answers(data: bytes) -> dict[str, str]:
    return {f.name: f.value for f in read_pdf(data).fields if f.value and not f.doubtful}


TYPED = answers(FORM.read_bytes())


def test_the_form_itself_holds_fourteen_texts_a_drop_down_three_ticks_and_a_radio() -> None:
    assert len(TYPED) == 19
    assert [TYPED[name] for name in ("Text6", "Dropdown1", "Check Box2", "Group1")] == [
        "Sélassié-Whyte",
        "Any other ethnic group",
        "Yes",
        "Choice1",
    ]


@pytest.mark.needs("qpdf")
@pytest.mark.parametrize(
    "options",
    [
        ["--object-streams=generate"],
        ["--object-streams=disable", "--stream-data=uncompress"],
        ["--qdf", "--object-streams=disable"],
        ["--linearize"],
        ["--coalesce-contents", "--recompress-flate", "--object-streams=generate", "--linearize"],
        ["--generate-appearances"],
        ["--encrypt", "", "owner", "256", "--"],
    ],
    ids=lambda options: options[0].strip("-"),
)
def test_saved_again_by_qpdf(options: list[str], tmp_path: Path) -> None:
    subprocess.run(["qpdf", str(FORM), *options, str(tmp_path / "out.pdf")], check=True)
    assert answers((tmp_path / "out.pdf").read_bytes()) == TYPED


@pytest.mark.needs("pdftk")
@pytest.mark.parametrize("words", [[], ["compress"], ["uncompress"], ["need_appearances"], ["drop_xfa"]], ids=str)
def test_saved_again_by_pdftk(words: list[str], tmp_path: Path) -> None:
    subprocess.run(["pdftk", str(FORM), "output", str(tmp_path / "out.pdf"), *words], check=True)
    assert answers((tmp_path / "out.pdf").read_bytes()) == TYPED


@pytest.mark.needs("pdftk")
def test_filled_by_pdftk_from_form_data(tmp_path: Path) -> None:
    data, out = tmp_path / "typed.fdf", tmp_path / "out.pdf"
    typed = "/FDF<</Fields[<</T(Text6)/V<FEFF017B00F301420107>>> <</T(Group1)/V/Choice3>> <</T(Check Box2)/V/Off>>]>>"
    data.write_text(f"%FDF-1.2\n1 0 obj<<{typed}>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n", encoding="latin-1")
    subprocess.run(["pdftk", str(FORM), "fill_form", str(data), "output", str(out)], check=True)
    changed = {k: v for k, v in TYPED.items() if k != "Check Box2"} | {"Text6": "Żółć", "Group1": "Choice3"}
    assert answers(out.read_bytes()) == changed


def test_saved_again_by_pikepdf() -> None:
    out = BytesIO()
    with pikepdf.open(FORM) as document:
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert answers(out.getvalue()) == TYPED


def test_saved_again_by_pdfium() -> None:
    out = BytesIO()
    document = pypdfium2.PdfDocument(FORM)
    document.init_forms()
    document.save(out)
    assert answers(out.getvalue()) == TYPED


def test_filled_by_pypdf_which_writes_the_state_of_a_radio_as_a_string() -> None:
    writer = PdfWriter(FORM)
    typed = {"Text5": "Łukasz", "Text13": "one\ntwo", "Group1": "/Choice2", "Check Box1": "/Yes", "Dropdown1": "White British"}
    writer.update_page_form_field_values(writer.pages[0], typed, auto_regenerate=False)
    out = BytesIO()
    writer.write(out)
    assert isinstance(PdfReader(out).get_fields()["Group1"]["/V"], str)  # type: ignore[index]
    found = {f.name: f.value for f in read_pdf(out.getvalue()).fields}
    assert {name: found[name] for name in typed} == {**typed, "Group1": "Choice2", "Check Box1": "Yes"}


def test_kept_as_an_earlier_save_with_a_later_one_after_it() -> None:
    writer = PdfWriter(FORM, incremental=True)
    writer.update_page_form_field_values(writer.pages[0], {"Text5": "Later"}, auto_regenerate=False)
    out = BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(FORM.read_bytes())
    assert answers(out.getvalue()) == {**TYPED, "Text5": "Later"}


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"\r\n\r\n", b""), (b"X-Scanned: yes\r\n", b""), (b"", b"\r\n\r\n"), (b"", bytes(2000)), (b"", b"\r\n--boundary--\r\n")],
)
def test_what_mail_put_before_or_after_a_pdf_does_no_harm(before: bytes, after: bytes) -> None:
    assert answers(before + FORM.read_bytes() + after) == TYPED


def test_reportlab_fields_of_every_kind() -> None:
    out = BytesIO()
    canvas = Canvas(out)
    acro = canvas.acroForm
    acro.textfield(name="story", value="a\nb", fieldFlags="multiline")
    acro.checkbox(name="yes", checked=True)
    acro.checkbox(name="no", checked=False)
    acro.radio(name="sex", value="F", selected=True)
    acro.radio(name="sex", value="M", x=50)
    acro.choice(name="level", value="B", options=[("Level A", "A"), ("Level B", "B")])
    canvas.drawString(9, 9, "Page 1")
    canvas.save()
    found = {f.name: (f.kind, f.value, f.doubtful) for f in read_pdf(out.getvalue()).fields}
    assert found == {
        "story": ("text", "a\nb", False),
        "yes": ("tick", "Yes", False),
        "no": ("tick", None, False),
        "sex": ("radio", "F", False),
        "level": ("choice", "Level B", False),
    }
