"""Meetings and attendance, as the real command adds, lists, shows and changes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mase_docs.register.register import Register
from tests.conftest import Command
from tests.register.people import everything
from tests.register.stores import BOROUGH


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Register:
    """An empty one; the commands look at the clock, so the days here are long past or long to come."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "no-home"))
    return Register.create(str(tmp_path / "register.sqlite"), BOROUGH)


@pytest.fixture
def run(mase_docs: Command, register: Register) -> Command:
    """Runs a command on that register."""
    return lambda *words: mase_docs("--register", register.address, *words)


def test_a_meeting_is_added_and_says_its_days(run: Command) -> None:
    done = run("meeting", "add", "06/01/2077", "--venue", "online", "--chair", "A. Chair", "--minute-taker", "B. Scribe")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Meeting of 6 January 2077: planned",
        "  Forms by          22 December 2076",
        "  Reminders go out  30 December 2076",
        "  Information by    30 December 2076",
        "  Agenda goes out   31 December 2076",
        "  Minutes due       13 January 2077",
        "  Where             online",
        "  Chair             A. Chair",
        "  Minutes taken by  B. Scribe",
    ]


def test_without_a_date_the_next_is_added_after_the_last_by_the_rhythm(run: Command) -> None:
    run("meeting", "add", "2076-12-02")
    assert run("meeting", "add").stdout.startswith("Meeting of 6 January 2077: planned")


def test_the_boroughs_own_rhythm_and_room_are_used(mase_docs: Command, register: Register, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    rhythm = '[meetings]\nweek = 5\nweekday = "monday"\nvenue = "Town Hall"\n'
    (tmp_path / "home" / "mase.toml").write_text(rhythm, encoding="utf-8")

    def own(*words: str) -> str:
        return mase_docs("--home", tmp_path / "home", "--register", register.address, *words).stdout

    own("meeting", "add", "2076-08-03")
    added = own("meeting", "add")
    assert added.startswith("Meeting of 1 September 2076")
    assert "  Where             Town Hall" in added


@pytest.mark.parametrize("day", ["2076-12-25", "2077-01-02"], ids=["Christmas Day", "a Saturday"])
def test_a_day_on_which_nobody_works_is_taken_and_said(run: Command, day: str) -> None:
    done = run("meeting", "add", day)
    assert done.returncode == 0
    assert f"is a weekend or a bank holiday. If that isn't meant: mase-docs meeting set {day} --move-to …" in done.stderr


def test_meetings_are_listed_by_their_days(run: Command) -> None:
    assert run("meeting", "list").stderr == "There is none. Add the next one with: mase-docs meeting add\n"
    for day in ("2077-02-03", "2077-01-06"):
        run("meeting", "add", day, "--venue", "online")
    assert run("meeting", "list").stdout.splitlines() == [
        "6 January 2077    planned; forms by 22 December 2076; online",
        "3 February 2077   planned; forms by 22 January 2077; online",
    ]
    first, second = (json.loads(line) for line in run("meeting", "list", "--json").stdout.splitlines())
    assert second["held_on"] == "2077-02-03"
    assert {name: first[name] for name in ("held_on", "remind_on", "intelligence_on", "state")} == {
        "held_on": "2077-01-06",
        "remind_on": "2076-12-30",
        "intelligence_on": "2076-12-30",
        "state": "planned",
    }


def test_who_came_is_written_down_and_shown(run: Command) -> None:
    run("meeting", "add", "2077-01-06")
    attend = ("meeting", "attend", "2077-01-06")
    done = run(*attend, "--agency", "met police", "--as", "rep", "--name", "C. Stand-in", "--for", "D. Contact", "--signed")
    assert done.stdout == "Borough Police: A named representative attended; C. Stand-in for D. Contact; statement signed\n"
    assert run(*attend, "--agency", "borough_police", "--not-signed").stdout.endswith("for D. Contact; statement not signed\n")
    apology = ("--as", "apology_with_information", "--information-on", "2077-01-04")
    assert run(*attend, "--agency", "YOT", *apology).stdout == (
        "Youth Offending Team: Apology, with information sent; information came on 4 January 2077\n"
    )
    assert run(*attend, "--observer", "E. Watcher", "--from", "Elsewhere").stdout == "Observer: E. Watcher; from Elsewhere\n"
    shown = run("meeting", "show", "2077-01-06").stdout
    assert "Borough Police: A named representative attended; C. Stand-in for D. Contact; statement not signed\n" in shown
    assert "Missing Persons: nothing said yet\n" in shown
    assert shown.endswith("Observer: E. Watcher; from Elsewhere\n")


def test_the_json_of_a_meeting_has_everybody(run: Command) -> None:
    run("meeting", "add", "2077-01-06")
    run("meeting", "attend", "2077-01-06", "--agency", "gangs_unit", "--as", "absent")
    run("meeting", "attend", "2077-01-06", "--observer", "E. Watcher", "--signed")
    shown = json.loads(run("meeting", "show", "--json", "--today", "2077-01-01").stdout)
    by_code = {one["code"]: one for one in shown["agencies"]}
    assert (shown["held_on"], by_code["gangs_unit"]["attendance"], by_code["empower"]["attendance"]) == ("2077-01-06", "absent", None)
    assert [(one["name"], one["statement_signed"]) for one in shown["observers"]] == [("E. Watcher", True)]


def test_what_is_told_of_a_meeting_is_changed_emptied_and_moved(run: Command) -> None:
    run("meeting", "add", "2077-01-06", "--venue", "online", "--chair", "A. Chair")
    done = run("meeting", "set", "2077-01-06", "--venue", "", "--started", "10:02", "--finished", "12:20", "--move-to", "2077-01-13")
    assert done.stdout.splitlines()[:2] == ["Meeting of 13 January 2077: planned", "  Forms by          31 December 2076"]
    assert done.stdout.splitlines()[-3:] == ["  Chair             A. Chair", "  Began at          10:02", "  Ended at          12:20"]
    assert run("meeting", "set", "2077-01-13", "--state", "held").stdout.startswith("Meeting of 13 January 2077: held\n")
    assert run("meeting", "set", "2077-01-13", "--state", "held").stderr == "It was so already: nothing was changed.\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add", "2077-01-06"), 4, "There is a meeting on 6 January 2077 already. See them with: mase-docs meeting list"),
        (("add", "0277-01-06"), 2, "Look at the year that you typed."),
        (("add", "6 January"), 2, "This is not a date. Write it as 2026-12-02 or 02/12/2026."),
        (("show", "2077-01-07"), 4, "the nearest is on 6 January 2077. Add it with: mase-docs meeting add 2077-01-07"),
        (("set", "2077-01-06", "--state", "over"), 2, "A meeting has no such state."),
        (("attend", "2077-01-06"), 2, "One of --agency and --observer is needed."),
        (("attend", "2077-01-06", "--agency", "YOT", "--observer", "E. Watcher"), 2, "One of --agency and --observer is needed."),
        (("attend", "2077-01-06", "--agency", "YOT"), 2, "How the agency attended is not said."),
        (("attend", "2077-01-06", "--agency", "YOT", "--as", "representative"), 2, "A representative must be named."),
        (("attend", "2077-01-06", "--agency", "YOT", "--as", "spoc", "--from", "Here"), 2, "--from: told of observers alone."),
        (("attend", "2077-01-06", "--observer", "E", "--as", "spoc", "--name", "E"), 2, "--as, --name: told of agencies alone."),
        (("attend", "2077-01-06", "--observer", " "), 2, "Nothing is said here."),
        (("attend", "2077-01-06", "--agency", "the circus", "--as", "spoc"), 2, "is none of Agencies"),
        (("attend", "2077-01-06", "--agency", "YOT", "--as", "asleep"), 2, "is none of Attendance"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_and_changes_nothing(
    run: Command, register: Register, words: tuple[str, ...], code: int, said: str
) -> None:
    run("meeting", "add", "2077-01-06")
    before = everything(register)
    done = run("meeting", *words)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert everything(register) == before
