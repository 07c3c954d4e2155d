"""How a row is brought up to date by a form: by what it says, never by what it leaves out; by a correction only where it differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mase_docs.definition.form import Form
from mase_docs.register.arriving.said import Said
from mase_docs.register.records import Kept


@dataclass(frozen=True)
class Filled:
    """What a form says of one row: column → value.

    telling   the columns that say something
    gathered  those whose items are gathered over the forms
    held      those that a further form adds to and never takes from
    """

    values: Mapping[str, Any]
    telling: frozenset[str]
    gathered: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()

    @property
    def told(self) -> dict[str, Any]:
        """The columns that hold something."""
        return {column: value for column, value in self.values.items() if value is not None}


def filled(table: str, told: list[Said], form: Form) -> Filled:
    """What all blocks of one table say together."""
    mine = [said for said in told if said.table == table]
    values = {column: value for said in mine for column, value in said.values.items()}
    lists = (column for said in mine for column, asked in said.record.filled.items() if _is_list(asked[0], form))
    telling = (column for said in mine for column in said.telling)
    held = (column for said in mine for column in said.record.held)
    return Filled(values, frozenset(telling), frozenset(lists), frozenset(held))


def _is_list(name: str, form: Form) -> bool:
    return name in form.fields and form.fields[name].type == "text_list"


@dataclass(frozen=True)
class Update:
    """One form after another about the same row.

    before  what the form that this one corrects said; None where it corrects none
    older   whether a form that is known already was written later: then only what isn't known yet is taken, and what is gathered
    alone   whether no other form is about the same, so that what a correction takes back is nobody's
    """

    now: Filled
    before: Filled | None = None
    older: bool = False
    alone: bool = True

    def of(self, row: Kept) -> dict[str, Any]:
        """Column → value, of all that is to be changed in the row."""
        columns = type(row).__table__.columns
        found = {column: self._value(column, getattr(row, column)) for column in self.now.values}
        return {column: value for column, value in found.items() if value is not None or columns[column].nullable}

    def _value(self, column: str, known: Any) -> Any:
        now, was = self.now.values[column], self.before.values.get(column) if self.before else None
        if self.before and now == was:
            return known
        if column in self.now.gathered:
            return _gathered(known or [], was or [], now or [])
        if known is None:
            return now
        if column in self.now.held and not (self.before and self.alone):
            return _held(known, now)
        if self.older and known != was:
            return known
        return now if column in self.now.telling or self._is_taken_back(column, known) else known

    def _is_taken_back(self, column: str, known: Any) -> bool:
        """Whether a correction says no more what the form that it corrects put there."""
        before = self.before
        return before is not None and self.alone and column in before.telling and known == before.values[column]


def _gathered(known: list[str], was: list[str], now: list[str]) -> list[str] | None:
    """A list with what is new, and without what a correction says no more."""
    kept = [item for item in known if item in now or item not in was]
    return [*kept, *(item for item in now if item not in kept)] or None


def _held(known: Any, now: Any) -> Any:
    """A "yes" that stays whatever a further form says; words with what it adds."""
    if isinstance(known, str):
        return known if not now or now in known else f"{known}\n{now}"
    return known or now
