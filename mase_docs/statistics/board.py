"""The figures of the board report, from completed forms to tables that may leave the panel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from mase_docs.definition.home import Home
from mase_docs.model.figures import HIDDEN, PERCENT_FROM, Cell, Figure, Row, Suppressed, Why
from mase_docs.model.submission import Submission
from mase_docs.statistics import counting
from mase_docs.statistics.children import children, dated, referrals
from mase_docs.statistics.counted import Counted
from mase_docs.statistics.definitions import DEFINITIONS
from mase_docs.statistics.ledger import Ledger
from mase_docs.statistics.suppression import Numbers, suppress

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
NO_TOTAL = "Not broken down, because the total is hidden."
"""The same words whatever the reason: they must not tell 1 to 5 from a number that is hidden to protect another."""


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
    ledger = Ledger()
    for one in counted:
        ledger.enter(one)
    for part, whole in WITHIN.items():
        ledger.remainder(part, whole, harmless=part in HARMLESS)
    return ledger.numbers(KEPT)


def _figure(one: Counted, hidden: dict[str, Why]) -> Figure:
    definition, base = DEFINITIONS[one.id], _base(one, hidden)
    rows = tuple(Row(label, (_cell(count, one.name(label) in hidden, base),)) for label, count in one.rows.items())
    total = Row(definition.total, (_cell(one.total, one.of in hidden, base),)) if one.of else None
    names = {**{label: one.name(label) for label in one.rows}, **({definition.total: one.of} if one.of else {})}
    suppressed = tuple(Suppressed(label, definition.unit, hidden[name]) for label, name in names.items() if name in hidden)
    return Figure(definition, (definition.unit,), rows, total, NO_TOTAL if one.of in hidden else "", suppressed)


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
