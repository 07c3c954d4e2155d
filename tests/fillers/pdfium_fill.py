"""PDFium, the engine of Chrome, Edge and many mail programs, fills in a blank PDF: clicks and key strokes, as a person would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from tests.fillers.pdf_places import Answers, Place, Spot, places


def fill_with_pdfium(blank: Path, answers: Answers, out: Path) -> None:
    """Types and clicks each answer and saves the form as `out`. Raises KeyError for a field, state or choice that isn't there."""
    document = pypdfium2.PdfDocument(blank)
    document.init_forms()
    known = places(blank)
    try:
        for name, answer in answers.items():
            _answer(document, known[name], answer)
        document.save(out)
    finally:
        document.close()


def _answer(document: Any, place: Place, answer: str | bool) -> None:
    spot = next((spot for spot in place.spots if spot.state == answer), None) if place.kind == "radio" else place.spots[0]
    if spot is None:
        raise KeyError(answer)
    page = document[spot.page]
    form = document.formenv.raw
    _click(form, page, spot)
    if place.kind == "text":
        _type(form, page, str(answer))
    if place.kind == "choice":
        _choose(form, page, place, str(answer))
    pdfium.FORM_ForceToKillFocus(form)


def _click(form: Any, page: Any, spot: Spot) -> None:
    # without the move first, a click on a page other than the last one is lost
    for step in (pdfium.FORM_OnMouseMove, pdfium.FORM_OnLButtonDown, pdfium.FORM_OnLButtonUp):
        step(form, page.raw, 0, spot.x, spot.y)


def _type(form: Any, page: Any, text: str) -> None:
    for letter in text.replace("\n", "\r"):
        pdfium.FORM_OnChar(form, page.raw, ord(letter), 0)


def _choose(form: Any, page: Any, place: Place, answer: str) -> None:
    if answer in place.choices:
        pdfium.FORM_SetIndexSelected(form, page.raw, place.choices.index(answer), True)
    else:
        pdfium.FORM_SelectAllText(form, page.raw)
        _type(form, page, answer)
