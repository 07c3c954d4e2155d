"""A figure of the board report: what was counted, how, and what may be shown of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

SMALL = range(1, 6)
"""Counts that are never shown (DfE practice for children in need: 1 to 5 inclusive)."""
HIDDEN, NOT_AVAILABLE = "c", ":"
PERCENT_FROM = 20
"""The smallest denominator that a percentage is worked out from."""

RULES = (
    "A referral is counted every time one is made. A child is counted once in the period, however many forms there are.",
    "Children are told apart by NHS number, else by social care number, else by name and date of birth.",
    "A referral belongs to the period if its date of referral does; one without a date is counted.",
    "Where several forms are about one child, the newest answer counts. A category or level is the latest set by the end of the period.",
    "Age is age in whole years on the day of the child's first referral in the period.",
    "“Not known” is always a row of its own: nobody is left out because an answer is missing.",
    "A percentage is given only where the number it is a percentage of is printed and is 20 or more.",
)
"""The counting rules that hold for every figure (domain section 3.4); they are printed in the report."""

Why = Literal["small", "hidden total", "protects another"]


def masked(count: int) -> str:
    """A count that stands alone, as it may be shown: `c` for 1 to 5."""
    return HIDDEN if count in SMALL else str(count)


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure counts, in the words that are printed under it.

    theme   the heading of the report that it stands under
    by      what the rows are: "Age", "Agency"
    counts  flow: what happened in the period; stock: how things stand on its last day
    unit    what a number in the table is a number of: "Children", "Referrals"
    total   the words of the total row; empty where the rows are not parts of one total
    """

    id: str
    theme: str
    title: str
    by: str
    counts: Literal["flow", "stock"]
    unit: str
    numerator: str
    denominator: str
    total: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One number. `count` is for audit and never leaves the panel (None: not available); `shown` and `percent` are what is printed."""

    count: int | None = field(repr=False)
    shown: str
    percent: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A number that is shown as `c`, and why: for audit."""

    row: str
    column: str
    why: Why


@dataclass(frozen=True, slots=True)
class Figure:
    """A table of the report, safe to print: `columns` are the headings of the cells of each row, in order."""

    definition: Definition
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    note: str = ""
    suppressed: tuple[Suppressed, ...] = ()

    @property
    def id(self) -> str:
        return self.definition.id

    @property
    def title(self) -> str:
        return self.definition.title
