"""Boxes typed or ticked beside words in one place: "☒ CSE ☐ HSB", "Yes ☐ No ☑", "[x] Yes [ ] No"."""

from __future__ import annotations

import re

TICKED, NO_TICK = "☒", "☐"
"""How a box is written here, whatever it looked like."""
FILLED = "☒☑✓✔✗✘🗸🗹■⊠⌧"
EMPTY = "☐□❑❒◻▢"
MARK = re.compile(rf"[{FILLED}{EMPTY}]|\[[ xX✓✔]?\]|\([xX✓✔]\)")

Box = tuple[bool, str]
"""Whether a box is filled, and the words that belong to it."""


def is_box(character: str) -> bool:
    return character in FILLED or character in EMPTY


def boxes_in(text: str) -> list[Box]:
    """Each box in a text with its words, line by line where every line has its own: before each box where the text ends with one and
    doesn't begin with one, else behind it."""
    by_line = [box for line in text.split("\n") for box in _pairs(line)]
    return by_line if all(words for _, words in by_line) else _pairs(text)


def _pairs(text: str) -> list[Box]:
    marks = list(MARK.finditer(text))
    words = [piece.strip() for piece in MARK.split(text)]
    before = bool(words[0]) and not words[-1]
    return [(_is_filled(mark[0]), said) for mark, said in zip(marks, words[:-1] if before else words[1:], strict=True)]


def _is_filled(mark: str) -> bool:
    return mark[0] in FILLED or (mark[0] in "[(" and bool(mark[1:-1].strip()))
