"""Names from all over London show in the blank's own font when another program types them."""

from __future__ import annotations

import subprocess
from importlib.resources import files
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from mase_docs.blanks.pdf_type import LETTERS, REGULAR, encoding
from tests.blanks.pdf_blanks import blank
from tests.fillers.pdf_js_fill import fill_with_pdf_js
from tests.fillers.pdfium_fill import fill_with_pdfium

NAMES = "Łukasz Żółć"
BOX = "reason_for_referral"


def drawn(filled: Path) -> bytes:
    """What the program drew into the box."""
    widgets = (reference.get_object() for page in PdfReader(filled).pages for reference in page["/Annots"])
    (box,) = (widget for widget in widgets if widget.get("/T") == BOX)
    return bytes(box["/AP"]["/N"].get_data())


def words_on(filled: Path) -> str:
    done = subprocess.run(["pdftotext", filled, "-"], capture_output=True, encoding="utf-8", timeout=60, check=True)
    return done.stdout


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("text", [NAMES, "“Zoë” O’Shea, £50, Şükrü Yıldız, Ștefan Țurcanu, Dvořák, Ẹniọlá", "".join(LETTERS)])
def test_chrome_draws_every_letter_with_the_font_in_the_form(text: str, tmp_path: Path) -> None:
    filled = tmp_path / "filled.pdf"
    fill_with_pdfium(blank("referral").saved(tmp_path), {BOX: text}, filled)
    fonts = {line.split()[0] for line in drawn(filled).splitlines() if line.endswith(b" Tf")}
    assert fonts == {b"/Wingdings"}
    assert "".join(text.split()) in "".join(words_on(filled).split())


@pytest.mark.needs("node", "npm", "pdftotext")
def test_firefox_draws_a_polish_name_too(tmp_path: Path) -> None:
    filled = tmp_path / "filled.pdf"
    fill_with_pdf_js(blank("referral").saved(tmp_path), {BOX: NAMES}, filled)
    assert NAMES in words_on(filled)


def test_every_letter_of_the_fields_has_a_shape_in_the_font() -> None:
    font = TTFont(str(files("mase_docs.blanks.fonts") / f"{REGULAR}.ttf"))
    assert {ord(letter) for letter in encoding().values()} <= font.getBestCmap().keys()
    assert set(LETTERS) <= set(encoding().values())


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_the_font_goes_by_its_own_name_and_carries_its_licence(style: str) -> None:
    font = TTFont(str(files("mase_docs.blanks.fonts") / f"PanelSans-{style}.ttf"))
    assert font["name"].getDebugName(1) == "Panel Sans"
    assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert "SIL OPEN FONT LICENSE" in (files("mase_docs.blanks.fonts") / "OFL.txt").read_text(encoding="utf-8")
