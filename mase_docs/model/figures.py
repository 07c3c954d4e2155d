"""A figure of the board report: what was counted, how, and what may be shown of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

SMALL = range(1, 6)
"""Counts that are never shown (DfE practice for children in need: 1 to 5 inclusive)."""
HIDDEN, NOT_AVAILABLE = "c", ":"
PERCENT_FROM = 20
"""The smallest denominator that a percentage is worked out from."""

Why = Literal["small", "small total", "protects another"]


def masked(count: int) -> str:
    """A count that stands alone, as it may be shown: `c` for 1 to 5."""
    return HIDDEN if count in SMALL else str(count)


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure counts, in the words that are printed under it.

    counts  flow: what happened in the period; stock: how things stand on its last day
    unit    what a number in the table is a number of: "Children", "Referrals"
    total   the words of the total row; empty where the rows are not parts of one total
    """

    id: str
    title: str
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
