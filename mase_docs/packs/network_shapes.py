"""How each kind of node and each sureness is drawn. The shape or pattern never stands alone: the word is always beside it."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin

from mase_docs.model.network import KINDS, LINKED, SURENESS, Node, Tie
from mase_docs.packs.drawing import GREY, INK, PALE, WHITE, Area, Line, Mark, Point, Words
from mase_docs.packs.lettering import LEADING, composed, lines, width

CUT = 12.0
"""How far a corner is cut off or a point stands out, in pixels."""

Corner = tuple[float, float, float, float]
"""A corner of an outline: x as a share of the width and so many cuts, y likewise."""
SQUARE: tuple[Corner, ...] = ((0, 0, 0, 0), (1, 0, 0, 0), (1, 0, 1, 0), (0, 0, 1, 0))


def _rounded() -> tuple[Corner, ...]:
    corners = ((1, -1, 0, 1, -90), (1, -1, 1, -1, 0), (0, 1, 1, -1, 90), (0, 1, 0, 1, 180))
    turns = [(x, dx, y, dy, (start + step) * pi / 180) for x, dx, y, dy, start in corners for step in range(0, 91, 15)]
    return tuple((x, dx + cos(turn), y, dy + sin(turn)) for x, dx, y, dy, turn in turns)


@dataclass(frozen=True)
class Shape:
    """An outline; room: how many cuts of it at the left and right, the top and the bottom are not for words."""

    corners: tuple[Corner, ...]
    room: tuple[float, float, float] = (0, 0, 0)
    fill: str = PALE
    width: float = 1.5
    inner: bool = False


SHAPES = {
    "case": Shape(SQUARE, fill=WHITE, width=3),
    "person": Shape(_rounded(), (0.4, 0, 0)),
    "school": Shape(((0, 0, 0, 0), (1, 0, 0, 0), (1, 0, 1, -1), (0.5, 0, 1, 0), (0, 0, 1, -1)), (0, 0, 0.8)),
    "place": Shape(((0, 1, 0, 0), (1, -1, 0, 0), (1, 0, 0.5, 0), (1, -1, 1, 0), (0, 1, 1, 0), (0, 0, 0.5, 0)), (0.8, 0, 0)),
    "peer_group": Shape(SQUARE, (0.3, 0.3, 0.3), inner=True),
    "online": Shape(((0, 1, 0, 0), (1, 0, 0, 0), (1, -1, 1, 0), (0, 0, 1, 0)), (0.8, 0, 0)),
    "route": Shape(((0, 0, 0, 0), (1, -1, 0, 0), (1, 0, 0.5, 0), (1, -1, 1, 0), (0, 0, 1, 0), (0, 1, 0.5, 0)), (0.9, 0, 0)),
    "phone": Shape(
        ((0, 1, 0, 0), (1, -1, 0, 0), (1, 0, 0, 1), (1, 0, 1, -1), (1, -1, 1, 0), (0, 1, 1, 0), (0, 0, 1, -1), (0, 0, 0, 1)),
        (0.4, 0.1, 0.1),
    ),
    "vehicle": Shape(((0, 1, 0, 0), (1, -1, 0, 0), (1, 0, 1, 0), (0, 0, 1, 0)), (0.9, 0, 0)),
    "username": Shape(((0, 1, 0, 0), (1, 0, 0, 0), (1, 0, 1, 0), (0, 1, 1, 0), (0, 0, 0.5, 0)), (0.7, 0, 0)),
    "household": Shape(((0.5, 0, 0, 0), (1, 0, 0, 1), (1, 0, 1, 0), (0, 0, 1, 0), (0, 0, 0, 1)), (0, 0.9, 0)),
}  # fmt: skip
DASHES: dict[str, tuple[float, ...]] = {"confirmed": (), "likely": (7, 4), "unconfirmed": (2, 3), "": (8, 3, 2, 3)}
LABEL, SMALL, TIE = 12, 10, 10
PAD = 7.0
NARROW, WIDE = 108.0, 240.0


@dataclass(frozen=True)
class Row:
    """A line of text in a box."""

    text: str
    size: int
    bold: bool = False
    colour: str = INK


@dataclass(frozen=True)
class Box:
    """Words in a shape; in none for what stands on a line. width and height hold all of it."""

    rows: tuple[Row, ...]
    shape: Shape | None = None

    @property
    def size(self) -> tuple[float, float]:
        sides, top, bottom = self.shape.room if self.shape else (0, 0, 0)
        pad = PAD if self.shape else 2.0
        wide = max(width(row.text, row.size, row.bold) for row in self.rows) + 2 * (pad + sides * CUT)
        return round(wide, 1), round(self._high() + 2 * pad + (top + bottom) * CUT, 1)

    def outline(self, centre: Point, inside: float = 0) -> tuple[Point, ...]:
        """The corners of the shape, so far inside its edge."""
        (wide, high), corners = self.size, self.shape.corners if self.shape else SQUARE
        left, top = centre[0] - wide / 2 + inside, centre[1] - high / 2 + inside
        wide, high = wide - 2 * inside, high - 2 * inside
        return tuple((round(left + x * wide + dx * CUT, 1), round(top + y * high + dy * CUT, 1)) for x, dx, y, dy in corners)

    def marks(self, centre: Point) -> list[Mark]:
        if self.shape is None:
            return [Area(self.outline(centre), WHITE, 0), *self._words(centre)]
        inner = [Area(self.outline(centre, 3), self.shape.fill, 1)] if self.shape.inner else []
        return [Area(self.outline(centre), self.shape.fill, self.shape.width), *inner, *self._words(centre)]

    def _high(self) -> float:
        return sum(row.size * LEADING for row in self.rows)

    def _words(self, centre: Point) -> list[Mark]:
        _, top, bottom = self.shape.room if self.shape else (0, 0, 0)
        found: list[Mark] = []
        y = centre[1] - self._high() / 2 + (top - bottom) * CUT / 2
        for row in self.rows:
            found.append(Words(round(centre[0], 1), round(y + row.size * 0.97, 1), row.text, row.size, row.bold, row.colour))
            y += row.size * LEADING
        return found


def of_node(node: Node) -> Box:
    """Its kind with the detail, and its label. A long label has longer lines, so that no box is a tower."""
    label, detail = composed(node.label) or "Name not recorded", composed(node.detail)
    most = min(max(NARROW, (width(label, LABEL, True) * LABEL * 3) ** 0.5), WIDE)
    head = f"{KINDS[node.kind]}, {detail}" if detail else KINDS[node.kind]
    rows = [Row(line, SMALL, colour=GREY) for line in lines(head, most, SMALL)] + [
        Row(line, LABEL, True) for line in lines(label, most, LABEL, True)
    ]
    return Box(tuple(rows), SHAPES[node.kind])


def of_tie(tie: Tie) -> Box:
    """How, and how sure in words."""
    rows = [Row(line, TIE) for line in lines(composed(tie.how) or LINKED, 84, TIE)]
    return Box((*rows, Row(f"({SURENESS[tie.sure]})", TIE)))


def line(sure: str, a: Point, b: Point) -> Line:
    return Line((a, b), DASHES[sure])


def arrow(outline: tuple[Point, ...], middle: Point, outside: Point) -> Area:
    """The head of an arrow that comes from outside and touches the outline."""
    x, y = _edge(outline, middle, outside)
    away = ((outside[0] - x) ** 2 + (outside[1] - y) ** 2) ** 0.5 or 1.0
    ux, uy = (outside[0] - x) / away, (outside[1] - y) / away
    sides = [(round(x + 9 * ux + turn * 4 * uy, 1), round(y + 9 * uy - turn * 4 * ux, 1)) for turn in (1, -1)]
    return Area(((round(x, 1), round(y, 1)), *sides), INK, 0)


def _edge(outline: tuple[Point, ...], middle: Point, outside: Point) -> Point:
    """Where the way from the middle outwards leaves the outline."""
    way = (outside[0] - middle[0], outside[1] - middle[1])
    furthest = 0.0
    for a, b in zip(outline, outline[1:] + outline[:1], strict=True):
        edge = (b[0] - a[0], b[1] - a[1])
        slope = way[0] * edge[1] - way[1] * edge[0]
        if abs(slope) > 1e-9:
            gap = (a[0] - middle[0], a[1] - middle[1])
            along, across = (gap[0] * edge[1] - gap[1] * edge[0]) / slope, (gap[0] * way[1] - gap[1] * way[0]) / slope
            furthest = max(furthest, along) if 0 <= across <= 1 and 0 <= along <= 1 else furthest
    return middle[0] + way[0] * furthest, middle[1] + way[1] * furthest
