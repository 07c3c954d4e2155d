"""Whom or what a reference means, with everyone who was confirmed to be the same, and every row that is theirs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mase_docs.errors import RegisterError
from mase_docs.register.records import RECORDS, THEMED, Case, Context, History, Kept, Link, Person, Referral

NUMBER = re.compile(r"([PC])(\d+)", re.IGNORECASE)
"""How a person or a context without a case is called: P12, C3."""
TIES = ("case_id", "person_id", "referral_id")
"""The columns by which a row is somebody's."""
BETWEEN = ("match",)
"""Tables whose rows are of two people alike."""


@dataclass(frozen=True)
class Subject:
    """A person, or a place, school or group, before the panel or named to it.

    people    the person with whoever was confirmed to be the same, the one they all point to first; none for a context
    contexts  the place, school or group, likewise; none for a person
    cases     theirs, those that were joined to another too, in order of number
    """

    people: tuple[Person, ...]
    contexts: tuple[Context, ...]
    cases: tuple[Case, ...]

    @classmethod
    def made(cls, same: Iterable[Any], cases: Iterable[Case]) -> Subject:
        """Of the rows of one person or context, and their cases."""
        ordered = sorted(same, key=lambda row: (row.same_as is not None, row.id))
        ours = tuple(sorted(cases, key=lambda case: case.id))
        return cls(tuple(ordered), (), ours) if isinstance(ordered[0], Person) else cls((), tuple(ordered), ours)

    @property
    def context(self) -> Context | None:
        """The one that the others point to; None for a person."""
        return next(iter(self.contexts), None)

    @property
    def name(self) -> str:
        """What it is called by without naming anybody: the newest case's reference, else P12 or C3."""
        own = f"P{self.people[0].id}" if self.people else f"C{self.context.id if self.context else 0}"
        return self.references[-1] if self.cases else own

    @property
    def references(self) -> tuple[str, ...]:
        return tuple(case.reference for case in self.cases)

    @property
    def ids(self) -> dict[str, set[int]]:
        return {"case_id": {case.id for case in self.cases}, "person_id": {person.id for person in self.people}}


def find(session: Session, reference: str) -> Subject:
    """The subject of MASE-2026-0007, P12 or C3. Raises RegisterError where there is none."""
    asked = reference.strip().upper()
    number, case = NUMBER.fullmatch(asked), session.scalars(select(Case).where(Case.reference == asked)).first()
    person = int(number[2]) if number and number[1] == "P" else case and case.person_id
    context = int(number[2]) if number and number[1] == "C" else case and case.context_id
    kind: Any = Person if person else Context
    found = session.scalars(select(kind).where(kind.id == (person or context or 0))).first()
    if found is None:
        raise RegisterError("There is nothing of that reference in the register.", "Look for it with: mase-docs cases --all")
    return of(session, found)


def of(session: Session, of_whom: Person | Context) -> Subject:
    """The subject that a person or a context belongs to."""
    kind, root = type(of_whom), of_whom.same_as or of_whom.id
    same = session.scalars(select(kind).where(or_(kind.id == root, kind.same_as == root))).all()
    column = Case.person_id if kind is Person else Case.context_id
    cases = session.scalars(select(Case).where(column.in_([row.id for row in same])).order_by(Case.id)).all()
    return Subject.made(same, cases)


def own(session: Session, subject: Subject, tables: Iterable[str] = RECORDS) -> dict[str, list[Any]]:
    """Table → the rows that are the subject's, in order of number: of their cases, their forms, themselves, and of a context what meetings
    left of it. Not the people themselves.

    tables  which of them are wanted; cases and forms always are
    """
    ids = subject.ids
    forms = session.scalars(select(Referral).where(_tied(Referral, ids))).all()
    ids["referral_id"] = {form.id for form in forms}
    of_themes = {**ids, "context_id": {context.id for context in subject.contexts}} if subject.contexts else ids
    kinds = [RECORDS[name] for name in tables if name not in (*BETWEEN, "case", "referral")]
    found = {kind.__tablename__: _found(session, kind, of_themes if kind.__tablename__ in THEMED else ids) for kind in kinds if _has(kind)}
    all_of_them = {**found, "case": subject.cases, "referral": sorted(forms, key=lambda form: form.id)}
    return {name: list(rows) for name, rows in all_of_them.items() if rows}


def _found(session: Session, kind: type[Kept], ids: dict[str, set[int]]) -> list[Kept]:
    return list(session.scalars(select(kind).where(_tied(kind, ids)).order_by(kind.id)))


def _has(kind: type[Kept]) -> bool:
    return any(column in kind.__table__.columns for column in TIES)


def _tied(kind: Any, ids: dict[str, set[int]]) -> Any:
    return or_(*(getattr(kind, column).in_(numbers) for column, numbers in ids.items() if column in kind.__table__.columns))


def mentions(session: Session, subject: Subject) -> list[Link]:
    """What other young people's and places' forms say of the people."""
    ids = subject.ids
    elsewhere = Link.case_id.not_in(ids["case_id"])
    return list(session.scalars(select(Link).where(Link.other_id.in_(ids["person_id"]), elsewhere).order_by(Link.id)))


def former(session: Session, borough: str, ids: dict[str, set[int]]) -> list[History]:
    """What the history says was removed of rows that named one of these, as column → numbers; in order."""
    gone = select(History).where(History.borough == borough, History.did == "removed", History.detail.is_not(None)).order_by(History.seq)
    return [told for told in session.scalars(gone) if _named(json.loads(told.detail or "{}").get("row", {}), ids)]


def _named(row: dict[str, Any], ids: dict[str, set[int]]) -> bool:
    return any(row.get(column) in numbers for column, numbers in ids.items())


def numbers(rows: Iterable[Kept]) -> set[tuple[str, int]]:
    """Rows as the history names them."""
    return {(row.__tablename__, row.id) for row in rows}
