"""The record line for a young person's own file: plain text, to be pasted into the case system (domain 1.2, step 11)."""

from __future__ import annotations

from collections.abc import Iterator

from mase_docs.definition.home import Home
from mase_docs.definition.types import show_date
from mase_docs.documents.extract import HEARD_AS, NOT_SAID
from mase_docs.model.case_note import CaseNote
from mase_docs.model.passage import Passage
from mase_docs.model.sitting import ActionSaid

SETS_NONE = "The panel uses the category that was set elsewhere and sets none itself."
LINE = "\r\n"
"""As Notepad and case systems on an office PC have it."""


def text(note: CaseNote, home: Home) -> bytes:
    """The note as a text file: UTF-8 that Windows knows for it, one fact a line."""
    return LINE.join([*_lines(note, home), ""]).encode("utf-8-sig")


def name(note: CaseNote) -> str:
    """What its file is called: the reference, and nothing of a person."""
    return f"{note.reference}.txt"


def _lines(note: CaseNote, home: Home) -> Iterator[str]:
    panel, said = home.profile.panel, note.discussed
    yield panel.marking.upper()
    yield f"{panel.full_name} ({panel.name}), {panel.authority}: note for the young person's own file"
    yield f"Meeting: {show_date(note.meeting.held_on)}"
    yield f"Reference: {note.reference}"
    yield f"Heard as: {_heard_as(note, home)}"
    yield f"Decision: {home.codes('decision_case').label_of(said.decision) if said.decision else NOT_SAID}"
    yield f"Review on: {show_date(said.review_on) if said.review_on else NOT_SAID}"
    yield f"Category or level: {'; '.join(note.category) or 'None recorded'}. {SETS_NONE}"
    yield from (["A review of the category was asked for."] if said.category_review else [])
    yield from _actions(note, home)
    yield f"To be put on the young person's file by: {_one_line(said.filed_by or NOT_SAID)}"


def _heard_as(note: CaseNote, home: Home) -> str:
    heard = HEARD_AS.get(note.heard_under)
    return f"{heard} case" if heard else home.codes("agenda_section").label_of(note.heard_under)


def _actions(note: CaseNote, home: Home) -> Iterator[str]:
    yield f"Actions: {'none was set' if not note.actions else len(note.actions)}"
    yield from (f"- {_action(one)}" for one in note.actions)


def _action(one: ActionSaid) -> str:
    """`A-2026-0031, Borough Police, by 16 December 2026: Visit the shop`"""
    due = f", by {show_date(one.due)}" if one.due else ""
    return f"{one.number}, {one.agency}{due}: {_one_line(one.action)}"


def _one_line(words: str) -> str:
    return " ".join(words.split())


def passages(note: CaseNote) -> list[Passage]:
    """Its words that somebody typed: no other young person may be told of in them."""
    filed = [Passage(f"who files the outcome of {note.reference}", note.discussed.filed_by, "worker")] if note.discussed.filed_by else []
    typed = [Passage(f"action {one.number}", one.action) for one in note.actions]
    return [*filed, *typed]
