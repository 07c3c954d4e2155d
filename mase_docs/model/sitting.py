"""One meeting as its papers show it: who comes, what is heard and why, what is outstanding, and what its minutes say so far.

The register tells it (register/meetings/sitting.py); straight from forms, documents/ makes one with no more than the forms say. Codes
are those of `forms/codes/`; a `key` is what the names of the controls begin with in the minutes: `case12`, `theme4`, `agency3`, `action31`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from mase_docs.model.submission import Submission

CHAIR = "chair"
"""The audience of the papers that hold everything: the chair's and the coordinator's."""
OUTSTANDING = ("open", "in_progress", "not_done_by_agency")
"""Of an action, the states in which something is still to be done (codes: action_status)."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting: its days (ISO), where, who leads and writes, and how far its papers are.

    state  planned, held, minutes_draft or minutes_agreed
    """

    held_on: date
    referrals_close_on: date | None = None
    remind_on: date | None = None
    papers_on: date | None = None
    minutes_due_on: date | None = None
    venue: str | None = None
    chair: str | None = None
    minute_taker: str | None = None
    started: str | None = None
    finished: str | None = None
    state: str = "planned"


@dataclass(frozen=True, slots=True)
class Attended:
    """An agency, or an observer, at the meeting. attendance is a code, None where nothing is known yet; code is "" for an observer."""

    key: str
    code: str
    agency: str
    group: str | None = None
    spoc: str | None = None
    deputy: str | None = None
    attendance: str | None = None
    name: str | None = None
    representing: str | None = None
    information_on: date | None = None
    statement_signed: bool | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """What one agency shared about a case or theme, before the meeting (received_on) or at it. key is the agency's."""

    key: str
    code: str
    agency: str
    information: str
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class ActionSaid:
    """An action: about is the case's label, the theme's name, or "All" where it belongs to neither.

    case, theme  the key of what it is about, "" for none; days_overdue is counted on the meeting's day
    set_on       day of the meeting that set it; status_on: day its status was last set
    """

    key: str
    number: str
    about: str
    action: str
    code: str | None = None
    agency: str | None = None
    lead_person: str | None = None
    due: date | None = None
    status: str = "open"
    completed_on: date | None = None
    evidence: str | None = None
    reason_not_done: str | None = None
    times_carried: int = 0
    days_overdue: int = 0
    case: str = ""
    theme: str = ""
    set_on: date | None = None
    status_on: date | None = None

    @property
    def is_outstanding(self) -> bool:
        return self.status in OUTSTANDING


@dataclass(frozen=True, slots=True)
class Discussed:
    """What the minutes say of a case or theme so far; decision is a code."""

    decision: str | None = None
    reasons: str | None = None
    response: str | None = None
    category_review: bool | None = None
    disruption_considered: str | None = None
    review_on: date | None = None
    filed_by: str | None = None
    minutes_spent: int | None = None


@dataclass(frozen=True)
class Hearing:
    """A young person's case on the list.

    submission       the answers as they stand: of all the case's forms, corrected, with what the register knows since
    label            the stable case label; "" where the documents work it out (straight from forms)
    heard_under      new_cases or review_cases (codes: agenda_section); why: "Received on 4 November 2026", "Review due on …"
    category_before  the category or level at the last meeting that heard it, in words
    linked           the other cases it is linked with, a line for each reason; None where the documents work it out
    progress         what came of its actions since it was last heard, and the decision then, in words
    set_here         the actions that this meeting's minutes have set so far
    """

    key: str
    submission: Submission
    reference: str = ""
    label: str = ""
    heard_under: str = "new_cases"
    why: str = ""
    category_before: str | None = None
    linked: str | None = None
    progress: str | None = None
    shared: tuple[Shared, ...] = ()
    discussed: Discussed = Discussed()
    set_here: tuple[ActionSaid, ...] = ()


@dataclass(frozen=True)
class Theme:
    """A place, school or peer group that open cases share, or that was referred in its own right; `kind` in words."""

    key: str
    name: str
    kind: str
    labels: tuple[str, ...] = ()
    evidence: str = ""
    agencies: str | None = None
    asked: str | None = None
    owner: str | None = None
    open_questions: str = ""
    progress: str | None = None
    discussed: Discussed = Discussed()
    set_here: tuple[ActionSaid, ...] = ()


@dataclass(frozen=True, slots=True)
class NotHeard:
    """An open case that is not on this list, and why, in words: received after forms closed, review not due, no longer eligible …"""

    label: str
    why: str


@dataclass(frozen=True)
class Sitting:
    """All of it.

    paper        the number of the paper in the register, which the minutes carry as a bookmark; None straight from forms
    shared       what agencies told of places, groups and patterns: of no one case
    places       the forms of open cases that are about a place, school or group, as they stand
    themes       None where the documents work them out
    outstanding  the actions still to be done, by agency, the longest overdue first; ended: those that ended since the last meeting
    general      what this meeting's minutes have set so far that belongs to no case or theme
    spent        minutes spent on items as a whole, by kind: {"disruption": 10}
    next_on      day of the next meeting, where it is known; last_on: of the one before
    """

    meeting: Meeting | None = None
    paper: int | None = None
    agencies: tuple[Attended, ...] = ()
    observers: tuple[Attended, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    shared: tuple[Shared, ...] = ()
    places: tuple[Submission, ...] = ()
    themes: tuple[Theme, ...] | None = None
    outstanding: tuple[ActionSaid, ...] = ()
    ended: tuple[ActionSaid, ...] = ()
    general: tuple[ActionSaid, ...] = ()
    not_heard: tuple[NotHeard, ...] = ()
    spent: dict[str, int] = field(default_factory=dict)
    last_on: date | None = None
    next_on: date | None = None
