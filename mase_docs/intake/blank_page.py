"""A form's blank PDF as paper: what is printed on its pages and where its boxes stand, for forms that come back without their fields.

Places are in points from the left and the bottom of the blank's page.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from mase_docs import resources
from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from mase_docs.intake.finding import Key
from mase_docs.intake.pdf_fields import MARKED as MARKED
from mase_docs.intake.pdf_fields import Kind
from mase_docs.intake.pdf_glyphs import Glyph, Rect, Word, by_pdfium, words
from mase_docs.intake.pdf_open import read_pdf
from mase_docs.intake.pdf_paper import Ink


class Box(NamedTuple):
    """One place for an answer: a text box, a drop-down, a tick box, or one of the circles of a question.

    key    the answer's path and, for a tick, its code
    name   of the field that the blank has there
    state  for a circle, the code that it stands for
    ink    for a tick box or circle, how much of its middle is dark on the blank
    """

    key: Key
    name: str
    kind: Kind
    rect: Rect
    state: str = ""
    ink: float = 0.0


@dataclass(frozen=True, slots=True)
class BlankPage:
    """One page of a blank: its number from 1, its size, its boxes, and the letters and words printed on it."""

    number: int
    width: float
    height: float
    boxes: tuple[Box, ...]
    glyphs: tuple[Glyph, ...]
    words: tuple[Word, ...]


def blank_pages(form: Form, home: Home) -> tuple[BlankPage, ...]:
    """The pages of a form's own blank, the borough's before the shipped one; none if there is no blank PDF. Needs pypdfium2."""
    path = blank_path(form, home)
    keys = {slot.name: (slot.path, slot.option) for slot in home.slots(form, "pdf")}
    return _pages(path, path.stat().st_mtime_ns, tuple(keys.items())) if path else ()


def blank_path(form: Form, home: Home) -> Path | None:
    """The blank PDF that a form was sent out as; None if there is none."""
    return resources.find("forms", f"{form.id}_v{form.version}.pdf", home.folder)


@lru_cache(maxsize=8)
def _pages(path: Path, changed: int, keys: tuple[tuple[str, Key], ...]) -> tuple[BlankPage, ...]:
    import pypdfium2

    data = path.read_bytes()
    boxes = _boxes(data, dict(keys))
    with pypdfium2.PdfDocument(data) as document:
        return tuple(_page(number, page, boxes[number]) for number, page in enumerate(document, 1))


def _page(number: int, page: Any, boxes: list[Box]) -> BlankPage:
    glyphs, ink, (width, height) = by_pdfium(page).glyphs, Ink(page), page.get_size()
    with_ink = [box._replace(ink=ink.in_the_middle(box.rect)) if box.kind in MARKED else box for box in boxes]
    return BlankPage(number, width, height, tuple(with_ink), tuple(glyphs), tuple(words(glyphs)))


def _boxes(data: bytes, keys: dict[str, Key]) -> dict[int, list[Box]]:
    """The boxes of each page. A field's widgets are many only for the circles of a question."""
    found: dict[int, list[Box]] = defaultdict(list)
    for field in read_pdf(data).fields:
        for widget in field.widgets:
            if field.name in keys and widget.page and widget.rect:
                state = next(iter(widget.states), "") if field.kind == "radio" else ""
                found[widget.page].append(Box(keys[field.name], field.name, field.kind, widget.rect, state))
    return found
