"""Minutes read back: what people wrote into them becomes records, in one transaction, and nothing is guessed.

A place whose text is as it was when the minutes were made, or were last read back, was touched by nobody; one that differs is a change,
recorded where it can be understood and named with its place where it can't. So reading the same file twice changes nothing more.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.definition.home import Home
from mase_docs.errors import RegisterError
from mase_docs.model.edited import Edited
from mase_docs.model.minutes_layout import MEETING, TABLES, VERSIONS
from mase_docs.model.readback import ReadBack
from mase_docs.register.meetings import actions
from mase_docs.register.meetings.minuted_actions import PreviousActions, SetActions
from mase_docs.register.meetings.minuted_attendance import Attendances, Observers
from mase_docs.register.meetings.minuted_discussions import Discussions, Shares
from mase_docs.register.meetings.noting import Noting
from mase_docs.register.records import Action, Case, Context, Meeting, Paper
from mase_docs.register.writing import Writing

MINUTES = "minutes"
OF_BLANK_ROWS = ("agency", "number")
"""Columns that are printed in some rows, and typed in those that are blank at first or added by hand."""


def paper_of(session: Session, edited: Edited, meeting: Meeting | None = None) -> tuple[Paper, Meeting]:
    """The minutes that a file was made as, by the number in it; where that is lost, the newest of a meeting that is named.

    Raises RegisterError where they are none of this register's.
    """
    these = select(Paper).where(Paper.paper == MINUTES, Paper.known.is_not(None)).order_by(Paper.id.desc())
    own = these.where(Paper.id == edited.paper) if edited.paper else these.where(Paper.meeting_id == (meeting.id if meeting else 0))
    paper = session.scalars(own).first()
    held = session.get(Meeting, (paper.borough, paper.meeting_id)) if paper and paper.meeting_id else None
    if paper is None or held is None:
        message = "These minutes were not made from this register, or what tells so was lost from the file."
        raise RegisterError(message, "Name their meeting with --meeting, or make them with: mase-docs minutes --meeting DATE -o FILE")
    return paper, held


def legend(session: Session) -> dict[str, str]:
    """What a heading of the minutes may hold → whose it is: a case's reference, a place's name. For files whose names are lost."""
    cases = session.execute(select(Case.reference, Case.id).where(Case.merged_into.is_(None), Case.person_id.is_not(None)))
    contexts = session.execute(select(Context.name, Context.id).where(Context.same_as.is_(None)))
    return {**{name: f"theme{number}" for name, number in contexts}, **{reference: f"case{number}" for reference, number in cases}}


def read_back(writing: Writing, home: Home, edited: Edited, meeting: Meeting | None = None) -> ReadBack:
    """Records what was typed, and gives all that changed, what could not be understood, and what stands elsewhere in the file.

    Raises RegisterError for minutes of another register.
    """
    paper, held = paper_of(writing.session, edited, meeting)
    noting = Noting(writing, home, held, paper, edited)
    _meeting(noting)
    Attendances(noting).read()
    Observers(noting).read()
    PreviousActions(noting).read()
    Discussions(noting).read()
    Shares(noting).read()
    SetActions(noting).read()
    _carried(noting)
    _printed(noting)
    _missing(noting)
    outside = [typed for typed in edited.outside if not noting.was_made(typed)] + noting.unread
    writing.change(paper, known=noting.known.written())
    return ReadBack(held.held_on, noting.changes, noting.understood.problems, outside, edited.comments, edited.tracked)


def _meeting(noting: Noting) -> None:
    """What is typed of the meeting itself; minutes that come back are at least a draft."""
    for ending, label in MEETING.items():
        if ending != "version":
            noting.put(noting.meeting, ending, f"meeting_{ending}", noting.understood.text, label.lower())
    typed = noting.cells.get("meeting_version")
    states = {label: state for state, label in VERSIONS.items()}
    state = states.get(typed.text.strip() if typed else "", "minutes_draft")
    before = noting.meeting.state
    if before != state and not (before == "minutes_agreed" and not typed):
        noting.writing.change(noting.meeting, state=state)
        noting.say("minutes", noting.called, VERSIONS.get(before, ""), VERSIONS[state], typed.place if typed else "")


def _carried(noting: Noting) -> None:
    """What is still to be done is carried forward, once for a meeting."""
    numbers = {row.id: row.times_carried for row in noting.session.scalars(select(Action))}
    actions.carry(noting.writing, noting.session.scalars(select(Action).order_by(Action.id)).all(), noting.meeting)
    for row in noting.session.scalars(select(Action).order_by(Action.id)):
        if row.times_carried != numbers[row.id]:
            noting.say("carried forward", row.number, _times(numbers[row.id]), _times(row.times_carried))


def _times(count: int) -> str:
    return "" if not count else "once" if count == 1 else f"{count} times"


def _printed(noting: Noting) -> None:
    """Words in columns from which nothing is read that are not as they were printed: they are named, and listed."""
    for row in noting.edited.rows:
        typed = TABLES[row.table].typed if row.key in noting.printed_rows else (*TABLES[row.table].typed, *OF_BLANK_ROWS)
        for column, cell in row.cells.items():
            if column not in typed and cell.text.strip() and not noting.was_made(cell):
                noting.understood.wrong("RB9", cell.place)
                noting.unread.append(cell)


def _missing(noting: Noting) -> None:
    """Tables and places that held something and are gone: one word about each."""
    for about, table in sorted(noting.tables_made - noting.edited.tables):
        noting.understood.wrong("RB12", noting.about(about), table=TABLES[table].caption)
    for name, label in noting.places_made():
        if name not in noting.cells:
            noting.understood.wrong("RB13", noting.about(name.partition("_")[0]), label=label)
