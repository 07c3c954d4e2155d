"""A person's, or a place's, record removed for good: every row, its file, and what the history told of it. A person has decided so.

What another young person's form says of somebody is that other's record and stays, as that form said it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mase_docs.definition.codes import plain
from mase_docs.definition.home import Home
from mase_docs.errors import RegisterError, UsageError
from mase_docs.model.certificate import Certificate, Disposed
from mase_docs.register.arriving.said import said
from mase_docs.register.care.going import Going
from mase_docs.register.care.retention import Due, judged
from mase_docs.register.care.subject import Subject, find, former, mentions, numbers
from mase_docs.register.casework.kept_forms import submission
from mase_docs.register.links.called import person_called
from mase_docs.register.persons import identity
from mase_docs.register.persons.person_keys import person_keys
from mase_docs.register.records import (
    AgencyReturn,
    Case,
    Context,
    History,
    Kept,
    Link,
    Paper,
    Person,
    PersonKey,
    Reference,
    Referral,
)
from mase_docs.register.register import Register
from mase_docs.register.writing import Writing

REDACTED: dict[type[Kept], dict[str, Any]] = {
    Paper: {"known": None},
    AgencyReturn: {"original_id": None, "source_name": "a file that was disposed of"},
}
"""What is taken from a row that stays, because it is of others too: what a file is called may name somebody."""
AGAIN = "confirmed before, through a row that was disposed of"
NOT_DUE = "not due: disposed of before its time"
GONE = "disposed of "
"""What a number's row has in place of a file's SHA-256, so that the number is never given again."""


@dataclass(frozen=True)
class Planned:
    """One record that is to go: what it is, when it would be due, its rows, what stays without a part, and the years it is from."""

    subject: Subject
    due: Due | None
    rows: list[Kept]
    redacted: list[Kept]
    years: str

    @property
    def counts(self) -> dict[str, int]:
        return dict(sorted(Counter(row.__tablename__ for row in self.rows).items()))

    @property
    def told(self) -> Disposed:
        due = self.due
        although = f"; although {', '.join(due.against)}" if due and due.against else ""
        rule = f"{due.rule} (due in {due.on.year}){although}" if due else NOT_DUE
        return Disposed(self.subject.references or (self.subject.name,), rule, self.years, self.counts)


def planned(session: Session, reference: str, home: Home, today: date, *, before_due: bool) -> Planned:
    """What would go with a reference. Raises RegisterError for an open case, and for what isn't due unless that is said to be right."""
    subject = find(session, reference)
    due = judged(session, subject, home.profile, today)
    if any(case.closed_on is None for case in subject.cases):
        raise RegisterError(f"{subject.name} has an open case.", "Close it first, with: mase-docs case close")
    if not subject.cases:
        raise RegisterError(f"{subject.name} has no case of its own: it goes with those who name it.", "Nothing has to be done.")
    is_due = due is not None and due.on <= today
    if not before_due and not is_due:
        raise RegisterError(
            f"{subject.name} is not due.", "See what is: mase-docs register review. To dispose of it all the same: --before-due"
        )
    if not before_due and due and due.against:
        raise RegisterError(f"{subject.name}: {'; '.join(due.against)}.", "To dispose of it all the same: --before-due")
    going = Going(session, subject)
    return Planned(subject, due if is_due else None, going.rows, going.redacted, going.years)


def dispose(writing: Writing, plans: Iterable[Planned], home: Home, because: str, approved_by: str) -> Certificate:
    """Removes what was planned and empties what the history told of it; what is left is the certificate.

    Each plan is taken when those before it are gone: what only several records hold goes with the last. Raises UsageError for a reason
    that names one of the people: it stays.
    """
    gone: list[Planned] = []
    for plan in plans:
        _must_name_nobody(plan.rows, because)
        _remove(writing, plan, home)
        gone.append(plan)
    redacted = {(row.__tablename__, row.id): row for plan in gone for row in plan.redacted}
    emptied = writing.empty(_of_them(writing, [row for plan in gone for row in plan.rows]) | redacted.keys())
    for row in redacted.values():
        writing.restate(row)
    told = [{"references": d.references, "rule": d.rule, "years": d.years, "counts": d.counts} for d in (plan.told for plan in gone)]
    writing.note("disposed", disposed=told, because=because, approved_by=approved_by, emptied=emptied)
    writing.close()
    return certificate(writing.session, writing.borough, gone[0].told.references[0])


def _must_name_nobody(rows: list[Kept], because: str) -> None:
    names = [name for row in rows if isinstance(row, Person) for name in (row.family_name, row.given_names, *(row.known_as or ()))]
    words = {word for name in names if name for word in plain(name).split() if len(word) > 2}
    if words & set(plain(because).split()):
        raise UsageError("The reason has a word of somebody's name in it, and it stays.", "Say it without names; nothing was removed.")


def _of_them(writing: Writing, rows: list[Kept]) -> set[tuple[str, int]]:
    """The rows that go, and those of theirs that were removed before: the history still has what they held."""
    named: tuple[tuple[str, type[Kept]], ...] = (
        ("person_id", Person), ("other_id", Person), ("case_id", Case), ("referral_id", Referral), ("context_id", Context),
    )  # fmt: skip
    ids = {column: {row.id for row in rows if isinstance(row, kind)} for column, kind in named}
    before = former(writing.session, writing.borough, ids)
    return numbers(rows) | {(told.table, told.row) for told in before if told.table and told.row}


def certificate(session: Session, borough: str, reference: str) -> Certificate:
    """The certificate of the disposal that took a reference, made again from the history. Raises RegisterError where none did."""
    these = select(History).where(History.borough == borough, History.did == "disposed").order_by(History.seq.desc())
    for row in session.scalars(these):
        detail = json.loads(row.detail or "{}")
        disposed = tuple(Disposed(tuple(d["references"]), d["rule"], d["years"], d["counts"]) for d in detail["disposed"])
        if any(reference.strip().upper() in one.references for one in disposed):
            words = (row.at[:16].replace("T", " "), detail["because"], detail["approved_by"], row.who)
            return Certificate(disposed, *words, len(detail["emptied"]), row.seq, row.hash)
    raise RegisterError("Nothing of that reference was disposed of.", "Look for it with: mase-docs cases --all")


def scrub(register: Register) -> None:
    """Rewrites a register that is a file, so that nothing of what was removed is left in its free space. A server has VACUUM FULL.

    Raises RegisterError where the file couldn't be rewritten; what was removed stays removed.
    """
    if register.file is None:
        return
    connection, refused = register.engine.raw_connection(), register.engine.dialect.loaded_dbapi.Error
    try:
        connection.cursor().execute("VACUUM")
    except refused:
        message = "The record is gone, but the register's file could not be rewritten: another program has it open, or the disk is full."
        raise RegisterError(message, "Its free space was overwritten all the same; the next disposal rewrites the file.") from None
    finally:
        connection.close()


def _remove(writing: Writing, plan: Planned, home: Home) -> None:
    """Takes the rows out of the register, and from what stays what points to them."""
    _restate(writing, plan, home)
    together = _others_together(writing.session, plan)
    _let_go(writing, plan.rows)
    for row in plan.redacted:
        writing.change(row, **REDACTED[type(row)])
    people = {row.id for row in plan.rows if isinstance(row, Person)}
    writing.session.execute(delete(PersonKey).where(PersonKey.borough == writing.borough, PersonKey.person_id.in_(people)))
    for row in plan.rows:
        writing.remove(row)
    writing.session.flush()
    for first, *others in together:
        for other in others:
            identity.same(writing, other, first, writing.who, AGAIN)
    for number in sorted(_given(plan.rows)):
        writing.add(Reference(number=number, sha256=f"{GONE}{number}", given_on=writing.today))


def _given(rows: list[Kept]) -> set[str]:
    """The numbers that went by the rows."""
    references = {row.reference for row in rows if isinstance(row, Case | Referral)}
    return references | {row.number for row in rows if isinstance(row, Reference)}


def _restate(writing: Writing, plan: Planned, home: Home) -> None:
    """Gives others' forms that name somebody whose row goes a row of their own, with no more than they say."""
    for link, person in _Restated(writing.session, plan, home).people():
        writing.add(person)
        person_keys(writing, person)
        writing.change(link, other_id=person.id)
    writing.session.flush()


def _others_together(session: Session, plan: Planned) -> list[list[Person]]:
    """Other people who stay and were confirmed to be one through a row that goes."""
    going = {row.id for row in plan.rows if isinstance(row, Person)}
    roots = going - plan.subject.ids["person_id"]
    stay = session.scalars(select(Person).where(Person.same_as.in_(roots), Person.id.not_in(going)).order_by(Person.same_as, Person.id))
    return [list(people) for _, people in groupby(stay, key=lambda person: person.same_as)]


POINTERS: tuple[tuple[type[Kept], str], ...] = (
    (Person, "same_as"),
    (Context, "same_as"),
    (Case, "merged_into"),
    (Case, "re_referral_of"),
)
"""Columns of what may stay that may name what goes."""


def _let_go(writing: Writing, rows: list[Kept]) -> None:
    """What stays and points to what goes points nowhere."""
    for kind, column in POINTERS:
        for row in _pointing(writing, kind, column, rows):
            writing.change(row, **{column: None})


def _pointing(writing: Writing, kind: Any, column: str, rows: list[Kept]) -> list[Kept]:
    gone = {row.id for row in rows if isinstance(row, kind)}
    these = select(kind).where(getattr(kind, column).in_(gone), kind.id.not_in(gone)).order_by(kind.id)
    return list(writing.session.scalars(these))


class _Restated:
    """Others' forms that name somebody whose own row goes: a row of its own for each, with no more than that form says."""

    def __init__(self, session: Session, plan: Planned, home: Home) -> None:
        self.session, self.home = session, home
        going = {row.id for row in plan.rows if isinstance(row, Person)}
        self.links = [link for link in mentions(session, plan.subject) if link.other_id in going]

    def people(self) -> Iterator[tuple[Link, Person]]:
        for link in self.links:
            yield link, Person(**self._said(link))

    def _said(self, link: Link) -> dict[str, Any]:
        """What the forms of that case say of whom a link names; nothing where two people fit it: the form itself has it still."""
        columns = {column.name for column in Person.__table__.columns}
        found = {json.dumps(one.person, default=str, sort_keys=True): one.person for one in self._all(link) if _fits(link, one.values)}
        told: dict[str, Any] = next(iter(found.values())) if len(found) == 1 else {}
        values = {**(person_called(told["name"]) if told.get("name") else {}), **told}
        return {column: value for column, value in values.items() if column in columns and value}

    def _all(self, link: Link) -> Iterator[Any]:
        for form in self.session.scalars(select(Referral).where(Referral.case_id == link.case_id)):
            read = submission(form)
            yield from (one for one in said(self.home.form(form.form, form.version), read, self.home) if one.table == "link" and one.person)


def _fits(link: Link, values: dict[str, Any]) -> bool:
    return all(getattr(link, column) == value for column, value in values.items())
