"""What stood in minutes when they were made, or were last read back, by salted digests: what people typed is told from it.

The digests tell whether a text is the same, and nothing of what it says; the salt is each paper's own. They are emptied when somebody
who was heard at the meeting is disposed of.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from mase_docs.model.edited import Edited, Typed

LENGTH = 16
"""Hexadecimal digits of a digest that are kept: by 64 bits, two texts of one document are never taken for each other."""


@dataclass
class Known:
    """salt; slots: name of a place → digest of what stood there; outside: digests of all other paragraphs."""

    salt: str
    slots: dict[str, str]
    outside: set[str]

    @classmethod
    def of(cls, edited: Edited, salt: str) -> Self:
        """What stands in minutes as they were made."""
        known = cls(salt, {}, set())
        known.slots = {name: known.digest(typed.text) for name, typed in places(edited)}
        known.outside = {known.digest(typed.text) for typed in edited.outside}
        return known

    @classmethod
    def read(cls, text: str) -> Self:
        found = json.loads(text)
        return cls(found["salt"], found["slots"], set(found["outside"]))

    def written(self) -> str:
        return json.dumps({"salt": self.salt, "slots": self.slots, "outside": sorted(self.outside)}, separators=(",", ":"))

    def digest(self, text: str) -> str:
        return sha256(f"{self.salt}{' '.join(text.split())}".encode()).hexdigest()[:LENGTH]

    def is_as_made(self, name: str, text: str) -> bool:
        return self.digest(text) == self.slots.get(name, self.digest(""))

    def took(self, name: str, text: str) -> None:
        """Says that what stands in a place was recorded."""
        self.slots[name] = self.digest(text)


def places(edited: Edited) -> Iterator[tuple[str, Typed]]:
    """Every place by its name, those in the rows of tables too."""
    yield from edited.slots.items()
    for row in edited.rows:
        if row.key:
            yield from ((f"{row.key}_{column}", typed) for column, typed in row.cells.items())
