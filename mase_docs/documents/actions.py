"""Actions as the papers of a meeting show them: what is outstanding, by agency, and what has ended since the last meeting."""

from __future__ import annotations

from typing import Any

from mase_docs.definition.home import Home
from mase_docs.definition.types import show_date
from mase_docs.documents.case import counted, joined
from mase_docs.model.sitting import ActionSaid, Sitting

Row = dict[str, Any]
MONTH = 31
"""Days from one meeting to the next, where there was none before."""
NOT_DONE = "not_done_by_agency"
TIMES = {1: "once", 2: "twice"}
NO_AGENCY = "No agency named"


def outstanding(sitting: Sitting, home: Home) -> list[Row]:
    """The agencies that have something to do, each with its actions."""
    by_agency: dict[str, list[Row]] = {}
    for action in sitting.outstanding:
        by_agency.setdefault(action.agency or NO_AGENCY, []).append(said(action, sitting, home))
    return [{"agency": agency, "actions": actions} for agency, actions in by_agency.items()]


def said(action: ActionSaid, sitting: Sitting, home: Home) -> Row:
    """An action in words, with what the chair has to take up (domain 5.7)."""
    status = home.codes("action_status").label_of(action.status)
    return {
        "number": action.number, "about": action.about, "action": action.action, "agency": action.agency,
        "lead_person": action.lead_person, "due": _due(action), "status": status if action.status not in ("open", NOT_DONE) else "",
        "for_chair": _for_chair(action, sitting), "ended": _ended(action, status),
    }  # fmt: skip


def _due(action: ActionSaid) -> str | None:
    """The day, and a line each for how long that is over and how often the action was carried forward."""
    overdue = f"{counted(action.days_overdue, 'day')} overdue" if action.days_overdue > 0 else None
    carried = f"carried {TIMES.get(action.times_carried, f'{action.times_carried} times')}" if action.times_carried else None
    return joined(show_date(action.due) if action.due else "No day set", overdue, carried, by="\n")


def _for_chair(action: ActionSaid, sitting: Sitting) -> str:
    meeting = sitting.meeting
    cycle = (meeting.held_on - sitting.last_on).days if meeting and sitting.last_on else MONTH
    if action.status == NOT_DONE:
        return "For the chair: not done by the agency"
    late = action.is_outstanding and action.days_overdue > cycle
    return "For the chair: overdue for more than one meeting" if late else ""


def _ended(action: ActionSaid, status: str) -> str | None:
    day = f"{status}, {show_date(action.completed_on)}" if action.completed_on else status
    return joined(day, action.evidence, action.reason_not_done, by="\n")
