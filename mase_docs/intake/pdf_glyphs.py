"""The letters on a page of a PDF and their places, as two programs tell them, and the words and lines that they make.

Places are in points of the page turned so that its text runs from left to right; x to the right, y up, the origin anywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from ctypes import byref, c_double
from itertools import groupby
from typing import Any, NamedTuple

UNSEEN_HYPHEN = (0x02, 0xFFFE)
"""What PDFium gives for the hyphen at the end of a line."""
GAP = 0.18
"""A gap of so much of a letter's height parts two words."""
SAME_LINE = 0.45
"""Letters whose base lines differ by less than so much of their height stand on one line."""


Rect = tuple[float, float, float, float]
"""Left, bottom, right, top."""


class Glyph(NamedTuple):
    """One letter: where it stands on its base line, where the next one would, and how high its line is."""

    text: str
    x: float
    y: float
    end: float
    size: float


class Word(NamedTuple):
    """Letters without a space between them: the text, from where to where, on which base line."""

    text: str
    x: float
    y: float
    end: float
    size: float


class Page(NamedTuple):
    """The letters of a page, in the order in which they were written, and how many quarters anticlockwise its text is turned."""

    glyphs: list[Glyph]
    turn: int


def turned(x: float, y: float, quarters: int) -> tuple[float, float]:
    """A point turned about the origin by so many quarters, anticlockwise."""
    return ((x, y), (-y, x), (-x, -y), (y, -x))[quarters % 4]


def by_pdfium(page: Any) -> Page:
    """The letters of an open page of pypdfium2, in its user space. Letters that PDFium itself put in are left out."""
    import pypdfium2.raw as pdfium

    text, x, y, box = page.get_textpage(), c_double(), c_double(), pdfium.FS_RECTF()
    found = []
    for n in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, n)
        if pdfium.FPDFText_IsGenerated(text, n) == 1 or (code < 32 and code not in UNSEEN_HYPHEN):
            continue
        pdfium.FPDFText_GetCharOrigin(text, n, byref(x), byref(y))
        pdfium.FPDFText_GetLooseCharBox(text, n, byref(box))
        quarters = -round(pdfium.FPDFText_GetCharAngle(text, n) / 1.5707963) % 4  # PDFium counts clockwise
        letter = "-" if code in UNSEEN_HYPHEN else chr(code)
        found.append((letter, x.value, y.value, (box.left, box.bottom, box.right, box.top), quarters))
    return _upright(found)


def by_pdfminer(page: Any) -> Page:
    """The letters of an open page of pdfplumber, in its user space without the page's own turning."""
    page.page_obj.rotate = 0
    return _upright([_of_pdfminer(char) for char in _letters_in(page.layout)])


def _letters_in(layout: Any) -> Iterator[Any]:
    """The letters of a layout of pdfminer and of the figures in it, as written."""
    for item in layout:
        if hasattr(item, "adv"):
            yield item
        elif hasattr(item, "__iter__"):
            yield from _letters_in(item)


Raw = tuple[str, float, float, Rect, int]


def _of_pdfminer(char: Any) -> Raw:
    across, up, _, _, x, y = char.matrix
    quarters = (0 if across > 0 else 2) if abs(across) >= abs(up) else (1 if up > 0 else 3)
    end = x + across * char.adv, y + up * char.adv
    above = turned(0, char.width if quarters % 2 else char.height, quarters)
    left, right = sorted((x, end[0] + above[0]))
    bottom, top = sorted((y, end[1] + above[1]))
    return char.get_text(), x, y, (left, bottom, right, top), quarters


def _upright(found: list[Raw]) -> Page:
    """The letters that run the way most do, turned to run from left to right; each once, where it was printed twice for boldness."""
    usual = Counter(quarters for *_, quarters in found).most_common(1)
    turn = usual[0][0] if usual else 0
    glyphs: dict[tuple[str, int, int], Glyph] = {}
    for text, x, y, box, quarters in found:
        if quarters == turn:
            at, corners = turned(x, y, -turn), (turned(box[0], box[1], -turn), turned(box[2], box[3], -turn))
            size = abs(corners[1][1] - corners[0][1])
            glyph = Glyph(text, *at, max(corner[0] for corner in corners), size)
            glyphs.setdefault((text, round(at[0] * 2), round(at[1] * 2)), glyph)
    return Page(list(glyphs.values()), turn)


def lines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """The letters line by line, from the top, each line from the left."""
    found: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: -g.y):
        if found and found[-1][0].y - glyph.y < SAME_LINE * (found[-1][0].size or 1):
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return [sorted(line, key=lambda g: g.x) for line in found]


def words(glyphs: Iterable[Glyph]) -> list[Word]:
    """The words of a page, line by line."""
    return [word for line in lines(glyphs) for word in _words(line)]


def _words(line: list[Glyph]) -> Iterator[Word]:
    for blank, run in groupby(_parted(line), key=lambda pair: pair[0]):
        letters = [glyph for _, glyph in run]
        if blank >= 0:
            text = "".join(glyph.text for glyph in letters)
            yield Word(text, letters[0].x, letters[0].y, letters[-1].end, max(glyph.size for glyph in letters))


def _parted(line: list[Glyph]) -> Iterator[tuple[int, Glyph]]:
    """Each letter with the number of its word; spaces with -1."""
    number, before = 0, None
    for glyph in line:
        if not glyph.text.strip():
            number += 1
            yield -1, glyph
        else:
            number += before is not None and glyph.x - before.end > GAP * glyph.size
            yield number, glyph
        before = glyph
