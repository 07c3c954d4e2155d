"""All that the register keeps of one case, and the forms it keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import false, or_, select
from sqlalchemy.orm import Session

from mase_docs.definition.profile import Ages
from mase_docs.errors import RegisterError
from mase_docs.model.submission import Submission
from mase_docs.register.casework import kept_forms
from mase_docs.register.casework.case_life import case_of
from mase_docs.register.casework.cases import CaseView, views
from mase_docs.register.links.linking import CaseLink, case_links
from mase_docs.register.persons import matching
from mase_docs.register.records import (
    RECORDS,
    THEMED,
    Assessment,
    Case,
    Context,
    History,
    Kept,
    Link,
    Match,
    Meeting,
    Original,
    Person,
    Referral,
)
from mase_docs.register.register import Register
from mase_docs.register.writing import Writing


@dataclass(frozen=True)
class Shown:
    """A case with all its rows.

    people   the young person, and everyone who was confirmed to be the same
    rows     table → the rows that are of the case, in order of number; tables without any left out
    joined   the cases that were joined to this one
    may_be   the proposals that wait for a decision, each with whom the young person may be
    linked   what other cases have in common with it: open ones, of a closed case all
    held     number of a meeting → its day, of those that any of the rows came of
    named    table and number → what the other end of a link is called
    history  what was done to the case and the people, and who looked, in order
    """

    view: CaseView
    people: list[Person]
    rows: dict[str, list[Kept]]
    joined: list[Case]
    may_be: list[tuple[Match, Person]]
    linked: list[CaseLink]
    held: dict[int, date]
    named: dict[tuple[str, int], str]
    history: list[History]

    @property
    def referrals(self) -> list[Referral]:
        return cast(list[Referral], self.rows.get("referral", []))

    @property
    def assessments(self) -> list[Assessment]:
        return cast(list[Assessment], self.rows.get("assessment", []))

    @property
    def links(self) -> list[Link]:
        return cast(list[Link], self.rows.get("link", []))

    def called(self, link: Link) -> str:
        """The other end of a link, by name."""
        return self.named[("person", link.other_id) if link.other_id else ("context", link.context_id or 0)]


def shown(session: Session, reference: str, ages: Ages, today: date) -> Shown:
    """The case of a reference; where it was joined to another, the one that goes on. Raises RegisterError where there is none."""
    case = case_of(session, reference)
    [view] = (view for view in views(session, ages, today) if view.case.id == case.id)
    rows, same = belongings(session, case), people(session, case)
    joined = list(session.scalars(select(Case).where(Case.merged_into == case.id).order_by(Case.id)))
    linked = [link for link in case_links(session, today, include_closed=not view.is_open) if case.reference in link.cases]
    links = cast(list[Link], rows.get("link", []))
    history = told(session, [case, *joined, *same])
    return Shown(view, same, rows, joined, _may_be(session, same), linked, _held(session, rows), _named(session, links), history)


def belongings(session: Session, case: Case) -> dict[str, list[Kept]]:
    """Table → its rows that are of this case, or of one that was joined to it, in order of number; tables without any left out.

    Of a place, school or group, also what meetings left of it as a theme.
    """
    cases = select(Case.id).where(or_(Case.id == case.id, Case.merged_into == case.id))
    kinds: dict[str, Any] = {name: kind for name, kind in RECORDS.items() if "case_id" in kind.__table__.columns}
    themes = {name: kinds[name].context_id == case.context_id for name in THEMED if case.context_id}
    wanted = {name: or_(kind.case_id.in_(cases), themes.get(name, false())) for name, kind in kinds.items()}
    found = {name: list(session.scalars(select(kind).where(wanted[name]).order_by(kind.id))) for name, kind in kinds.items()}
    return {name: rows for name, rows in found.items() if rows}


def _held(session: Session, rows: dict[str, list[Kept]]) -> dict[int, date]:
    numbers = {number for table in rows.values() for row in table if (number := getattr(row, "meeting_id", None))}
    return dict(session.execute(select(Meeting.id, Meeting.held_on).where(Meeting.id.in_(numbers))).all())


def people(session: Session, case: Case) -> list[Person]:
    """The young person of a case, and everyone who was confirmed to be the same."""
    person = session.get(Person, (case.borough, case.person_id)) if case.person_id else None
    if person is None:
        return []
    root = person.same_as or person.id
    return list(session.scalars(select(Person).where(or_(Person.id == root, Person.same_as == root)).order_by(Person.id)))


def _may_be(session: Session, same: Sequence[Person]) -> list[tuple[Match, Person]]:
    """The proposals about a person, the likest first, each with the other."""
    ours = {person.id for person in same}
    found = (
        (match, {one, other} - ours)
        for match, one, other in matching.standing(session) if same and not ours.isdisjoint((one, other))
    )  # fmt: skip
    return [(match, session.get_one(Person, (same[0].borough, other))) for match, others in found for other in others]


def _named(session: Session, links: Sequence[Link]) -> dict[tuple[str, int], str]:
    people = select(Person).where(Person.id.in_({link.other_id for link in links}))
    contexts = select(Context).where(Context.id.in_({link.context_id for link in links}))
    named = {("person", person.id): name_of(person) for person in session.scalars(people)}
    return {**named, **{("context", context.id): context.name for context in session.scalars(contexts)}}


def name_of(person: Person) -> str:
    """A person's name as it is said; of one without, the names they are known by."""
    known_as = "; ".join(person.known_as or ())
    full = " ".join(filter(None, (person.given_names, person.family_name)))
    return full or (f"{known_as} (full name not known)" if known_as else "Name not recorded")


def told(session: Session, rows: Sequence[Kept]) -> list[History]:
    """What the history says was done to rows, and who looked at them, in order."""
    of_these = [(History.table == row.__tablename__) & (History.row == row.id) for row in rows]
    looks = (History.did == "looked") & or_(*(History.detail.contains(f'["{row.__tablename__}",{row.id}]') for row in rows))
    found = select(History).where(History.borough == rows[0].borough, or_(looks, *of_these))
    return list(session.scalars(found.order_by(History.seq)))


def referrals(session: Session, since: date | None = None, until: date | None = None, agency: str | None = None) -> list[Referral]:
    """The forms received in a period (both its days belong to it), from one agency or all, in the order they were recorded."""
    bounds = [
        None if since is None else Referral.received_on >= since,
        None if until is None else Referral.received_on <= until,
        None if agency is None else Referral.referrer_agency == agency,
    ]
    found = select(Referral).where(*(bound for bound in bounds if bound is not None))
    return list(session.scalars(found.order_by(Referral.id)))


def earlier_forms(register: Register) -> list[Submission]:
    """The forms that were received, in the order they were recorded."""
    with register.reading() as session:
        return [kept_forms.submission(referral) for referral in referrals(session)]


def form_of(writing: Writing, reference: str) -> tuple[Submission, bytes | None]:
    """The newest form of a reference, and its file where that is kept; that it was looked at is told.

    Raises RegisterError where there is none.
    """
    newest = select(Referral).where(Referral.reference == reference.strip().upper()).order_by(Referral.id.desc())
    referral = writing.session.scalars(newest).first()
    if referral is None:
        raise RegisterError(f"There is no form {reference} in the register.", "Look for it with: mase-docs referrals")
    writing.looked(referral)
    original = writing.session.get(Original, (referral.borough, referral.original_id)) if referral.original_id else None
    return kept_forms.submission(referral), original.data if original else None
