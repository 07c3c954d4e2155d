"""Small numbers: which numbers of a report must be hidden so that no count of 1 to 5 can be worked out.

First every count of 1 to 5 is hidden, and with a total of 1 to 5 the whole table under it. Then the report is read as a curious reader
would, who knows these rules: from the sums that the numbers form, how far can each hidden number be narrowed down? Where one could
be told, the next-smallest number of the same sum is hidden too, and so on until nothing can be told. All tables of a report are
looked at together, because they share totals.

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

    unprinted    numbers that stand in no table but that a reader gets by subtraction
    harmless     those unprinted numbers that tell nothing about a group of children
    kept         headline totals: hidden only if they are 1 to 5 themselves
    overlapping  a total → the rows of its table, where one child can be in several of them
    least        where a number can't be smaller than something above 1 if it isn't 0 (a shared school has two children)
    """

    counts: dict[str, int]
    sums: tuple[Sum, ...]
    unprinted: frozenset[str] = frozenset()
    harmless: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    least: dict[str, int] = field(default_factory=dict)
    overlapping: dict[str, tuple[str, ...]] = field(default_factory=dict)

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
    _hide_tables_of_few(numbers, hidden)
    for headlines in (True, False):
        _hide_beside_small_remainders(numbers, hidden, headlines)
    while more := _overlapping(numbers, hidden) or _alone(numbers, hidden) or _told(numbers, hidden):
        hidden |= dict.fromkeys(more, "protects another")
    return hidden


def _hide_tables_of_few(numbers: Numbers, hidden: dict[str, Why]) -> None:
    """A group of 1 to 5 isn't broken down at all: even its zeros would say what all of the few have in common."""
    few = [name for name in hidden if numbers.counts[name] in SMALL]
    while few:
        total = few.pop()
        parts = {part for s in numbers.sums if s.total == total for part in s.parts}
        new = sorted(parts - hidden.keys() - numbers.unprinted)
        hidden |= dict.fromkeys(new, "small total")
        few += new


def _hide_beside_small_remainders(numbers: Numbers, hidden: dict[str, Why], headlines: bool) -> None:
    """All but a few of a group give the few away, where the group's total is printed. A headline's groups come first: where that hides
    a group's total, there is less to hide below it, and what is shown below it tells nothing of it."""
    for s in numbers.sums:
        small = [p for p in s.parts if p in numbers.unprinted and p in numbers.sensitive]
        if small and (s.total in numbers.kept) == headlines and s.total not in hidden and s.total not in numbers.unprinted:
            hidden |= {p: hidden.get(p, "protects another") for p in s.parts if p not in numbers.unprinted}


def _overlapping(numbers: Numbers, hidden: Iterable[str]) -> set[str]:
    """Rows that overlap say how large their total is at least and at most: none of them is shown where it isn't."""
    return {row for total in hidden for row in numbers.overlapping.get(total, ())} - set(hidden)


def _alone(numbers: Numbers, hidden: Iterable[str]) -> list[str]:
    """Numbers to hide beside one that is the only hidden one of its sum."""
    for s in numbers.sums:
        is_table = not set(s.names) & numbers.unprinted
        if is_table and len(set(s.names) & set(hidden)) == 1 and (more := _next(numbers, hidden, s)):
            return more
    return []


def _told(numbers: Numbers, hidden: Iterable[str]) -> list[str]:
    """Numbers to hide because a reader could tell, or nearly tell, a small one: in its own sums, else in those next to them; and
    alike in all tables of the same hidden total, so that one doesn't tell why another hides more."""
    ranges = readable(numbers, hidden)
    for name in numbers.sensitive:
        low, high = ranges[name]
        if high - low >= SPREAD:
            continue
        for ring in _rings(numbers, hidden, name):
            totals = {s.total for s in ring if s.total in hidden}
            tables = [s for s in numbers.sums if s in ring or s.total in totals]
            if more := sorted({m for s in tables for m in _next(numbers, hidden, s)}):
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
    total, else its zeros."""
    open_parts = [p for p in s.parts if p not in hidden and p not in numbers.unprinted | numbers.kept]
    above = [p for p in open_parts if numbers.counts[p]]
    if above:
        smallest = min(numbers.counts[p] for p in above)
        equals = [p for p in above if numbers.counts[p] == smallest]
        return equals[:1] if s.total in hidden else equals
    if s.total not in numbers.kept and s.total not in hidden and not set(s.names) & numbers.unprinted:
        return [s.total]
    return open_parts


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
    """What the page itself says of each number, to a reader who knows these rules and tells from them what a `c` may stand for."""
    lowest, highest = _lowest(numbers, hidden), _highest(numbers, hidden)
    ranges = {name: (count, count) for name, count in numbers.counts.items()}
    ranges |= dict.fromkeys(numbers.unprinted, (0, numbers.limit))
    for name in hidden:
        ranges[name] = (lowest[name], highest.get(name, max(SMALL) if numbers.counts[name] in SMALL else numbers.limit))
    return ranges


def _lowest(numbers: Numbers, hidden: set[str]) -> dict[str, int]:
    """A total that is broken down is above 5; where nothing of a table is shown, its `c` may stand for 0."""
    zeros = {part for s in numbers.sums if all(part in hidden for part in s.parts) for part in s.parts}
    broken_down = {s.total for s in numbers.sums if set(s.parts) - hidden - numbers.unprinted}
    lowest = {name: numbers.least.get(name, min(SMALL)) for name in hidden}
    lowest |= {name: max(SMALL) + 1 for name in broken_down & hidden if numbers.counts[name] not in SMALL}
    return lowest | dict.fromkeys(zeros, 0) | {name: 0 for name in hidden if not numbers.counts[name]}


def _highest(numbers: Numbers, hidden: set[str]) -> dict[str, int]:
    """In a table `c` is 1 to 5, or a number hidden as the smallest of the rest. Which, can't be told where it stands alone under a
    hidden total; elsewhere the reader is taken to know."""
    highest = {}
    for s in numbers.sums:
        secret = [part for part in s.parts if part in hidden]
        alone = s.total in hidden and len(secret) == 1
        for part in secret if not set(s.parts) & numbers.unprinted else []:
            small = numbers.counts[part] in SMALL and not alone
            highest[part] = max(SMALL) if small else _below(numbers, hidden, s, part)
    return highest


def _below(numbers: Numbers, hidden: set[str], s: Sum, part: str) -> int:
    """The largest number that would have been hidden before those shown in a sum (of equals, `_next` takes all, or the first)."""
    shown = [(numbers.counts[p], s.parts.index(p)) for p in s.parts if p not in hidden and numbers.counts[p]]
    before = s.parts.index(part) if s.total in hidden else -1
    largest = min((count - (before < 0 or index < before) for count, index in shown), default=numbers.limit)
    return max(largest, numbers.counts[part])


def _narrow(ranges: dict[str, Range], s: Sum) -> None:
    lows, highs = sum(ranges[p][0] for p in s.parts), sum(ranges[p][1] for p in s.parts)
    low, high = ranges[s.total]
    low, high = max(low, lows), min(high, highs)
    ranges[s.total] = (low, high)
    for part in s.parts:
        its_low, its_high = ranges[part]
        ranges[part] = max(its_low, low - (highs - its_high)), min(its_high, high - (lows - its_low))
