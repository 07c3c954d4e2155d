"""The cases of a register, as the real command lists, shows and changes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mase_docs.register.persons import matching
from mase_docs.register.records import Action, Case, Context, Disruption, Person
from mase_docs.register.register import Register
from tests.conftest import Command
from tests.register.people import a_case, a_context, a_form, a_link, a_person, everything
from tests.register.sat import a_meeting, a_return, heard
from tests.register.stores import BOROUGH, witness


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """Two young people with like names who go to one school; the first has a friend of whom only a nickname is known."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "no-home"))
    with Register.create(str(tmp_path / "register.sqlite"), BOROUGH, witness=witness()) as made:
        with made.writing("test") as writing:
            people = [a_person(writing, "Testa", "Sample"), a_person(writing, "Testa", "Sampel")]
            cases = [a_case(writing, person, number) for number, person in enumerate(people, 1)]
            school = a_context(writing, "school", "Marshgate Academy")
            for case in cases:
                a_form(writing, case)
                a_link(writing, case, school, "attends")
            a_link(writing, cases[0], a_person(writing, None, None, None, known_as=["Kay"]), "associate", "likely")
            writing.change(people[0], do_not_disclose=True, do_not_disclose_reason="The new address, to anybody of the family")
            of_case = {"case_id": cases[0].id, "status": "open", "times_carried": 0}
            writing.add(Action(number="A-2026-0001", action="Meet the school", due=date(2026, 12, 1), **of_case))
            writing.add(Disruption(case_id=cases[0].id, measure="nrm_referral", served_date=date(2026, 10, 9)))
            matching.propose(writing, people[1])
        yield made


@pytest.fixture
def run(mase_docs: Command, register: Register) -> Command:
    """Runs a command on that register."""
    return lambda *words: mase_docs("--register", register.address, *words)


def test_cases_are_listed_by_label_and_narrowed(run: Command) -> None:
    done = run("cases", "--new", "--today", "2026-11-02")
    assert done.stdout.splitlines() == ["MASE-2026-0001 / TS / 16F    New case", "MASE-2026-0002 / TS / 16F    New case"]
    assert done.stderr == "2 cases.\n"
    assert run("cases", "--closed").stderr == "0 cases.\n"


def test_a_case_is_shown_whole_in_lines_that_fit_a_terminal(run: Command) -> None:
    done = run("show", "mase-2026-0001", "--history")
    assert done.returncode == 0
    for said in (
        "Testa Sample, born 3 April 2010 (P1)",
        "NOT TO BE DISCLOSED: The new address, to anybody of the family",
        "A-2026-0001; Meet the school; by 1 December 2026",
        "served on 9 October 2026",
        "Marshgate Academy: goes there",
        "Kay (full name not known): Friend or associate; likely",
        "Testa Sampel (P2), probably:",
        "MASE-2026-0002: Marshgate Academy (school)",
        "its file is not kept",
        "tester: added case 1 (test)",
    ):
        assert said in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def met(register: Register) -> None:
    """Two meetings that heard the first case and the school; at the second an agency had sent information before."""
    with register.writing("meetings") as writing:
        case, school = writing.session.get_one(Case, (BOROUGH, 1)), writing.session.get_one(Context, (BOROUGH, 1))
        first, second = (a_meeting(writing, day) for day in (date(2026, 11, 4), date(2026, 12, 2)))
        heard(writing, first, case, "First ")
        writing.change(heard(writing, second, case, "Second ", a_return(writing, second, "Zq")), times_carried=2)
        heard(writing, second, school, "School ")
        a_case(writing, school, 3)


def test_what_meetings_left_of_a_case_is_shown(run: Command, register: Register) -> None:
    met(register)
    shown = " ".join(run("show", "MASE-2026-0001").stdout.split())
    for said in (
        "Discussed: 4 November 2026; New cases; First responsez; Accepted: with actions; because: First reasonsz;",
        "; a review of the category was asked for; disruption considered: First disruptionz; review on 6 January 2027;",
        "Information shared: 4 November 2026; Borough Police; First informationz 2 December 2026; Borough Police;",
        "; received on 2 December 2026; Second informationz",
        "Actions: A-2026-0001; Meet the school; by 1 December 2026; Open A-2026-0101; First actionz; Borough Police;",
        "by 2 December 2026; times carried over: 2; Done; on 2 December 2026; Second evidencez",
    ):
        assert said in shown
    assert "School responsez" not in shown
    told = json.loads(run("show", "MASE-2026-0001", "--json").stdout)
    assert [(row["held_on"], row["decision"]) for row in told["discussion"]] == [
        ("2026-11-04", "accept_actions"),
        ("2026-12-02", "accept_actions"),
    ]
    assert [(row["held_on"], row["agency"], row["information"]) for row in told["information"]] == [
        ("2026-11-04", "borough_police", "First informationz"),
        ("2026-12-02", "borough_police", "Second informationz"),
    ]


def test_a_places_own_case_shows_what_meetings_left_of_it_as_a_theme(run: Command, register: Register) -> None:
    met(register)
    shown = " ".join(run("show", "MASE-2026-0003").stdout.split())
    for said in ("2 December 2026; New cases; School responsez;", "2 December 2026; Borough Police; School informationz", "School actionz"):
        assert said in shown


def test_what_two_cases_that_were_joined_say_alike_stands_once(run: Command) -> None:
    assert run("people", "same", "MASE-2026-0001", "MASE-2026-0002").returncode == 0
    assert run("show", "MASE-2026-0001").stdout.count("Marshgate Academy: goes there") == 1


def test_the_json_of_a_case_has_every_row(run: Command) -> None:
    done = run("show", "MASE-2026-0001", "--json", "--history")
    shown = json.loads(done.stdout)
    assert [person["family_name"] for person in shown["people"]] == ["Sample"]
    assert {"action", "disruption", "link", "referral", "history"} <= shown.keys()
    assert [one["person"] for one in shown["may_be"]] == ["P2"]
    assert {tuple(link["cases"]) for link in shown["linked"]} == {("MASE-2026-0001", "MASE-2026-0002")}
    assert shown["joined"] == []


def test_what_was_looked_at_stands_in_the_history(run: Command, register: Register) -> None:
    run("show", "MASE-2026-0002")
    run("cases")
    run("referrals")
    with register.reading() as session:
        from sqlalchemy import select

        from mase_docs.register.records import History

        assert session.scalars(select(History.why).where(History.did == "looked").order_by(History.seq)).all() == [
            "show",
            "cases",
            "referrals",
        ]


def test_a_case_is_changed_closed_and_opened_again(run: Command) -> None:
    assert run("case", "set", "MASE-2026-0001", "--status", "Review case", "--next-review", "2026-10-30").returncode == 0
    assert run("cases", "--review-due").stdout.startswith("MASE-2026-0001 / TS / 16F    Review case; review by 30 October 2026")
    assert "nothing was changed" in run("case", "set", "MASE-2026-0001", "--status", "review").stderr
    closed = run("case", "close", "MASE-2026-0001", "--outcome", "risk_reduced_step_down", "--on", "2026-10-31")
    assert "closed 31 October 2026: Risk reduced, stepped down" in closed.stdout
    assert run("case", "close", "MASE-2026-0001", "--outcome", "died").returncode == 4
    assert run("case", "reopen", "MASE-2026-0001").stdout.startswith("MASE-2026-0001 / TS / 16F    Review case")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("assess", "MASE-2026-0001", "--category", "2", "--source", "the panel"), 2, "can only ask for a review (rule CA4)"),
        (("assess", "MASE-2026-0001", "--source", "map_meeting"), 2, "One of --category and --hsb-level"),
        (("close", "MASE-2026-0001", "--outcome", "gone"), 2, "is none of Outcome when a case is closed"),
        (("close", "MASE-2026-0001", "--outcome", "died", "--on", "2020-01-01"), 2, "before it was opened"),
        (("set", "MASE-2026-0001", "--nfa-plan", "A plan"), 2, "somebody who owns it"),
        (("set", "MASE-2026-0001", "--status", ""), 2, "is none of New or review"),
        (("reopen", "MASE-2026-0404"), 4, "There is no case MASE-2026-0404"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_and_changes_nothing(
    run: Command, register: Register, words: tuple[str, ...], code: int, said: str
) -> None:
    before = everything(register)
    done = run("case", *words)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert everything(register) == before
    assert "Sample" not in done.stderr


def test_a_name_is_said_as_far_as_it_is_known() -> None:
    from mase_docs.register.casework.shown import name_of

    assert name_of(Person(given_names="Testa", family_name="Sample", known_as=["Tess"])) == "Testa Sample"
    assert name_of(Person(known_as=["Kay", "K"])) == "Kay; K (full name not known)"
    assert name_of(Person()) == "Name not recorded"
