"""The actions of edited minutes: what came of the previous ones, and those that this meeting set, in rows printed, filled or added."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import select

from mase_docs.definition.codes import plain
from mase_docs.errors import UsageError
from mase_docs.model.edited import Row, Typed
from mase_docs.model.sitting import OUTSTANDING
from mase_docs.register.meetings import actions
from mase_docs.register.meetings.noting import Noting
from mase_docs.register.meetings.understood import NOT_READ
from mase_docs.register.records import Action

COLUMNS = {"action": "what is to be done", "agency": "lead agency", "lead_person": "lead person", "due": "due"}
NEW = "new"
"""Written into the first column, it says that a row is a new action."""


def same(text: str) -> str:
    """What two copies of a text have in common, whatever its spaces; every letter of every script counts."""
    return " ".join(text.split())


def action_of(noting: Noting, row: Row) -> Action | None:
    """The action of a row's key."""
    found = re.fullmatch(r"action(\d+)", row.key)
    return noting.session.get(Action, (noting.writing.borough, int(found[1]))) if found else None


def numbered(noting: Noting, row: Row) -> Action | None:
    """The action whose number stands in a row."""
    typed = row.cells.get("number")
    number = typed.text.strip().upper() if typed else ""
    return noting.session.scalars(select(Action).where(Action.number == number)).first() if number else None


@dataclass(frozen=True)
class PreviousActions:
    """What came of the actions that were to be done."""

    noting: Noting

    def read(self) -> None:
        met: set[int] = set()
        for row in self.noting.rows("previous"):
            action = action_of(self.noting, row) or numbered(self.noting, row)
            if action is None:
                self.noting.understood.wrong("RB10", row.place)
            elif action.id in met:
                self._again(row, action)
            else:
                met.add(action.id)
                self._row(row, action)
        self._deleted(met)

    def _again(self, row: Row, action: Action) -> None:
        """A copy of a row, which says nothing new unless it differs."""
        there = {column: self.noting.cells.get(f"action{action.id}_{column}") for column in row.cells}
        if any(first and same(first.text) != same(row.cells[column].text) for column, first in there.items()):
            self.noting.understood.wrong("RB6", row.place, number=action.number)

    def _row(self, row: Row, action: Action) -> None:
        key = f"action{action.id}"
        self.noting.cells.update({f"{key}_{column}": typed for column, typed in row.cells.items()})
        touched = {c: t for c in ("status", "completed_on", "remark") if (t := self.noting.touched(f"{key}_{c}"))}
        ways = {"status": self.noting.understood.choice("action_status"), "completed_on": self.noting.understood.day}
        told = {c: ways.get(c, self.noting.understood.text)(typed) for c, typed in touched.items()}
        if told and NOT_READ not in told.values():
            self._set(row, action, told)

    def _set(self, row: Row, action: Action, told: dict[str, Any]) -> None:
        noting = self.noting
        status = told.get("status") or action.status
        remark = told.get("remark")
        said = {"reason": remark} if status in actions.NOT_DONE else {"evidence": remark}
        before = (action.status, action.completed_on, action.evidence, action.reason_not_done)
        try:
            actions.set_status(noting.writing, action, status, noting.meeting.held_on, completed_on=told.get("completed_on"), **said)
        except UsageError as refused:
            noting.understood.wrong("RB14", row.place, message=refused.message, remedy=refused.remedy)
            return
        for column in told:
            noting.took(f"action{action.id}_{column}")
        self._say(row, action, before)

    def _say(self, row: Row, action: Action, before: tuple[Any, ...]) -> None:
        show = self.noting.understood.shown
        now = (action.status, action.completed_on, action.evidence, action.reason_not_done)
        for label, was, value in zip(("status", "done on", "evidence", "why not"), before, now, strict=True):
            if was != value:
                codes = "action_status" if label == "status" else ""
                self.noting.say(label, action.number, show(was, codes), show(value, codes), row.place)

    def _deleted(self, met: set[int]) -> None:
        """Rows that were there and are no more: a person is asked."""
        if ("actions", "previous") in self.noting.edited.tables:
            for key in sorted(self.noting.printed_rows):
                found = re.fullmatch(r"action(\d+)", key)
                if found and int(found[1]) not in met and f"{key}_status" in self.noting.known.slots:
                    action = self.noting.session.get_one(Action, (self.noting.writing.borough, int(found[1])))
                    self.noting.understood.wrong("RB5", self.noting.about("actions"), number=action.number)


@dataclass
class SetActions:
    """The actions that this meeting set for cases, themes, or nobody in particular."""

    noting: Noting

    def __post_init__(self) -> None:
        rows = [row for row in self.noting.rows("actions") if any(cell.text.strip() for cell in row.cells.values())]
        names = self._names(rows)
        self._actions = [self._known(row, name) for row, name in zip(rows, names, strict=True)]
        printed = [f"action{a.id}" if a and not row.key and self._numbered(row) else "" for row, a in zip(rows, self._actions, strict=True)]
        named = [own or name for own, name in zip(printed, names, strict=True)]
        self._rows = list(zip(rows, named, self._copies(rows), strict=True))
        self._met = {action.id for action in self._actions if action}

    def read(self) -> None:
        read: set[int] = set()
        for (row, name, is_copy), action in zip(self._rows, self._actions, strict=True):
            if action and action.id in read:
                self._again(row, action)
            elif action:
                read.add(action.id)
                self._update(row, action, name)
            elif not is_copy:
                self._unknown(row, name)
        self._deleted()

    def _names(self, rows: list[Row]) -> list[str]:
        """What each row is known by when the file is read again: its key, else its words, and of several with the same words a number."""
        met: Counter[str] = Counter()
        found = []
        for row in rows:
            typed = row.cells.get("action")
            name = row.key or f"{row.about}:{self.noting.known.digest(typed.text if typed else '')}"
            met[name] += 1
            found.append(name if met[name] == 1 else f"{name}#{met[name]}")
        return found

    def _copies(self, rows: list[Row]) -> list[bool]:
        """Whether all that a row says was said by one before it: a row that was copied and not changed."""
        said = ["|".join([row.about, *(same(row.cells[c].text) if c in row.cells else "" for c in COLUMNS)]) for row in rows]
        return [words in said[:number] for number, words in enumerate(said)]

    # whose row it is ────────────────────────────────────────────────────────────────────────────────

    def _known(self, row: Row, name: str) -> Action | None:
        """The action that a row is: by its key, by its number, or as it was read before."""
        return action_of(self.noting, row) or self._numbered(row) or self._of_this_paper.get(name)

    def _numbered(self, row: Row) -> Action | None:
        """The action whose number stands in a row, where this meeting set it for the same case or theme."""
        found = numbered(self.noting, row)
        ours = found is not None and found.meeting_id == self.noting.meeting.id and self.noting.key_of(found) == row.about
        return found if ours else None

    @cached_property
    def _of_this_paper(self) -> dict[str, Action]:
        """What a row of this paper is known by → the action that was read from it before; minutes made again have rows of their own."""
        read = {(action.minuted_as or "").partition("/"): action for action in self._set_here}
        return {name: action for (paper, _, name), action in read.items() if paper == str(self.noting.paper.id)}

    @cached_property
    def _set_here(self) -> list[Action]:
        these = select(Action).where(Action.meeting_id == self.noting.meeting.id).order_by(Action.id)
        return list(self.noting.session.scalars(these))

    def _unknown(self, row: Row, name: str) -> None:
        typed, number = row.cells.get("action"), row.cells.get("number")
        said = plain(number.text) if number else ""
        if said not in ("", NEW):
            self.noting.understood.wrong("RB10", number.place if number else row.place)
        elif not (typed and typed.text.strip()):
            self.noting.understood.wrong("RB7", row.place)
        elif not row.key and said != NEW and (lost := self._lost(row.about)):
            self.noting.understood.wrong("RB11", row.place, number=lost.number)
        else:
            self._add(row, name)

    def _lost(self, about: str) -> Action | None:
        """An action that was read from a row added by hand, which is no longer there in those words."""
        lost = (a for name, a in self._of_this_paper.items() if name.startswith(f"{about}:") and a.id not in self._met)
        return next(lost, None)

    # what it says ───────────────────────────────────────────────────────────────────────────────────

    def _add(self, row: Row, name: str) -> None:
        noting, told = self.noting, self._told(row, list(COLUMNS))
        case, context = noting.case(row.about), noting.context(row.about)
        values = {column: value for column, value in told.items() if value is not NOT_READ}
        action = actions.add(
            noting.writing, meeting=noting.meeting, case=case, context=context, minuted_as=f"{noting.paper.id}/{name}",
            **{"agency": None, **values},
        )  # fmt: skip
        self._met.add(action.id)
        self._took(row, name, [column for column in told if told[column] is not NOT_READ])
        self._lacks(row, action)
        noting.say("new action", noting.about(row.about), "", self._in_words(action), row.place)

    def _told(self, row: Row, columns: list[str]) -> dict[str, Any]:
        understood = self.noting.understood
        ways = {"agency": understood.agency, "due": self._due}
        return {c: ways.get(c, understood.text)(row.cells[c]) for c in columns if c in row.cells}

    def _due(self, typed: Typed) -> Any:
        """A day before the meeting is no day an action can be due (domain rule DA7)."""
        day = self.noting.understood.day(typed)
        early = isinstance(day, date) and day < self.noting.meeting.held_on
        return self.noting.understood.wrong("DA7", typed.place) if early else day

    def _lacks(self, row: Row, action: Action) -> None:
        empty = [label for column, label in (("agency", "lead agency"), ("due", "day by which it is due")) if self._is_empty(row, column)]
        if empty:
            self.noting.understood.wrong("RB8", row.place, lacks=" and no ".join(empty))

    def _is_empty(self, row: Row, column: str) -> bool:
        return column not in row.cells or not row.cells[column].text.strip()

    def _in_words(self, action: Action) -> str:
        show = self.noting.understood.shown
        told = (f"{action.number}: {action.action}", show(action.agency, "agency"), action.lead_person, show(action.due))
        return ", ".join(filter(None, told))

    def _update(self, row: Row, action: Action, name: str) -> None:
        """What was changed in a row that is known already."""
        self.noting.cells.update({f"{name}_{column}": typed for column, typed in row.cells.items()})
        touched = [column for column in COLUMNS if self.noting.touched(f"{name}_{column}")]
        for column, value in self._told(row, touched).items():
            if value is not NOT_READ:
                self._change(row, action, column, value, name)

    def _change(self, row: Row, action: Action, column: str, value: Any, name: str) -> None:
        noting, before = self.noting, getattr(action, column)
        try:
            changed = actions.update(noting.writing, action, **{column: value})
        except UsageError as refused:
            noting.understood.wrong("RB14", row.place, message=refused.message, remedy=refused.remedy)
            return
        noting.took(f"{name}_{column}")
        if changed:
            codes, show = "agency" if column == "agency" else "", noting.understood.shown
            noting.say(COLUMNS[column], action.number, show(before, codes), show(value, codes), row.place)

    def _took(self, row: Row, name: str, columns: list[str]) -> None:
        self.noting.cells.update({f"{name}_{column}": typed for column, typed in row.cells.items()})
        for column in [*columns, "number"]:
            self.noting.took(f"{name}_{column}")

    def _again(self, row: Row, action: Action) -> None:
        """A copy of a row that is known: it says nothing new unless it differs."""
        says: dict[str, Typed] = {column: typed for column, typed in row.cells.items() if column in COLUMNS and typed.text.strip()}
        differs = [c for c, t in self._told(row, list(says)).items() if t is not NOT_READ and t != getattr(action, c)]
        if differs:
            self.noting.understood.wrong("RB6", row.place, number=action.number)

    def _deleted(self) -> None:
        """Actions of this meeting that stood in these minutes and whose row is gone, while its table is there: a person is asked."""
        here = {action.id for action in self._of_this_paper.values()}
        for action in self._set_here:
            stood = action.id in here or f"action{action.id}" in self.noting.printed_rows
            about, waits = self.noting.key_of(action), action.status in OUTSTANDING
            if stood and waits and action.id not in self._met and (about, "actions") in self.noting.edited.tables:
                self.noting.understood.wrong("RB5", self.noting.about(about), number=action.number)
