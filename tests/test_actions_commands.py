"""The actions of a register, as the real command lists, adds and changes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from mase_docs.definition.home import Home
from mase_docs.register.meetings import meetings
from mase_docs.register.records import Action, History
from mase_docs.register.register import Register
from tests.conftest import Command
from tests.register.people import a_case, a_context, a_person, everything
from tests.register.stores import BOROUGH, witness

LABEL = "MASE-2026-0001 / TS / 16F"
ON = ("--today", "2026-12-02")


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """A case, a school, two places that are called alike, and a meeting."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "no-home"))
    with Register.create(str(tmp_path / "register.sqlite"), BOROUGH, witness=witness()) as made:
        with made.writing("test") as writing:
            a_case(writing, a_person(writing, "Testa", "Sample"), 1)
            for kind, name in (("school", "Marshgate Academy"), ("place", "The Green"), ("online", "The Green")):
                a_context(writing, kind, name)
            meetings.add(writing, date(2026, 11, 4), Home())
        yield made


@pytest.fixture
def run(mase_docs: Command, register: Register) -> Command:
    """Runs a command on that register."""
    return lambda *words: mase_docs("--register", register.address, *words)


@pytest.fixture
def three(run: Command) -> Command:
    """With three actions in it."""
    of_case = ("--case", "mase-2026-0001", "--meeting", "2026-11-04")
    run("actions", "add", "Visit the home", "--agency", "YOT", *of_case, "--due", "2026-11-18", "--person", "A. Worker")
    run("actions", "add", "Talk to the school", "--agency", "borough_police", "--place", "Marshgate academy", "--due", "2026-12-16")
    run("actions", "add", "Write to all", "--agency", "borough_police", "--due", "2026-11-20", "--person", "B. Officer")
    return run


def test_an_action_gets_its_number_and_is_shown_by_its_label(run: Command) -> None:
    done = run("actions", "add", "Visit the home", "--agency", "YOT", "--case", "MASE-2026-0001", "--meeting", "2026-11-04")
    year_of_meeting = "A-2026-0001  Youth Offending Team"
    assert done.stdout == f"{year_of_meeting}; {LABEL}: Visit the home; Open\n"
    assert done.stderr == "Every action has a person and a day: mase-docs actions set A-2026-0001 --person … --due …\n"
    assert "Testa" not in done.stdout


def test_actions_are_listed_by_agency_the_longest_overdue_first(three: Command) -> None:
    done = three("actions", "list", *ON)
    assert [line.split(";")[0] for line in done.stdout.splitlines()] == [
        f"A-{date.today().year}-0003  Borough Police",
        f"A-{date.today().year}-0002  Borough Police",
        "A-2026-0001  Youth Offending Team",
    ]
    assert done.stdout.splitlines()[2] == (
        f"A-2026-0001  Youth Offending Team; {LABEL}: Visit the home; A. Worker; by 18 November 2026 (14 days overdue); Open"
    )
    assert done.stderr == "3 actions.\n"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--agency", "Borough Police"), ["Write to all", "Talk to the school"]),
        (("--case", "MASE-2026-0001"), ["Visit the home"]),
        (("--overdue",), ["Write to all", "Visit the home"]),
        (("--overdue", "--agency", "YOT", "--all"), ["Visit the home"]),
        (("--agency", "gp"), []),
    ],
)
def test_the_list_is_narrowed(three: Command, words: tuple[str, ...], found: list[str]) -> None:
    done = three("actions", "list", "--json", *words, *ON)
    assert [json.loads(line)["action"] for line in done.stdout.splitlines()] == found


def test_the_json_of_an_action_has_everything_and_no_names_of_young_people(three: Command) -> None:
    done = three("actions", "list", "--case", "MASE-2026-0001", "--json", "--today", "2026-11-19")
    assert json.loads(done.stdout) == {
        "number": "A-2026-0001",
        "about": LABEL,
        "action": "Visit the home",
        "agency": "youth_offending_team",
        "agency_name": "Youth Offending Team",
        "lead_person": "A. Worker",
        "due": "2026-11-18",
        "status": "open",
        "status_on": "2026-11-04",
        "completed_on": None,
        "evidence": None,
        "reason_not_done": None,
        "times_carried": 0,
        "days_overdue": 1,
        "set_on": "2026-11-04",
    }


def test_an_action_that_is_done_leaves_the_list_and_is_among_all(three: Command) -> None:
    done = three("actions", "set", "a-2026-0001", "--status", "completed", "--done-on", "2026-11-16", "--evidence", "A note", *ON)
    assert done.stdout == (
        f"A-2026-0001  Youth Offending Team; {LABEL}: Visit the home; A. Worker; by 18 November 2026; Done on 16 November 2026; "
        "evidence: A note\n"
    )
    assert "A-2026-0001" not in three("actions", "list").stdout
    assert "Done on 16 November 2026" in three("actions", "list", "--all").stdout
    assert three("actions", "set", "A-2026-0001", "--status", "done", *ON).stderr == "It was so already: nothing was changed.\n"


def test_the_two_kinds_of_not_done_are_told_apart(three: Command) -> None:
    agency = three("actions", "set", "A-2026-0001", "--status", "not done", "--reason", "Nobody was free", *ON)
    assert agency.stdout.endswith("(14 days overdue); Not done by the agency; why: Nobody was free\n")
    changed = three("actions", "set", "A-2026-0001", "--status", "not possible", "--reason", "The family moved")
    assert changed.stdout.endswith("; by 18 November 2026; Not possible: circumstances changed; why: The family moved\n")
    assert "A-2026-0001" not in three("actions", "list").stdout


def test_what_is_to_be_done_is_changed_and_emptied(three: Command) -> None:
    changed = ("--action", "Telephone", "--agency", "met police", "--person", "", "--due", "2026-12-09")
    done = three("actions", "set", "A-2026-0001", *changed, *ON)
    assert done.stdout == f"A-2026-0001  Borough Police; {LABEL}: Telephone; by 9 December 2026; Open\n"


def test_a_place_is_named_by_its_number_where_two_are_called_so(run: Command) -> None:
    words = ("actions", "add", "Look at the lights", "--agency", "licensing")
    assert "Several schools and places have that name. Give the number" in run(*words, "--place", "the green").stderr
    assert "; The Green: Look at the lights; Open" in run(*words, "--place", "2").stdout


def test_that_somebody_looked_at_actions_stands_in_the_history(three: Command, register: Register) -> None:
    three("actions", "list", "--case", "MASE-2026-0001")
    with register.reading() as session:
        looked = session.scalars(select(History.detail).where(History.did == "looked")).all()
        assert len(looked) == 1
        assert f'["action",{session.scalars(select(Action.id).order_by(Action.id)).first()}]' in str(looked[0])


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add", "Visit"), 2, "Missing option '--agency'"),
        (("add", " ", "--agency", "YOT"), 2, "Nothing is said here."),
        (("add", "Visit", "--agency", "the circus"), 2, "is none of Agencies"),
        (("add", "Visit", "--agency", "YOT", "--case", "MASE-2026-0001", "--place", "2"), 2, "for a case or for a place"),
        (("add", "Visit", "--agency", "YOT", "--case", "MASE-2026-0404"), 4, "There is no case MASE-2026-0404"),
        (("add", "Visit", "--agency", "YOT", "--place", "Nowhere"), 4, "No school or place has that name."),
        (("add", "Visit", "--agency", "YOT", "--meeting", "2026-11-05"), 4, "There is no meeting on 5 November 2026"),
        (("add", "Visit", "--agency", "YOT", "--meeting", "2026-11-04", "--due", "2026-11-03"), 2, "(rule DA7)"),
        (("list", "--case", "MASE-2026-0404"), 4, "There is no case MASE-2026-0404"),
        (("set", "A-2026-0404", "--status", "done"), 4, "There is no action A-2026-0404"),
        (("set", "A-2026-0001", "--status", "gone"), 2, "is none of Status of an action"),
        (("set", "A-2026-0001", "--status", "not possible"), 2, "needs the reason"),
        (("set", "A-2026-0001", "--status", "done", "--done-on", "2099-01-01"), 2, "on a day to come"),
        (("set", "A-2026-0001", "--done-on", "2026-11-05"), 2, "belongs to one that is done"),
        (("set", "A-2026-0001", "--due", "2026-11-03"), 2, "(rule DA7)"),
        (("set", "A-2026-0001", "--action", ""), 2, "An action says what is to be done."),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_and_changes_nothing(
    three: Command, register: Register, words: tuple[str, ...], code: int, said: str
) -> None:
    before = everything(register)
    done = three("actions", *words)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert everything(register) == before
    assert "Sample" not in done.stderr


def test_open_cases_without_a_day_for_their_review_are_found(run: Command) -> None:
    assert run("cases", "--no-review").stdout.startswith(LABEL)
    run("case", "set", "MASE-2026-0001", "--next-review", "2026-12-02")
    assert run("cases", "--no-review").stdout == ""
