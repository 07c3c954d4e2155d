"""The attendance table of edited minutes, and the observers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select

from mase_docs.errors import UsageError
from mase_docs.model.edited import Row, Typed
from mase_docs.register.meetings import attendance
from mase_docs.register.meetings.noting import Noting
from mase_docs.register.meetings.understood import NOT_READ
from mase_docs.register.records import Agency, Attendance

TYPED = ("attendance", "name", "representing", "information_on", "statement_signed")
LABELS = {"attendance": "attendance", "name": "who came", "representing": "whom for", "information_on": "information received"} | {
    "statement_signed": "statement signed"
}


@dataclass(frozen=True)
class Attendances:
    """A row for each agency; one added by hand says which."""

    noting: Noting

    def read(self) -> None:
        seen: set[str] = set()
        for row in self.noting.rows("attendance"):
            code = self._code(row)
            if code and code in seen:
                self.noting.understood.wrong("RB16", row.place)
            elif code:
                seen.add(code)
                self._row(row, code)

    def _code(self, row: Row) -> str | None:
        """The agency's code: by the row's key, else by the name that was typed."""
        for code, number in self._numbers.items():
            if row.key == f"agency{number}":
                return code
        typed = row.cells.get("agency")
        if not any(cell.text.strip() for cell in row.cells.values()):
            return None
        found = self.noting.understood.agency(typed) if typed and typed.text.strip() else self.noting.understood.wrong("RB17", row.place)
        return found if isinstance(found, str) else None

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return dict(self.noting.session.execute(select(Agency.code, Agency.id)).all())

    def _row(self, row: Row, code: str) -> None:
        name = row.key or f"present:{code}"
        self.noting.cells.update({f"{name}_{column}": typed for column, typed in row.cells.items()})
        touched = {column: typed for column in TYPED if (typed := self.noting.touched(f"{name}_{column}"))}
        if "attendance" in touched:  # another attendance begins anew: then the whole row counts
            touched |= {column: row.cells[column] for column in TYPED if column in row.cells}
        told = {column: value for column, typed in touched.items() if (value := self._understood(column)(typed)) is not NOT_READ}
        if told:
            self._attend(row, code, name, told)

    def _understood(self, column: str) -> Callable[[Typed], Any]:
        understood = self.noting.understood
        ways = {"attendance": understood.choice("attendance"), "information_on": understood.day, "statement_signed": understood.yes}
        return ways.get(column, understood.text)

    def _attend(self, row: Row, code: str, name: str, told: dict[str, Any]) -> None:
        noting, before = self.noting, self._before(code)
        came = {column: value for column, value in told.items() if column != "attendance"}
        if told.get("attendance", "") is None or (not before and not told.get("attendance")):
            if any(value not in (None, False) for value in came.values()) or before:
                noting.understood.wrong(
                    "RB14", row.place, message="How this agency attended is not chosen.", remedy="Choose it in the minutes."
                )
            return
        try:
            attendance.attend(noting.writing, noting.meeting, noting.home, code, told.get("attendance"), **came)
        except UsageError as refused:
            noting.understood.wrong("RB14", row.place, message=refused.message, remedy=refused.remedy)
            return
        for column in told:
            noting.took(f"{name}_{column}")
        self._say(row, code, before, told)

    def _before(self, code: str) -> dict[str, Any]:
        these = select(Attendance).where(
            Attendance.meeting_id == self.noting.meeting.id,
            Attendance.agency_id == self._numbers.get(code, 0),
            Attendance.observer.is_(False),
        )
        row = self.noting.session.scalars(these).first()
        return {column: getattr(row, column) for column in TYPED} if row else {}

    def _say(self, row: Row, code: str, before: dict[str, Any], told: dict[str, Any]) -> None:
        show, agency = self.noting.understood.shown, self.noting.home.codes("agency").label_of(code)
        for column, value in told.items():
            codes, was = ("attendance" if column == "attendance" else ""), before.get(column)
            if value != was and not (was is None and value is False):
                self.noting.say(LABELS[column], agency, show(was, codes), show(value, codes), row.cells[column].place)


@dataclass(frozen=True)
class Observers:
    """Who only observed, from where."""

    noting: Noting

    def read(self) -> None:
        there = attendance.observers(self.noting.session, self.noting.meeting)
        known = {f"observer{number}": row for number, row in enumerate(there, 1)}
        for row in self.noting.rows("observers"):
            name = row.key or f"observers:{self.noting.known.digest(row.place)}"
            self.noting.cells.update({f"{name}_{column}": typed for column, typed in row.cells.items()})
            if any(self.noting.touched(f"{name}_{column}") for column in row.cells):
                self._row(row, name, known.get(row.key))

    def _row(self, row: Row, name: str, before: Attendance | None) -> None:
        noting = self.noting
        told = {column: noting.understood.text(typed) for column, typed in row.cells.items() if column in ("agency", "name")}
        signed = noting.understood.yes(row.cells["statement_signed"]) if "statement_signed" in row.cells else None
        printed = before if name in noting.printed_rows else None
        was = (printed.name, printed.representing, printed.statement_signed) if printed else None
        try:
            found = attendance.observe(
                noting.writing, noting.meeting, told.get("name") or "", told.get("agency"), None if signed is NOT_READ else signed, printed
            )
        except UsageError as refused:
            noting.understood.wrong("RB14", row.place, message=refused.message, remedy=refused.remedy)
            return
        for column in row.cells:
            noting.took(f"{name}_{column}")
        if was != (found.name, found.representing, found.statement_signed):
            said = ", ".join(filter(None, (found.name, found.representing, "statement signed" if found.statement_signed else None)))
            noting.say("observer", noting.called, (was[0] or "") if was else "", said, row.place)
