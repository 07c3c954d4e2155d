"""Who spoke for each agency at a meeting, who sent what they know in place of coming, and who only observed (terms of reference)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, NotRequired, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.definition.home import Home
from mase_docs.errors import UsageError
from mase_docs.model.sitting import Attended
from mase_docs.register.meetings.agencies import agency_of
from mase_docs.register.records import Agency, Attendance, Contact, Meeting
from mase_docs.register.writing import Writing

REPRESENTATIVE, INFORMATION = "representative", "apology_with_information"
OBSERVED = "observer"
"""What stands in place of a code of attendance for who only observed."""


class Came(TypedDict):
    """What is said of an agency at a meeting, besides the code of its attendance; None empties what stood there."""

    name: NotRequired[str | None]
    representing: NotRequired[str | None]
    information_on: NotRequired[date | None]
    statement_signed: NotRequired[bool | None]


ANEW = Came(name=None, representing=None, information_on=None, statement_signed=None)


def attend(writing: Writing, meeting: Meeting, home: Home, agency: str, attendance: str | None, **came: Unpack[Came]) -> Attendance:
    """An agency's attendance at a meeting, by their codes: one row, which a later call changes.

    What isn't given stays as it was while the attendance is the same; another attendance is another person's, and begins anew. None for
    the attendance leaves it as it was. Raises UsageError where a rule of the panel is broken.
    """
    theirs = agency_of(writing, home.profile.agency, agency)
    row = _row_of(writing.session, meeting, theirs)
    code = attendance or (row.attendance if row else None)
    told: dict[str, Any] = {**(ANEW if row is None or code != row.attendance else {}), **came}
    after: dict[str, Any] = {name: told[name] if name in told else getattr(row, name) for name in ANEW}
    _must_be_in_order(home, meeting, code, after)
    if row is None:
        return writing.add(Attendance(meeting_id=meeting.id, agency_id=theirs.id, attendance=code, observer=False, **after))
    writing.change(row, attendance=code, **told)
    return row


def _row_of(session: Session, meeting: Meeting, agency: Agency) -> Attendance | None:
    these = select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.agency_id == agency.id, Attendance.observer.is_(False))
    return session.scalars(these).first()


def _must_be_in_order(home: Home, meeting: Meeting, code: str | None, came: dict[str, Any]) -> None:
    codes = home.codes("attendance").by_code
    if code not in codes:
        raise UsageError("How the agency attended is not said.", f"Use one of: {', '.join(codes)}.")
    if code == REPRESENTATIVE and not came["name"]:
        raise UsageError("A representative must be named.", "Say who came for the agency.")
    if came["information_on"] and code != INFORMATION:
        raise UsageError("Only an apology with information has a day on which it came.", "Leave the day out, or change the attendance.")
    if came["information_on"] and came["information_on"] > meeting.held_on:
        raise UsageError("Information in place of a person comes before the meeting, or on its day.", "Look at the day that you typed.")


def observe(
    writing: Writing, meeting: Meeting, name: str, come_from: str | None = None, signed: bool | None = None, row: Attendance | None = None
) -> Attendance:
    """Somebody who only observed, from where, and whether they signed the confidentiality statement; None leaves the last two as they were.

    row is the observer, where it is known which; else the one of that name, else a new one. Raises UsageError without a name.
    """
    if not name.strip():
        raise UsageError("An observer must be named.", "Say who observed.")
    there = row or next((one for one in observers(writing.session, meeting) if _alike(one.name, name)), None)
    told = {"representing": come_from, "statement_signed": signed}
    if there is None:
        return writing.add(Attendance(meeting_id=meeting.id, attendance=OBSERVED, observer=True, name=name, **told))
    writing.change(there, name=name, **{column: value for column, value in told.items() if value is not None})
    return there


def _alike(one: str | None, other: str) -> bool:
    return (one or "").casefold().split() == other.casefold().split()


def observers(session: Session, meeting: Meeting) -> list[Attendance]:
    """The observers of a meeting, in the order in which they were written down; `representing` says where each is from."""
    these = select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.observer.is_(True))
    return list(session.scalars(these.order_by(Attendance.id)))


def attended(session: Session, meeting: Meeting, home: Home) -> tuple[tuple[Attended, ...], tuple[Attended, ...]]:
    """Every agency that is committed to attend, or did, in the order of the profile; and the observers."""
    of_meeting = select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.observer.is_(False))
    rows = {row.agency_id: row for row in session.scalars(of_meeting)}
    place = {said.code: number for number, said in enumerate(home.profile.agency)}
    agencies = sorted(session.scalars(select(Agency)), key=lambda agency: (place.get(agency.code, len(place)), agency.id))
    speakers = _speakers(session)
    came = (_attended(agency, speakers[agency.id], rows.get(agency.id)) for agency in agencies if agency.committed or agency.id in rows)
    return tuple(came), tuple(_observed(number, row) for number, row in enumerate(observers(session, meeting), 1))


def _speakers(session: Session) -> defaultdict[int, dict[str, str | None]]:
    """Agency → role → who speaks for it now."""
    found: defaultdict[int, dict[str, str | None]] = defaultdict(dict)
    for contact in session.scalars(select(Contact).where(Contact.until.is_(None)).order_by(Contact.id)):
        found[contact.agency_id][contact.role] = contact.name
    return found


def _attended(agency: Agency, speakers: dict[str, str | None], row: Attendance | None) -> Attended:
    known = ("attendance", "name", "representing", "information_on", "statement_signed")
    came: dict[str, Any] = {column: getattr(row, column) for column in known} if row else {}
    who: dict[str, Any] = {"spoc": speakers.get("spoc"), "deputy": speakers.get("deputy")}
    return Attended(f"agency{agency.id}", agency.code, agency.name, agency.group, **who, **came)


def _observed(number: int, row: Attendance) -> Attended:
    return Attended(f"observer{number}", "", row.representing or "", name=row.name, statement_signed=row.statement_signed)
