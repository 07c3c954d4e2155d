"""What stands in the boxes of one page of a scan: marks by their ink, words by tesseract, which looks twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, zip_longest
from statistics import median

from mase_docs.intake.blank_page import MARKED, BlankPage, Box
from mase_docs.intake.box_marks import Mark, one_of, tick
from mase_docs.intake.box_text import text_of
from mase_docs.intake.finding import Finding, Key
from mase_docs.intake.ocr import SECOND, Read, read_all
from mase_docs.intake.pdf_glyphs import Glyph, Rect
from mase_docs.intake.scan_paper import FAINT, INK, SCALE, Paper

TICKED, CLEAN = 0.15, 0.03
"""Dark shares above the blank's (measured from 100 to 300 dots an inch: typed ticks 0.30 and more, empty boxes 0.00)."""
WRITTEN = 40
"""The fewest dark dots that are an answer: a dash has more."""
STANDS_RIGHT = 0.6
"""The least share of the print around a box that must stand where the blank has it."""
ARROW = 15.0
"""How much of a drop-down, in points, its arrow takes at the right."""
CUT = 2.5
"""Words that come so near, in points, to the right end of their box may go on beyond it."""
SURE = 60.0
"""A word of which tesseract is less sure than this, of 100, is doubtful."""
UNLIKELY = set("|{}\\")
"""What nobody types, and tesseract sees for I, l, ( or a piece of a frame."""


class PageOfBoxes:
    """The boxes of one page, and what of the scan lies over them."""

    def __init__(self, paper: Paper, page: BlankPage, number: int) -> None:
        """number: the page's own in the scan, from 1."""
        self._paper, self._page, self._number = paper, page, number

    def findings(self) -> Iterator[tuple[Key, Finding]]:
        """Every box's answer; the circles of a question together. Raises InputRefusedError as ocr.read_all does."""
        yield from self._texts([box for box in self._page.boxes if box.kind not in MARKED])
        yield from ((box.key, tick(self._mark(box), self._place(box))) for box in self._page.boxes if box.kind == "tick")
        round_ones = sorted((box for box in self._page.boxes if box.kind == "radio"), key=lambda box: box.name)
        for _, group in groupby(round_ones, key=lambda box: box.name):
            boxes = list(group)
            marks = {box.state: self._mark(box) for box in boxes}
            yield boxes[0].key, one_of(marks, self._place(boxes[0]))

    def _place(self, box: Box) -> str:
        return f"page {self._number}, {box.name}"

    def _mark(self, box: Box) -> Mark:
        """Whether a box is marked: with ink, not with a shadow; and it is clean only where there isn't a shadow either."""
        if not self._stands_right(box):
            return None
        if self._paper.mark(box.rect, INK) - box.ink >= TICKED:
            return True
        return False if self._paper.mark(box.rect, FAINT) - box.ink < CLEAN else None

    def _stands_right(self, box: Box) -> bool:
        return self._paper.fits(box.rect) >= STANDS_RIGHT

    def _texts(self, boxes: list[Box]) -> Iterator[tuple[Key, Finding]]:
        """The text boxes and drop-downs: those without ink are blank, whatever tesseract might see in them."""
        inked = [box for box in boxes if self._paper.ink(_room(box)) >= WRITTEN]
        crops = [self._paper.crop(_room(box)) for box in inked]
        looks = dict(zip(inked, zip(read_all(crops), read_all(crops, SECOND), strict=True), strict=True))
        for box in boxes:
            first, again = looks.get(box, ([], []))
            said = _text(first, _room(box))
            is_sure = self._stands_right(box) and (box not in looks or _is_sure(first, again, box))
            yield box.key, Finding(said or None, self._place(box), "low", () if is_sure else ("AR37",))


def _room(box: Box) -> Rect:
    """Where in a box words may stand."""
    left, bottom, right, top = box.rect
    return left, bottom, right - (ARROW if box.kind == "choice" else 0), top


def _is_sure(first: list[Read], again: list[Read], box: Box) -> bool:
    """Whether tesseract saw words, the same both times, was sure of each, and none is cut off by the box's end (a choice never is)."""
    same = bool(first) and [word.text for word in first] == [word.text for word in again]
    end = (box.rect[2] - box.rect[0] - CUT) * SCALE if box.kind == "text" else float("inf")
    return same and all(word.sure >= SURE and word.left + word.width <= end and not UNLIKELY & set(word.text) for word in first)


def _text(words: list[Read], room: Rect) -> str:
    return text_of([list(_glyphs(words, room))], room)


def _glyphs(seen: list[Read], room: Rect) -> Iterator[Glyph]:
    """The words as letters are, with a space between two of one line; places in points, all of a line on one height."""
    for _, group in groupby(seen, key=lambda word: word.line):
        line = list(group)
        y = room[3] - median(word.top + word.height for word in line) / SCALE
        size = median(word.height for word in line) / SCALE
        words = [Glyph(word.text, room[0] + word.left / SCALE, y, room[0] + (word.left + word.width) / SCALE, size) for word in line]
        for word, after in zip_longest(words, words[1:]):
            yield from (word, Glyph(" ", word.end, y, after.x, size)) if after else (word,)
