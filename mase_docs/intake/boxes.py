"""Boxes typed or ticked beside words in one place: "☒ CSE ☐ HSB", "Yes ☐ No ☑"."""

from __future__ import annotations

import re
from collections.abc import Iterator

FILLED = "☒☑✓✔✗✘🗸🗹■⊠⌧"
EMPTY = "☐□❑❒◻▢○"
MARK = re.compile(rf"[{FILLED}{EMPTY}]|\[[ xX✓✔]?\]|\([xX✓✔]\)")


def is_box(character: str) -> bool:
    return character in FILLED or character in EMPTY


def boxes_in(text: str) -> list[tuple[bool, str]]:
    """Each box in a text: whether it is filled, and the words that belong to it.

    The words stand behind each box where the text begins with one, else before each.
    """
    marks = list(MARK.finditer(text))
    words = [piece.strip() for piece in MARK.split(text)]
    behind = bool(marks) and not words[0]
    return [(_is_filled(mark[0]), said) for mark, said in zip(marks, words[1:] if behind else words[:-1], strict=True)]


def ticked(text: str) -> Iterator[str]:
    """The words beside the boxes that are filled."""
    yield from (words for filled, words in boxes_in(text) if filled)


def _is_filled(mark: str) -> bool:
    return mark[0] in FILLED or (mark[0] in "[(" and bool(mark[1:-1].strip()))
