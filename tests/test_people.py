"""The people and places of a register, as the real command shows them and takes decisions on them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from mase_docs.register.persons import matching
from mase_docs.register.records import History, Person
from mase_docs.register.register import Register
from tests.conftest import Command
from tests.register.people import a_case, a_context, a_link, a_person, everything
from tests.register.stores import BOROUGH, witness


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """Two young people with like names and a case each; a friend whom only a nickname is known of; two schools that may be one."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "no-home"))
    with Register.create(str(tmp_path / "register.sqlite"), BOROUGH, witness=witness()) as made:
        with made.writing("test") as writing:
            one, other = a_person(writing, "Testa", "Sample"), a_person(writing, "Testa", "Sampel")
            cases = [a_case(writing, person, number) for number, person in enumerate((one, other), 1)]
            a_link(writing, cases[0], a_person(writing, None, None, None, known_as=["Kai"]), "associate")
            for case, name in zip(cases, ("Marshgate Academy", "Marshgate Acad."), strict=True):
                a_link(writing, case, a_context(writing, "school", name), "attends")
            matching.propose(writing, other)
        yield made


@pytest.fixture
def run(mase_docs: Command, register: Register) -> Command:
    """Runs a command on that register."""
    return lambda *words: mase_docs("--register", register.address, *words)


def json_of(done: Any) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_people_are_listed_with_their_cases_and_the_part_they_play_in_others(run: Command) -> None:
    done = run("people", "list")
    assert "P1      Testa Sample; born 3 April 2010; MASE-2026-0001" in done.stdout
    assert "P3      Kai; friend or associate in MASE-2026-0001" in done.stdout
    assert done.stderr == "3 people.\n"
    assert [view["cases"] for view in json_of(run("people", "list", "--json"))] == [["MASE-2026-0001"], ["MASE-2026-0002"], []]


def test_every_list_of_people_is_a_look_that_the_history_keeps(run: Command, register: Register) -> None:
    run("people", "matches")
    with register.reading() as session:
        told = session.scalars(select(History).where(History.did == "looked").order_by(History.seq)).all()
        assert [row.why for row in told] == ["people matches"]
        assert "person" in str(told[0].detail)


def test_a_match_is_shown_with_what_speaks_for_it_and_against(run: Command) -> None:
    done = run("people", "matches")
    assert (done.returncode, done.stderr) == (0, "To decide: mase-docs people same … …  or  different … …\n")
    first, *reasons = done.stdout.splitlines()
    assert first == "MASE-2026-0002 and MASE-2026-0001: Testa Sampel and Testa Sample, probably the same"
    assert "      for: same date of birth" in reasons
    [match] = json_of(run("people", "matches", "--json"))
    assert (match["band"], match["other"]["called"], match["other"]["row"]) == ("probably", "MASE-2026-0001", "P1")


def test_said_to_be_the_same_then_undone_the_register_is_as_it_was(run: Command, register: Register) -> None:
    before = everything(register)
    done = run("people", "same", "MASE-2026-0001", "P2", "--because", "the school says so")
    assert done.stdout.splitlines() == [
        "P1 and P2 are one person, found as P1.",
        "  MASE-2026-0001 is open",
        "  MASE-2026-0002 goes on in MASE-2026-0001",
    ]
    [decided] = json_of(run("people", "matches", "--all", "--json"))
    assert (decided["state"], bool(decided["decided_by"])) == ("confirmed", True)
    assert "  MASE-2026-0002 is open" in run("people", "undo", "MASE-2026-0001", "MASE-2026-0002").stdout
    assert everything(register) == before


def test_told_apart_they_are_not_proposed_again(run: Command, register: Register) -> None:
    assert run("people", "different", "P1", "P2").stdout.startswith("P1 and P2 are two people.")
    with register.writing("test") as writing:
        assert matching.propose(writing, writing.session.get_one(Person, (BOROUGH, 2))) == []
    assert run("people", "matches").stdout == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("same", "MASE-2026-0099", "P1"), "There is no person MASE-2026-0099."),
        (("same", "P1", "P99"), "There is no person P99."),
        (("same", "P1", "MASE-2026-0001"), "Both are P1."),
        (("undo", "P1", "P3"), "Nothing was decided of P1 and P3."),
    ],
)
def test_what_cannot_be_decided_is_refused_in_words_and_changes_nothing(
    run: Command, register: Register, words: tuple[str, ...], said: str
) -> None:
    before = everything(register)
    done = run("people", *words)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith(said)
    assert everything(register) == before


def test_schools_are_listed_confirmed_joined_and_parted(run: Command, register: Register) -> None:
    first, second, may_be = run("places", "list").stdout.splitlines()
    assert first.split(maxsplit=2) == ["2", "School", "Marshgate Acad.; not confirmed; 1 open case"]
    assert may_be == "  may be the same: 1 Marshgate Academy and 2 Marshgate Acad. (the same words)"
    assert "Marshgate Academy" in second
    assert run("places", "confirm", 1, "--name", "The Marshgate Academy", "--urn", "100001").returncode == 0
    before = everything(register)
    assert run("places", "same", 1, 2).stdout == "2: Marshgate Acad., is 1: The Marshgate Academy\n"
    [school] = json_of(run("places", "list", "--kind", "school", "--json"))
    assert (school["name"], school["same"], school["cases"], school["may_be"]) == ("The Marshgate Academy", [2], 2, [])
    assert school["names"] == ["Marshgate Acad.", "Marshgate Academy"]
    assert run("places", "undo", 2).returncode == 0
    assert everything(register) == before


def test_no_name_stands_in_what_goes_to_the_error_channel(run: Command) -> None:
    for words in (("people", "list"), ("people", "same", "P1", "P1"), ("places", "undo", 1)):
        assert "Sam" not in run(*words).stderr


@pytest.mark.parametrize("word", ["P0", "P99999999999999999999", "P²", "MASE-2026-0099", "%", "'; DROP TABLE person; --", ""])
def test_somebody_whom_the_register_does_not_know_is_said_not_to_be_there(run: Command, word: str) -> None:
    done = run("people", "same", word, "P1")
    assert done.returncode == 4
    assert done.stderr.startswith(f"There is no person {word}.")
