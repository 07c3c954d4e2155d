"""The record line for a young person's own file: what it says, and that it pastes well."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mase_docs.definition.home import Home
from mase_docs.documents import case_note
from mase_docs.model.case_note import CaseNote
from mase_docs.model.passage import Passage
from mase_docs.model.sitting import ActionSaid, Discussed, Meeting

ACTION = ActionSaid(
    "action31", "A-2026-0031", "MASE-2026-0007 / ZL / 15F", "Visit the shop\nwith licensing", "borough_police", "Borough Police", "A.",
    date(2026, 12, 16),
)  # fmt: skip
NOTE = CaseNote(
    "MASE-2026-0007",
    "new_cases",
    Discussed("accept_actions", "Not for the file", category_review=True, review_on=date(2027, 1, 6), filed_by="Dora Worker, 9 December"),
    Meeting(date(2026, 12, 2), state="minutes_draft"),
    ("Category 2: medium risk (set: MAP meeting, 20 November 2026)",),
    (ACTION, replace(ACTION, number="A-2026-0032", due=None, agency="No agency")),
)


def lines(note: CaseNote, home: Home) -> list[str]:
    return case_note.text(note, home).decode("utf-8-sig").split("\r\n")


def test_it_says_a_fact_a_line(home: Home) -> None:
    assert lines(NOTE, home) == [
        "OFFICIAL-SENSITIVE",
        "Multi-Agency Sexual Exploitation group (MASE), London Borough of Hackney: note for the young person's own file",
        "Meeting: 2 December 2026",
        "Reference: MASE-2026-0007",
        "Heard as: New case",
        "Decision: Accepted: with actions",
        "Review on: 6 January 2027",
        "Category or level: Category 2: medium risk (set: MAP meeting, 20 November 2026)."
        " The panel uses the category that was set elsewhere and sets none itself.",
        "A review of the category was asked for.",
        "Actions: 2",
        "- A-2026-0031, Borough Police, by 16 December 2026: Visit the shop with licensing",
        "- A-2026-0032, No agency: Visit the shop with licensing",
        "To be put on the young person's file by: Dora Worker, 9 December",
        "",
    ]


def test_what_the_minutes_do_not_say_is_told_as_not_said(home: Home) -> None:
    bare = CaseNote("MASE-2026-0007", "out_of_borough", Discussed(), NOTE.meeting)
    text = lines(bare, home)
    assert text[4:8] == [
        "Heard as: Children placed out of borough",
        "Decision: Not said",
        "Review on: Not said",
        "Category or level: None recorded. The panel uses the category that was set elsewhere and sets none itself.",
    ]
    assert text[8:] == ["Actions: none was set", "To be put on the young person's file by: Not said", ""]


def test_windows_knows_its_letters_and_its_lines(home: Home) -> None:
    data = case_note.text(replace(NOTE, category=("Zoë",)), home)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") == 13
    assert "Zoë" in data.decode("utf-8-sig")


def test_its_name_is_the_reference_alone() -> None:
    assert case_note.name(NOTE) == "MASE-2026-0007.txt"


def test_all_that_somebody_typed_is_searched_for_others() -> None:
    assert case_note.passages(NOTE) == [
        Passage("who files the outcome of MASE-2026-0007", "Dora Worker, 9 December", "worker"),
        Passage("action A-2026-0031", "Visit the shop\nwith licensing"),
        Passage("action A-2026-0032", "Visit the shop\nwith licensing"),
    ]
