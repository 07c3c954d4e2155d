"""What a meeting leaves in a register, written by hand: a row of every kind, with a mark in all that people say in their own words."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from mase_docs.register.records import (
    Action,
    AgencyReturn,
    Attendance,
    Case,
    Context,
    Discussion,
    Information,
    Meeting,
    Original,
    Paper,
)
from mase_docs.register.writing import Writing


def a_meeting(writing: Writing, held_on: date) -> Meeting:
    """A meeting that was held, whom it had there, and its minutes as they went to the chair."""
    meeting = writing.add(Meeting(held_on=held_on, venue="Room of the Invented Hall", state="held"))
    writing.add(Attendance(meeting_id=meeting.id, attendance="spoc", name="Perpetua Invented", observer=False, statement_signed=True))
    known = f'{{"salt": "{held_on}", "said": ["{sha256(str(held_on).encode()).hexdigest()}"]}}'
    writing.add(Paper(meeting_id=meeting.id, paper="minutes", audience="chair", made_on=held_on, sha256=f"{meeting.id:064}", known=known))
    return meeting


def a_return(writing: Writing, meeting: Meeting, mark: str, received_on: date | None = None) -> AgencyReturn:
    """A form that an agency sent back; the name of its file and what is in it have the mark."""
    data = f"{mark}returned{meeting.id}z".encode()
    original = writing.add(Original(sha256=sha256(data).hexdigest(), kind="xlsx", data=data))
    told = {"form": "intelligence_return", "version": 1, "agency": "borough_police", "kind": "xlsx", "sha256": original.sha256}
    named = {"source_name": f"{mark}filename{meeting.id}z.xlsx", "received_on": received_on or meeting.held_on}
    return writing.add(AgencyReturn(meeting_id=meeting.id, original_id=original.id, **told, **named))


def heard(writing: Writing, meeting: Meeting, about: Case | Context, mark: str, returned: AgencyReturn | None = None) -> Action:
    """A case or theme at a meeting: what was decided, what an agency shared, and the action that was set, which is done."""
    end: dict[str, Any] = {"case_id" if isinstance(about, Case) else "context_id": about.id, "meeting_id": meeting.id}
    decided = {"decision": "accept_actions", "review_on": date(2027, 1, 6), "category_review": True, "minutes_spent": 12}
    said = {"reasons": f"{mark}reasonsz", "response": f"{mark}responsez", "disruption_considered": f"{mark}disruptionz"}
    writing.add(Discussion(heard_under="new_cases", filed_by=f"{mark}filedz", **decided, **said, **end))
    shared = {"agency": "borough_police", "information": f"{mark}informationz", "received_on": meeting.held_on if returned else None}
    writing.add(Information(return_id=returned.id if returned else None, **shared, **end))
    return writing.add(_action(writing, meeting, mark, **end))


def _action(writing: Writing, meeting: Meeting, mark: str, **end: Any) -> Action:
    done = {"status": "done", "status_on": meeting.held_on, "completed_on": meeting.held_on, "times_carried": 0}
    said = {"action": f"{mark}actionz", "evidence": f"{mark}evidencez", "lead_person": "Perpetua Invented", "agency": "borough_police"}
    return Action(number=f"A-2026-{100 + writing.number('action number'):04}", due=meeting.held_on, **done, **said, **end)
