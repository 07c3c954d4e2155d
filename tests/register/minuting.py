"""A meeting in a register, and its minutes as they come back, without a Word file: what stands in each place, to be typed over."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from mase_docs.definition.home import Home
from mase_docs.model.edited import Edited, Row, Typed
from mase_docs.model.minutes_layout import CASE, ITEMS_TIMED, MEETING, THEME
from mase_docs.model.readback import ReadBack
from mase_docs.model.sitting import Sitting
from mase_docs.register.meetings import meetings, minuted, papers
from mase_docs.register.meetings.known import Known
from mase_docs.register.meetings.sitting import sitting
from mase_docs.register.records import Case
from mase_docs.register.register import Register
from tests.register.people import a_case, a_form, a_person

HOME = Home()
BLANK = {"number": "", "action": "", "agency": "", "lead_person": "", "due": ""}
HELD = date(2026, 11, 2)
"""The witness of the tests writes on this day."""


def two_cases(register: Register) -> tuple[Case, Case]:
    """Two young people referred before the meeting of 2 November 2026, which is in the register."""
    with register.writing("set up") as writing:
        meetings.add(writing, HELD, HOME)
        people = [a_person(writing, "Testa", "Sample"), a_person(writing, "Other", "Pattern", date(2010, 5, 6))]
        cases = [a_case(writing, person, number, opened_on=date(2026, 10, 5)) for number, person in enumerate(people, 1)]
        for case in cases:
            a_form(writing, case)
    return cases[0], cases[1]


@dataclass
class Minutes:
    """Minutes on somebody's desk: type into them, then read them back."""

    register: Register
    paper: int
    slots: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    gone: set[tuple[str, str]] = field(default_factory=set)
    tables: set[tuple[str, str]] = field(default_factory=set)

    def type(self, **slots: str) -> None:
        self.slots.update(slots)

    def cell(self, key: str, **cells: str) -> None:
        """Types into the row of a key."""
        at = next(number for number, row in enumerate(self.rows) if row.key == key)
        self.rows[at] = replace(self.rows[at], cells={**self.rows[at].cells, **{c: Typed(t, f"row {key}") for c, t in cells.items()}})

    def add_row(self, about: str, table: str, **cells: str) -> None:
        """Adds a row by hand."""
        place = f"row {len(self.rows)}"
        self.rows.append(Row(about, table, "", {column: Typed(text, place) for column, text in cells.items()}, place))

    def delete_row(self, key: str) -> None:
        self.rows = [row for row in self.rows if row.key != key]

    @property
    def edited(self) -> Edited:
        slots = {name: Typed(text, f"place {name}") for name, text in self.slots.items()}
        outside = [Typed(text, f"paragraph {number}") for number, text in enumerate(self.outside, 1)]
        return Edited(self.paper, slots, self.rows, outside, tables=self.tables - self.gone)

    def read_back(self) -> ReadBack:
        with self.register.writing("readback") as writing:
            return minuted.read_back(writing, HOME, self.edited)


def made(register: Register, held_on: date = HELD) -> Minutes:
    """The minutes of a meeting as they were made."""
    with register.writing("minutes") as writing:
        meeting = meetings.meeting_of(writing.session, held_on, held_on)
        paper = papers.begun(writing, meeting, "minutes", "chair")
        minutes = _printed(register, paper.id, sitting(writing.session, HOME, meeting, paper.id))
        papers.finished(writing, paper, f"minutes {paper.id}".encode(), Known.of(minutes.edited, "5a17").written())
    return minutes


def _printed(register: Register, paper: int, sat: Sitting) -> Minutes:
    slots = (
        {f"meeting_{name}": "" for name in MEETING}
        | {"meeting_version": "Draft"}
        | {f"item_{kind}_minutes_spent": "" for kind in ITEMS_TIMED}
    )
    rows = [_row("present", "attendance", a.key, agency=a.agency, attendance="", name="", representing="") for a in sat.agencies]
    rows += [_row("observers", "observers", "observer1", agency="", name="", statement_signed="")]
    for a in sat.outstanding:
        typed = {"status": HOME.codes("action_status").label_of(a.status), "completed_on": "", "remark": ""}
        rows.append(_row("actions", "previous", a.key, number=a.number, action=a.action, **typed))
    tables = {("present", "attendance"), ("observers", "observers"), ("actions", "previous"), ("other", "actions")}
    for hearing in sat.hearings:
        slots |= {f"{hearing.key}_{ending}": "" for ending in CASE} | {f"{hearing.key}_category": "Category 1: at risk"}
        rows += [_row(hearing.key, "information", f"{hearing.key}_{s.key}", information=s.information) for s in hearing.shared]
        rows += [_row(hearing.key, "information", f"{hearing.key}_more1", agency="", information="")]
        rows += [_row(hearing.key, "actions", a.key, number=a.number, action=a.action) for a in hearing.set_here]
        rows += [
            _row(hearing.key, "actions", f"{hearing.key}_new{n}", number="", action="", agency="", lead_person="", due="") for n in (1, 2)
        ]
        tables |= {(hearing.key, "information"), (hearing.key, "actions")}
    for theme in sat.themes or ():
        slots |= {f"{theme.key}_{ending}": "" for ending in THEME}
        rows += [_row(theme.key, "actions", f"{theme.key}_new1", **BLANK)]
        tables |= {(theme.key, "actions")}
    return Minutes(register, paper, slots, rows, ["Printed words."], tables=tables)


def _row(about: str, table: str, key: str, **cells: Any) -> Row:
    return Row(about, table, key, {column: Typed(text, f"row {key}") for column, text in cells.items()}, f"row {key}")
