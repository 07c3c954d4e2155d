"""The places of the minutes that people type, choose and tick in, with what the register already has in them.

Which there are, and what they are called, stands in model/minutes_layout.py: the minutes are read back by the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from mase_docs.definition.home import Home
from mase_docs.documents.case import Case
from mase_docs.model.control import Control, Kind
from mase_docs.model.minutes_layout import CASE, CATEGORY, ITEM, MEETING, TABLES, THEME, VERSIONS
from mase_docs.model.sitting import ActionSaid, Attended, Discussed, Shared, Sitting, Theme

Row = dict[str, Any]
Said = str | int | bool | date | None

KINDS: dict[str, Kind] = {
    **dict.fromkeys(("information_on", "completed_on", "review_on", "due"), "date"),
    **dict.fromkeys(("statement_signed", "category_review"), "tick"),
    **dict.fromkeys(("attendance", "status", "decision", "agency", "version"), "choice"),
    **dict.fromkeys(("remark", "reasons", "response", "disruption_considered", "information", "action"), "lines"),
    "category": "fixed",
}
"""Ending of a control's name → its kind; a line of text where none is given."""
CODES = {"attendance": "attendance", "status": "action_status", "agency": "agency"}
"""Ending → the code list that is chosen from."""
MORE_AGENCIES, OBSERVERS, MORE_INFORMATION = 2, 3, 2
NEW_ACTIONS = {"case": 3, "theme": 2, "other": 6}
"""Rows that are blank at first."""
NOT_NAMED = "Not named on the form"


@dataclass(frozen=True)
class Slots:
    """Makes them; choices are those of the home's code lists."""

    home: Home

    def meeting(self, sitting: Sitting) -> Row:
        meeting = sitting.meeting
        said: dict[str, Said] = {ending: getattr(meeting, ending, None) for ending in MEETING}
        said["venue"] = said["venue"] or self.home.profile.meetings.venue
        said["version"] = VERSIONS.get(meeting.state if meeting else "") or VERSIONS["minutes_draft"]
        choices = {"version": tuple(VERSIONS.values())}
        return {ending: self._slot("meeting", ending, label, said[ending], choices.get(ending, ())) for ending, label in MEETING.items()}

    def attendance(self, agencies: Iterable[Attended]) -> list[Row]:
        """A row for each agency, then blank ones."""
        rows = [{**self._row("attendance", one.key, one), "agency": one.agency} for one in agencies]
        return rows + [self._blank("attendance", f"more{n}", "agency") for n in range(1, MORE_AGENCIES + 1)]

    def observers(self, observers: tuple[Attended, ...]) -> list[Row]:
        there = [self._row("observers", one.key, one, "agency") for one in observers]
        return there + [self._blank("observers", f"observer{n}") for n in range(len(there) + 1, max(OBSERVERS, len(there) + 1) + 1)]

    def previous(self, action: ActionSaid) -> Row:
        """What is said of an action that was set before: its state, and how that is known or why it isn't done."""
        remark = action.evidence or action.reason_not_done
        said = {"status": action.status, "completed_on": action.completed_on, "remark": remark}
        heads = TABLES["previous"].heads
        return {ending: self._slot(action.key, ending, heads[ending], value) for ending, value in said.items()}

    def case(self, case: Case) -> Row:
        key, discussed = case.hearing.key, case.hearing.discussed
        places = self._discussed(key, CASE, discussed, "decision_case")
        return {"category": self._slot(key, "category", CATEGORY, case.category_now or "Not recorded"), **places}

    def theme(self, theme: Theme) -> Row:
        return self._discussed(theme.key, THEME, theme.discussed, "decision_theme")

    def item(self, kind: str, spent: int | None) -> Row:
        return {ending: self._slot(f"item_{kind}", ending, label, spent) for ending, label in ITEM.items()}

    def information(self, case: Case, agencies: Iterable[Attended]) -> list[Row]:
        """A row for each agency that is on the form or has shared something; one that has no key of its own stands among the blank rows."""
        shared = _together(case.hearing.shared)
        keys = {**{one.agency: one.key for one in agencies}, **{one.agency: one.key for one in shared}}
        known, said = case.speakers(), {one.agency: one.information for one in shared}
        names = list(dict.fromkeys([*known, *said]))
        rows = [self._speaks(case, keys[name], name, known, said) for name in names if name in keys]
        return rows + list(self._more(case, [name for name in names if name not in keys], known))

    def _speaks(self, case: Case, key: str, name: str, known: dict[str, str | None], said: dict[str, str]) -> Row:
        information = self._in_table("information", f"{case.hearing.key}_{key}", "information", said.get(name))
        return {"agency": name, "known": known.get(name, NOT_NAMED), "information": information}

    def _more(self, case: Case, names: list[str], known: dict[str, str | None]) -> Iterator[Row]:
        for number, name in enumerate([*names, *[""] * MORE_INFORMATION], 1):
            key = f"{case.hearing.key}_more{number}"
            agency = self._in_table("information", key, "agency", name)
            yield {**self._blank("information", key), "agency": agency, "known": known[name] if name else ""}

    def actions(self, about: str, key: str, set_here: Iterable[ActionSaid]) -> list[Row]:
        """The actions that the minutes have set so far, then blank rows; about is case, theme or other."""
        there = [{**self._row("actions", action.key, action), "number": action.number} for action in set_here]
        return there + [{**self._blank("actions", f"{key}_new{n}"), "number": ""} for n in range(1, NEW_ACTIONS[about] + 1)]

    def _discussed(self, key: str, labels: dict[str, str], discussed: Discussed, codes: str) -> Row:
        found = {}
        for ending, label in labels.items():
            listed = codes if ending == "decision" else ""
            found[ending] = self._slot(key, ending, label, getattr(discussed, ending), self._labels(listed), listed)
        return found

    def _row(self, table: str, key: str, said: object, *more: str) -> Row:
        return {column: self._in_table(table, key, column, getattr(said, column)) for column in (*TABLES[table].typed, *more)}

    def _blank(self, table: str, key: str, *more: str) -> Row:
        return {column: self._in_table(table, key, column) for column in (*TABLES[table].typed, *more)}

    def _in_table(self, table: str, key: str, column: str, said: Said = None) -> Control:
        return self._slot(key, column, TABLES[table].heads[column], said)

    def _slot(self, key: str, ending: str, label: str, said: Said = None, choices: tuple[str, ...] = (), codes: str = "") -> Control:
        listed = codes or CODES.get(ending, "")
        choices = choices or self._labels(listed)
        kind = KINDS.get(ending, "text")
        return Control(f"{key}_{ending}", label, kind, self._in_words(said, listed), choices)

    def _labels(self, codes: str) -> tuple[str, ...]:
        return tuple(code.label for code in self.home.codes(codes).code if code.until is None) if codes else ()

    def _in_words(self, said: Said, codes: str) -> str:
        """As it stands in a control: days as 04/11/2026, choices by their labels, a tick as "yes"."""
        if isinstance(said, bool):
            return "yes" if said else ""
        if isinstance(said, date):
            return f"{said:%d/%m/%Y}"
        return self.home.codes(codes).label_of(str(said)) if codes and said else str("" if said is None else said)


def _together(shared: Iterable[Shared]) -> list[Shared]:
    """What each agency shared, all of it in one place."""
    found: dict[str, Shared] = {}
    for one in shared:
        before = found.get(one.key)
        told = f"{before.information}\n{one.information}" if before else one.information
        found[one.key] = Shared(one.key, one.code, one.agency, told, one.received_on)
    return list(found.values())
