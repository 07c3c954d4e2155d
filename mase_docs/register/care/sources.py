"""Who said what the register holds, when, and where it stands: on a form, at a meeting, or with whoever entered it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.definition.home import Home
from mase_docs.definition.types import show_date
from mase_docs.register.records import AgencyReturn, History, Information, Kept, Meeting, Referral

Source = tuple[str, str, str]
"""Who, when, where; in words."""


def source(session: Session, home: Home, row: Any) -> Source:
    """That of a row of any table."""
    if isinstance(row, Information):
        return _shared(session, home, row)
    number = row.id if isinstance(row, Referral) else getattr(row, "referral_id", None)
    form = session.get(Referral, (row.borough, number)) if number else None
    if form is not None:
        return _referred(home, form)
    meeting = session.get(Meeting, (row.borough, row.meeting_id)) if getattr(row, "meeting_id", None) else None
    return ("the meeting", show_date(meeting.held_on), "From its minutes") if meeting else entered(session, row)


def _referred(home: Home, form: Referral) -> Source:
    agency = agency_of(home, form.referrer_agency) if form.referrer_agency else None
    by = ", ".join(filter(None, (form.referrer_name, agency, form.referrer_email or form.mail_sender)))
    return by or "somebody not recorded", show_date(form.referral_date or form.received_on), f"{form.reference}, {form.source_name}"


def _shared(session: Session, home: Home, row: Information) -> Source:
    """Which agency shared it, and whether on a form that it sent back or at the meeting."""
    held_on = show_date(session.get_one(Meeting, (row.borough, row.meeting_id)).held_on)
    form = session.get(AgencyReturn, (row.borough, row.return_id)) if row.return_id else None
    where = f"{form.source_name}, for the meeting of {held_on}" if form else f"From the minutes of {held_on}"
    return agency_of(home, row.agency), show_date(row.received_on) if row.received_on else held_on, where


def agency_of(home: Home, code: str | None) -> str:
    """An agency by its label, or as it was written."""
    return home.codes("agency").label_of(code) if code else "an agency not recorded"


def entered(session: Session, row: Kept) -> Source:
    """Who put a row in that came with no form."""
    these = History.borough == row.borough, History.table == row.__tablename__, History.row == row.id, History.did == "added"
    found = session.scalars(select(History).where(*these)).first()
    if found is None:
        return "somebody not recorded", "On a day not recorded", "In the register"
    return found.who, found.at[:10], f"In the register ({found.why})"
