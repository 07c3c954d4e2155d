"""Which rows of the register go with one person's, or place's, record, and which stay because they are part of somebody else's."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mase_docs.register.care.papers import Papers
from mase_docs.register.care.subject import Subject, mentions, own
from mase_docs.register.records import (
    RECORDS,
    Context,
    ContextName,
    Kept,
    Match,
    Original,
    Person,
    Reference,
    Referral,
)  # fmt: skip

OF_ONE = ("phone", "vehicle", "username", "household")
"""Kinds of context that are a person's own: confirmed or not, they go with the last who is tied to them."""


class Going:
    """Which rows go with a subject."""

    def __init__(self, session: Session, subject: Subject) -> None:
        self.session, self.subject = session, subject
        self.own = own(session, subject)
        self._papers = Papers(session, self.own)

    @property
    def rows(self) -> list[Kept]:
        found = [row for rows in self.own.values() for row in rows]
        return [*found, *self.people, *self.matches, *self.contexts, *self.names, *self.originals, *self.references]

    @property
    def years(self) -> str:
        days = [form.received_on for form in self._forms] + [case.closed_on or case.opened_on for case in self.subject.cases]
        return f"{min(days).year} to {max(days).year}"

    @property
    def _forms(self) -> list[Referral]:
        return self.own.get("referral", [])

    @cached_property
    def people(self) -> list[Person]:
        """The subject's rows but those that only others' forms made, and whom nobody but the subject's forms names."""
        subjects = self._ends(self.own.values(), "person_id")
        elsewhere = {link.other_id for link in mentions(self.session, self.subject)}
        theirs = [person for person in self.subject.people if person.id in subjects or person.id not in elsewhere]
        return [*theirs, *self._nobody_elses]

    @property
    def _nobody_elses(self) -> list[Person]:
        named = self._ends([self.own.get("link", [])], "other_id") - self.subject.ids["person_id"]
        return [person for person in self._get(Person, named) if not self._is_used("person", person.id)]

    @cached_property
    def contexts(self) -> list[Context]:
        """What nobody else is tied to; a name that the coordinator confirmed stays, unless it is some one person's."""
        subject = {self.subject.context.id} if self.subject.context else set()
        tied = self._get(Context, self._ends([self.own.get("link", [])], "context_id") | subject)
        loose = (context for context in tied if not self._is_used("context", context.id))
        return [context for context in loose if context.id in subject or not context.confirmed or context.kind in OF_ONE]

    @property
    def names(self) -> list[ContextName]:
        ids = {context.id for context in self.contexts}
        return list(self.session.scalars(select(ContextName).where(ContextName.context_id.in_(ids)).order_by(ContextName.id)))

    @property
    def matches(self) -> list[Match]:
        ids = {person.id for person in self.people}
        these = select(Match).where(or_(Match.person_id.in_(ids), Match.other_id.in_(ids)))
        return list(self.session.scalars(these.order_by(Match.id)))

    @property
    def redacted(self) -> list[Kept]:
        """What stays, without what it holds of all who are in it: the minutes' digests, and the files that agencies sent back."""
        return [*self._papers.with_digests, *self._papers.returns]

    @property
    def originals(self) -> list[Original]:
        """The files of the forms, and those that agencies sent back: no part of a file can go."""
        forms = {form.id for form in self._forms}
        files = {form.original_id for form in self._forms} | {form.original_id for form in self._papers.returns}
        others = select(Referral.original_id).where(Referral.original_id.in_(files), Referral.id.not_in(forms))
        return self._get(Original, files - set(self.session.scalars(others)))

    @property
    def references(self) -> list[Reference]:
        """The forms' numbers with the fingerprints of their files."""
        files, called = {form.sha256 for form in self._forms}, {form.reference for form in self._forms}
        these = select(Reference).where(or_(Reference.sha256.in_(files), Reference.number.in_(called)))
        return list(self.session.scalars(these.order_by(Reference.id)))

    def _is_used(self, table: str, number: int) -> bool:
        """Whether a row that stays names this one, other than as a likeness or as the same."""
        others = (kind for name, kind in RECORDS.items() if name not in ("match", "context_name", table))
        return any(self._names(kind, column, number) for kind in others for column in tied_to(kind, table))

    def _names(self, kind: Any, column: str, number: int) -> bool:
        goes = {row.id for row in self.own.get(kind.__tablename__, ())}
        there = select(kind.id).where(getattr(kind, column) == number, kind.id.not_in(goes))
        return self.session.scalars(there.limit(1)).first() is not None

    def _get(self, kind: Any, ids: Iterable[int | None]) -> list[Any]:
        return list(self.session.scalars(select(kind).where(kind.id.in_(set(ids))).order_by(kind.id)))

    @staticmethod
    def _ends(tables: Iterable[list[Any]], column: str) -> set[int]:
        return {number for rows in tables for row in rows if (number := getattr(row, column, None))}


def tied_to(kind: type[Kept], table: str) -> list[str]:
    """The columns of a kind that name a row of a table."""
    keys = (key for constraint in kind.__table__.foreign_key_constraints for key in constraint.elements)  # type: ignore[attr-defined]
    return [key.parent.name for key in keys if key.column.table.name == table and key.parent.name != "borough"]
