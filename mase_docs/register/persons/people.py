"""The people that the register knows, as lists show them, and as they are named on the command line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.errors import RegisterError
from mase_docs.register.persons import matching
from mase_docs.register.records import Case, Link, Match, Person, Referral

V = TypeVar("V")
NUMBERED = re.compile(r"[Pp]\d{1,9}", re.ASCII)


@dataclass(frozen=True)
class PersonView:
    """A person: `also` are the others that were confirmed to be the same, `cases` those about them, `named_in` case and part in it."""

    person: Person
    also: tuple[Person, ...]
    cases: tuple[str, ...]
    named_in: tuple[tuple[str, str], ...]

    @property
    def everyone(self) -> tuple[Person, ...]:
        return (self.person, *self.also)


@dataclass(frozen=True)
class MatchView:
    """Two persons who may be one, each with how they are named on the command line."""

    match: Match
    person: Person
    other: Person
    called: tuple[str, str]


def named(session: Session, word: str) -> Person:
    """The person of a case's reference, or of P and a number: P12. Raises RegisterError."""
    found = _by_number(session, word) if NUMBERED.fullmatch(word) else _by_reference(session, word)
    if found is None:
        raise RegisterError(f"There is no person {word}.", "Name one by the reference of a case, or as P12: mase-docs people list")
    return found


def people(session: Session) -> list[PersonView]:
    """Everybody, each once, in order of number."""
    together: defaultdict[int, list[Person]] = defaultdict(list)
    for person in session.scalars(select(Person).order_by(Person.same_as.is_not(None), Person.id)):
        together[matching.root_of(person)].append(person)
    root_of = {person.id: root for root, persons in together.items() for person in persons}
    cases, named_in = _cases(session, root_of), _named_in(session, root_of)
    return [PersonView(first, tuple(also), cases[root], named_in[root]) for root, (first, *also) in sorted(together.items())]


def matches(session: Session, *, decided: bool = False) -> list[MatchView]:
    """The proposals that wait for a decision, the likest first; with `decided`, then everything that was decided, the newest first."""
    found = [match for match, _, _ in matching.standing(session)]
    if decided:
        found += session.scalars(select(Match).where(Match.state != "proposed").order_by(Match.decided_on.desc(), Match.id.desc()))
    ids = {number for match in found for number in (match.person_id, match.other_id)}
    persons = {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(ids)))}
    called = _called(session)

    def view(match: Match) -> MatchView:
        ends = match.person_id, match.other_id
        return MatchView(match, persons[ends[0]], persons[ends[1]], (called[ends[0]], called[ends[1]]))

    return [view(match) for match in found]


def cases_of(session: Session, *persons: Person) -> list[tuple[Case, str]]:
    """The cases about some persons, each with the reference of the one it goes on in, else ""."""
    found = list(session.scalars(select(Case).where(Case.person_id.in_([person.id for person in persons])).order_by(Case.id)))
    goes_on = select(Case.id, Case.reference).where(Case.id.in_([case.merged_into for case in found if case.merged_into]))
    references = dict(session.execute(goes_on).all())
    return [(case, references.get(case.merged_into or 0, "")) for case in found]


def _by_number(session: Session, word: str) -> Person | None:
    return session.scalars(select(Person).where(Person.id == int(word[1:]))).first()


def _by_reference(session: Session, word: str) -> Person | None:
    reference = word.strip().upper()
    for kind in (Case, Referral):
        number = session.scalars(select(kind.person_id).where(kind.reference == reference).order_by(kind.id)).first()
        if number:
            return _by_number(session, f"P{number}")
    return None


class _Called(dict[int, str]):
    """The number of a person → how they are named on the command line."""

    def __missing__(self, number: int) -> str:
        return f"P{number}"


def _called(session: Session) -> _Called:
    """As matching.name_of names one person, of all at once."""
    newest = select(Case.person_id, Case.reference).where(Case.person_id.is_not(None)).order_by(Case.id)
    return _Called({person: reference for person, reference in session.execute(newest) if person})


def _cases(session: Session, root_of: dict[int, int]) -> defaultdict[int, tuple[str, ...]]:
    about = select(Case.person_id, Case.reference).where(Case.person_id.is_not(None)).order_by(Case.id)
    return _gathered((root_of[person], reference) for person, reference in session.execute(about) if person)


def _named_in(session: Session, root_of: dict[int, int]) -> defaultdict[int, tuple[tuple[str, str], ...]]:
    of_case = select(Link.other_id, Case.reference, Link.role).join(Case, (Case.borough == Link.borough) & (Case.id == Link.case_id))
    rows = session.execute(of_case.where(Link.other_id.is_not(None)).order_by(Link.id))
    return _gathered((root_of[other], (reference, role)) for other, reference, role in rows if other)


def _gathered(pairs: Iterator[tuple[int, V]]) -> defaultdict[int, tuple[V, ...]]:
    found: defaultdict[int, tuple[V, ...]] = defaultdict(tuple)
    for key, value in pairs:
        found[key] += () if value in found[key] else (value,)
    return found
