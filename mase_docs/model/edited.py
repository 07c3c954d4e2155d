"""Minutes as people gave them back: what stands in each place for an answer, every row of the tables, and all that was typed elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Typed:
    """Words and where they stand: `table 7, row 3, column 2, under “MASE-2026-0007 / ZL / 15F”`. "" where a place is empty."""

    text: str
    place: str


@dataclass(frozen=True)
class Row:
    """One row of a table that people may add rows to.

    about  what its table is about: `case12`, `theme4`, `other` (other actions), `actions` (previous ones), `present`, `observers`
    table  what its rows are: actions, information, previous, attendance or observers
    key    what its controls and bookmarks begin with: `case12_new1`, `action31`, `agency3`, `case12_agency5`; "" in a row added by hand,
           and in a copy of a row: then the first row that has the key keeps it
    cells  column → what stands there: number, action, agency, lead_person, due …
    """

    about: str
    table: str
    key: str
    cells: dict[str, Typed]
    place: str


@dataclass(frozen=True)
class Edited:
    """The minutes as they came back; whoever wrote or tracked what, they say what they would with all changes accepted.

    paper     the number of the paper that they were made as; None where nothing says so
    slots     single places by name: `case12_decision`, `meeting_chair`, `theme4_review_on`; one that was deleted isn't there
    rows      the rows of all tables, in reading order, those without any words left out
    outside   every other paragraph or cell that holds words, generated or typed, in reading order
    comments  what was said in comments, each with the place it hangs on
    tables    the tables (about, table) that were met: of one that is missing no row is missed
    """

    paper: int | None = None
    slots: dict[str, Typed] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    outside: list[Typed] = field(default_factory=list)
    comments: list[Typed] = field(default_factory=list)
    tables: set[tuple[str, str]] = field(default_factory=set)
    tracked: int = 0
