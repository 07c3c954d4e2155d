"""Choices printed side by side, of which the sender deletes all but one: "Yes / No (delete as appropriate)", "Male/Female/Other*"."""

from __future__ import annotations

import re

TOLD = re.compile(
    r"[\s(\[*†,;:.–—-]*\b(?:please\s+)?(?:delete|strike|cross|circle|ring|underline|highlight)\b[^()\[\]\n]{0,50}?"
    r"\b(?:appropriate|applicable|necessary|apply|applies|required|relevant)\b[\s)\].*†]*",
    re.IGNORECASE,
)
"""The words that say what to do, with the brackets and stars around them."""
STAR = re.compile(r"[*†]\s*\Z|\A\s*[*†]")
STROKES = re.compile(r"\s*[/|\\]\s*")
ALSO_OR = re.compile(r"\s*[/|\\]\s*|\s+or\s+", re.IGNORECASE)
LONGEST = 200
"""A longer text is no list of choices."""


def is_told_to_delete(text: str) -> bool:
    """Whether a text tells the sender to delete what doesn't apply."""
    return len(text) <= LONGEST and bool(TOLD.search(text))


def is_starred(text: str) -> bool:
    """Whether choices have the star that points to such words elsewhere on the form: "Yes / No*"."""
    return len(text) <= LONGEST and bool(STAR.search(text) and STROKES.search(text))


def left_standing(text: str) -> list[str]:
    """The choices of a text that were not deleted, the words about deleting left out; a text without a stroke is one."""
    if len(text) > LONGEST:
        return [text]
    told = TOLD.search(text)
    bare = STAR.sub("", TOLD.sub(" ", text)).strip()
    return [part for part in (ALSO_OR if told else STROKES).split(bare) if part]
