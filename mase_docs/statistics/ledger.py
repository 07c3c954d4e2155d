"""All numbers of a report in one place, with the sums that a reader can do with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mase_docs.statistics.counted import Counted
from mase_docs.statistics.suppression import Numbers, Sum


@dataclass
class Ledger:
    """Filled table by table; what the words mean stands at Numbers."""

    counts: dict[str, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    unprinted: set[str] = field(default_factory=set)
    harmless: set[str] = field(default_factory=set)
    least: dict[str, int] = field(default_factory=dict)

    def numbers(self, kept: frozenset[str]) -> Numbers:
        """What suppression looks at; `kept` are the headline totals."""
        return Numbers(self.counts, tuple(self.sums), frozenset(self.unprinted), frozenset(self.harmless), kept, self.least)

    def enter(self, one: Counted) -> None:
        """The numbers of one figure."""
        self.counts |= {one.name(label): count for label, count in one.rows.items()}
        self.least |= {one.name(label): least for label, least in one.least.items()}
        for whole, labels in one.subtotals.items():
            self._add_up(whole, [one.name(label) for label in labels])
            self.unprinted.add(whole)
        if one.of:
            self._table(one.of, one)

    def remainder(self, part: str, whole: str, harmless: bool = False) -> str:
        """What is left of a whole beside one part of it, by its name: in no table, but easily worked out."""
        rest = f"{whole} without {part}"
        self.counts[rest] = self.counts[whole] - self.counts[part]
        self.sums.append(Sum(whole, (part, rest)))
        self.unprinted.add(rest)
        self.harmless |= {rest} if harmless else set()
        return rest

    def _table(self, whole: str, one: Counted) -> None:
        parts = [one.name(label) for label in one.rows]
        if one.overlapping:
            self.counts.setdefault(whole, one.total)
            self._overlap(whole, parts, f"{one.id} ticks")
        else:
            self._add_up(whole, parts)

    def _add_up(self, whole: str, parts: Sequence[str]) -> None:
        self.counts.setdefault(whole, sum(self.counts[part] for part in parts))
        self.sums.append(Sum(whole, tuple(parts)))

    def _overlap(self, whole: str, parts: Sequence[str], ticks: str) -> None:
        """Rows that a child can be in more than once, and last the row of those in none: each leaves a rest of those in any, and
        together they are at least as many as those."""
        *rows, none = parts
        known = self.remainder(none, whole)
        for row in rows:
            self.remainder(row, known)
        self._add_up(ticks, rows)
        self.remainder(known, ticks, harmless=True)
        self.unprinted.add(ticks)
        self.harmless.add(ticks)
