"""Tables of the register on their way out: what they hold and what their columns mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Cell = str | int | bool | date | list[str] | None


@dataclass(frozen=True)
class Table:
    """All the rows of a table that one borough has.

    about    what a row is, in a sentence
    columns  name → what it holds
    rows     in order of their number, each with a value a column; a file stands there by its name in the export
    """

    name: str
    about: str
    columns: dict[str, str]
    rows: list[tuple[Cell, ...]]
