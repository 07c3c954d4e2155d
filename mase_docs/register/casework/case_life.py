"""What happens to a case between meetings: closed, opened again, its status and owner, its category, a review asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from mase_docs.definition.home import Home
from mase_docs.errors import RegisterError, UsageError
from mase_docs.register.records import Assessment, Case, Context, Person
from mase_docs.register.writing import Writing

AGAIN_MONTHS = 12
"""A young person referred again within so many months of closing is a repeat case (domain rule DU4)."""


def case_of(session: Session, reference: str) -> Case:
    """The case of a reference; where it was joined to another, the one that goes on. Raises RegisterError."""
    found = session.scalars(select(Case).where(Case.reference == reference.strip().upper())).first()
    if found is None:
        raise RegisterError(f"There is no case {reference}.", "Look for it with: mase-docs cases --all")
    return _case(session, found.borough, found.merged_into) if found.merged_into else found


def _case(session: Session, borough: str, number: int) -> Case:
    case = session.get(Case, (borough, number))
    assert case
    return case


def _of_person(person: Person) -> Select[Case]:
    """The cases of a person and of everyone who was confirmed to be the same, the newest first."""
    root = person.same_as or person.id
    same = select(Person.id).where(or_(Person.id == root, Person.same_as == root))
    return select(Case).where(Case.person_id.in_(same), Case.merged_into.is_(None)).order_by(Case.opened_on.desc(), Case.id.desc())


def open_case(session: Session, person: Person) -> Case | None:
    return session.scalars(_of_person(person).where(Case.closed_on.is_(None))).first()


def open_case_of_place(session: Session, context: Context) -> Case | None:
    """The open case of a place, school or group that was referred in its own right, or of one that was confirmed to be the same."""
    root = context.same_as or context.id
    same = select(Context.id).where(or_(Context.id == root, Context.same_as == root))
    return session.scalars(select(Case).where(Case.context_id.in_(same), Case.closed_on.is_(None)).order_by(Case.id)).first()


def recently_closed(session: Session, person: Person, since: date) -> Case | None:
    """The case of a person that was closed last, if that was not before a day."""
    return session.scalars(_of_person(person).where(Case.closed_on >= since).order_by(None).order_by(Case.closed_on.desc())).first()


def close(writing: Writing, case: Case, outcome: str, on: date, agency: str | None = None, reason: str | None = None) -> None:
    """Closes a case with an outcome. Raises RegisterError where it is closed, UsageError for a day before it was opened."""
    if case.closed_on:
        raise RegisterError(f"{case.reference} is closed already.", "Open it again with: mase-docs case reopen")
    if not case.opened_on <= on <= writing.today:
        raise UsageError("A case cannot be closed before it was opened, nor on a day to come.", "Give the day it was closed with --on.")
    writing.change(case, closed_on=on, outcome=outcome, closing_agency=agency, closing_reason=reason)


def reopen(writing: Writing, case: Case) -> None:
    """Opens a closed case again. Raises RegisterError where it is open."""
    if not case.closed_on:
        raise RegisterError(f"{case.reference} is open.", "Nothing has to be done.")
    writing.change(case, closed_on=None, outcome=None, closing_agency=None, closing_reason=None)


def update(writing: Writing, case: Case, **values: Any) -> bool:
    """Whether anything of a case was otherwise. Raises UsageError for a case with NFA that is left without an owner of its plan."""
    plan, owner = (values.get(name, getattr(case, name)) for name in ("nfa_plan", "nfa_plan_owner"))
    if {"nfa_plan", "nfa_plan_owner"} & values.keys() and plan and not owner:
        raise UsageError("A plan after no further action needs somebody who owns it.", "Name them with --nfa-plan-owner.")
    return writing.change(case, **values)


def assess(writing: Writing, case: Case, home: Home, scheme: str, code: str, source: str, on: date, chair: str | None = None) -> Assessment:
    """A category or level that was set elsewhere, by its codes; the panel uses it and never sets one (domain rule CA4).

    The same one again is the one that is there. Raises RegisterError for a case that is about no person, UsageError for a day to come
    and for a source where no category can be set.
    """
    if case.person_id is None:
        raise RegisterError(f"{case.reference} is about no one person.", "A category is set for a child or young person.")
    if on > writing.today:
        raise UsageError("A category cannot have been set on a day to come.", "Give the day it was set with --on.")
    _must_be_set_elsewhere(source, home)
    same = {"person_id": case.person_id, "scheme": scheme, "code": code, "category_source": source, "category_date": on}
    there = writing.session.scalars(select(Assessment).filter_by(**same)).first()
    return there or writing.add(Assessment(case_id=case.id, category_chair=chair, **same))


def _must_be_set_elsewhere(source: str, home: Home) -> None:
    places = home.codes("category_source").by_code
    if source not in places:
        message = f"No category is set at “{source}”: a panel and its minutes use categories, and can only ask for a review (rule CA4)."
        raise UsageError(message, f"Use one of: {', '.join(places)}; or ask: mase-docs case ask-review")


def ask_review(writing: Writing, case: Case, of: str, on: date) -> None:
    """Says that a review of the category was asked for: that is all a panel or its minutes can do about one (domain rule CA4)."""
    writing.change(case, review_asked_on=on, review_asked_of=of)
