"""What a picture is drawn of: words, lines and areas on a page, in pixels from its top left corner. Each writer draws the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from mase_docs.errors import UsageError

INK, GREY, PALE, WHITE = "#1B2733", "#55626C", "#E3ECF2", "#FFFFFF"
"""Grey on pale, the weakest of these that is read, has a contrast of 5.2 to 1 (WCAG 2.2, 1.4.3 asks for 4.5)."""

ASPECT = 1.6
"""Width by height that drawings on shelves are given."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; y is its base line, and x its middle or its start."""

    x: float
    y: float
    text: str
    size: int
    bold: bool = False
    colour: str = INK
    at: Literal["middle", "start"] = "middle"


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two points; dashes: lengths of strokes and gaps in turn, none for a whole line."""

    points: tuple[Point, ...]
    dashes: tuple[float, ...] = ()
    width: float = 2.0


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon, filled, with an outline; without one where its width is 0."""

    points: tuple[Point, ...]
    fill: str = WHITE
    width: float = 1.5
    colour: str = INK


Mark = Words | Line | Area


def not_installed() -> UsageError:
    """What to say where a library that draws is missing."""
    return UsageError("The picture can't be drawn: a part of mase-docs is missing.", 'Install it with: pip install "mase-docs[pictures]"')


@dataclass(frozen=True)
class Drawing:
    """Marks, later ones over earlier ones, and the room that they take."""

    width: float
    height: float
    marks: tuple[Mark, ...]

    def moved(self, x: float, y: float) -> list[Mark]:
        """The marks as they stand when the drawing's corner is at x and y."""
        return [_moved(mark, x, y) for mark in self.marks]


def _moved(mark: Mark, x: float, y: float) -> Mark:
    if isinstance(mark, Words):
        return replace(mark, x=mark.x + x, y=mark.y + y)
    return replace(mark, points=tuple((px + x, py + y) for px, py in mark.points))


def stacked(drawings: Iterable[Drawing], gap: float) -> Drawing:
    """One below the other, from the left."""
    marks: list[Mark] = []
    wide = low = 0.0
    for drawing in drawings:
        marks += drawing.moved(0, low)
        wide, low = max(wide, drawing.width), low + drawing.height + gap
    return Drawing(wide, max(low - gap, 0), tuple(marks))


def shelved(drawings: Sequence[Drawing], gap: float) -> Drawing:
    """Side by side in rows, on a page somewhat wider than it is high, in the order given."""
    room = sum((drawing.width + gap) * (drawing.height + gap) for drawing in drawings)
    return rowed(drawings, gap, gap, max([drawing.width for drawing in drawings] + [(ASPECT * room) ** 0.5]))


def rowed(drawings: Iterable[Drawing], gap: float, below: float, most: float) -> Drawing:
    """Side by side, so far apart, in rows of a width at most, so far below each other."""
    rows: list[list[Drawing]] = [[]]
    for drawing in drawings:
        if rows[-1] and sum(before.width + gap for before in rows[-1]) + drawing.width > most:
            rows.append([])
        rows[-1].append(drawing)
    return stacked([_beside(row, gap) for row in rows], below)


def _beside(drawings: Iterable[Drawing], gap: float) -> Drawing:
    marks: list[Mark] = []
    along = high = 0.0
    for drawing in drawings:
        marks += drawing.moved(along, 0)
        along, high = along + drawing.width + gap, max(high, drawing.height)
    return Drawing(max(along - gap, 0), high, tuple(marks))
