"""What agencies send back is recorded: what came of their actions, and what they know that is new, on every store."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from mase_docs.definition.home import Home
from mase_docs.model.received import Received
from mase_docs.model.submission import Submission, Value
from mase_docs.pipeline import Occasion, check, merge, receive
from mase_docs.problems import Problem
from mase_docs.register.arriving.returned import FOUND
from mase_docs.register.arriving.returned_information import NOTHING_NEW
from mase_docs.register.meetings import actions, meetings
from mase_docs.register.meetings.sitting import sitting
from mase_docs.register.persons import identity
from mase_docs.register.records import Action, AgencyReturn, Case, History, Information, Original
from mase_docs.register.register import Register
from mase_docs.register.writing import Writing
from tests.register.conftest import PARAMS
from tests.register.forms import a_form as form_of
from tests.register.people import a_case, a_context, a_person, everything
from tests.register.people import a_form as the_form_of

HELD, TODAY = date(2026, 12, 2), date(2026, 11, 24)
POLICE, OTHER = "borough_police", "sexual_health"
HEAD: dict[str, Value] = {"agency": POLICE, "meeting_date": HELD, "completed_by": "Owen Brack", "completed_on": date(2026, 11, 23)}
LABEL = "MASE-2026-0001 / TS / 16F"
Answers = dict[str, Value]


@pytest.fixture
def kind() -> str:
    """SQLite, where a test does not ask for every store."""
    return "sqlite"


@pytest.fixture
def panel(register: Register) -> Register:
    """A register with the next meeting, two young people, three actions of the police and one of another agency."""
    with register.writing("test") as writing:
        meeting = meetings.add(writing, HELD, Home())
        people = a_person(writing, "Testa", "Sample"), a_person(writing, "Nobody", "Example")
        cases = [a_case(writing, person, number) for number, person in enumerate(people, 1)]
        for number, agency in enumerate((POLICE, POLICE, POLICE, OTHER), 1):
            actions.add(writing, action=f"Action {number}", agency=agency, case=cases[0], due=date(2027, 1, number))
        assert meeting.id == 1
    return register


def rows(repeat: str, *each: Answers) -> Answers:
    return {f"{repeat}[{n}].{column}": value for n, row in enumerate(each, 1) for column, value in row.items()}


def action_return(*each: Answers, **head: Value) -> Submission:
    return form_of({**HEAD, **head, **rows("actions", *each)}, "action_return")


def information(*each: Answers, **head: Value) -> Submission:
    return form_of({**HEAD, **head, **rows("cases", *each)}, "intelligence_return")


def numbered(number: int, **columns: Value) -> Answers:
    """A row of an action return as it was sent out, with what the agency wrote."""
    return {"about": LABEL, "number": f"A-2026-{number:04}", "due": date(2027, 1, number), "action": f"Action {number}", **columns}


def arrive(register: Register, *forms: Submission, accept: str = "", kept: bool = True) -> list[Received]:
    checked = check(forms, Home(), TODAY)
    originals = {form.source.sha256: b"form" for form in forms} if kept else {}
    return list(receive(checked, originals, register, Occasion(Home(), TODAY), accept))


def came(register: Register, form: Submission, **how: object) -> tuple[str, int, list[tuple[str, str | None]]]:
    """What came of a form: the outcome, how many rows were left, and what only the register could find."""
    [received] = arrive(register, form, **how)  # type: ignore[arg-type]
    found = {code.split()[0] for code in FOUND}
    return received.outcome, received.left, [(p.code, p.field) for p in received.form.problems if p.code in found]


def action(register: Register, number: int) -> Action:
    with register.reading() as session:
        return actions.of_number(session, f"A-2026-{number:04}")


def shared(register: Register) -> list[tuple[int | None, str, str]]:
    """Of all that was shared: its case, its agency and its words."""
    with register.reading() as session:
        found = session.scalars(select(Information).order_by(Information.id))
        return [(row.case_id, row.agency, row.information) for row in found]


def with_writing(register: Register, do: Callable[[Writing], object]) -> None:
    with register.writing("test") as writing:
        do(writing)


# Actions


@pytest.mark.parametrize("kind", PARAMS)
def test_what_came_of_each_action_is_recorded_by_its_number(panel: Register) -> None:
    form = action_return(
        numbered(2, status="done", done_on=date(2026, 11, 20), evidence="The minutes of the school."),
        numbered(1, status="not_possible_changed_circumstances", reason_not_done="The family moved away."),
        numbered(3, status="not_done_by_agency", reason_not_done="Nobody was free."),
    )
    assert came(panel, form) == ("return", 0, [])
    first, second, third = (action(panel, number) for number in (1, 2, 3))
    assert (first.status, first.reason_not_done) == ("not_possible_changed_circumstances", "The family moved away.")
    assert (second.status, second.completed_on, second.evidence) == ("done", date(2026, 11, 20), "The minutes of the school.")
    assert (third.status, third.reason_not_done, third.status_on) == ("not_done_by_agency", "Nobody was free.", TODAY)
    assert {row.due for row in (first, second, third)} == {date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3)}


@pytest.mark.parametrize("kind", PARAMS)
def test_the_form_is_kept_with_who_sent_it_for_which_meeting(panel: Register) -> None:
    form = action_return(numbered(1, status="open"))
    arrive(panel, form)
    with panel.reading() as session:
        row = session.scalars(select(AgencyReturn)).one()
        original = session.get_one(Original, (row.borough, row.original_id))
    assert (row.form, row.version, row.agency, row.meeting_id, row.received_on) == ("action_return", 1, POLICE, 1, TODAY)
    assert (row.source_name, row.sha256, row.kind, original.data) == ("form.xlsx", form.source.sha256, "xlsx", b"form")


@pytest.mark.parametrize("kind", PARAMS)
def test_the_same_file_again_changes_nothing(panel: Register) -> None:
    form = action_return(numbered(1, status="done", done_on=date(2026, 11, 20)))
    arrive(panel, form)
    before = everything(panel)
    assert came(panel, form) == ("same_file", 0, [])
    assert everything(panel) == before


def test_a_file_that_a_password_protects_is_not_kept(panel: Register) -> None:
    [received] = arrive(panel, action_return(numbered(1, status="open")), kept=False)
    assert (received.outcome, received.file_kept) == ("return", False)
    assert everything(panel)["original"] == []


@pytest.mark.parametrize("kind", PARAMS)
def test_a_row_that_says_nothing_changes_nothing(panel: Register) -> None:
    before = everything(panel)["action"]
    assert came(panel, action_return(numbered(1), numbered(2), numbered(3, done_on="not_known", evidence="not_known"))) == ("return", 0, [])
    assert everything(panel)["action"] == before


@pytest.mark.parametrize("kind", PARAMS)
def test_a_number_that_is_not_known_is_said_with_its_place_and_the_others_are_recorded(panel: Register) -> None:
    form = action_return(numbered(9, status="open"), numbered(1, status="in_progress"))
    [received] = arrive(panel, form)
    assert (received.outcome, received.left, received.recorded) == ("return", 1, True)
    [said] = received.form.problems
    assert (said.severity, said.code, said.field, said.place) == ("error", "AC5", "actions[1].number", "actions[1].number")
    assert action(panel, 1).status == "in_progress"


def test_an_action_of_another_agency_is_not_touched(panel: Register) -> None:
    form = action_return(numbered(4, status="done", done_on=date(2026, 11, 20)), numbered(1, status="in_progress"))
    assert came(panel, form) == ("return", 1, [("AC5", "actions[1].number")])
    assert (action(panel, 4).status, action(panel, 1).status) == ("open", "in_progress")


def test_an_action_whose_agency_was_written_in_words_is_that_agencys(panel: Register) -> None:
    with_writing(panel, lambda writing: writing.change(actions.of_number(writing.session, "A-2026-0001"), agency="Metropolitan Police"))
    assert came(panel, action_return(numbered(1, status="in_progress"))) == ("return", 0, [])


def test_an_action_that_has_ended_is_not_opened_again_without_a_person(panel: Register) -> None:
    with_writing(panel, lambda writing: actions.set_status(writing, actions.of_number(writing.session, "A-2026-0001"), "done", TODAY))
    before = everything(panel)["action"]
    assert came(panel, action_return(numbered(1, status="in_progress"))) == ("return", 0, [("AC6", "actions[1].status")])
    assert everything(panel)["action"] == before


def test_an_action_that_was_done_may_turn_out_not_to_have_been(panel: Register) -> None:
    with_writing(panel, lambda writing: actions.set_status(writing, actions.of_number(writing.session, "A-2026-0001"), "done", TODAY))
    why: Answers = {"status": "not_possible_changed_circumstances", "reason_not_done": "It was another address."}
    assert came(panel, action_return(numbered(1, **why))) == ("return", 0, [])
    assert (action(panel, 1).status, action(panel, 1).completed_on) == ("not_possible_changed_circumstances", None)


def test_what_is_not_in_order_is_recorded_only_where_that_is_accepted(panel: Register) -> None:
    form = action_return(numbered(1, status="not_done_by_agency"), numbered(2, evidence="A visit was made."))
    before = everything(panel, "agency", "contact")
    assert came(panel, form) == ("errors", 0, [])
    assert everything(panel, "agency", "contact") == before
    assert came(panel, form, accept="told on the telephone") == ("return", 1, [("AC7", "actions[1].status")])
    assert (action(panel, 1).status, action(panel, 2).status, action(panel, 2).evidence) == ("open", "open", "A visit was made.")
    with panel.reading() as session:
        [accepted] = [row for row in session.scalars(select(History)) if row.did == "accepted"]
    assert json.loads(accepted.detail or "")["because"] == "told on the telephone"


@pytest.mark.parametrize("agency", [None, "An agency that nobody knows"])
def test_a_form_that_does_not_say_whose_it_is_is_never_recorded(panel: Register, agency: str | None) -> None:
    assert came(panel, action_return(numbered(1, status="open"), agency=agency), accept="never mind") == ("errors", 0, [])
    assert everything(panel)["agency_return"] == []


def test_actions_are_recorded_whatever_the_register_knows_of_the_meeting(panel: Register) -> None:
    assert came(panel, action_return(numbered(1, status="in_progress"), meeting_date=date(2027, 2, 3))) == ("return", 0, [])
    [row] = everything(panel)["agency_return"]
    assert row.get("meeting_id") is None


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_forms_in_one_batch_the_one_completed_last_counts(panel: Register, *, turned: bool) -> None:
    early = action_return(numbered(1, status="in_progress"), completed_on=date(2026, 11, 20))
    late = action_return(numbered(1, status="done", done_on=date(2026, 11, 22)), completed_on=date(2026, 11, 22))
    arrive(panel, *((late, early) if turned else (early, late)))
    assert action(panel, 1).status == "done"


def test_a_form_of_no_person_makes_no_case(panel: Register) -> None:
    before = everything(panel)
    arrive(panel, action_return(numbered(1, status="open")), information({"case": LABEL, "nothing_new": True}))
    after = everything(panel)
    for table in ("person", "case", "referral", "reference", "match", "context"):
        assert after[table] == before[table]


# Information


@pytest.mark.parametrize("kind", PARAMS)
def test_what_an_agency_knows_is_kept_under_its_name_for_the_meeting_and_the_case(panel: Register) -> None:
    form = information(
        {"case": LABEL, "information": "Seen at the bus station."},
        {"case": "mase-2026-0002/NE/15M", "information": "Back at school.", "worker": "Petra Vance"},
    )
    assert came(panel, form) == ("return", 0, [])
    assert shared(panel) == [
        (1, POLICE, "Seen at the bus station."),
        (2, POLICE, "Back at school.\nWho knows more: Petra Vance."),
    ]
    with panel.reading() as session:
        row = session.scalars(select(Information)).first()
        assert row
        assert (row.meeting_id, row.received_on, row.return_id) == (1, TODAY, 1)


def test_it_stands_in_the_papers_of_the_meeting_under_that_agencys_name(panel: Register) -> None:
    with_writing(panel, lambda writing: [the_form_of(writing, case) for case in writing.session.scalars(select(Case))])
    arrive(panel, information({"case": LABEL, "information": "Seen at the bus station."}))
    with panel.reading() as session:
        told = sitting(session, Home(), meetings.meeting_of(session, HELD, TODAY))
    [hearing] = [hearing for hearing in told.hearings if hearing.reference == "MASE-2026-0001"]
    assert [(one.agency, one.information, one.received_on) for one in hearing.shared] == [
        ("Borough Police", "Seen at the bus station.", TODAY)
    ]


def test_an_agency_that_knows_nothing_new_is_told_from_one_that_did_not_answer(panel: Register) -> None:
    form = information({"case": LABEL, "nothing_new": True}, {"case": "MASE-2026-0002 / NE / 15M"})
    assert came(panel, form) == ("return", 0, [])
    assert shared(panel) == [(1, POLICE, NOTHING_NEW)]


@pytest.mark.parametrize("kind", PARAMS)
def test_a_later_form_takes_the_place_of_what_the_agency_sent_before_and_says_so(panel: Register) -> None:
    arrive(panel, information({"case": LABEL, "information": "Seen at the bus station."}))
    assert came(panel, information({"case": LABEL, "information": "Seen there twice."})) == ("return", 0, [("IN6", "cases[1].case")])
    assert shared(panel) == [(1, POLICE, "Seen there twice.")]
    with panel.reading() as session:
        changed = [row for row in session.scalars(select(History)) if (row.table, row.did) == ("information", "changed")]
    assert "Seen at the bus station." in (changed[0].detail or "")


def test_the_same_words_again_are_no_news_and_nothing_new_takes_nothing_away(panel: Register) -> None:
    first: Answers = {"case": LABEL, "information": "Seen at the bus station."}
    arrive(panel, information(first))
    before = everything(panel)["information"]
    assert came(panel, information(first, completed_on=TODAY)) == ("return", 0, [])
    assert came(panel, information({"case": LABEL, "nothing_new": True})) == ("return", 0, [])
    assert everything(panel)["information"] == before


def test_two_rows_of_one_case_are_kept_together(panel: Register) -> None:
    arrive(panel, information({"case": LABEL, "information": "One."}, {"case": LABEL, "information": "Two."}))
    assert shared(panel) == [(1, POLICE, "One.\nTwo.")]


def test_what_was_said_at_the_meeting_stays_beside_what_is_sent(panel: Register) -> None:
    with_writing(panel, lambda writing: writing.add(Information(meeting_id=1, case_id=1, agency=POLICE, information="Said there.")))
    assert came(panel, information({"case": LABEL, "information": "Sent before."})) == ("return", 0, [])
    assert [words for _, _, words in shared(panel)] == ["Said there.", "Sent before."]


def test_what_another_agency_sent_and_what_was_sent_for_another_meeting_stay(panel: Register) -> None:
    with_writing(panel, lambda writing: meetings.add(writing, date(2027, 1, 6), Home()))
    heads: list[Answers] = [{}, {"agency": OTHER}, {"meeting_date": date(2027, 1, 6)}]
    for number, head in enumerate(heads, 1):
        arrive(panel, information({"case": LABEL, "information": f"Words {number}."}, **head))
    assert [(agency, words) for _, agency, words in shared(panel)] == [
        (POLICE, "Words 1."), (OTHER, "Words 2."), (POLICE, "Words 3."),
    ]  # fmt: skip


@pytest.mark.parametrize("label", ["MASE-2026-0099 / XX / 15F", "somebody", None])
def test_a_label_that_is_not_known_is_said_with_its_place_and_the_others_are_recorded(panel: Register, label: str | None) -> None:
    form = information({"case": label, "information": "Seen at the bus station."}, {"case": LABEL, "information": "Back at school."})
    outcome, left, found = came(panel, form, accept="told on the telephone")
    assert (outcome, left, found) == ("return", 1, [("IN4", "cases[1].case")])
    assert shared(panel) == [(1, POLICE, "Back at school.")]


def test_information_is_welcome_from_any_agency(panel: Register) -> None:
    with_writing(panel, lambda writing: writing.change(writing.session.get_one(Case, (writing.borough, 2)), restricted_to_agencies=[OTHER]))
    assert came(panel, information({"case": "MASE-2026-0002", "information": "Back at school."})) == ("return", 0, [])
    assert shared(panel) == [(2, POLICE, "Back at school.")]


def test_what_is_said_of_a_case_that_was_joined_to_another_is_kept_with_that(panel: Register) -> None:
    def join(writing: Writing) -> None:
        one, other = a_person(writing, "Tess", "Sample"), a_person(writing, "Tessie", "Sample")
        a_case(writing, one, 3)
        a_case(writing, other, 4)
        identity.same(writing, one, other, "tester", "said by their school")

    with_writing(panel, join)
    arrive(panel, information({"case": "MASE-2026-0004 / TS / 15F", "information": "Seen at the bus station."}))
    arrive(panel, information({"case": "MASE-2026-0003 / TS / 15F", "information": "Seen there twice."}))
    assert shared(panel) == [(3, POLICE, "Seen there twice.")]


def test_a_place_that_was_referred_in_its_own_right_goes_by_its_label_too(panel: Register) -> None:
    with_writing(panel, lambda writing: a_case(writing, a_context(writing, "place", "Canal steps"), 3, label="MASE-2026-0003 / place"))
    assert came(panel, information({"case": "MASE-2026-0003 / place", "information": "Quiet since May."})) == ("return", 0, [])
    assert shared(panel) == [(3, POLICE, "Quiet since May.")]


def test_places_and_groups_are_kept_as_told_of_no_case_and_never_lost(panel: Register) -> None:
    said = ("The steps by the canal.", "The steps by the canal. And the arcade.", "The steps by the canal.", "A new group.")
    for number, words in enumerate(said):
        for agency in (POLICE, OTHER):
            form = information(other_intelligence=words, agency=agency, completed_by=f"Owen Brack {number}")
            assert came(panel, form) == ("return", 0, [])
    told = ["The steps by the canal. And the arcade.", "A new group."]
    assert [words for _, agency, words in shared(panel) if agency == POLICE] == told
    assert [words for _, agency, words in shared(panel) if agency == OTHER] == told
    assert {case for case, _, _ in shared(panel)} == {None}


@pytest.mark.parametrize("kind", PARAMS)
def test_information_for_a_meeting_that_is_not_in_the_register_is_not_recorded(panel: Register) -> None:
    row: Answers = {"case": LABEL, "information": "Seen at the bus station."}
    before = everything(panel, "agency", "contact")
    assert came(panel, information(row, meeting_date=date(2026, 12, 9))) == ("errors", 0, [("IN5", "meeting_date")])
    assert everything(panel, "agency", "contact") == before
    with_writing(panel, lambda writing: meetings.add(writing, date(2026, 12, 9), Home()))
    assert came(panel, information(row, meeting_date=date(2026, 12, 9))) == ("return", 0, [])


def test_receiving_information_says_nothing_about_who_comes(panel: Register) -> None:
    arrive(panel, information({"case": LABEL, "nothing_new": True}))
    assert everything(panel)["attendance"] == []


# All forms that agencies send back


def test_no_problem_repeats_a_name_a_label_or_a_number(panel: Register) -> None:
    with_writing(panel, lambda writing: actions.set_status(writing, actions.of_number(writing.session, "A-2026-0001"), "done", TODAY))
    forms = (
        action_return(numbered(9, status="open"), numbered(4, status="open"), numbered(1, status="open")),
        information({"case": "MASE-2026-0099 / XX / 15F", "information": "Seen at the bus station."}),
    )
    said: list[Problem] = [problem for received in arrive(panel, *forms) for problem in received.form.problems]
    assert len(said) == 4
    for problem in said:
        for answer in ("A-2026", "MASE-2026", "XX", "bus station", "Brack"):
            assert answer not in problem.message + problem.remedy


@pytest.mark.parametrize("document", ["agenda", "minutes", "board_report"])
def test_papers_straight_from_forms_pass_them_over(panel: Register, document: str) -> None:
    forms = [action_return(numbered(1, status="open")), information({"case": LABEL, "information": "Seen at the bus station."})]
    made = merge(document, check(forms, Home(), TODAY), Occasion(Home(), TODAY, HELD))  # type: ignore[arg-type]
    assert (made.taken, made.left_out, made.returns) == ([], [], forms)
    empty = merge(document, [], Occasion(Home(), TODAY, HELD))  # type: ignore[arg-type]
    assert len(made.data) == len(empty.data)


def test_a_boroughs_own_form_that_is_based_on_ours_is_taken_as_ours(panel: Register) -> None:
    home = Home()
    ours = home.form("action_return")
    home.forms = [*home.forms, replace(ours, id="their_actions", based_on="action_return_v1")]
    form = replace(action_return(numbered(1, status="in_progress")), form="their_actions")
    [received] = receive(check([form], home, TODAY), {}, panel, Occasion(home, TODAY))
    assert (received.outcome, action(panel, 1).status) == ("return", "in_progress")
