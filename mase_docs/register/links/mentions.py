"""What each case says of people, schools, places and whatever else cases may have in common, read from the register in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mase_docs.model.network import SURENESS
from mase_docs.register.persons import matching
from mase_docs.register.records import Case, Context, Link, Match, Person, Referral

Key = tuple[str, int]
"""person or context, and the number of the row that stands for all that were confirmed to be the same."""
SUBJECT = "subject"
"""The part of whom or what a case is about; the other parts are the roles of links."""
HOMES = ("lives_at", "stays_at")
WITHHELD = "an address that must not be told"


@dataclass(frozen=True, slots=True)
class Thing:
    """A person, or a context by its kind; `restricted`: what it says stays in the coordinator's copy (domain 2.11, 6.2)."""

    kind: str
    name: str
    restricted: bool = False


@dataclass(slots=True)
class Part:
    """What a case says of a thing: which parts it plays, how sure the surest statement is, and who says so (form, how it is known)."""

    roles: list[str] = field(default_factory=list)
    sure: str = ""
    sources: list[tuple[str, str]] = field(default_factory=list)

    def add(self, role: str, sure: str, source: tuple[str, str]) -> None:
        self.sure = min(self.sure, sure, key=SURER.index) if self.roles else sure
        self.roles += [] if role in self.roles else [role]
        self.sources += [] if source in self.sources else [source]


SURER = list(SURENESS)


@dataclass(frozen=True)
class Mentions:
    """cases: by number; parts: thing → case → what it says of it; maybe: people who may be the same, with the match that says so."""

    cases: dict[int, Case]
    things: dict[Key, Thing]
    parts: dict[Key, dict[int, Part]]
    maybe: list[tuple[Key, Key, Match]]


def mentions(session: Session, today: date, *, include_closed: bool = False) -> Mentions:
    """What the cases that are open on a day say, or all; one that went on in another speaks for that."""
    every = {case.id: case for case in session.scalars(select(Case).order_by(Case.id))}
    shown = {number: case for number, case in every.items() if case.merged_into is None and (include_closed or is_open(case, today))}
    people, contexts = _people(session), _contexts(session)
    parts: defaultdict[Key, defaultdict[int, Part]] = defaultdict(lambda: defaultdict(Part))
    for number, key, role, sure, source in (*_about(every.values()), *_linked(session, today)):
        case = every[number].merged_into or number
        if case in shown:
            parts[_root(key, people, contexts)][case].add(role, sure, source)
    found = {key: dict(said) for key, said in parts.items()}
    maybe = [(("person", one), ("person", other), match) for match, one, other in matching.standing(session)]
    return Mentions(shown, dict(_things(found, shown, people, contexts)), found, [m for m in maybe if m[0] in found and m[1] in found])


def is_open(case: Case, today: date) -> bool:
    return case.closed_on is None or case.closed_on > today


Said = tuple[int, Key, str, str, tuple[str, str]]
"""Case, thing, role, how sure, who says so."""


def _about(cases: Iterable[Case]) -> Iterator[Said]:
    for case in cases:
        if end := _end(case.person_id, case.context_id):
            yield case.id, end, SUBJECT, "confirmed", (case.reference, "")


def _linked(session: Session, today: date) -> Iterator[Said]:
    """What forms say that still holds."""
    columns = Link.case_id, Link.other_id, Link.context_id, Link.role, Link.confidence, Link.information_source, Link.referral_id
    references = dict(session.execute(select(Referral.id, Referral.reference)).all())
    holds = select(*columns).where(or_(Link.ended_on.is_(None), Link.ended_on > today)).order_by(Link.id)
    for case, other, context, role, sure, known_by, referral in session.execute(holds):
        if end := _end(other, context):
            yield case, end, role, sure if sure in SURENESS else "", (references.get(referral or 0, ""), known_by or "")


def _end(person: int | None, context: int | None) -> Key | None:
    return ("person", person) if person else ("context", context) if context else None


@dataclass(frozen=True, slots=True)
class _Person:
    root: int
    name: str
    hidden: bool


def _people(session: Session) -> dict[int, _Person]:
    columns = Person.id, Person.same_as, Person.given_names, Person.family_name, Person.known_as, Person.address_sensitive
    rows = session.execute(select(*columns, Person.do_not_disclose)).all()
    hidden = {same_as or number for number, same_as, *_, sensitive, undisclosed in rows if sensitive or undisclosed}
    return {
        number: _Person(same_as or number, " ".join(filter(None, (given, family))) or "; ".join(also or ()), (same_as or number) in hidden)
        for number, same_as, given, family, also, *_ in rows
    }


def _contexts(session: Session) -> dict[int, tuple[int, str, str]]:
    """Number → the number of the one that stands for it, its kind, its name."""
    rows = session.execute(select(Context.id, Context.same_as, Context.kind, Context.name))
    return {number: (same_as or number, kind, name) for number, same_as, kind, name in rows}


def _root(key: Key, people: dict[int, _Person], contexts: dict[int, tuple[int, str, str]]) -> Key:
    return (key[0], people[key[1]].root if key[0] == "person" else contexts[key[1]][0])


def _things(
    parts: dict[Key, dict[int, Part]], cases: dict[int, Case], people: dict[int, _Person], contexts: dict[int, tuple[int, str, str]]
) -> Iterator[tuple[Key, Thing]]:
    """What is mentioned. The address of somebody whose address must not be told has no name; who goes to their school stays here too."""
    for key, said in parts.items():
        if key[0] == "person":
            yield key, Thing("person", people[key[1]].name or f"P{key[1]}")
            continue
        _, kind, name = contexts[key[1]]
        hidden = kind in ("household", "school") and any(people[p].hidden for case in said if (p := cases[case].person_id))
        yield key, Thing(kind, WITHHELD if hidden and kind == "household" else name, hidden or kind in ("phone", "username"))
