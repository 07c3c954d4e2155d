"""What a form is found to be when it arrives, on every store: there already, a correction, about a child known for certain, or new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import select

from mase_docs.definition.home import Home
from mase_docs.model.received import Received
from mase_docs.model.submission import Mail, Submission, Value
from mase_docs.pipeline import Occasion, receive
from mase_docs.problems import Problem
from mase_docs.register.casework import case_life
from mase_docs.register.records import Case, Match, Person, Referral
from mase_docs.register.register import Register
from tests.register.forms import a_form as form_of
from tests.register.forms import about_testa, everything_answered
from tests.register.people import everything
from tests.register.stores import a_register

NHS, OTHER_NHS = "9990000018", "9990000026"
NOVEMBER, APRIL, NEXT_YEAR = date(2026, 11, 23), date(2027, 4, 23), date(2027, 12, 23)
CHILD: dict[str, Value] = {"family_name": "Sample", "given_names": "Testa", "dob": date(2011, 3, 4), "upn": None, "social_care_id": None}
WHOLE = everything_answered("referral", Home())


def a_form(name: str = "form.xlsx", **answers: Value) -> Submission:
    """A form about Testa Sample with her NHS number; two with the same answers are two files all the same."""
    return _called(about_testa(**{"nhs_number": NHS, "declaration_date": date(2026, 11, 2), **answers}), name)


def _called(form: Submission, name: str) -> Submission:
    return replace(form, source=replace(form.source, name=name, sha256=f"{name} {form.source.sha256}"))


def wholly_answered(name: str, **answers: Value) -> Submission:
    """A form with every question answered, of which some are answered otherwise: a twin's, or a corrected one."""
    told = {**CHILD, **answers}
    given = {path: replace(answer, value=told.get(path, answer.value)) for path, answer in WHOLE.answers.items()}
    return _called(replace(WHOLE, answers=given), name)


def arrive(register: Register, *forms: Submission, today: date = NOVEMBER, accept: str = "", kept: bool = True) -> list[Received]:
    originals = {form.source.sha256: b"form" for form in forms} if kept else {}
    return list(receive(forms, originals, register, Occasion(Home(), today), accept))


def outcome(register: Register, form: Submission, **how: object) -> tuple[str, str, str]:
    [received] = arrive(register, form, **how)  # type: ignore[arg-type]
    return received.outcome, received.reference, received.other


def close(register: Register, on: date) -> None:
    with register.writing("test") as writing:
        writing.change(case_life.case_of(writing.session, "MASE-2026-0001"), closed_on=on, outcome="risk_reduced_step_down")


def count(register: Register, kind: type[Case | Person | Referral]) -> int:
    with register.reading() as session:
        return len(session.scalars(select(kind)).all())


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Register]:
    with a_register("sqlite", tmp_path) as made:
        yield made


def test_the_same_file_again_is_not_recorded_again(register: Register) -> None:
    assert outcome(register, a_form()) == ("new", "MASE-2026-0001", "")
    before = everything(register)
    assert outcome(register, a_form()) == ("same_file", "MASE-2026-0001", "MASE-2026-0001")
    assert everything(register) == before


def test_the_same_file_with_the_same_mail_and_with_another_are_told_apart(sqlite: Register) -> None:
    form = a_form()
    first = replace(form, source=replace(form.source, mail=Mail("A form", "a@example.org", "1@example.org")))
    forwarded = replace(form, source=replace(form.source, mail=Mail("Fwd: A form", "b@example.org", "2@example.org")))
    assert [outcome(sqlite, one)[0] for one in (first, first, forwarded)] == ["new", "same_mail", "same_file"]


def test_a_file_saved_again_says_the_same_and_is_not_recorded_again(register: Register) -> None:
    arrive(register, a_form("form.xlsx"))
    before = everything(register)
    assert outcome(register, a_form("saved again.xlsx")) == ("same_answers", "MASE-2026-0001", "MASE-2026-0001")
    assert everything(register) == before


def test_a_correction_is_kept_with_the_first_and_a_copy_of_the_first_never_undoes_it(register: Register) -> None:
    first, corrected = wholly_answered("one.xlsx"), wholly_answered("two.xlsx", sex="M", declaration_date=date(2026, 10, 7))
    assert outcome(register, first) == ("new", "MASE-2026-0001", "")
    assert outcome(register, corrected) == ("correction", "MASE-2026-0001", "MASE-2026-0001")
    before = everything(register)
    assert before["person"][0]["sex"] == "M"
    for again in (
        first,
        corrected,
        wholly_answered("a copy.xlsx"),
        wholly_answered("another.xlsx", sex="M", declaration_date=date(2026, 10, 7)),
    ):
        assert outcome(register, again)[0] in ("same_file", "same_answers")
    assert everything(register) == before


def test_a_correction_says_how_many_answers_it_mends(sqlite: Register) -> None:
    arrive(sqlite, wholly_answered("one.xlsx"))
    [received] = arrive(sqlite, wholly_answered("two.xlsx", sex="M"))
    assert received.form.resend
    assert [(change.path, change.before, change.after) for change in received.form.resend.changes] == [("sex", "F", "M")]
    assert received.form.resend.reference == "MASE-2026-0001"


@pytest.mark.parametrize("names", [*permutations(("a.xlsx", "b.xlsx", "c.xlsx"))])
def test_of_copies_in_one_batch_the_one_completed_last_wins_whatever_the_files_are_called(sqlite: Register, names: tuple[str, ...]) -> None:
    days, sexes = (date(2026, 10, 6), date(2026, 10, 7), date(2026, 10, 8)), ("M", "F", "other")
    forms = [wholly_answered(name, sex=sex, declaration_date=day) for name, sex, day in zip(names, sexes, days, strict=True)]
    found = arrive(sqlite, *sorted(forms, key=lambda form: form.source.name))
    assert [received.outcome for received in found] == ["new", "correction", "correction"]
    assert [received.form.value("sex") for received in found] == ["M", "F", "other"]
    [person] = everything(sqlite)["person"][:1]
    assert person["sex"] == "other"


def test_a_form_without_a_day_never_wins_over_one_with_a_later_day(sqlite: Register) -> None:
    undated = wholly_answered("z.xlsx", sex="M", declaration_date="not_known", referral_date=None)
    undated.answers["referral_date"] = replace(WHOLE.answers["referral_date"], value=None)
    assert [one.form.source.name for one in arrive(sqlite, undated, wholly_answered("a.xlsx"))] == ["z.xlsx", "a.xlsx"]


def test_an_older_version_that_comes_later_changes_nothing_until_it_is_accepted(register: Register) -> None:
    arrive(register, wholly_answered("new.xlsx", sex="M", declaration_date=date(2026, 10, 9)))
    before = everything(register)
    assert outcome(register, wholly_answered("old.xlsx")) == ("older", "MASE-2026-0001", "MASE-2026-0001")
    assert everything(register) == before
    assert outcome(register, wholly_answered("old.xlsx"), accept="it is the right one")[0] == "correction"
    assert everything(register)["referral"][-1]["accepted_because"] == "it is the right one"


def test_a_child_known_for_certain_joins_the_open_case(register: Register) -> None:
    arrive(register, a_form())
    assert outcome(register, a_form(referral_date=date(2026, 11, 9), referrer_agency="police")) == (
        "known", "MASE-2026-0002", "MASE-2026-0001",
    )  # fmt: skip
    assert (count(register, Case), count(register, Person), count(register, Referral)) == (1, 1, 2)


@pytest.mark.parametrize(
    ("closed_on", "today", "found", "status"),
    [(date(2026, 11, 30), APRIL, "re_referral", "re_referral"), (date(2026, 11, 30), NEXT_YEAR, "new", "new")],
)
def test_a_child_of_a_closed_case_is_referred_again_within_a_year_and_new_after_it(
    register: Register, closed_on: date, today: date, found: str, status: str
) -> None:
    arrive(register, a_form())
    close(register, closed_on)
    [received] = arrive(register, a_form(referral_date=today, referrer_agency="police"), today=today)
    assert (received.outcome, received.other) == (found, "MASE-2026-0001" if found == "re_referral" else "")
    first, again = everything(register)["case"]
    assert (again["status"], again.get("re_referral_of")) == (status, first["id"] if found == "re_referral" else None)
    assert again["person_id"] == first["person_id"]
    assert first["closed_on"] == "2026-11-30"


def test_a_form_copied_for_a_new_referral_after_closing_is_no_correction_of_the_closed_case(sqlite: Register) -> None:
    arrive(sqlite, wholly_answered("one.xlsx"))
    close(sqlite, date(2026, 11, 30))
    again = wholly_answered("two.xlsx", referral_date=APRIL, declaration_date=APRIL)
    assert outcome(sqlite, again, today=APRIL) == ("re_referral", "MASE-2027-0001", "MASE-2026-0001")
    carried = replace(wholly_answered("three.xlsx", referral_date=date(2027, 4, 24)), reference="MASE-2026-0001")
    assert outcome(sqlite, carried, today=date(2027, 4, 24))[::2] == ("known", "MASE-2027-0001")


def test_a_correction_of_a_closed_case_is_kept_with_it_and_said(sqlite: Register) -> None:
    arrive(sqlite, wholly_answered("one.xlsx"))
    close(sqlite, NOVEMBER)
    [received] = arrive(sqlite, wholly_answered("two.xlsx", sex="M"))
    assert (received.outcome, received.closed) == ("correction", True)
    [case] = everything(sqlite)["case"]
    assert case["closed_on"] == NOVEMBER.isoformat()


def test_the_same_number_under_another_name_is_never_joined_and_is_said(register: Register) -> None:
    arrive(register, a_form())
    [received] = arrive(register, a_form(given_names="Othera", family_name="Else", referral_date=date(2026, 11, 9)))
    [possible] = received.possible
    assert (received.outcome, possible.reference, possible.band) == ("new", "MASE-2026-0001", "possibly")
    assert "same NHS number" in possible.reasons
    assert {"the given names differ", "the family names differ"} <= set(possible.against)
    assert count(register, Person) == 2


@pytest.mark.parametrize("number", [OTHER_NHS, None])
@pytest.mark.parametrize("given", ["Testo", "Mara"])
@pytest.mark.parametrize("reference", ["", "MASE-2026-0001"])
def test_twins_are_two_even_where_the_form_of_one_served_for_the_other(
    sqlite: Register, given: str, number: str | None, reference: str
) -> None:
    arrive(sqlite, wholly_answered("one.xlsx", nhs_number=NHS if number else None))
    twin = wholly_answered("two.xlsx", given_names=given, nhs_number=number)
    assert outcome(sqlite, replace(twin, reference=reference)) == ("new", "MASE-2026-0002", "")
    assert count(sqlite, Case) == 2


def test_a_likely_same_child_is_proposed_and_nothing_is_joined(register: Register) -> None:
    arrive(register, a_form())
    [received] = arrive(register, a_form(nhs_number=None, given_names="Testa", referral_date=date(2026, 11, 9)))
    assert received.outcome == "new"
    [possible] = received.possible
    assert possible.reference == "MASE-2026-0001"
    with register.reading() as session:
        [match] = session.scalars(select(Match))
        assert match.state == "proposed"
        assert {person.same_as for person in session.scalars(select(Person))} == {None}


def test_another_form_of_the_same_agency_and_day_waits_until_it_is_accepted(register: Register) -> None:
    arrive(register, a_form())
    more: dict[str, Value] = {"school_name": "Marshgate", "home_address": "1 Row", "home_postcode": "E8 1EA", "gp_name": "A", "upn": "B"}
    more |= {"concern_types": ["cse"], "referrer_name": "R", "referrer_role": "Head", "first_language": "English", "gender": "girl"}
    before = everything(register)
    assert outcome(register, a_form("form.xlsx", **more)) == ("duplicate", "MASE-2026-0001", "MASE-2026-0001")
    assert everything(register) == before
    assert outcome(register, a_form("form.xlsx", **more), accept="two teachers")[:2] == ("known", "MASE-2026-0002")
    assert everything(register)["referral"][-1]["accepted_because"] == "two teachers"


def test_a_form_with_errors_leaves_the_register_as_it_was_and_the_batch_goes_on(register: Register) -> None:
    arrive(register)
    before = everything(register, "history")
    wrong = replace(a_form("a.xlsx"), problems=[Problem("error", "RQ1", "Something is blank.", "Ask.")])
    assert outcome(register, wrong) == ("errors", "", "")
    assert everything(register, "history") == before
    other = a_form("b.xlsx", family_name="Else", given_names="Othera", nhs_number=OTHER_NHS)
    assert [one.outcome for one in arrive(register, wrong, other)] == ["errors", "new"]


def test_only_what_needed_accepting_says_that_it_was_accepted(sqlite: Register) -> None:
    wrong = replace(a_form("a.xlsx"), problems=[Problem("error", "RQ1", "Something is blank.", "Ask.")])
    right = a_form("b.xlsx", family_name="Else", given_names="Othera", nhs_number=OTHER_NHS)
    assert [one.outcome for one in arrive(sqlite, wrong, right, accept="the panel is tomorrow")] == ["new", "new"]
    assert [row.get("accepted_because") for row in everything(sqlite)["referral"]] == ["the panel is tomorrow", None]


def test_a_file_that_is_no_form_is_not_accepted_either(sqlite: Register) -> None:
    no_form = replace(a_form(), form=None, answers={}, problems=[Problem("error", "AR15", "This is no form.", "Ask.")])
    assert outcome(sqlite, no_form, accept="please")[0] == "errors"


def test_a_form_whose_file_a_password_protects_is_recorded_without_the_file(sqlite: Register) -> None:
    [received] = arrive(sqlite, a_form(), kept=False)
    assert (received.outcome, received.file_kept) == ("new", False)
    [received] = arrive(sqlite, a_form("b.xlsx", nhs_number=OTHER_NHS, given_names="Othera", family_name="Else"))
    assert received.file_kept


def test_a_form_about_two_who_were_confirmed_to_be_one_goes_to_the_case_that_goes_on(register: Register) -> None:
    from mase_docs.register.persons import identity

    arrive(register, a_form())
    arrive(register, a_form(nhs_number=None, dob=date(2011, 4, 3), referral_date=date(2026, 11, 9)))
    with register.writing("test") as writing:
        one, other = writing.session.scalars(select(Person).order_by(Person.id))
        identity.same(writing, one, other, "tester", "seen")
    received = arrive(register, a_form(referral_date=date(2026, 11, 19), referrer_agency="police"))
    assert (received[0].outcome, received[0].other) == ("known", "MASE-2026-0001")


def of_a_place(name: str, **answers: Value) -> Submission:
    said = {"context_kind": "place", "context_name": "Heron Row stairwell", "context_postcode": "E8 1EA", "what_seen": name}
    return _called(form_of({**said, **answers}, "context_referral"), name)


def test_a_second_form_about_a_place_joins_its_open_case_and_one_about_another_of_that_name_does_not(register: Register) -> None:
    november, december = date(2026, 11, 3), date(2026, 12, 1)
    assert outcome(register, of_a_place("one.xlsx", referral_date=november, referrer_agency="housing"))[0] == "new"
    assert outcome(register, of_a_place("two.xlsx", referral_date=december, referrer_agency="borough_police"))[0] == "known"
    elsewhere = of_a_place("three.xlsx", context_postcode="N1 7AA", referral_date=december, referrer_agency="gp", what_seen="else")
    assert outcome(register, elsewhere)[0] == "new"
    assert count(register, Case) == 2
    assert count(register, Referral) == 3
