"""The actions: what an agency is to do, by when, and what came of it. Each has a number that never changes and is never given again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.definition.home import Home
from mase_docs.errors import RegisterError, UsageError
from mase_docs.model.sitting import OUTSTANDING, ActionSaid
from mase_docs.register.records import Action, Case, Context, History, Meeting
from mase_docs.register.writing import Writing

DONE = "done"
NOT_DONE = ("not_possible_changed_circumstances", "not_done_by_agency")
"""The two kinds of not done, which are kept apart: it could not be done any more, or the agency did not do it."""
NO_AGENCY = "No agency"


def add(
    writing: Writing,
    *,
    action: str,
    agency: str | None,
    due: date | None = None,
    lead_person: str | None = None,
    meeting: Meeting | None = None,
    case: Case | None = None,
    context: Context | None = None,
    minuted_as: str | None = None,
) -> Action:
    """A new action, open, with the next number of this register. Raises UsageError without words, or where it is due too early (DA7)."""
    _must_say(action)
    _must_be_in_time(due, meeting)
    set_on = meeting.held_on if meeting else writing.today
    row = Action(
        number=f"A-{set_on.year}-{writing.number('action number'):04}", action=action, agency=agency, lead_person=lead_person, due=due,
        meeting_id=meeting and meeting.id, case_id=case and case.id, context_id=context and context.id, minuted_as=minuted_as,
        status="open", status_on=set_on, times_carried=0,
    )  # fmt: skip
    return writing.add(row)


def update(writing: Writing, action: Action, /, **values: Any) -> bool:
    """Whether anything was otherwise of what is to be done, by whom and by when: action, agency, lead_person, due. Raises UsageError."""
    _must_say(values.get("action", action.action))
    if "due" in values and values["due"] != action.due:
        _must_be_in_time(values["due"], _set_by(writing.session, action))
    return writing.change(action, **values)


def _must_say(words: str | None) -> None:
    if not (words and words.strip()):
        raise UsageError("An action says what is to be done.", "Say it in words that begin with a verb.")


def _must_be_in_time(due: date | None, meeting: Meeting | None) -> None:
    if due and meeting and due < meeting.held_on:
        raise UsageError("An action cannot be due before the meeting that set it (rule DA7).", "Give a day after the meeting.")


def _set_by(session: Session, action: Action) -> Meeting | None:
    return session.scalars(select(Meeting).where(Meeting.id == action.meeting_id)).first()


def set_status(
    writing: Writing,
    action: Action,
    status: str,
    on: date,
    evidence: str | None = None,
    reason: str | None = None,
    completed_on: date | None = None,
) -> bool:
    """Whether what came of an action was otherwise; `on` is the day it is said. Done without a day was done on that day.

    None leaves evidence as it was, and the reason and the day too while the status is the same; "" empties. Raises UsageError for one
    of the two kinds of not done without its reason, and for a day of doing it that is to come, or of what isn't done.
    """
    same = status == action.status
    told = {
        "status": status,
        "status_on": action.status_on if same else on,
        "completed_on": completed_on or ((same and action.completed_on) or on if status == DONE else None),
        "evidence": action.evidence if evidence is None else evidence or None,
        "reason_not_done": (action.reason_not_done if same else None) if reason is None else reason or None,
    }
    _must_be_so(told, max(on, writing.today))
    return writing.change(action, **told)


def _must_be_so(told: dict[str, Any], today: date) -> None:
    if told["status"] in NOT_DONE and not told["reason_not_done"]:
        raise UsageError("An action that was not done needs the reason.", "Say why: circumstances that changed, or what the agency says.")
    if told["completed_on"] and told["status"] != DONE:
        raise UsageError("The day an action was done belongs to one that is done.", "Leave the day out, or set the status to done.")
    if told["completed_on"] and told["completed_on"] > today:
        raise UsageError("An action cannot have been done on a day to come.", "Give the day it was done.")


def carry(writing: Writing, actions: Iterable[Action], meeting: Meeting) -> int:
    """How many actions a meeting that was held carried forward: those set before it and still to be done, each counted once a meeting."""
    found = [action for action in actions if action.status in OUTSTANDING and (action.carried_on or date.min) < meeting.held_on]
    set_on = _set_on(writing.session, found)
    carried = [action for action in found if set_on[action.id] < meeting.held_on]
    for action in carried:
        writing.change(action, times_carried=action.times_carried + 1, carried_on=meeting.held_on)
    return len(carried)


def _set_on(session: Session, actions: list[Action]) -> dict[int, date]:
    """The day of the meeting that set each; of those that none did, the day they were written down, which the history tells."""
    held = _held(session)
    rest = [action.id for action in actions if not action.meeting_id]
    added = select(History.row, History.at).where(History.table == "action", History.did == "added", History.row.in_(rest))
    ours = added.where(History.borough.in_({action.borough for action in actions}))
    written = {row: datetime.fromisoformat(at).astimezone().date() for row, at in session.execute(ours)}
    return {action.id: held[action.meeting_id] if action.meeting_id else written.get(action.id, date.max) for action in actions}


def _held(session: Session) -> dict[int, date]:
    """Meeting → its day."""
    return {meeting.id: meeting.held_on for meeting in session.scalars(select(Meeting))}


def of_number(session: Session, number: str) -> Action:
    """The action of a number. Raises RegisterError."""
    found = session.scalars(select(Action).where(Action.number == number.strip().upper())).first()
    if found is None:
        raise RegisterError(f"There is no action {number}.", "Look for it with: mase-docs actions list --all")
    return found


def said(session: Session, home: Home, on: date) -> list[ActionSaid]:
    """Every action, as it stands on a day: by the agency's name (those of none last), the longest overdue first, then by number."""
    cases, contexts, held = _cases(session), _contexts(session), _held(session)
    told = [
        _said(action, home, on, cases.get(action.case_id or 0), contexts.get(action.context_id or 0), held.get(action.meeting_id or 0))
        for action in session.scalars(select(Action).order_by(Action.id))
    ]
    return sorted(told, key=lambda one: (one.code is None, (one.agency or "").casefold(), -one.days_overdue))


def narrowed(
    told: Iterable[ActionSaid], *, agency: str | None = None, case: Case | None = None, overdue: bool = False, ended: bool = False
) -> list[ActionSaid]:
    """Those of an agency, of a case, those that are overdue; only what is outstanding, unless those that ended are asked for too."""
    return [
        one
        for one in told
        if (ended or one.is_outstanding)
        and (agency is None or one.code == agency)
        and (case is None or one.case == f"case{case.id}")
        and (not overdue or one.days_overdue)
    ]


def rows(session: Session, told: Iterable[ActionSaid]) -> list[Action]:
    """The records of actions that are told of."""
    return list(session.scalars(select(Action).where(Action.number.in_({one.number for one in told})).order_by(Action.id)))


def _said(
    action: Action, home: Home, on: date, case: tuple[int, str] | None, context: tuple[int, str] | None, set_on: date | None
) -> ActionSaid:
    waits = action.status in OUTSTANDING and action.due is not None
    same = ("number", "action", "lead_person", "due", "status", "status_on", "completed_on", "evidence", "reason_not_done", "times_carried")
    return ActionSaid(
        key=f"action{action.id}",
        about=(case or context or (0, "All"))[1],
        code=action.agency,
        agency=home.codes("agency").label_of(action.agency) if action.agency else NO_AGENCY,
        days_overdue=max(0, (on - action.due).days) if waits and action.due else 0,
        case=f"case{case[0]}" if case else "",
        theme=f"theme{context[0]}" if context else "",
        set_on=set_on,
        **{name: getattr(action, name) for name in same},
    )


def _cases(session: Session) -> dict[int, tuple[int, str]]:
    """Case → the number and label of the one that goes on."""
    rows = session.execute(select(Case.id, Case.label, Case.merged_into)).all()
    labels = {number: label for number, label, _ in rows}
    return {number: (into or number, labels[into or number]) for number, _, into in rows}


def _contexts(session: Session) -> dict[int, tuple[int, str]]:
    """Context → the number and name of the one that stands for it."""
    rows = session.execute(select(Context.id, Context.name, Context.same_as)).all()
    names = {number: name for number, name, _ in rows}
    return {number: (into or number, names[into or number]) for number, _, into in rows}
