"""Numbers as they were counted, before anything is hidden. Nothing here may leave the panel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from mase_docs.definition.codes import CodeList

T = TypeVar("T")

UNKNOWN = "Not known"


@dataclass(frozen=True)
class Counted:
    """The numbers of one figure.

    rows         label → count, in the order of the table
    of           the name of the number that the rows are parts of ("children", "referrals", …); None: each row stands alone
    whole        that number, where the rows don't add up to it because one child can be in several of them; the last row is then
                 that of the children who are in no other
    names        rows whose number is also that of another table, by their label → the number's name
    least        the smallest number that a row above 0 can have, by its label, where it is more than 1
    subtotals    numbers that rows add up to though the table doesn't print them, by their name → the labels
    """

    id: str
    rows: dict[str, int]
    of: str | None = None
    whole: int | None = None
    names: dict[str, str] = field(default_factory=dict)
    least: dict[str, int] = field(default_factory=dict)
    subtotals: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def overlapping(self) -> bool:
        return self.whole is not None

    @property
    def total(self) -> int:
        return sum(self.rows.values()) if self.whole is None else self.whole

    def name(self, label: str) -> str:
        """The name of a row's number among all numbers of the report."""
        return self.names.get(label, f"{self.id}: {label}")


def split(things: Iterable[T], labels: Iterable[str], label_of: Callable[[T], str]) -> dict[str, int]:
    """How many of the things go under each label; every label has its row, also with 0."""
    found = Counter(label_of(thing) for thing in things)
    return {label: found[label] for label in dict.fromkeys(labels)}


@dataclass(frozen=True)
class Choices:
    """The rows that a code list makes: its choices, and one row for what isn't known."""

    codes: CodeList

    @property
    def labels(self) -> list[str]:
        return [c.label for c in self.codes.code if not c.unknown] + [self.unknown]

    @property
    def unknown(self) -> str:
        """The list's own words for "not known" where it has one choice for it."""
        own = [c.label for c in self.codes.code if c.unknown]
        return own[0] if len(own) == 1 else UNKNOWN

    def label(self, code: object) -> str:
        """The row of an answer: one that isn't a choice (kept as text, or said to be unknown) goes to "other" if there is one."""
        choice = self.codes.by_code.get(str(code)) or (self.codes.by_code.get("other") if self._is_text(code) else None)
        return self.unknown if choice is None or choice.unknown else choice.label

    @staticmethod
    def _is_text(code: object) -> bool:
        return isinstance(code, str) and code not in ("not_known", "not_applicable", "none")
