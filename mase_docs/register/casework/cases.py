"""The cases as they stand: each with its young person or place, its newest category, and what is due."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.definition.profile import Ages
from mase_docs.model.ages import birthday, months_before
from mase_docs.register.casework.case_life import AGAIN_MONTHS
from mase_docs.register.records import Assessment, Case, Context, Person, Referral

SOON = timedelta(days=62)
"""A birthday that matters is told so long before: two monthly meetings (domain rule EL7)."""

HARMING = {"harming_or_suspected", "both"}


@dataclass(frozen=True)
class CaseView:
    """A case as lists show it.

    category, hsb_level  the newest of either; turns: the age, and the day it is reached, that ends or changes eligibility
    re_referral_of       the reference of the case before, closed less than 12 months earlier
    """

    case: Case
    subject: Person | Context
    category: Assessment | None
    hsb_level: Assessment | None
    turns: tuple[int, date] | None
    re_referral_of: str | None
    forms: int

    @property
    def is_open(self) -> bool:
        return self.case.closed_on is None

    @property
    def awaits_review(self) -> bool:
        """Whether a review of the category was asked for, and no category was set since."""
        asked, newest = self.case.review_asked_on, [a.category_date for a in (self.category, self.hsb_level) if a and a.category_date]
        return asked is not None and not any(day > asked for day in newest)

    @property
    def without_plan(self) -> bool:
        return bool(self.case.nfa) and not (self.case.nfa_plan and self.case.nfa_plan_owner)


FILTERS: dict[str, Callable[[CaseView, date], bool]] = {
    "new": lambda view, today: view.case.status == "new",
    "review": lambda view, today: view.case.status == "review",
    "review-due": lambda view, today: view.is_open and view.case.next_review is not None and view.case.next_review <= today,
    "no-review": lambda view, today: view.is_open and view.case.next_review is None,
    "review-asked": lambda view, today: view.awaits_review,
    "out-of-borough": lambda view, today: bool(view.case.placed_out_of_borough),
    "cross-border": lambda view, today: bool(view.case.cross_border) or bool(view.case.placed_in_by_other_la),
    "nfa": lambda view, today: bool(view.case.nfa),
    "no-plan": lambda view, today: view.without_plan,
    "transition": lambda view, today: view.is_open and view.turns is not None,
    "re-referred": lambda view, today: view.re_referral_of is not None,
    "harming": lambda view, today: bool(HARMING & set(view.case.subject_role or ())),
    "places": lambda view, today: view.case.context_id is not None,
}
"""What `cases` can be narrowed to."""


def views(session: Session, ages: Ages, today: date) -> list[CaseView]:
    """Every case that goes on by itself, by reference."""
    cases = session.scalars(select(Case).where(Case.merged_into.is_(None)).order_by(Case.reference)).all()
    people = {row.id: row for row in session.scalars(select(Person).where(Person.id.in_(select(Case.person_id))))}
    contexts = {row.id: row for row in session.scalars(select(Context).where(Context.id.in_(select(Case.context_id))))}
    newest, forms, called, again = _newest(session), _forms(session), _called(session), _again(cases, people)
    return [
        CaseView(
            case,
            subject := people[case.person_id] if case.person_id else contexts[case.context_id or 0],
            newest.get((root(subject), "cse_category")),
            newest.get((root(subject), "hsb_level")),
            turns(subject.dob, ages, case.opened_on, today) if isinstance(subject, Person) else None,
            called.get(case.re_referral_of or again.get(case.id, 0)),
            forms[case.id],
        )
        for case in cases
    ]


def _again(cases: Sequence[Case], people: Mapping[int, Person]) -> dict[int, int]:
    """Case → the one of the same person that was closed less than 12 months before, also where they were known for one only later."""
    own: defaultdict[int, list[Case]] = defaultdict(list)
    for case in cases:
        if case.person_id:
            own[root(people[case.person_id])].append(case)
    return {case.id: before for same in own.values() for case in same for before in _closed_before(case, same)}


def _closed_before(case: Case, same: Sequence[Case]) -> list[int]:
    """The other cases that were closed less than 12 months before one was opened, the last of them last."""
    since = months_before(case.opened_on, AGAIN_MONTHS)
    found = [(c.closed_on, c.id) for c in same if c is not case and c.closed_on and since <= c.closed_on <= case.opened_on]
    return [number for _, number in sorted(found)]


def _called(session: Session) -> dict[int, str]:
    """Case → its reference; of one that was joined to another, that of the one that goes on."""
    found = session.execute(select(Case.id, Case.reference, Case.merged_into)).all()
    own = {number: reference for number, reference, _ in found}
    return {number: own[into or number] for number, _, into in found}


def root(row: Person | Context) -> int:
    """The number that a person or context goes by, and all that were confirmed to be the same."""
    return row.same_as or row.id


def _newest(session: Session) -> dict[tuple[int, str], Assessment]:
    """The category and the level of each person that count: set last; of those of one day, recorded last."""
    same = (Assessment.person_id == Person.id) & (Assessment.borough == Person.borough)
    given = session.execute(select(Assessment, Person).join(Person, same)).all()
    in_time = sorted(given, key=lambda pair: (pair[0].category_date or date.min, pair[0].id))
    return {(root(person), assessment.scheme): assessment for assessment, person in in_time}


def _forms(session: Session) -> Counter[int]:
    """How many forms each case has, with those of the cases joined to it."""
    goes_on = {case: into or case for case, into in session.execute(select(Case.id, Case.merged_into))}
    return Counter(goes_on[case] for case in session.scalars(select(Referral.case_id)))


def turns(dob: date | None, ages: Ages, opened_on: date, today: date) -> tuple[int, date] | None:
    """The age that matters which is reached soon, or was since the case was opened, and when."""
    reached = [(age, birthday(dob, age)) for age in (ages.under, *([ages.upper] if ages.extended else []))] if dob else []
    return max(((age, day) for age, day in reached if opened_on < day <= today + SOON), default=None)


def narrowed(found: Iterable[CaseView], filters: Iterable[str], today: date) -> list[CaseView]:
    """Those that every filter lets through."""
    tests = [FILTERS[name] for name in filters]
    return [view for view in found if all(test(view, today) for test in tests)]
