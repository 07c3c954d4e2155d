"""The action log: every action, in words in Word and in cells in a workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook

from mase_docs import resources
from mase_docs.definition.home import Home
from mase_docs.documents import action_log
from mase_docs.documents.copies import whose
from mase_docs.merge.read import paragraphs
from mase_docs.merge.word import render
from mase_docs.model.sitting import CHAIR, ActionSaid
from mase_docs.packs.printed_sheet import Look, workbook
from tests.documents.word_file import blanks_between, faults, hidden, is_as_made, properties, wrong_headings, wrong_tables

OPEN = ActionSaid(
    "action31", "A-2026-0031", "MASE-2026-0007 / ZL / 15F", "=Visit & <see> {{ x }}", "borough_police", "Borough Police", "Sgt A. Invented",
    date(2026, 11, 18), days_overdue=21, times_carried=2,
)  # fmt: skip
DONE = replace(OPEN, number="A-2026-0032", status="done", completed_on=date(2026, 12, 1), evidence="Their minutes", days_overdue=0)
NOT_DONE = replace(
    OPEN, number="A-2026-0033", about="All", agency="No agency", code=None, lead_person=None, due=None, days_overdue=0,
    status="not_possible_changed_circumstances", reason_not_done="Moved away",
)  # fmt: skip
ACTIONS = [OPEN, DONE, NOT_DONE]
TODAY, TEMPLATE = date(2026, 12, 9), resources.folder("templates") / "action_log.docx"


def written(actions: list[ActionSaid], home: Home, meeting: date | None = None) -> bytes:
    context = action_log.context(actions, action_log.shown(meeting, ended=True), home, TODAY)
    return render(TEMPLATE, context, action_log.must_show(context), title=context["title"])


def rows(document: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(BytesIO(document)).tables[-1].rows]


@pytest.fixture(scope="module")
def paper(home: Home) -> bytes:
    return written(ACTIONS, home)


@pytest.fixture(scope="module")
def book(home: Home) -> bytes:
    return workbook(action_log.table(ACTIONS, home), Look(action_log.title(home), "A & B", action_log.WIDTHS))[0]


def test_every_action_is_a_row_in_words(paper: bytes) -> None:
    said = ["MASE-2026-0007 / ZL / 15F", "=Visit & <see> {{ x }}", "Borough Police", "Sgt A. Invented", "18 November 2026"]
    assert rows(paper)[1:] == [
        ["A-2026-0031", *said, "Open", "–", "2", "21"],
        ["A-2026-0032", *said, "Done, 1 December 2026", "Their minutes", "2", "0"],
        ["A-2026-0033", "All", said[1], "No agency", "–", "–", "Not possible: circumstances changed", "Not done: Moved away", "2", "0"],
    ]


def test_how_many_there_are_stands_above_them(paper: bytes, home: Home) -> None:
    text = [p.text for p in paragraphs(paper)]
    assert {"3 actions: 1 outstanding, 1 overdue", "All actions", "9 December 2026"} <= set(text)
    assert "All actions that the meeting of 2 December 2026 set" in [p.text for p in paragraphs(written([], home, date(2026, 12, 2)))]


def test_a_log_without_actions_says_so(home: Home) -> None:
    text = [p.text for p in paragraphs(written([], home))]
    assert {"There is no action to show.", "No actions: none outstanding, none overdue"} <= set(text)


def test_it_is_the_chairs_copy_on_every_page_and_lies_on_its_side(paper: bytes, home: Home) -> None:
    header = [p.text for p in paragraphs(paper) if p.place == "page header"]
    assert header == ["OFFICIAL-SENSITIVE", "MASE action log · 9 December 2026\tChair and coordinator copy: full details"]
    section = Document(BytesIO(paper)).sections[0]
    assert section.page_width > section.page_height
    assert whose(action_log.title(home), home) == CHAIR
    assert properties(paper) == "MASE action log en-GB"
    assert hidden(paper) == []


@pytest.mark.parametrize("actions", [ACTIONS, []], ids=["full", "empty"])
def test_it_is_in_order_as_a_word_file(actions: list[ActionSaid], home: Home, tmp_path: Path) -> None:
    document = written(actions, home)
    assert (wrong_headings(document), wrong_tables(document), blanks_between(document)) == ([], [], [])
    (tmp_path / "log.docx").write_bytes(document)
    assert faults(tmp_path / "log.docx") == []
    assert faults(TEMPLATE) == []


def test_the_template_is_what_its_script_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_as_made("make_action_log_template", "action_log.docx", tmp_path, monkeypatch), (
        "run docs/developing/make_action_log_template.py"
    )


def test_the_workbook_has_a_cell_for_each_thing(book: bytes) -> None:
    sheet = load_workbook(BytesIO(book))["Action log"]
    found = [[cell.value for cell in row] for row in sheet.rows]
    assert found[0] == list(action_log.COLUMNS)
    assert found[1] == [
        "A-2026-0031", "MASE-2026-0007 / ZL / 15F", "=Visit & <see> {{ x }}", "Borough Police", "Sgt A. Invented", "2026-11-18", "Open",
        None, None, None, 2, 21,
    ]  # fmt: skip
    assert found[2][6:10] == ["Done", "2026-12-01", "Their minutes", None]
    assert found[3][3:10] == ["No agency", None, None, "Not possible: circumstances changed", None, None, "Moved away"]


def test_nothing_in_the_workbook_runs(book: bytes) -> None:
    assert load_workbook(BytesIO(book))["Action log"]["C2"].data_type == "s"
    with ZipFile(BytesIO(book)) as package:
        assert not [name for name in package.namelist() if b"<f>" in package.read(name) or b"<f " in package.read(name)]


def test_the_head_of_the_sheet_stays_in_sight_and_is_on_every_page(book: bytes) -> None:
    sheet = load_workbook(BytesIO(book))["Action log"]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == ("A2", "$1:$1", "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (1, 0, True)
    assert sheet.oddHeader.center.text == sheet.oddFooter.center.text == "A && B"


def test_long_words_go_on_under_each_other(home: Home) -> None:
    action = replace(OPEN, action="word " * 100)
    data, _ = workbook(action_log.table([action, DONE], home), Look("log", "M", action_log.WIDTHS))
    sheet = load_workbook(BytesIO(data))["Action log"]
    assert sheet["C2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height > 15 * 10
    assert sheet.row_dimensions[3].height < 15 * 4
    endless, _ = workbook(action_log.table([replace(OPEN, action="word " * 5000)], home), Look("log", "M", action_log.WIDTHS))
    assert load_workbook(BytesIO(endless))["Action log"].row_dimensions[2].height == 409


def test_the_workbook_says_what_it_is_and_not_who_made_it_or_when(book: bytes, home: Home) -> None:
    properties = load_workbook(BytesIO(book)).properties
    assert (properties.title, properties.creator, properties.language) == ("MASE action log", None, "en-GB")
    assert book == workbook(action_log.table(ACTIONS, home), Look(action_log.title(home), "A & B", action_log.WIDTHS))[0]
