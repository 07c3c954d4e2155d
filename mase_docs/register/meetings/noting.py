"""One reading back of minutes: what is known of them, what was touched, and what is said of each change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from mase_docs.definition.home import Home
from mase_docs.definition.types import show_date
from mase_docs.model.edited import Edited, Row, Typed
from mase_docs.model.minutes_layout import CASE, MEETING, THEME
from mase_docs.model.readback import Change
from mase_docs.register.meetings.known import Known, places
from mase_docs.register.meetings.understood import NOT_READ, Understood
from mase_docs.register.records import Case, Context, Kept, Meeting, Paper
from mase_docs.register.writing import Writing

KEY = re.compile(r"(case|theme)(\d+)")
OTHER = {
    "other": "Other actions",
    "actions": "Previous actions",
    "present": "Attendance",
    "observers": "Observers",
    "meeting": "The meeting",
}


class Noting:
    """What is being read back, and into what. `cells` are all places by name; `changes` are said in the order in which they are read;
    `unread` is what was typed into rows where nothing is read from."""

    def __init__(self, writing: Writing, home: Home, meeting: Meeting, paper: Paper, edited: Edited) -> None:
        self.writing, self.home, self.meeting, self.paper, self.edited = writing, home, meeting, paper, edited
        self.known = Known.read(paper.known or "")
        self.understood = Understood(home, writing.today)
        self.cells: dict[str, Typed] = dict(places(edited))
        self.changes: list[Change] = []
        self.unread: list[Typed] = []
        self._made = dict(self.known.slots)
        self._digests = {*self.known.slots.values(), *self.known.outside}

    @property
    def session(self) -> Session:
        return self.writing.session

    @property
    def called(self) -> str:
        return f"Meeting of {show_date(self.meeting.held_on)}"

    def touched(self, name: str) -> Typed | None:
        """What stands in a place, where it is not as it was made."""
        typed = self.cells.get(name)
        return None if typed is None or self.known.is_as_made(name, typed.text) else typed

    def was_made(self, typed: Typed) -> bool:
        """Whether words stood somewhere in the minutes as they were made."""
        return self.known.digest(typed.text) in self._digests

    def took(self, name: str) -> None:
        """Says that what stands in a place is recorded."""
        if name in self.cells:
            self.known.took(name, self.cells[name].text)

    def put(self, row: Kept, column: str, name: str, understand: Callable[[Typed], Any], label: str, codes: str = "") -> bool:
        """Whether a column changes by what was typed in a place. What could not be understood stays as it was, and is named."""
        typed = self.touched(name)
        value = understand(typed) if typed else NOT_READ
        if typed is None or value is NOT_READ:
            return False
        before = getattr(row, column)
        self.took(name)
        if not self.writing.change(row, **{column: value}):
            return False
        show = self.understood.shown
        self.say(label, self.called_by(row), show(before, codes), show(value, codes), typed.place)
        return True

    def say(self, what: str, about: str, before: str, after: str, place: str = "") -> None:
        """One change in a plain sentence: `MASE-2026-0007: decision: Accepted: monitor (was: Deferred)`."""
        was = f" (was: {before})" if before else ""
        self.changes.append(Change(what, about, before, after, f"{about}: {what}: {after or 'nothing'}{was}", place))

    def called_by(self, row: Kept) -> str:
        """What a row goes by in a change: a number, a reference, an agency; never a young person's name."""
        number = getattr(row, "number", None) or getattr(row, "reference", None)
        if number:
            return str(number)
        if isinstance(row, Meeting):
            return self.called
        return self.about(self.key_of(row))

    def key_of(self, row: Any) -> str:
        return f"case{row.case_id}" if row.case_id else f"theme{row.context_id}" if row.context_id else "other"

    def about(self, key: str) -> str:
        """What a key stands for, as a person calls it."""
        case, context = self.case(key), self.context(key)
        return case.reference if case else context.name if context else OTHER.get(key, self.called)

    def case(self, key: str) -> Case | None:
        """The case of a key; where it was joined to another, the one that goes on."""
        found = KEY.fullmatch(key)
        row = self.session.get(Case, (self.writing.borough, int(found[2]))) if found and found[1] == "case" else None
        return self.case(f"case{row.merged_into}") if row and row.merged_into else row

    def context(self, key: str) -> Context | None:
        found = KEY.fullmatch(key)
        row = self.session.get(Context, (self.writing.borough, int(found[2]))) if found and found[1] == "theme" else None
        return self.context(f"theme{row.same_as}") if row and row.same_as else row

    def rows(self, table: str) -> Iterator[Row]:
        return (row for row in self.edited.rows if row.table == table)

    @cached_property
    def printed_rows(self) -> set[str]:
        """The keys of the rows that stood in the minutes with something in them when they were made."""
        held = (name for name in self._made if self._held(name))
        return {found[0] for name in held if (found := re.match(r"(case\d+_|theme\d+_)?(agency|action|observer|named)\d+", name))}

    @cached_property
    def abouts(self) -> list[str]:
        """The cases and themes that the minutes had places for."""
        found = (re.match(r"(case|theme)\d+(?=_)", name) for name in self._made)
        return list(dict.fromkeys(match[0] for match in found if match))

    @cached_property
    def tables_made(self) -> set[tuple[str, str]]:
        """The tables that the minutes had rows of people's words in."""
        made = {("present", "attendance")} if any(re.match(r"agency\d+_", name) for name in self._made) else set()
        made |= {("actions", "previous")} if any(re.match(r"action\d+_status", name) for name in self._made) else set()
        return made | {(about, "actions") for about in self.abouts if any(name.startswith(f"{about}_new") for name in self._made)}

    def places_made(self) -> Iterator[tuple[str, str]]:
        """The single places that held something, each with its label."""
        labels = {**{f"meeting_{e}": label for e, label in MEETING.items()}}
        for about in self.abouts:
            endings = CASE if about.startswith("case") else THEME
            labels.update({f"{about}_{ending}": label for ending, label in endings.items()})
        yield from ((name, label) for name, label in labels.items() if self._held(name))

    def _held(self, name: str) -> bool:
        return self._made.get(name, self.known.digest("")) != self.known.digest("")
