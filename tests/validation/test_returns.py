"""What agencies send back: their actions and what they know, against the rules of their own forms."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest

from mase_docs.definition.home import Home
from mase_docs.validation.check import check
from tests.validation.broken import is_broken, is_kept
from tests.validation.invented import BASES, SENT_BACK, TODAY, Situation, completed, odd, rows

DONE = "what is done was done on a day"
DATED = "what was done on a day is done"
REASON = "what was not done has a reason"
PASSED = "what was passed on has somebody who goes on"
STANDS = "what is said of an action begins with how it stands"
NOTHING = "nothing is added where there is nothing to add"
EVERY = "something is said of every case"
WHOSE = "what is said is said of a case"

PREFILLED = {"number": "A-2026-0031", "about": "MASE-2026-0007 / ZL / 15F", "action": "Visit the family", "due": date(2026, 6, 1)}
LISTED = {"case": "MASE-2026-0007 / ZL / 15F"}
LAST_WEEK = date(2026, 4, 24)
NOT_DONE = ("not_possible_changed_circumstances", "not_done_by_agency")

of_actions = partial(Situation, form="action_return")
of_cases = partial(Situation, form="intelligence_return")


def actions(*each: dict[str, Any]) -> dict[str, Any]:
    """The answers of an action return, the prefilled ones in every row."""
    return rows("actions", *({**PREFILLED, **row} for row in each))


def cases(*each: dict[str, Any]) -> dict[str, Any]:
    return rows("cases", *({**LISTED, **row} for row in each))


BROKEN = [
    of_actions(DONE, "no date is given", actions({}, {"status": "done"}), "actions[2].done_on"),
    of_actions(DONE, "the date is not known", actions({"status": "done", "done_on": "not_known"}), "actions[1].done_on"),
    of_actions(DATED, "it is still open", actions({"status": "open", "done_on": LAST_WEEK}), "actions[1].done_on"),
    *(of_actions(REASON, f"it is {status}", actions({"status": status}), "actions[1].reason_not_done") for status in NOT_DONE),
    of_actions(PASSED, "nothing more is said", actions({"status": "transferred"}), "actions[1].status"),
    of_actions(PASSED, "it was replaced", actions({"status": "superseded"}), "actions[1].status"),
    of_actions(STANDS, "there is only a date", actions({"done_on": LAST_WEEK}), "actions[1].status"),
    of_actions(STANDS, "there are only words", actions({}, {}, {"evidence": "The worker went there."}), "actions[3].status"),
    of_cases(NOTHING, "both are said", cases({"nothing_new": True, "information": "Seen at the bus station."}), "cases[1].nothing_new"),
    of_cases(EVERY, "one of two is left out", cases({"nothing_new": True}, {}), "cases[2].information"),
    of_cases(EVERY, "there is something to add, and it is not said", cases({"nothing_new": False}), "cases[1].information"),
    of_cases(WHOSE, "the label is gone", rows("cases", {"information": "Seen at the bus station."}), "cases[1].case"),
]

KEPT = [
    *(of_actions(rule, "nothing is said of it", actions({}, {})) for rule in (DONE, DATED, REASON, PASSED, STANDS)),
    of_actions(DONE, "the date is given", actions({"status": "done", "done_on": LAST_WEEK})),
    of_actions(DONE, "the date could not be read", actions({"status": "done", "done_on": odd("TY1")})),
    of_actions(DATED, "it is done", actions({"status": "done", "done_on": LAST_WEEK})),
    of_actions(DATED, "how it stands could not be read", actions({"status": odd("CO12"), "done_on": LAST_WEEK})),
    *(of_actions(REASON, f"{s} and why", actions({"status": s, "reason_not_done": "They moved away."})) for s in NOT_DONE),
    of_actions(PASSED, "to whom is said", actions({"status": "transferred", "evidence": "Youth justice has it since May."})),
    of_actions(STANDS, "it is open, and why", actions({"status": "open", "evidence": "A visit is planned."})),
    of_cases(NOTHING, "only that is said", cases({"nothing_new": True})),
    of_cases(EVERY, "each has an answer", cases({"nothing_new": True}, {"information": "Seen at the bus station."})),
    of_cases(WHOSE, "the case is named", cases({"information": "Seen at the bus station."})),
]


@pytest.mark.parametrize("situation", BROKEN, ids=str)
def test_is_broken_when(situation: Situation) -> None:
    is_broken(situation)


@pytest.mark.parametrize("situation", KEPT, ids=str)
def test_is_kept_when(situation: Situation) -> None:
    is_kept(situation)


@pytest.mark.parametrize("form", ["action_return", "intelligence_return"])
def test_a_form_whose_rows_stand_as_they_were_sent_has_no_errors(form: str, home: Home) -> None:
    found = Situation("", "", actions({}) if form == "action_return" else cases({}), form=form).problems()
    assert [problem.code for problem in found if problem.severity == "error"] == []


def test_an_action_that_is_due_is_no_date_in_the_future(home: Home) -> None:
    assert Situation("", "", actions({}), form="action_return").problems() == []
    said = Situation("", "", {"completed_on": date(2026, 6, 1)}, form="action_return").problems()
    assert [(problem.code, problem.field) for problem in said] == [("DA2", "completed_on")]


@pytest.mark.parametrize("name", SENT_BACK)
def test_who_sends_it_for_which_meeting_and_when_it_was_completed_must_be_said(name: str, home: Home) -> None:
    form = completed({name: None}, BASES["action_return"])
    form.form = "action_return"
    [said] = check(form, home, TODAY)
    assert (said.severity, said.code, said.field, said.remedy[:14]) == ("error", "RQ1", name, "Ask the agency")
