"""The figures of the board report, from completed forms to tables that may leave the panel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from mase_docs.definition.home import Home
from mase_docs.model.figures import HIDDEN, PERCENT_FROM, Cell, Figure, Row, Suppressed, Why
from mase_docs.model.submission import Submission
from mase_docs.statistics import counting
from mase_docs.statistics.children import children, dated, referrals
from mase_docs.statistics.counted import Counted
from mase_docs.statistics.definitions import DEFINITIONS
from mase_docs.statistics.suppression import Numbers, Sum, suppress

WITHIN = {
    counting.CSE: counting.CHILDREN,
    counting.HSB: counting.CHILDREN,
    counting.NFA: counting.CHILDREN,
    counting.HARMING_REFERRED: counting.CHILDREN,
    counting.CHILDREN: counting.REFERRALS,
    counting.MISSING: counting.EPISODES,
}
"""Which group is part of which: what a reader can subtract though no table does."""
HARMLESS = frozenset({counting.CHILDREN, counting.MISSING})
"""Groups whose remainder isn't a group of children: second referrals, further episodes."""
KEPT = frozenset({counting.CHILDREN, counting.REFERRALS})
FEW = "Not broken down, because the total is 1 to 5."


def board_figures(
    submissions: Iterable[Submission], home: Home, period_from: date | None = None, period_to: date | None = None
) -> list[Figure]:
    """The figures of the board report, in order, with small numbers hidden; the order of the forms makes no difference.

    submissions  those that are to be counted (forms with errors are left out before)
    period       both days belong to it; None: no limit
    """
    counted = count(submissions, home, period_from, period_to)
    hidden = suppress(numbers(counted))
    return [_figure(one, hidden) for one in counted]


def numbers(counted: Sequence[Counted]) -> Numbers:
    """All numbers of the report with the sums that a reader can do with them."""
    found = _Ledger()
    for one in counted:
        found.enter(one)
    for part, whole in WITHIN.items():
        found.remainder(part, whole, harmless=part in HARMLESS)
    return Numbers(found.counts, tuple(found.sums), frozenset(found.unprinted), frozenset(found.harmless), KEPT, found.least)


@dataclass
class _Ledger:
    counts: dict[str, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    unprinted: set[str] = field(default_factory=set)
    harmless: set[str] = field(default_factory=set)
    least: dict[str, int] = field(default_factory=dict)

    def enter(self, one: Counted) -> None:
        """The numbers of one figure."""
        self.counts |= {one.name(label): count for label, count in one.rows.items()}
        self.least |= {one.name(label): least for label, least in one.least.items()}
        for whole, labels in one.subtotals.items():
            self.add_up(whole, [one.name(label) for label in labels])
            self.unprinted.add(whole)
        if one.of and one.overlapping:
            self.overlap(one.of, [one.name(label) for label in one.rows], one.id)
        elif one.of:
            self.add_up(one.of, [one.name(label) for label in one.rows])

    def add_up(self, whole: str, parts: list[str]) -> None:
        self.counts.setdefault(whole, sum(self.counts[part] for part in parts))
        self.sums.append(Sum(whole, tuple(parts)))

    def overlap(self, whole: str, parts: list[str], id: str) -> None:
        """Rows that a child can be in more than once: each leaves a rest, and together they are at least the whole."""
        for part in parts:
            self.remainder(part, whole)
        self.add_up(f"{id} ticks", parts)
        self.remainder(whole, f"{id} ticks", harmless=True)
        self.unprinted.add(f"{id} ticks")
        self.harmless.add(f"{id} ticks")

    def remainder(self, part: str, whole: str, harmless: bool = False) -> None:
        """What is left of a whole beside one part of it: in no table, but easily worked out."""
        rest = f"{whole} without {part}"
        self.counts[rest] = self.counts[whole] - self.counts[part]
        self.sums.append(Sum(whole, (part, rest)))
        self.unprinted.add(rest)
        self.harmless |= {rest} if harmless else set()


def _figure(one: Counted, hidden: dict[str, Why]) -> Figure:
    definition, base = DEFINITIONS[one.id], _base(one, hidden)
    rows = tuple(Row(label, (_cell(count, one.name(label) in hidden, base),)) for label, count in one.rows.items())
    total = Row(definition.total, (_cell(one.total, one.of in hidden, base),)) if one.of else None
    names = {**{label: one.name(label) for label in one.rows}, **({definition.total: one.of} if one.of else {})}
    suppressed = tuple(Suppressed(label, definition.unit, hidden[name]) for label, name in names.items() if name in hidden)
    note = FEW if "small total" in {s.why for s in suppressed} else ""
    return Figure(definition, (definition.unit,), rows, total, note, suppressed)


def _cell(count: int, hidden: bool, base: int | None) -> Cell:
    return Cell(count, HIDDEN if hidden else str(count), f"{100 * count / base:.0f}%" if base and not hidden else "")


def _base(one: Counted, hidden: dict[str, Why]) -> int | None:
    """What percentages are worked out from: a total that is printed and large enough."""
    return one.total if one.of and one.of not in hidden and one.total >= PERCENT_FROM else None


def count(submissions: Iterable[Submission], home: Home, period_from: date | None, period_to: date | None) -> list[Counted]:
    """The raw numbers of every figure."""
    inside = dated(submissions, period_from, period_to)
    about_children = referrals(inside, home)
    period = counting.Period(home, about_children, children(about_children), len(inside) - len(about_children), period_to)
    return [figure(period) for figure in counting.FIGURES]
