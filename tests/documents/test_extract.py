"""The agency's copy as Word shows it: whose it is on every page, what was decided, and a sentence where there is nothing."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mase_docs import resources
from mase_docs.definition.home import Home
from mase_docs.documents import extract
from mase_docs.documents.copies import whose
from mase_docs.merge.read import paragraphs
from mase_docs.merge.word import render
from mase_docs.model.extract import CaseHeard, Extract, ThemeHeard
from mase_docs.model.sitting import ActionSaid, Attended, Discussed, Meeting
from tests.documents.word_file import blanks_between, faults, hidden, is_as_made, properties, wrong_headings, wrong_tables

LABEL, HARD = "MASE-2026-0007 / ZL / 15F", "O'Shea & Sons <x> {{ 7*7 }} “Łukasz”"
TEMPLATE = resources.folder("templates") / "extract.docx"
ACTION = ActionSaid(
    "action31", "A-2026-0031", LABEL, f"Visit {HARD}", "borough_police", "Borough Police", "Sgt A. Invented", date(2026, 12, 16),
)  # fmt: skip
LATE = replace(ACTION, number="A-2026-0012", status="in_progress", days_overdue=21, times_carried=1, lead_person=None, due=None)
DECIDED = Discussed("accept_actions", f"Because of {HARD}", category_review=True, review_on=date(2027, 1, 6))
MEETING = Meeting(date(2026, 12, 2), venue="Room 102", chair="Prudence Chair", minute_taker="Benedict Scribe", state="minutes_draft")
FULL = Extract(
    "borough_police",
    "Borough Police",
    MEETING,
    (
        Attended("agency1", "borough_police", "Borough Police", attendance="representative", name="Perpetua", representing="Constance"),
        Attended("agency2", "gp", "GP", attendance="absent"),
        Attended("agency3", "mash", "MASH or front door"),
    ),
    (Attended("observer1", "", "Neighbouring Borough", name="Olive Observer"),),
    (
        CaseHeard("MASE-2026-0007", LABEL, "Zoë Łukasz", "new_cases", DECIDED, (f"We saw {HARD}",), (ACTION,)),
        CaseHeard("MASE-2026-0009", "MASE-2026-0009 / TS / 16M", "Testa Sample", "review_cases", Discussed()),
    ),
    (ThemeHeard("Fern Park", "Place", Discussed("adopt_location_plan"), (replace(ACTION, number="A-2026-0032"),)),),
    (LATE, ACTION),
)
EMPTY = Extract("housing", "Housing", replace(MEETING, state="minutes_agreed"))


def written(copy: Extract, home: Home) -> bytes:
    context = extract.context(copy, home, date(2026, 12, 9))
    return render(TEMPLATE, context, extract.must_show(context), title=context["title"])


@pytest.fixture(scope="module")
def paper(home: Home) -> bytes:
    return written(FULL, home)


def texts(document: bytes) -> list[str]:
    return [p.text for p in paragraphs(document)]


def beside(document: bytes, label: str) -> list[str]:
    """What stands in the cell after each cell of that label."""
    found = texts(document)
    return [found[number + 1] for number, text in enumerate(found) if text == label]


def test_every_page_says_whose_copy_it_is_and_what_it_is(paper: bytes) -> None:
    header = [p.text for p in paragraphs(paper) if p.place == "page header"]
    footer = [p.text for p in paragraphs(paper) if p.place == "page footer"]
    assert header == ["OFFICIAL-SENSITIVE", "MASE minutes · 2 December 2026\tCopy for Borough Police"]
    assert footer == ["Not to be copied or passed on\tPage 1 of 1", "OFFICIAL-SENSITIVE"]


def test_the_file_says_whose_copy_it_is_and_names_no_child(paper: bytes, home: Home) -> None:
    assert properties(paper) == "MASE minutes, 2 December 2026: copy for Borough Police en-GB"
    assert whose(extract.title(FULL, home), home) == "borough_police"
    assert hidden(paper) == []


def test_the_decision_and_the_reasons_are_there_in_words(paper: bytes) -> None:
    assert beside(paper, "Decision") == ["Accepted: with actions", "Not said", "Plan for the place adopted"]
    assert beside(paper, "Reasons") == [f"Because of {HARD}"]
    assert beside(paper, "Review of the category") == ["Asked for"]
    assert beside(paper, "Review on") == ["6 January 2027", "Not said", "Not said"]
    assert beside(paper, "Heard as") == ["New", "Review"]


def test_the_agencys_own_words_and_actions_are_there(paper: bytes) -> None:
    text = texts(paper)
    assert f"We saw {HARD}" in text
    assert text.count(f"Visit {HARD}") == 4
    assert text.count("A-2026-0031") == 2
    assert "In progress; 21 days overdue; carried 1 time" in text
    assert text.count("Nothing is recorded.") == text.count("None was set at this meeting.") == 1


def test_it_says_that_what_others_said_is_left_out(paper: bytes) -> None:
    [said] = [text for text in texts(paper) if "is left out" in text]
    assert said.endswith("What other agencies shared and are to do is left out, and so are their cases.")


def test_who_attended_is_told_of_those_of_whom_it_is_known(paper: bytes) -> None:
    assert beside(paper, "A named representative attended") == ["Perpetua, for Constance"]
    assert beside(paper, "GP") == ["Absent without apology"]
    assert "MASH or front door" not in texts(paper)
    assert beside(paper, "Olive Observer") == ["Neighbouring Borough"]


def test_a_draft_says_that_it_is_one_and_when_the_copy_is_deleted(paper: bytes, home: Home) -> None:
    assert beside(paper, "Version") == ["Draft: it may still be corrected"]
    assert beside(paper, "To be deleted by") == ["2 December 2027"]
    assert beside(written(EMPTY, home), "Version") == ["Agreed"]


def test_a_copy_with_nothing_in_it_says_so(home: Home) -> None:
    text = texts(written(EMPTY, home))
    assert "In this copy: No case of Housing was heard at this meeting, and it has no action to do." in text
    assert "No case of Housing was heard at this meeting." in text
    assert {"The minutes do not say who attended.", "Nothing is outstanding."} <= set(text)
    assert "Places, schools and groups" not in text


def test_every_typed_word_is_among_the_passages_that_are_searched(home: Home) -> None:
    typed = {passage.text for passage in extract.passages(FULL)}
    assert {f"Visit {HARD}", f"Because of {HARD}", f"We saw {HARD}", "Fern Park", "Perpetua", "Constance", "Olive Observer"} <= typed
    assert {"Room 102", "Prudence Chair", "Benedict Scribe", "Sgt A. Invented"} <= typed


def test_no_passage_names_its_child_in_where_it_stands() -> None:
    places = " ".join(passage.place for passage in extract.passages(FULL))
    assert "MASE-2026-0007" in places
    assert not {"Zoë", "Łukasz", "ZL"} & set(places.split())


@pytest.mark.parametrize("copy", [FULL, EMPTY], ids=["full", "empty"])
def test_headings_tables_and_paragraphs_are_in_order(copy: Extract, home: Home) -> None:
    document = written(copy, home)
    assert wrong_headings(document) == []
    assert wrong_tables(document) == []
    assert blanks_between(document) == []


@pytest.mark.parametrize("copy", [FULL, EMPTY], ids=["full", "empty"])
def test_checkers_of_word_files_find_nothing(copy: Extract, home: Home, tmp_path: Path) -> None:
    (tmp_path / "copy.docx").write_bytes(written(copy, home))
    assert faults(tmp_path / "copy.docx") == []
    assert faults(TEMPLATE) == []


def test_the_same_copy_has_the_same_bytes(paper: bytes, home: Home) -> None:
    assert written(FULL, home) == paper


def test_the_template_is_what_its_script_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_as_made("make_extract_template", "extract.docx", tmp_path, monkeypatch)


@pytest.mark.needs("soffice", "pdftotext")
def test_libreoffice_prints_it_with_the_copy_line_on_every_page(paper: bytes, tmp_path: Path) -> None:
    (tmp_path / "copy.docx").write_bytes(paper)
    office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
    subprocess.run([*office, tmp_path / "copy.docx"], check=True, capture_output=True, timeout=180)
    printed = subprocess.run(["pdftotext", "-layout", tmp_path / "copy.pdf", "-"], check=True, capture_output=True, text=True).stdout
    pages = printed.split("\f")[:-1]
    assert len(pages) > 1
    assert all(page.count("OFFICIAL-SENSITIVE") == 2 and "Copy for Borough Police" in page for page in pages)
