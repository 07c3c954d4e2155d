"""Small numbers: which numbers of a report must be hidden so that no count of 1 to 5 can be worked out.

Every count of 1 to 5 is hidden, and so is a group that is all of the children but 1 to 5. A table whose total is hidden isn't shown at
all. Then the report is read as a curious reader would: from the sums that the numbers form, how far can each hidden number be
narrowed down? Where one could be told, the next-smallest number of the same sum is hidden too, and so on until nothing can be told.
All tables of a report are looked at together, because they share totals. The tests show that a reader who knows these rules, and
tries them on every report there could be, can't undo them.

Practice: DfE children in need statistics (1 to 5 as `c`, with secondary suppression); domain section 6.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from mase_docs.model.figures import SMALL, Why

SPREAD = 2
"""How many other values a hidden count of 1 to 5 must be able to have for a reader of the report."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sum:
    """The numbers named in `parts` add up to the number named `total`."""

    total: str
    parts: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.total, *self.parts)


@dataclass(frozen=True)
class Numbers:
    """All numbers of one report by name, and how they hang together.

    unprinted  numbers that stand in no table but that a reader gets by subtraction
    harmless   those unprinted numbers that tell nothing about a group of children
    kept       headline totals: hidden only if they are 1 to 5 themselves
    least      where a number can't be smaller than something above 1 if it isn't 0 (a shared school has two children)
    """

    counts: dict[str, int]
    sums: tuple[Sum, ...]
    unprinted: frozenset[str] = frozenset()
    harmless: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    least: dict[str, int] = field(default_factory=dict)

    @cached_property
    def sensitive(self) -> list[str]:
        return [name for name, count in self.counts.items() if count in SMALL and name not in self.harmless]

    @cached_property
    def limit(self) -> int:
        """More than any number here could be."""
        return 10 * (max(self.counts.values(), default=0) + max(SMALL))


def suppress(numbers: Numbers) -> dict[str, Why]:
    """The printed numbers to be hidden, each with why."""
    hidden: dict[str, Why] = {name: "small" for name in numbers.sensitive if name not in numbers.unprinted}
    while True:
        if more := _without_total(numbers, hidden):
            hidden |= dict.fromkeys(more, "hidden total")
        elif more := _beside_few(numbers, hidden) or _alone(numbers, hidden) or _told(numbers, hidden):
            hidden |= dict.fromkeys(more, "protects another")
        else:
            return hidden


def _without_total(numbers: Numbers, hidden: Iterable[str]) -> list[str]:
    """The numbers of tables whose total is hidden. A group of 1 to 5 isn't broken down: even its noughts would say what all of the few
    have in common. A group of more would be known by its parts."""
    unknown, below = set(hidden), set[str]()
    while more := {part for s in numbers.sums if s.total in unknown for part in s.parts} - below:
        below |= more
        unknown = more & numbers.unprinted
    return sorted(below - set(hidden) - numbers.unprinted - _noughts(numbers, hidden))


def _noughts(numbers: Numbers, hidden: Iterable[str]) -> set[str]:
    """What is 0 because a total that is shown is 0."""
    shown = numbers.counts.keys() - set(hidden) - numbers.unprinted
    return {part for s in numbers.sums if s.total in shown and not numbers.counts[s.total] for part in s.parts}


def _beside_few(numbers: Numbers, hidden: Iterable[str]) -> list[str]:
    """Groups that are all but a few of a printed total: they would give the few away."""
    shown = numbers.counts.keys() - set(hidden) - numbers.unprinted
    few = {part for part in numbers.sensitive if part in numbers.unprinted}
    beside = {part for s in numbers.sums if s.total in shown and few & set(s.parts) for part in s.parts}
    return sorted(beside & shown)


def _alone(numbers: Numbers, hidden: Iterable[str]) -> list[str]:
    """Numbers to hide beside one that is the only hidden one of its table."""
    for s in numbers.sums:
        is_table = not set(s.names) & numbers.unprinted
        if is_table and len(set(s.names) & set(hidden)) == 1 and (more := _next(numbers, hidden, s)):
            return more
    return []


def _told(numbers: Numbers, hidden: Iterable[str]) -> list[str]:
    """Numbers to hide because a reader could tell, or nearly tell, a small one: in its own sums, else in those next to them."""
    ranges = readable(numbers, hidden)
    for name in numbers.sensitive:
        low, high = ranges[name]
        for ring in _rings(numbers, hidden, name) if high - low < SPREAD else ():
            if more := sorted({m for s in ring for m in _next(numbers, hidden, s)}):
                return more
    return []


def _rings(numbers: Numbers, hidden: Iterable[str], name: str) -> Iterator[list[Sum]]:
    """The sums that hold a number, then those that share a hidden number with them, and so on outwards."""
    secret, reached, left = set(hidden) | numbers.unprinted, {name}, list(numbers.sums)
    while ring := [s for s in left if reached & set(s.names)]:
        yield ring
        left = [s for s in left if s not in ring]
        reached = {n for s in ring for n in s.names if n in secret}


def _next(numbers: Numbers, hidden: Iterable[str], s: Sum) -> list[str]:
    """What to hide next in a sum: its smallest part above 0 (with its equals, so that the order of rows tells nothing), else its
    total and with it the table, else its noughts."""
    shown = [p for p in s.parts if p not in hidden and p not in numbers.unprinted | numbers.kept]
    above = [numbers.counts[p] for p in shown if numbers.counts[p]]
    if above:
        return [p for p in shown if numbers.counts[p] == min(above)]
    if s.total not in numbers.kept and s.total not in hidden and not set(s.names) & numbers.unprinted:
        return [s.total]
    return shown


def readable(numbers: Numbers, hidden: Iterable[str]) -> dict[str, Range]:
    """How far a reader can narrow down each number: exact where no two sums share two hidden numbers, else no narrower than can be."""
    ranges = _seen(numbers, set(hidden))
    before: dict[str, Range] = {}
    while ranges != before:
        before = dict(ranges)
        for s in numbers.sums:
            _narrow(ranges, s)
    return ranges


def _seen(numbers: Numbers, hidden: set[str]) -> dict[str, Range]:
    """What the page itself says of each number, to a reader who knows the rules and is even taken to know which `c` are 1 to 5."""
    may_be_nought = {p for s in numbers.sums if s.total in hidden or hidden.issuperset(s.parts) for p in s.parts}
    ranges = {}
    for name, count in numbers.counts.items():
        low = 0 if name in may_be_nought | numbers.unprinted or not count else numbers.least.get(name, min(SMALL))
        high = max(SMALL) if count in SMALL and name not in numbers.unprinted else numbers.limit
        ranges[name] = (low, high) if name in hidden | numbers.unprinted else (count, count)
    return ranges


def _narrow(ranges: dict[str, Range], s: Sum) -> None:
    lows, highs = sum(ranges[p][0] for p in s.parts), sum(ranges[p][1] for p in s.parts)
    low, high = ranges[s.total]
    low, high = max(low, lows), min(high, highs)
    ranges[s.total] = (low, high)
    for part in s.parts:
        its_low, its_high = ranges[part]
        ranges[part] = max(its_low, low - (highs - its_high)), min(its_high, high - (lows - its_low))
