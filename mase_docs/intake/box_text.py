"""The letters of a page → what stands in each of its boxes, put together as it was typed, as far as that can be told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from mase_docs.intake.blank_page import BlankPage, Box
from mase_docs.intake.pdf_glyphs import GAP, Glyph, Rect, lines

PRINTED = 1.0
"""How near, in points, a letter stands to one of the blank's to be that one."""
JOINED = 0.4
"""A letter that follows within so much of its height belongs to the same piece of text."""
OVER_THE_EDGE = 3.0
"""How far outside a box a text may begin and still be the box's: some programs write on its very frame."""
MARGIN = 5.0
"""How much of a box's right side programs leave free when they wrap lines."""

LOW = 2.0
"""A box lower than so many letters takes one line."""
HARD = 2.2
"""How much of it is left free by programs that end lines in the middle of words."""

SPLITS = re.compile(r"\w-\Z|[/(\[“‘]\Z")
"""Ends of a line after which some programs wrap where there is no space."""

DASH = re.compile(r"\s[-–—]")
"""What some programs never put first on a line."""

Run = list[Glyph]


@dataclass(slots=True)
class Written:
    """What people wrote on a page: the pieces of text in each box, and those outside all of them."""

    inside: dict[Box, list[Run]] = field(default_factory=lambda: defaultdict(list))
    outside: list[Run] = field(default_factory=list)


def written(glyphs: Iterable[Glyph], blank: BlankPage) -> Written:
    """What stands on a page and not on its blank; letters in the blank's places, in the order in which they were written."""
    printed = _Printed(blank.glyphs)
    found = Written()
    for run in _runs(glyph for glyph in glyphs if not printed.has(glyph)):
        box = _box_of(run, blank.boxes)
        (found.inside[box] if box else found.outside).append(run)
    return found


class _Printed:
    """The places of the blank's own letters."""

    def __init__(self, glyphs: Iterable[Glyph]) -> None:
        self._near: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
        for glyph in glyphs:
            self._near[round(glyph.x), round(glyph.y)].append(glyph)

    def has(self, glyph: Glyph) -> bool:
        x, y = round(glyph.x), round(glyph.y)
        around = (g for dx in (-1, 0, 1) for dy in (-1, 0, 1) for g in self._near.get((x + dx, y + dy), ()))
        return any(abs(g.x - glyph.x) <= PRINTED and abs(g.y - glyph.y) <= PRINTED for g in around)


def _runs(glyphs: Iterable[Glyph]) -> Iterator[Run]:
    """The letters in pieces: each follows the one before on the same line. Pieces of nothing but spaces are left out."""
    run: Run = []
    for glyph in glyphs:
        if run and not _follows(run[-1], glyph):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _follows(one: Glyph, other: Glyph) -> bool:
    return abs(one.y - other.y) < 0.3 * one.size and abs(other.x - one.end) < JOINED * max(one.size, 1)


def _box_of(run: Run, boxes: Iterable[Box]) -> Box | None:
    """The box in which a piece of text begins: what is cut off at a box's end lies over the next box."""
    first = next((glyph for glyph in run if glyph.text.strip()), run[0])
    x, y = (first.x + first.end) / 2, first.y + 0.3 * first.size
    near = min(boxes, key=lambda box: _distance(box.rect, x, y), default=None)
    return near if near and _distance(near.rect, x, y) <= OVER_THE_EDGE else None


def _distance(rect: Rect, x: float, y: float) -> float:
    return max(rect[0] - x, x - rect[2], rect[1] - y, y - rect[3], 0.0)


def text_of(runs: Iterable[Run], rect: Rect, broken: bool = False) -> str:
    """The text of a box: its lines joined where they were only wrapped, parted where somebody ended them.

    broken: the program that drew it ends lines wherever they are full, within words too (see `breaks_words`).
    """
    rows = _rows(runs)
    if not rows:
        return ""
    leading = min((above[0].y - below[0].y for above, below in pairwise(rows)), default=0.0)
    said = line_of(rows[0])
    for above, below in pairwise(rows):
        said = said.rstrip() + _between(above, below, rect, leading, broken) + line_of(below).lstrip()
    return said.strip()


def breaks_words(every: Iterable[Written]) -> bool:
    """Whether a program ended lines wherever they were full: on no line that goes on there was room for one more letter."""
    boxes = [(box.rect, _rows(runs)) for page in every for box, runs in page.inside.items()]
    wraps = [_is_hard(above, below, rect) for rect, rows in boxes for above, below in pairwise(rows) if not _fits(above, below, rect)]
    return bool(wraps) and all(wraps)


def may_end_in_words(runs: Iterable[Run], rect: Rect) -> bool:
    """Whether a line of a text ends full and without a space, so that it may end within a word."""
    pairs = [pair for pair in pairwise(_rows(runs)) if not _fits(*pair, rect)]
    return any(_is_hard(above, below, rect) and not _is_spaced(above, below) for above, below in pairs)


def is_full(runs: Iterable[Run], rect: Rect) -> bool:
    """Whether a text fills its box, so that more of it may have been cut off: no room for a line, or in a low box for a letter or two."""
    rows = _rows(runs)
    if not rows:
        return False
    size = max(glyph.size for glyph in rows[-1])
    leading = min((above[0].y - below[0].y for above, below in pairwise(rows)), default=1.1 * size)
    if rect[3] - rect[1] < LOW * size:
        return rect[2] - rows[-1][-1].end < size
    return rows[-1][0].y - leading < rect[1] or rows[0][0].y > rect[3]


def _rows(runs: Iterable[Run]) -> list[list[Glyph]]:
    return lines(glyph for run in runs for glyph in run)


def line_of(row: list[Glyph]) -> str:
    """One line's text; a gap as wide as a space is one, unless spaces are written out on the line."""
    said, wide = row[0].text, JOINED if any(glyph.text.isspace() for glyph in row) else GAP
    for before, glyph in pairwise(row):
        gap = glyph.x - before.end > wide * glyph.size and before.text.strip() and glyph.text.strip()
        said += (" " if gap else "") + glyph.text
    return said


def _fits(above: list[Glyph], below: list[Glyph], rect: Rect) -> bool:
    """Whether the next line's first word, with a dash after it, and a space would still have fitted."""
    ends = (n for n, glyph in enumerate(below) if n and glyph.text.isspace() and not DASH.match("".join(g.text for g in below[n:][:2])))
    end = next(ends, len(below))
    word = below[end - 1].end - below[0].x + 0.25 * below[0].size
    return word < rect[2] - MARGIN - above[-1].end


def _is_hard(above: list[Glyph], below: list[Glyph], rect: Rect) -> bool:
    """Whether not even one more letter had room."""
    return rect[2] - HARD - above[-1].end < below[0].end - below[0].x


def _is_spaced(above: list[Glyph], below: list[Glyph]) -> bool:
    return above[-1].text.isspace() or below[0].text.isspace()


def _between(above: list[Glyph], below: list[Glyph], rect: Rect, leading: float, broken: bool) -> str:
    """What stood between two lines: line ends where the next word would still have fitted; else a space, or nothing within a word."""
    apart = round((above[0].y - below[0].y) / leading) if leading else 1
    if apart > 1 or _fits(above, below, rect):
        return "\n" * max(apart, 1)
    if _is_spaced(above, below):
        return " "
    one_word = not any(glyph.text.isspace() for glyph in above)
    within = _is_hard(above, below, rect) and (broken or one_word)
    return "" if within or SPLITS.search("".join(glyph.text for glyph in above[-2:])) else " "
