"""A register after a meeting, for the tests of what goes out then. Whatever anybody said in it has a mark that says whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from shutil import copy
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select

from mase_docs.definition.home import Home
from mase_docs.register.meetings import agencies, meetings
from mase_docs.register.records import Action, Attendance, Case, Context, Discussion, Information, Link, Meeting, Person
from mase_docs.register.register import Register
from mase_docs.register.writing import Writing
from tests.register.marked import marked, recorded
from tests.register.stores import BOROUGH, witness

HELD, TODAY = date(2026, 12, 2), date(2026, 12, 9)
POLICE, SOCIAL_CARE = "borough_police", "children_in_need"
SHARED, ACTION = "{}{}sharedz", "{}{}actionz"
"""The marks of what an agency shared, and is to do, about a young person: their mark, then the agency."""
OPEN_TO_ALL = {"restricted_to_agencies": None, "referrer_agency": "school", "do_not_disclose": False, "address_sensitive": False}
CHILDREN: dict[str, dict[str, Any]] = {
    "Qown": {},
    "Qhidden": {"do_not_disclose": True},
    "Qclosed": {},
    "Qother": {"lead_agency": SOCIAL_CARE},
    "Qbarred": {"restricted_to_agencies": [SOCIAL_CARE]},
}
"""Mark of a child → what their form says besides; all are heard, and but for the last two they are the police's."""


class Done(NamedTuple):
    """What a command gave."""

    returncode: int
    stdout: str
    stderr: str


def file_of(folder: Path, fill: Callable[[Register], None]) -> Path:
    """The file of a register that was filled once, to be copied for each test."""
    file = folder / "register.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder))
        with Register.create(str(file), BOROUGH, witness=witness()) as made:
            fill(made)
    return file


@contextmanager
def copied(file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """A copy of it in a folder, open."""
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "no-home"))
    copy(file, folder)
    with Register.open(str(folder / file.name), BOROUGH, witness=witness()) as opened:
        yield opened


def fill(register: Register, home: Home, *, state: str = "minutes_draft") -> None:
    """Five young people whose cases were heard, each with what the police and social care said and are to do, and two places."""
    for number, (mark, said) in enumerate(CHILDREN.items(), 1):
        form = marked(home, mark, **{**OPEN_TO_ALL, "agencies_involved[1].agency": None, "agencies_involved[2].agency": None, **said})
        recorded(register, home, form, reference(mark), on=date(2026, 11, number))
    with register.writing("test") as writing:
        agencies.agree(writing, home.profile.agency)
        meeting = meetings.add(writing, HELD, home)
        writing.change(meeting, state=state, venue="Room of the Invented Hall", chair="Prudence Chair", minute_taker="Benedict Scribe")
        came = {"attendance": "representative", "name": "Perpetua Invented", "representing": "Constance Invented", "observer": False}
        writing.add(Attendance(meeting_id=meeting.id, agency_id=1, **came))
        for mark in CHILDREN:
            heard(writing, meeting, mark)
        writing.change(case_of(writing, "Qclosed"), closed_on=HELD, outcome="risk_reduced_step_down")
        _places(writing, meeting)


def reference(mark: str) -> str:
    return f"MASE-2026-{list(CHILDREN).index(mark) + 1:04}"


def case_of(writing: Writing, mark: str) -> Case:
    return writing.session.scalars(select(Case).where(Case.reference == reference(mark))).one()


def heard(writing: Writing, meeting: Meeting, mark: str) -> None:
    """A case at the meeting: decided, with what two agencies shared, and an action of each; of the last two children none by the police,
    but where the case is barred to them."""
    case = case_of(writing, mark)
    writing.change(case, lead_agency=SOCIAL_CARE if mark == "Qother" else POLICE)
    told = {"decision": "accept_actions", "reasons": f"{mark}reasonsz", "review_on": date(2027, 1, 6), "filed_by": "Dorothea Worker"}
    writing.add(Discussion(meeting_id=meeting.id, case_id=case.id, heard_under="new_cases", **told))
    for agency in (SOCIAL_CARE,) if mark == "Qother" else (POLICE, SOCIAL_CARE):
        words = SHARED.format(mark, agency)
        writing.add(Information(meeting_id=meeting.id, case_id=case.id, agency=agency, information=words))
        an_action(writing, ACTION.format(mark, agency), agency, meeting, case_id=case.id)


def an_action(writing: Writing, words: str, agency: str, meeting: Meeting | None, **more: Any) -> Action:
    told = {"status": "open", "times_carried": 0, "due": date(2026, 12, 16), "lead_person": "Perpetua Invented", **more}
    number = f"A-2026-{writing.number('action number'):04}"
    return writing.add(Action(number=number, action=words, agency=agency, meeting_id=meeting and meeting.id, **told))


def _places(writing: Writing, meeting: Meeting) -> None:
    """A place that the police have something to do in, one that only social care has, and the school of the child who is hidden."""
    school = select(Context).join(Link, (Link.context_id == Context.id) & (Link.borough == Context.borough))
    hidden = writing.session.scalars(school.where(Link.role == "attends", Link.case_id == case_of(writing, "Qhidden").id)).one()
    theirs, others = (writing.add(Context(kind="place", name=name, confirmed=True)) for name in ("Qpark steps", "Qarcade"))
    for place, agency in {theirs: POLICE, others: SOCIAL_CARE, hidden: POLICE}.items():
        writing.add(Discussion(meeting_id=meeting.id, context_id=place.id, heard_under="trends_locations", decision="monitor"))
        an_action(writing, f"Go there {place.id}", agency, meeting, context_id=place.id)


def person_of(writing: Writing, mark: str) -> Person:
    return writing.session.get_one(Person, (writing.borough, case_of(writing, mark).person_id))
