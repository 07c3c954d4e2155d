"""What is due for disposal by the profile's rules, and what stands against it. It lists; a person looks at each and decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date
from functools import cached_property
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from mase_docs.definition.profile import Profile, Retention
from mase_docs.errors import RegisterError, UsageError
from mase_docs.model.ages import birthday, months_before
from mase_docs.model.submission import Submission
from mase_docs.register.care.subject import Subject, find, own
from mase_docs.register.casework.kept_forms import submission
from mase_docs.register.records import Case, Context, History, Link, Meeting, Person
from mase_docs.register.writing import Writing

GATHERED = "gathered"
"""What the history says of a person whose data was gathered for subject access."""
LOOKED_AFTER = {"social_care_status": ("looked_after", "care_leaver"), "care_leaver": (True, "yes"), "previous_care": ("yes",)}
PROTECTED = {"social_care_status": ("cp_plan",), "previous_cp_plan": ("yes",)}
"""Question or column → the answers that tell of care, or of a child protection plan, at any time."""
DATED = {
    "case": ("opened_on", "closed_on"),
    "referral": ("received_on",),
    "assessment": ("category_date",),
    "discussion": (),
    "information": ("received_on",),
    "action": ("status_on", "completed_on"),
}
"""Table → the columns that tell of a contact; what came of a meeting is dated by it, too. That an action was carried over is no contact."""
ADULT = 18
OPEN = "a case is open"


@dataclass(frozen=True)
class Due:
    """What falls due.

    reference, references  what it is called by, without a name, and all its cases; on: the day; rule: by which rule, in words
    against                what stands against disposing of it, in words; is_open: a case is open, which nothing overrides
    """

    reference: str
    references: tuple[str, ...]
    on: date
    rule: str
    against: tuple[str, ...]
    is_open: bool


def due(session: Session, profile: Profile, today: date, until: date | None = None) -> list[Due]:
    """Everything that is due by a day, else today, the longest due first; who has neither a case nor a form of their own goes with
    those who name them."""
    by, years = until or today, profile.retention
    found = (judged(session, subject, profile, today) for subject in _subjects(session) if _may_be_due(subject, years, by))
    return sorted((one for one in found if one and one.on <= by), key=lambda one: (one.on, one.reference))


def judged(session: Session, subject: Subject, profile: Profile, today: date) -> Due | None:
    """When one subject is due, by which rule, and what stands against it; None where no rule applies."""
    found = list(_Rules(session, subject, profile.retention).apply())
    if not found:
        return None
    on, rule = max(found)
    is_open = any(case.closed_on is None for case in subject.cases)
    against = tuple(_against(session, subject, profile.retention, today))
    return Due(subject.name, subject.references, on, rule, against, is_open)


def keep(writing: Writing, reference: str, until: date, because: str) -> None:
    """Keeps a person's record until a day, whatever the rules say. Raises RegisterError, UsageError for a day that is past."""
    subject = find(writing.session, reference)
    if until <= writing.today:
        raise UsageError("That day is past.", "Give a day to come with --until.")
    if not subject.people:
        raise RegisterError(f"{subject.name} is no person.", "A place is kept as long as its case is open.")
    writing.change(subject.people[0], keep_until=until, keep_reason=because)


def extracts_before(profile: Profile, today: date) -> date:
    """Agencies should have deleted their copies of the papers of every meeting before this day."""
    return months_before(today, profile.retention.agency_extract_months)


def _subjects(session: Session) -> Iterator[Subject]:
    """Each person and each context that had a case, once."""
    for kind, column in ((Person, Case.person_id), (Context, Case.context_id)):
        yield from _of_kind(session, kind, column)


def _of_kind(session: Session, kind: Any, column: Any) -> Iterator[Subject]:
    """Read at once for all of them: thousands are looked at."""
    root = func.coalesce(kind.same_as, kind.id)
    with_cases = select(root).where(kind.id.in_(select(column)))
    same, cases = defaultdict(list), defaultdict(list)
    for row in session.scalars(select(kind).where(root.in_(with_cases)).order_by(kind.id)):
        same[row.same_as or row.id].append(row)
    for case in session.scalars(select(Case).where(column.is_not(None)).order_by(Case.id)):
        cases[getattr(case, column.key)].append(case)
    for rows in same.values():
        yield Subject.made(rows, [case for row in rows for case in cases[row.id]])


def _may_be_due(subject: Subject, years: Retention, until: date) -> bool:
    """Whether any rule could make a subject due by a day: none could before the earliest of these, and most are told by that alone."""
    dates = [(person.dob, min(years.others_until_age, years.looked_after_until_age)) for person in subject.people]
    dates += [(person.died_on, years.died_under_18_years) for person in subject.people]
    soonest = min(years.not_taken_up_years, years.birth_unknown_years, years.child_protection_years)
    after = soonest if subject.people else years.contexts_years
    dates += [(case.closed_on or case.opened_on, after) for case in subject.cases]
    return any(day and day.year + count <= until.year for day, count in dates)


@dataclass
class _Rules:
    """The rules of retention, held against one subject. The last of the days that they give counts."""

    session: Session
    subject: Subject
    years: Retention

    def apply(self) -> Iterator[tuple[date, str]]:
        """Each rule that applies, as the day and the rule in words."""
        if not self.subject.people:
            yield from self._after(self.last_contact, self.years.contexts_years, "place, school or group: {} years after the last contact")
            return
        yield from self._looked_after() if self._at_any_time(LOOKED_AFTER) or self._at_any_time({"legal_status": None}) else self._others()
        if self._at_any_time(PROTECTED) or self._at_any_time({"cp_category": None}):
            words = "child protection plan: {} years after the last contact"
            yield from self._after(self.last_contact, self.years.child_protection_years, words)

    def _looked_after(self) -> Iterator[tuple[date, str]]:
        years, words = self.years.looked_after_until_age, "looked after: until age {}"
        yield from self._death() or self._until_age(years, words)

    def _others(self) -> Iterator[tuple[date, str]]:
        if self._not_taken_up:
            closed = max(case.closed_on for case in self.subject.cases if case.closed_on)
            yield from self._after(closed, self.years.not_taken_up_years, "never heard by a meeting: {} years after closing")
        else:
            yield from self._death() or self._until_age(self.years.others_until_age, "not looked after: until age {}")

    def _death(self) -> list[tuple[date, str]]:
        died, dob = self._known("died_on"), self._known("dob")
        if not died or (dob and birthday(dob, ADULT) <= died):
            return []
        return list(self._after(died, self.years.died_under_18_years, f"died under {ADULT}: {{}} years after that"))

    def _until_age(self, years: int, words: str) -> list[tuple[date, str]]:
        dob = self._known("dob")
        if dob is None:
            lasting = "no date of birth: {} years after the last contact"
            return list(self._after(self.last_contact, years and max(years, self.years.birth_unknown_years), lasting))
        return list(self._after(dob, years, words))

    @staticmethod
    def _after(day: date | None, years: int, words: str) -> Iterator[tuple[date, str]]:
        if day is not None and years and day.year + years < MAXYEAR:
            yield birthday(day, years), words.format(years)

    def _known(self, column: str) -> Any:
        return next((value for person in self.subject.people if (value := getattr(person, column))), None)

    def _at_any_time(self, telling: dict[str, Any]) -> bool:
        """Whether the register now, or any form ever, gives one of the answers; any answer at all where none are named."""
        sources: list[Any] = [*self.subject.people, *self.forms]
        return any(_is_told(_of(source, question), right) for question, right in telling.items() for source in sources)

    @property
    def _not_taken_up(self) -> bool:
        """Whether every case was closed at once: so, or without further action, and no meeting ever heard it."""
        at_once = (case.closed_on and (case.nfa or case.outcome in self.years.not_taken_up_outcomes) for case in self.subject.cases)
        return bool(self.years.not_taken_up_years) and all(at_once) and "discussion" not in self.rows

    @cached_property
    def rows(self) -> dict[str, list[Any]]:
        return own(self.session, self.subject, DATED)

    @cached_property
    def forms(self) -> list[Submission]:
        return [submission(form) for form in self.rows.get("referral", ())]

    @cached_property
    def last_contact(self) -> date | None:
        """The last day that anything was received, decided, done or discussed."""
        days = [getattr(row, column) for table, columns in DATED.items() for row in self.rows.get(table, ()) for column in columns]
        met = {number for rows in self.rows.values() for row in rows if (number := getattr(row, "meeting_id", None))}
        meetings = select(Meeting.held_on).where(Meeting.id.in_(met))
        return max((day for day in (*days, *self.session.scalars(meetings)) if day), default=None)


def _of(source: Person | Submission, question: str) -> Any:
    return source.value(question) if isinstance(source, Submission) else getattr(source, question, None)


def _is_told(answer: Any, right: Iterable[Any] | None) -> bool:
    return answer not in (None, "", "none", "not_applicable", "not_known") if right is None else answer in tuple(right)


def _against(session: Session, subject: Subject, retention: Retention, today: date) -> Iterator[str]:
    if any(case.closed_on is None for case in subject.cases):
        yield OPEN
    until = [person.keep_until for person in subject.people if person.keep_until and person.keep_until > today]
    if until:
        yield f"kept until {max(until):%d/%m/%Y}, for a reason that the register has"
    for reference in _open_beside(session, subject):
        yield f"linked to {reference}, which is open"
    if _was_gathered(session, subject, months_before(today, retention.subject_access_months)):
        yield f"gathered for subject access less than {retention.subject_access_months} months ago"


def _open_beside(session: Session, subject: Subject) -> list[str]:
    """The open cases of others that name this person, or whose young person this person's forms name."""
    ids = subject.ids
    naming = select(Link.case_id).where(Link.other_id.in_(ids["person_id"]))
    named = select(Link.other_id).where(Link.case_id.in_(ids["case_id"]), Link.other_id.is_not(None))
    root = func.coalesce(Person.same_as, Person.id)
    same = select(Person.id).where(root.in_(select(root).where(Person.id.in_(named))))
    theirs = or_(Case.id.in_(naming), Case.person_id.in_(same))
    beside = select(Case.reference).where(theirs, Case.id.not_in(ids["case_id"]), Case.closed_on.is_(None))
    return list(session.scalars(beside.order_by(Case.reference)))


def _was_gathered(session: Session, subject: Subject, since: date) -> bool:
    them = History.table == "person", History.row.in_(subject.ids["person_id"])
    these = select(History.seq).where(History.borough == _borough(subject), History.did == GATHERED, *them, History.at >= since.isoformat())
    return session.scalars(these.limit(1)).first() is not None


def _borough(subject: Subject) -> str:
    return next(row.borough for row in (*subject.people, subject.context) if row)
