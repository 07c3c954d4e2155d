"""A drawing as a PNG, for programs that show no SVG."""

from __future__ import annotations

from io import BytesIO
from itertools import cycle, pairwise
from math import ceil, hypot
from typing import Any

from PIL import Image, ImageDraw

from mase_docs.packs.drawing import INK, Drawing, Line, Point, Words
from mase_docs.packs.lettering import font

DPI = 96
"""Pixels of a drawing to an inch, as CSS has them."""


def written(drawing: Drawing, scale: int) -> bytes:
    """The picture, with so many pixels to each of the drawing's."""
    picture = Image.new("RGB", (ceil(drawing.width * scale), ceil(drawing.height * scale)), "white")
    pen = _Pen(ImageDraw.Draw(picture), scale)
    for mark in drawing.marks:
        pen.draw(mark)
    out = BytesIO()
    picture.quantize(64, dither=Image.Dither.NONE).save(out, "PNG", optimize=True, dpi=(DPI * scale, DPI * scale))
    return out.getvalue()


class _Pen:
    """What draws marks at a scale."""

    def __init__(self, on: ImageDraw.ImageDraw, scale: int) -> None:
        self.on, self.scale = on, scale

    def draw(self, mark: Any) -> None:
        if isinstance(mark, Words):
            letters = font(mark.size * self.scale, mark.bold)
            self.on.text(self._at((mark.x, mark.y)), mark.text, mark.colour, letters, anchor="ms" if mark.at == "middle" else "ls")
        elif isinstance(mark, Line):
            for a, b in pairwise(mark.points):
                self._line(a, b, mark)
        else:
            self.on.polygon([self._at(point) for point in mark.points], mark.fill)
            if mark.width:
                self._stroke([*mark.points, *mark.points[:2]], mark.colour, mark.width)

    def _line(self, a: Point, b: Point, mark: Line) -> None:
        """The line, dash by dash."""
        length, at, dashes = hypot(b[0] - a[0], b[1] - a[1]), 0.0, cycle(mark.dashes or (1e9,))
        while at < length:
            end = min(at + next(dashes), length)
            self._stroke([_along(a, b, at / length), _along(a, b, end / length)], INK, mark.width)
            at = end + (next(dashes) if mark.dashes else 0)

    def _stroke(self, points: list[Point], colour: str, width: float) -> None:
        self.on.line([self._at(point) for point in points], colour, round(width * self.scale), joint="curve")

    def _at(self, point: Point) -> Point:
        return point[0] * self.scale, point[1] * self.scale


def _along(a: Point, b: Point, part: float) -> Point:
    return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part
