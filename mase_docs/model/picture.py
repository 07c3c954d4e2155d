"""A picture that goes into a document, with the words for those who do not see it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Picture:
    """data: a PNG; width_mm: how wide it is printed; alt: what it says, in words (WCAG 2.2, 1.1.1)."""

    data: bytes = field(repr=False)
    width_mm: float
    alt: str = field(repr=False)
