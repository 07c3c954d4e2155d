"""Whether two persons are one: decided by a person, remembered, and undone at will. Nobody is taken for another in any other way.

What follows from the decisions (who stands for whom, which cases go on as one) is worked out anew from all of them each time, so that
undoing one leaves the register as if it had never been taken, whatever was decided in between.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mase_docs.errors import RegisterError
from mase_docs.register.persons.likeness import likeness
from mase_docs.register.persons.matching import between, new_match, root_of
from mase_docs.register.persons.person_keys import described
from mase_docs.register.records import Case, Match, Person
from mase_docs.register.writing import Writing

JOINED = "duplicate"
"""The outcome (codes: case_outcome) of a case that goes on in another."""


def confirm(writing: Writing, match: Match, by: str) -> None:
    """Takes two persons for one: the one known first stands for both, and their open cases go on as one.

    Raises RegisterError where they, or those they were confirmed to be, were told apart.
    """
    _decide(writing, match, "confirmed", by)


def refuse(writing: Writing, match: Match, by: str) -> None:
    """Tells two persons apart: they are not proposed again. Raises RegisterError where other decisions say that they are one."""
    _decide(writing, match, "refused", by)


def undo(writing: Writing, match: Match) -> None:
    """Takes a decision back: the match is proposed again, or goes where nothing but a person spoke for it."""
    _decide(writing, match, "proposed", None)
    if not match.band:
        writing.remove(match)


def same(writing: Writing, one: Person, other: Person, by: str, because: str) -> Match:
    """Says that two persons are one, whether that was proposed or not. Raises RegisterError as `confirm` does."""
    return _said(writing, one, other, "confirmed", by, because)


def different(writing: Writing, one: Person, other: Person, by: str, because: str) -> Match:
    """Says that two persons are two, whether it was proposed that they are one or not. Raises RegisterError as `refuse` does."""
    return _said(writing, one, other, "refused", by, because)


def taken_back(writing: Writing, one: Person, other: Person) -> Match:
    """Undoes what was decided of two persons. Raises RegisterError where nothing was."""
    match = between(writing.session, one, other)
    if match is None or match.state == "proposed":
        raise RegisterError(f"Nothing was decided of P{one.id} and P{other.id}.", "See what was with: mase-docs people matches --all")
    undo(writing, match)
    return match


def _said(writing: Writing, one: Person, other: Person, state: str, by: str, because: str) -> Match:
    if one is other:
        raise RegisterError(f"Both are P{one.id}.", "Name two persons: mase-docs people list")
    found = likeness(described(one), described(other))
    match = between(writing.session, one, other) or new_match(writing, one, other, found)
    writing.note("decided", "match", match.id, because=because)
    _decide(writing, match, state, by)
    return match


def _decide(writing: Writing, match: Match, state: str, by: str | None) -> None:
    writing.change(match, state=state, decided_by=by, decided_on=writing.today if by else None)
    people = _together(writing.session, match)
    for part in _parts(people, [*_confirmed(writing.session, people), *_held(writing.session, people, match)]):
        _must_agree(writing.session, part)
        for person in part:
            writing.change(person, same_as=None if person is part[0] else part[0].id)
        _join_cases(writing, part)


def _together(session: Session, match: Match) -> list[Person]:
    """Both persons, and all that either was confirmed to be, in order of number."""
    ends = session.scalars(select(Person).where(Person.id.in_((match.person_id, match.other_id))))
    roots = {root_of(person) for person in ends}
    return list(session.scalars(select(Person).where(or_(Person.id.in_(roots), Person.same_as.in_(roots))).order_by(Person.id)))


def _confirmed(session: Session, people: list[Person]) -> list[tuple[int, int]]:
    return [(match.person_id, match.other_id) for match in _matches(session, [person.id for person in people], "confirmed")]


def _held(session: Session, people: list[Person], match: Match) -> list[tuple[int, int]]:
    """Who stays with whom although no decision says so any more: it named somebody in between whose data was disposed of since."""
    joined = [(person.id, person.same_as) for person in people if person.same_as]
    if match.state == "confirmed":
        return joined
    told = {match.person_id, match.other_id, *chain.from_iterable(_confirmed(session, people))}
    return [pair for pair in joined if pair[0] not in told]


def _parts(people: list[Person], one: list[tuple[int, int]]) -> list[list[Person]]:
    """The people in groups, by the pairs that are one; each group in order of number."""
    part_of = {person.id: [person] for person in people}
    for a, b in one:
        first, second = part_of[a], part_of[b]
        if first is not second:
            first += second
            part_of |= {person.id: first for person in second}
    parts = {id(part): part for part in part_of.values()}
    return [sorted(part, key=lambda person: person.id) for part in parts.values()]


def _matches(session: Session, people: Iterable[int], state: str) -> list[Match]:
    """What was decided in one way among some people."""
    among = Match.person_id.in_(people), Match.other_id.in_(people), Match.state == state
    return list(session.scalars(select(Match).where(*among).order_by(Match.id)))


def _must_agree(session: Session, part: list[Person]) -> None:
    refused = _matches(session, [person.id for person in part], "refused")
    if refused:
        pair = f"P{refused[0].person_id} P{refused[0].other_id}"
        remedy = f"Look at both; to take one of these decisions back: mase-docs people undo {pair}"
        raise RegisterError(f"By other decisions these people are one, but {pair.replace(' ', ' and ')} were told apart.", remedy)


def _join_cases(writing: Writing, part: list[Person]) -> None:
    """Of the open cases of people who are one, all go on in the one opened first; a case that went on in one of somebody who is no more
    among them is open again. Two cases of the very same person are left as they are."""
    cases = list(writing.session.scalars(select(Case).where(Case.person_id.in_([p.id for p in part])).order_by(Case.opened_on, Case.id)))
    ours = {case.id for case in cases}
    going_on = [case for case in cases if (case.closed_on is None if case.merged_into is None else case.merged_into not in ours)]
    for case in going_on:
        if case.person_id == going_on[0].person_id:
            _reopen(writing, case)
        else:
            _join(writing, case, going_on[0], cases)


def _reopen(writing: Writing, case: Case) -> None:
    if case.merged_into is not None:
        writing.change(case, merged_into=None, closed_on=None, outcome=None)


def _join(writing: Writing, case: Case, goes_on: Case, cases: list[Case]) -> None:
    """The case goes on in another, and those that went on in it as well."""
    for each in (case, *(other for other in cases if other.merged_into == case.id)):
        writing.change(each, merged_into=goes_on.id, closed_on=each.closed_on or writing.today, outcome=JOINED)
