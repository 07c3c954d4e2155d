"""What a completed form says for the register: its answers as the columns of records, by the `[[record]]` blocks of its definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from mase_docs.definition.codes import CodeList, plain
from mase_docs.definition.examine_record import fields_of
from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.definition.record import ITEM, Record, Tables
from mase_docs.model.submission import EXPLICIT, NOT_KNOWN, Submission, Value
from mase_docs.register.records import RECORDS, Kept, Listed

ONE = ("referral", "person", "context", "case")
"""Of these a form fills one row, whatever it says."""
YES_NO = {True: True, False: False, "yes": True, "no": False}


@dataclass(frozen=True)
class Said:
    """One record that a form's answers make.

    values   column → what it is to hold, for every column whose question was asked; None where nothing was answered
    telling  the columns whose answer says something: "not known" doesn't, and takes nothing from what is known already
    person   the same of a link's other person, with the whole name as `name`; context: of its context
    """

    record: Record
    values: dict[str, Any]
    telling: frozenset[str]
    person: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def table(self) -> str:
        return self.record.table


def tables() -> Tables:
    """Table → column → what it holds, of everything that the register keeps."""
    return {name: {c.name: _holds(c) for c in _columns(kind).values() if not c.primary_key} for name, kind in RECORDS.items()}


def said(form: Form, submission: Submission, home: Home) -> list[Said]:
    """The records that the answers make, in the order of the form's blocks and rows."""
    made = (_made(record, place, home) for record in form.record for place in _places(record, form, submission))
    return [one for one in made if one is not None]


@dataclass(frozen=True)
class Place:
    """Where a record's answers stand: the form, a row or an item. `answers` has every question that was asked there."""

    fields: Mapping[str, Field]
    answers: Mapping[str, Value]


def _places(record: Record, form: Form, submission: Submission) -> Iterator[Place]:
    fields = fields_of(record, form)
    if record.each:
        for row in submission.rows(record.each):
            yield Place(fields, _asked(fields, f"{record.each}[{row['row']}].", submission))
        return
    answers = _asked(fields, "", submission)
    if not record.every:
        yield Place(fields, answers)
    elif record.every in fields:
        there = answers.get(record.every)
        for item in there if isinstance(there, list) else [there]:
            yield Place({**fields, ITEM: fields[record.every]}, {**answers, ITEM: item})


def _asked(fields: Mapping[str, Field], start: str, submission: Submission) -> dict[str, Value]:
    return {name: submission.value(start + name) for name in fields if start + name in submission.answers}


def _made(record: Record, place: Place, home: Home) -> Said | None:
    """The record that the answers of one place make, if they make one."""
    filler = _Filler(record, place, home)
    values, person, context = filler.row(), filler.end("person", record.person), filler.end("context", record.context)
    made = Said(record, values, frozenset(filler.telling), person, context)
    return made if record.table in ONE or _is_one(made) else None


def _is_one(made: Said) -> bool:
    """Whether there is a record in what was said: "none" and "not known" make none."""
    record = made.record
    if record.person or record.context:
        return any(end.get("name") or end.get("dob") for end in (made.person, made.context))
    return bool(made.telling) and made.telling >= set(record.needs)


class _Filler:
    """Fills the columns of one record from one place."""

    def __init__(self, record: Record, place: Place, home: Home) -> None:
        self.record, self.place, self.home = record, place, home
        self.telling: set[str] = set()

    def row(self) -> dict[str, Any]:
        """Column → value of the record's own table."""
        columns = _columns(RECORDS[self.record.table])
        found: dict[str, Any] = {}
        for column, asked in self.record.filled.items():
            if there := [name for name in asked if name in self.place.answers]:
                found[column] = self._value(column, there, _holds(columns[column]))
        needed = {c: NOT_KNOWN for c in self.record.filled if found.get(c) is None and not columns[c].nullable}
        return {**found, **(needed if self.record.table not in ONE else {}), **self.record.always}

    def end(self, table: str, filled: Mapping[str, str]) -> dict[str, Any]:
        """Column → value of a link's other end."""
        columns, asked = _columns(RECORDS[table]), {c: name for c, name in filled.items() if name in self.place.answers}
        told = {c: self._told(name, _holds(columns[c]) if c in columns else str) for c, name in asked.items()}
        return {**({"kind": filled["kind"]} if table == "context" and told else {}), **{c: v for c, (v, tells) in told.items() if tells}}

    def _value(self, column: str, asked: list[str], holds: type) -> Any:
        if isinstance(self.record.columns.get(column), list):
            value, tells = self._worded(asked), bool(self._worded(asked))
        else:
            value, tells = self._told(asked[0], holds)
        if tells:
            self.telling.add(column)
        return value

    def _told(self, name: str, holds: type) -> tuple[Any, bool]:
        """An answer as a column can hold it, and whether it says something."""
        answer, codes = self.place.answers[name], self._codes(name)
        if isinstance(answer, str) and plain(answer) in self.record.unless:
            return None, False
        kept = _kept(answer, codes)
        value = None if kept is None else _as(holds, kept)
        return value, value is not None and _tells(kept, codes)

    def _worded(self, asked: list[str]) -> str | None:
        """Several answers as text, each after its label; None where none says anything."""
        told = [(self.place.fields[name], self.place.answers[name]) for name in asked if self._told(name, str)[1]]
        return "; ".join(f"{f.label}{' ' if f.label.endswith('?') else ': '}{self.home.show(f, value)}" for f, value in told) or None

    def _codes(self, name: str) -> CodeList | None:
        choices = self.place.fields[name].choices
        return self.home.codes(choices) if choices and self.home.has_codes(choices) else None


def _kept(answer: Value, codes: CodeList | None) -> Value:
    """An answer without what says nothing: an explicit one stays only where its code list has it."""
    if isinstance(answer, list):
        return [item for item in answer if _kept(item, codes)] or None
    explicit = isinstance(answer, str) and answer in EXPLICIT and not (codes and answer in codes.by_code)
    return None if explicit or answer == "" else answer


def _tells(answer: Value, codes: CodeList | None) -> bool:
    """Whether an answer says something: a code list's own "not known" doesn't."""
    if isinstance(answer, list):
        return any(_tells(item, codes) for item in answer)
    code = codes.by_code.get(str(answer)) if codes else None
    return not (code and (code.unknown or code.code == NOT_KNOWN))


def _as(holds: type, value: Value) -> Any:
    """A value as a column can hold it; None where it can't."""
    if holds is list:
        return [str(item) for item in value] if isinstance(value, list) else [_text(value)]
    if holds is date:
        return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
    if holds is bool:
        return YES_NO.get(value) if isinstance(value, bool | str) else None
    return _text(value) if holds is str else value if isinstance(value, holds) else None


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _columns(kind: type[Kept]) -> Mapping[str, Any]:
    return {column.name: column for column in kind.__table__.columns}


def _holds(column: Any) -> type:
    """What Python has for a column of the register."""
    found: type = list if isinstance(column.type, Listed) else column.type.python_type
    return found
