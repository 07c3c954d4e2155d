"""The record lines for young people's own files, and the action log, as the real commands make them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from mase_docs.cli import run
from mase_docs.definition.home import Home
from mase_docs.register.casework.case_life import assess
from mase_docs.register.records import Action, Discussion, Paper
from mase_docs.register.register import Register
from tests.after_a_meeting import ACTION, CHILDREN, HELD, POLICE, SOCIAL_CARE, TODAY, Done, an_action, case_of, fill, person_of, reference
from tests.register.stores import BOROUGH, witness

MaseDocs = Callable[..., Done]


@pytest.fixture
def register(tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "no-home"))
    monkeypatch.chdir(tmp_path)
    with Register.create("register.sqlite", BOROUGH, witness=witness()) as made:
        fill(made, home)
        yield made


@pytest.fixture
def mase_docs(register: Register, capsys: pytest.CaptureFixture[str]) -> MaseDocs:
    """The command on that register, a week after the meeting."""

    def done(*words: object) -> Done:
        code = run(["--home", ".", "--register", register.address, *map(str, words), "--today", str(TODAY)])
        return Done(code, *capsys.readouterr())

    return done


@pytest.fixture
def notes(mase_docs: MaseDocs) -> Callable[[], Done]:
    return lambda: mase_docs("case-notes", "--meeting", HELD, "-o", "notes")


def note(mark: str) -> str:
    return (Path("notes") / f"{reference(mark)}.txt").read_text("utf-8-sig")


# The notes


def test_each_case_that_was_heard_has_a_note_called_by_its_reference(notes: Callable[[], Done]) -> None:
    done = notes()
    assert (done.returncode, done.stdout) == (0, "")
    assert sorted(path.name for path in Path("notes").iterdir()) == [f"{reference(mark)}.txt" for mark in CHILDREN]
    assert done.stderr == "notes: 5 notes, each for one young person's own file.\n"


def test_a_note_has_every_agencys_actions_and_nothing_of_another_child(notes: Callable[[], Done]) -> None:
    notes()
    for mark in CHILDREN:
        text = note(mark)
        assert ACTION.format(mark, SOCIAL_CARE) in text
        assert f"Reference: {reference(mark)}" in text
        assert not [other for other in CHILDREN if other != mark and (other in text or reference(other) in text)]
    assert "by 16 December 2026: " + ACTION.format("Qown", POLICE) in note("Qown")


def test_a_note_says_no_more_of_its_child_than_the_record_line_needs(notes: Callable[[], Done], home: Home) -> None:
    from tests.register.marked import marked, marks

    notes()
    assert [answer for answer in marks(marked(home, "Qown")) if answer in note("Qown")] == []
    assert "sharedz" not in note("Qown")
    assert "reasonsz" not in note("Qown")


def test_the_category_is_that_of_the_day_of_the_meeting_and_where_it_was_set(
    notes: Callable[[], Done], register: Register, home: Home
) -> None:
    with register.writing("test") as writing:
        assess(writing, case_of(writing, "Qown"), home, "cse_category", "3", "strategy_discussion", HELD.replace(day=1, month=11))
        assess(writing, case_of(writing, "Qother"), home, "cse_category", "3", "map_meeting", HELD.replace(day=1, month=11))
    notes()
    assert "Category or level: Category 3: high risk (set: Strategy discussion, 1 November 2026);" in note("Qown")
    assert "sets none itself." in note("Qown")


def test_a_note_in_which_another_child_is_named_stops_all_of_them(notes: Callable[[], Done], register: Register) -> None:
    with register.writing("test") as writing:
        writing.change(person_of(writing, "Qother"), given_names="Testa", family_name="Sample")
        action = writing.session.scalars(select(Action).where(Action.case_id == case_of(writing, "Qown").id)).first()
        assert action
        writing.change(action, action="See what Testa Sample says")
        number = action.number
    done = notes()
    assert done.returncode == 3
    assert f"in action {number}. Nothing was written." in done.stderr
    assert "Sample" not in done.stderr
    assert not Path("notes").exists()
    with register.reading() as session:
        assert list(session.scalars(select(Paper))) == []


def test_what_is_there_is_not_overwritten_and_then_nothing_is_recorded(notes: Callable[[], Done], register: Register) -> None:
    Path("notes").mkdir()
    (Path("notes") / f"{reference('Qother')}.txt").write_text("mine")
    assert notes().returncode == 6
    assert [path.name for path in Path("notes").iterdir()] == [f"{reference('Qother')}.txt"]
    with register.reading() as session:
        assert list(session.scalars(select(Paper))) == []


def test_the_notes_are_recorded_as_the_chairs(notes: Callable[[], Done], register: Register) -> None:
    notes()
    with register.reading() as session:
        made = session.scalars(select(Paper)).all()
    assert [(paper.paper, paper.audience) for paper in made] == [("case_note", "chair")] * 5


def test_a_place_that_was_heard_has_no_note(notes: Callable[[], Done], register: Register) -> None:
    with register.reading() as session:
        assert len(session.scalars(select(Discussion)).all()) == 8
    notes()
    assert len(list(Path("notes").iterdir())) == 5


# The log


def in_word(file: str) -> list[str]:
    return [row.cells[0].text for row in Document(file).tables[-1].rows][1:]


def in_cells(file: str) -> list[str]:
    return [row[0].value for row in load_workbook(file)["Action log"].rows][1:]


@pytest.fixture
def two_more(register: Register) -> None:
    """An action that ended, and one of no meeting."""
    with register.writing("test") as writing:
        an_action(writing, "Ended", POLICE, None, status="done", completed_on=HELD)
        an_action(writing, "Added since", POLICE, None, due=HELD)


@pytest.mark.usefixtures("two_more")
def test_the_log_shows_what_is_to_be_done_and_on_request_all_or_what_a_meeting_set(mase_docs: MaseDocs, register: Register) -> None:
    with register.reading() as session:
        numbers = {action.action: action.number for action in session.scalars(select(Action))}
    assert mase_docs("actions", "log", "-o", "log.docx").returncode == 0
    assert mase_docs("actions", "log", "-o", "log.xlsx").returncode == 0
    assert sorted(in_word("log.docx")) == sorted(in_cells("log.xlsx")) == sorted(set(numbers.values()) - {numbers["Ended"]})
    assert in_word("log.docx")[0] == numbers["Added since"]
    assert mase_docs("actions", "log", "-o", "all.xlsx", "--all").returncode == 0
    assert sorted(in_cells("all.xlsx")) == sorted(numbers.values())
    assert mase_docs("actions", "log", "-o", "of_meeting.docx", "--meeting", HELD).returncode == 0
    assert sorted(in_word("of_meeting.docx")) == sorted(set(numbers.values()) - {numbers["Ended"], numbers["Added since"]})


def test_word_and_excel_are_recorded_as_the_chairs(mase_docs: MaseDocs, register: Register) -> None:
    done = mase_docs("actions", "log", "-o", "log.xlsx")
    assert done == (0, "", "log.xlsx: for the chair and the coordinator; it has the actions of every agency.\n")
    with register.reading() as session:
        [paper] = session.scalars(select(Paper))
    assert (paper.paper, paper.audience, paper.meeting_id) == ("action_log", "chair", None)


def test_another_ending_is_asked_about(mase_docs: MaseDocs) -> None:
    done = mase_docs("actions", "log", "-o", "log.pdf")
    assert done.returncode == 2
    assert "Let the file's name end in .docx or .xlsx." in done.stderr


def test_an_agencys_copy_and_the_chairs_log_share_no_folder(mase_docs: MaseDocs) -> None:
    assert mase_docs("extract", "--meeting", HELD, "--agency", POLICE, "-o", "shared/copy.docx").returncode == 0
    done = mase_docs("actions", "log", "-o", "shared/log.docx")
    assert done.returncode == 2
    assert "holds a copy that was made for somebody else" in done.stderr
    assert not Path("shared/log.docx").exists()
    assert mase_docs("case-notes", "--meeting", HELD, "-o", "shared").returncode == 2
