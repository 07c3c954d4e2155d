"""Draws pages with reportlab: text in marked content for the tag tree, everything else as decoration (ISO 32000-1, 14.6 and 14.8.2.2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from mase_docs.blanks.colours import GREY, INK, NAVY
from mase_docs.blanks.pdf_sheet import Input, Mark, Shape, Tag, Words
from mase_docs.blanks.pdf_type import BOLD, Style, register

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

PAGE = (595.276, 841.89)
WIDTH = 519.0
LEFT = (PAGE[0] - WIDTH) / 2
TOP, BOTTOM = 40.0, 38.0
ROOM = PAGE[1] - TOP - BOTTOM
MARKING, FOOT = Style(9.5, BOLD, INK), Style(8.5, ink=GREY)


@dataclass(slots=True)
class Drawn:
    """What the tag tree must know of the pages drawn: which tag each piece of marked content is, and where each input stands
    (its rectangle in the page's own space)."""

    content: list[list[Tag]] = field(default_factory=list)
    inputs: list[list[tuple[Input, tuple[float, float, float, float]]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Edges:
    """What stands at the edges of every page: the marking at top and foot, below it whose copy it is ("" for a blank), and the stamp."""

    marking: str
    stamp: str
    whose: str = ""


def draw(pages: list[list[Mark]], edges: Edges, title: str, language: str) -> tuple[bytes, Drawn]:
    """The pages as a PDF without fields, and what was drawn where."""
    from reportlab.pdfgen.canvas import Canvas

    register()
    target, drawn = BytesIO(), Drawn()
    canvas = Canvas(target, pagesize=PAGE, invariant=1, lang=language, pageCompression=1, initialFontName="PanelSans-Regular")
    canvas.setTitle(title)
    canvas.setAuthor("")
    for number, marks in enumerate(pages, 1):
        _edges(canvas, edges, f"Page {number} of {len(pages)}")
        _page(canvas, marks, drawn)
        canvas.showPage()
    canvas.save()
    return target.getvalue(), drawn


def _edges(canvas: Canvas, edges: Edges, page: str) -> None:
    """The marking, whose copy it is, the stamp and the page number."""
    centre, right = PAGE[0] / 2, PAGE[0] - LEFT
    with _marked(canvas, "/Artifact <</Type /Pagination>> BDC"):
        _put_style(canvas, MARKING)
        canvas.drawCentredString(centre, PAGE[1] - 28, edges.marking)
        canvas.drawCentredString(centre, 24, edges.marking)
        _put_style(canvas, FOOT)
        if edges.whose:
            canvas.drawCentredString(centre, PAGE[1] - 37.5, edges.whose)
        canvas.drawString(LEFT, 24, edges.stamp)
        canvas.drawRightString(right, 24, page)


def _page(canvas: Canvas, marks: list[Mark], drawn: Drawn) -> None:
    content: list[Tag] = []
    inputs = []
    for mark in marks:
        if isinstance(mark, Words):
            _words(canvas, mark, content)
        elif isinstance(mark, Shape):
            _shape(canvas, mark)
        else:
            inputs.append((mark, (LEFT + mark.x, _up(mark.y + mark.height), LEFT + mark.x + mark.width, _up(mark.y))))
    drawn.content.append(content)
    drawn.inputs.append(inputs)


def _up(down: float) -> float:
    return PAGE[1] - TOP - down


@contextmanager
def _marked(canvas: Canvas, opening: str) -> Iterator[None]:
    """Marked content around what is drawn inside; the canvas has no public way to open it."""
    code: list[str] = canvas._code
    code.append(opening)
    yield
    code.append("EMC")


def _words(canvas: Canvas, words: Words, content: list[Tag]) -> None:
    opening = "/Artifact BMC"
    if words.tag:
        opening = f"/{words.tag.kind} <</MCID {len(content)}>> BDC"
        content.append(words.tag)
    with _marked(canvas, opening):
        _put_style(canvas, words.style)
        for number, line in enumerate(words.lines):
            baseline = words.y + number * words.style.leading + words.style.size * 0.95
            canvas.drawString(LEFT + words.x, _up(baseline), f"{line} ")  # the space keeps the words of two lines apart when read out


def _put_style(canvas: Canvas, style: Style) -> None:
    canvas.setFont(style.font, style.size)
    canvas.setFillColor(f"#{style.ink}")


def _shape(canvas: Canvas, shape: Shape) -> None:
    with _marked(canvas, "/Artifact BMC"):
        canvas.setFillColor(f"#{shape.fill or NAVY}")
        canvas.setStrokeColor(f"#{shape.line or NAVY}")
        canvas.setLineWidth(0.7)
        ink = {"fill": int(bool(shape.fill)), "stroke": int(bool(shape.line))}
        left, bottom = LEFT + shape.x, _up(shape.y + shape.height)
        if shape.outline == "circle":
            canvas.circle(left + shape.width / 2, bottom + shape.height / 2, shape.width / 2, **ink)
        elif shape.outline == "arrow":
            _arrow(canvas, shape, left, bottom)
        else:
            canvas.rect(left, bottom, shape.width, shape.height, **ink)


def _arrow(canvas: Canvas, shape: Shape, left: float, bottom: float) -> None:
    path = canvas.beginPath()
    path.moveTo(left, bottom + shape.height)
    path.lineTo(left + shape.width, bottom + shape.height)
    path.lineTo(left + shape.width / 2, bottom)
    path.close()
    canvas.drawPath(path, fill=1, stroke=0)
