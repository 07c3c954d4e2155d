"""Persons who may be the same: looked up by their keys, compared, and proposed. Whether they are, a person decides (identity.py)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from mase_docs.register.persons.likeness import Described, Likeness, keys, likeness, ranked
from mase_docs.register.persons.person_keys import described
from mase_docs.register.records import Case, Link, Match, Person, PersonKey, Referral
from mase_docs.register.writing import Writing

COMMON = 300
"""A key that more people share tells nobody apart."""
MOST = 5
"""So many others are proposed for a person: more than that nobody looks through."""


class Near(NamedTuple):
    """A person like another; root is the one that the coordinator confirmed the person to be, or the person."""

    person: Person
    root: Person
    likeness: Likeness


def root_of(person: Person) -> int:
    """The number of the person that stands for all that were confirmed to be the same."""
    return person.same_as or person.id


def candidates(session: Session, sought: Person | Described) -> list[tuple[Person, Likeness]]:
    """Those who may be the person sought, the likest first, each once: who was confirmed to be another is told as that other.

    Never the person themselves, one they were told apart from, nor one whom their own form names beside them.
    """
    return [(near.root, near.likeness) for near in _near(session, sought)]


def known(session: Session, sought: Described) -> Person | None:
    """The one person that a form is certainly about (domain DU1: the same number, and nothing against it).

    None where there is no such person, and where there are several: then each is proposed.
    """
    certain = [person for person, likeness in candidates(session, sought) if likeness.band == "certain"]
    return certain[0] if len(certain) == 1 else None


def met(session: Session, referral: Referral) -> list[Person]:
    """The persons that a form is about or names, in order of number."""
    named = select(Link.other_id).where(Link.referral_id == referral.id, Link.other_id.is_not(None))
    return list(session.scalars(select(Person).where(or_(Person.id == referral.person_id, Person.id.in_(named))).order_by(Person.id)))


def propose(writing: Writing, person: Person) -> list[Match]:
    """The matches proposed for a person, the likest first. Those proposed before are looked at again: a corrected form may undo a likeness.

    What was decided between two people, or those they were confirmed to be, is remembered: they are not proposed again.
    """
    there = _proposed(writing.session, person)
    _looked_at_again(writing, person, there)
    near = _near(writing.session, person)[:MOST]
    return [there.get(other.id) or new_match(writing, person, other, found) for other, _, found in near]


def new_match(writing: Writing, one: Person, other: Person, found: Likeness) -> Match:
    """A match of two persons, proposed."""
    later, before = sorted((one.id, other.id), reverse=True)
    return writing.add(Match(person_id=later, other_id=before, state="proposed", **_told(found)))


def between(session: Session, one: Person, other: Person) -> Match | None:
    """What was proposed or decided of two persons."""
    later, before = sorted((one.id, other.id), reverse=True)
    return session.scalars(select(Match).where(Match.person_id == later, Match.other_id == before)).first()


def standing(session: Session) -> list[tuple[Match, int, int]]:
    """The proposals that wait for a decision, the likest first, each with the roots of both; of those between the same roots the best.

    Proposals between people who meanwhile are one, or were told apart, are left out: they stand again when that is undone.
    """
    roots = {number: same_as or number for number, same_as in session.execute(select(Person.id, Person.same_as))}
    found: dict[str, dict[frozenset[int], Match]] = {"proposed": {}, "refused": {}}
    for match in session.scalars(select(Match).where(Match.state.in_(found)).order_by(Match.score.desc(), Match.id)):
        found[match.state].setdefault(frozenset((roots[match.person_id], roots[match.other_id])), match)
    open_ = (match for pair, match in found["proposed"].items() if len(pair) == 2 and pair not in found["refused"])
    likest = sorted(open_, key=lambda match: (match.band != "certain", -match.score, match.id))
    return [(match, roots[match.person_id], roots[match.other_id]) for match in likest]


def name_of(session: Session, person: Person) -> str:
    """What a person is called on the command line: the reference of their newest case, else P and the number of the row."""
    newest = select(Case.reference).where(Case.person_id == person.id).order_by(Case.id.desc())
    return session.scalars(newest.limit(1)).first() or f"P{person.id}"


def _near(session: Session, sought: Person | Described) -> list[Near]:
    looked_for = sought if isinstance(sought, Described) else described(sought)
    if not _is_told(looked_for):
        return []
    others = ((other, described(other)) for other in _sharing(session, keys(looked_for)) if other is not sought)
    like = ranked(looked_for, (told for told in others if _is_told(told[1])))
    passed_over = _not_them(session, sought) if like and isinstance(sought, Person) else set()
    best: dict[int, tuple[Person, Likeness]] = {}
    for other, found in like:
        if root_of(other) not in passed_over:
            best.setdefault(root_of(other), (other, found))
    roots = {root.id: root for root in session.scalars(select(Person).where(Person.id.in_(best)))} if best else {}
    return [Near(other, roots[root], found) for root, (other, found) in best.items()]


def _is_told(person: Described) -> bool:
    """Whether enough is known to tell a person from others: a nickname or first name alone is anybody's."""
    return bool((person.family_name and person.given_names) or person.dob or person.nhs_number or person.upn or person.social_care_id)


def _sharing(session: Session, sought: Iterable[str]) -> list[Person]:
    """Everyone who has one of the keys, but for keys that half the borough has."""
    borough = session.scalar(select(Person.borough).limit(1))
    theirs = PersonKey.borough == borough, PersonKey.key.in_(sorted(sought))
    telling = select(PersonKey.key).where(*theirs).group_by(PersonKey.key).having(func.count() <= COMMON)
    them = select(PersonKey.person_id).where(PersonKey.borough == borough, PersonKey.key.in_(telling))
    return list(session.scalars(select(Person).where(Person.id.in_(them)).order_by(Person.id)))


def _not_them(session: Session, person: Person) -> set[int]:
    """The roots not to be proposed for a person: their own, those they were told apart from, those that a form names beside them."""
    root = root_of(person)
    them = set(session.scalars(select(Person.id).where(or_(Person.id == root, Person.same_as == root))))
    apart = select(Match.person_id, Match.other_id).where(Match.state == "refused")
    beside = select(Link.person_id, Link.other_id).where(Link.other_id.is_not(None))
    of_them = (
        apart.where(or_(Match.person_id.in_(them), Match.other_id.in_(them))),
        beside.where(or_(Link.person_id.in_(them), Link.other_id.in_(them))),
    )
    ends = {end for pairs in of_them for pair in session.execute(pairs) for end in pair if end}
    return set(session.scalars(select(func.coalesce(Person.same_as, Person.id)).where(Person.id.in_(ends | them))))


def _proposed(session: Session, person: Person) -> dict[int, Match]:
    """The proposals that wait for a decision on a person, by the number of the other."""
    waiting = select(Match).where(Match.state == "proposed", or_(Match.person_id == person.id, Match.other_id == person.id))
    return {match.person_id + match.other_id - person.id: match for match in session.scalars(waiting.order_by(Match.id))}


def _looked_at_again(writing: Writing, person: Person, there: dict[int, Match]) -> None:
    """Says of each proposal how like the two are now; one that nothing speaks for any more goes."""
    for number in sorted(there):
        other = writing.session.get_one(Person, (writing.borough, number))
        found = likeness(described(person), described(other))
        if found.band:
            writing.change(there[other.id], **_told(found))
        else:
            writing.remove(there.pop(other.id))


def _told(found: Likeness) -> dict[str, Any]:
    """A likeness as a match keeps it."""
    return {"band": found.band, "score": round(found.score * 1000), "reasons": list(found.reasons), "against": list(found.against)}
