"""What the headings above a place say: what it is about, where names are lost, and how the place is called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from mase_docs.intake.minutes_walk import Heading

APART = " · "
"""What parts a case's label from the name behind it, in a heading."""
LONGEST = 60


@dataclass(frozen=True)
class Headings:
    """legend: what a heading may hold → key, as `minutes.read` is given it."""

    legend: dict[str, str]

    def key_in(self, text: str) -> str:
        """The one key that some words speak of; "" where they speak of none, or of several."""
        folded = " ".join(text.casefold().split())
        said = [(words, key) for words, key, pattern in self._known if pattern.search(folded)]
        widest = {key for words, key in said if not any(words in other and words != other for other, _ in said)}
        return widest.pop() if len(widest) == 1 else ""

    @cached_property
    def _known(self) -> list[tuple[str, str, re.Pattern[str]]]:
        folded = ((" ".join(words.casefold().split()), key) for words, key in self.legend.items())
        return [(words, key, re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")) for words, key in folded if words]

    def above(self, under: Iterable[Heading]) -> tuple[Heading, str] | None:
        """The nearest heading above that speaks of something, and of what."""
        return next(((heading, key) for heading in reversed([*under]) if (key := self._key(heading))), None)

    def place(self, place: str, under: tuple[Heading, ...]) -> str:
        """A place with the nearest heading, and the nearest that says what it is about: `paragraph under “Decision”, “MASE-2026-0007”`."""
        nearest, about = under[-1:], self.above(under)
        named = [*nearest, *([about[0]] if about and about[0] not in nearest else [])]
        said = ", ".join(f"“{self._in_short(heading)}”" for heading in named)
        return f"{place}{',' if place.startswith('table') else ''} under {said}" if said else place

    def _in_short(self, heading: Heading) -> str:
        """A heading as it may be repeated: of a young person's only the label, not the name."""
        said = heading.text.partition(APART)[0] if self._key(heading) else heading.text
        return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"

    def _key(self, heading: Heading) -> str:
        if heading not in self._keys:
            self._keys[heading] = self.key_in(heading.text)
        return self._keys[heading]

    @cached_property
    def _keys(self) -> dict[Heading, str]:
        return {}
