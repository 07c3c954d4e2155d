"""What is due by the profile's rules, what stands against it; and that nothing of what was disposed of is left anywhere in the register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from mase_docs.definition.home import Home
from mase_docs.definition.profile import Profile, Retention
from mase_docs.errors import RegisterError, UsageError
from mase_docs.model.certificate import Certificate
from mase_docs.register.arriving import numbering
from mase_docs.register.care.disposal import certificate, dispose, planned, scrub
from mase_docs.register.care.retention import GATHERED, Due, due, extracts_before, keep
from mase_docs.register.persons import identity, matching
from mase_docs.register.records import (
    RECORDS,
    AgencyReturn,
    Base,
    Case,
    Context,
    Discussion,
    History,
    Link,
    Match,
    Meeting,
    Original,
    Paper,
    Person,
    Reference,
)
from mase_docs.register.register import Register
from mase_docs.register.verify import verify
from tests.documents.forms import form
from tests.register.marked import marked, marks, recorded
from tests.register.sat import a_meeting, a_return, heard
from tests.register.stores import a_register

ONE, TWO = "MASE-2026-0001", "MASE-2026-0002"
BORN, CLOSED = date(2011, 4, 3), date(2026, 11, 20)
LATER = date(2200, 1, 1)
MEETINGS = (date(2026, 11, 1), date(2026, 12, 2), date(2027, 1, 6), date(2027, 2, 3))
"""The first before the forms came that these tests receive."""
LEFT = ("reasons", "response", "disruption", "filed", "information", "action", "evidence")
"""What of a meeting has a mark."""


@pytest.fixture
def a_file(tmp_path: Path) -> Iterator[Register]:
    """An empty register, on one store: what is the same on all."""
    with a_register("sqlite", tmp_path) as made:
        yield made


def closed(register: Register, reference: str = ONE, **values: Any) -> None:
    with register.writing("case close") as writing:
        case = writing.session.scalars(select(Case).where(Case.reference == reference)).one()
        writing.change(case, **{"closed_on": CLOSED, "outcome": "risk_reduced_step_down", **values})


def child(register: Register, home: Home, reference: str = ONE, **answers: Any) -> None:
    """A child whose case was closed; by hand, as the coordinator would."""
    recorded(register, home, form(**{"family_name": "Sample", "given_names": reference[-2:], "dob": BORN, **answers}), reference)
    closed(register, reference)


def judge(register: Register, home: Home, until: date = LATER, **years: Any) -> list[Due]:
    profile: Profile = replace(home.profile, retention=replace(home.profile.retention, **years))
    with register.reading() as session:
        return due(session, profile, date(2026, 11, 22), until)


def gone(register: Register, home: Home, *references: str) -> Certificate:
    with register.writing("dispose") as writing:
        plans = (planned(writing.session, reference, home, LATER, before_due=False) for reference in references)
        made = dispose(writing, plans, home, "its time is up", "Head of Safeguarding")
    scrub(register)
    return made


def everything(register: Register) -> str:
    """Every cell of every table as text, in small letters, and the bytes of the files that the register is made of."""
    with register.reading() as session:
        rows = [str(cell) for table in Base.metadata.tables.values() for row in session.execute(select(table)) for cell in row]
    held = b"".join(path.read_bytes() for path in sorted(Path(register.address).parent.glob("register*"))) if register.file else b""
    return "\n".join(rows).casefold() + held.decode("latin-1").casefold()


@pytest.mark.parametrize(
    ("answers", "on", "rule"),
    [
        ({}, date(2036, 4, 3), "not looked after: until age 25"),
        ({"legal_status": "C2"}, date(2086, 4, 3), "looked after: until age 75"),
        ({"previous_care": "yes"}, date(2086, 4, 3), "looked after: until age 75"),
        ({"care_leaver": True}, date(2086, 4, 3), "looked after: until age 75"),
        ({"social_care_status": "cp_plan"}, date(2061, 11, 20), "child protection plan: 35 years after the last contact"),
        ({"cp_category": "neglect"}, date(2061, 11, 20), "child protection plan: 35 years after the last contact"),
        ({"social_care_status": "looked_after", "previous_cp_plan": "yes"}, date(2086, 4, 3), "looked after: until age 75"),
        ({"dob": None}, date(2051, 11, 20), "no date of birth: 25 years after the last contact"),
        ({"dob": date(2012, 2, 29)}, date(2037, 3, 1), "not looked after: until age 25"),
    ],
)
def test_the_longest_rule_that_applies_counts(a_file: Register, home: Home, answers: dict[str, Any], on: date, rule: str) -> None:
    child(a_file, home, **answers)
    assert [(one.reference, one.on, one.rule, one.against) for one in judge(a_file, home)] == [(ONE, on, rule, ())]


def test_care_that_ended_counts_still(a_file: Register, home: Home) -> None:
    child(a_file, home, social_care_status="looked_after")
    with a_file.writing("people edit") as writing:
        writing.change(writing.session.scalars(select(Person)).one(), social_care_status="not_open")
    assert judge(a_file, home)[0].rule == "looked after: until age 75"


@pytest.mark.parametrize(("died", "on"), [(date(2026, 5, 1), date(2041, 5, 1)), (date(2029, 4, 3), date(2036, 4, 3))])
def test_a_child_who_died_is_kept_for_fifteen_years_after(a_file: Register, home: Home, died: date, on: date) -> None:
    child(a_file, home)
    with a_file.writing("people edit") as writing:
        writing.change(writing.session.scalars(select(Person)).one(), died_on=died)
    assert judge(a_file, home)[0].on == on


def test_a_case_that_no_meeting_heard_and_that_came_to_nothing_is_due_sooner(a_file: Register, home: Home) -> None:
    child(a_file, home)
    closed(a_file, outcome="not_cse_reassessed")
    assert judge(a_file, home)[0].on == date(2032, 11, 20)
    with a_file.writing("panel") as writing:
        meeting = writing.add(Meeting(held_on=date(2026, 11, 4), state="held"))
        writing.add(Discussion(meeting_id=meeting.id, case_id=1, heard_under="new_cases"))
    assert judge(a_file, home)[0].on == date(2036, 4, 3)


def test_the_rules_are_the_profiles(a_file: Register, home: Home) -> None:
    child(a_file, home)
    assert judge(a_file, home, others_until_age=30)[0].on == date(2041, 4, 3)
    assert judge(a_file, home, others_until_age=0) == []
    assert judge(a_file, home, until=date(2036, 4, 2)) == []
    assert extracts_before(home.profile, date(2026, 11, 22)) == date(2025, 11, 22)


def test_the_shipped_profile_says_every_rule(home: Home) -> None:
    written = (Path(__file__).parents[2] / "forms" / "mase.toml").read_text("utf-8")
    assert home.profile.retention == Retention()
    assert [name for name in Retention.__slots__ if f"\n{name} = " not in written] == []


def test_a_place_is_due_after_its_last_contact(a_file: Register, home: Home) -> None:
    place = form("context_referral", context_kind="place", context_name="Canal steps", referral_date=date(2026, 11, 1))
    recorded(a_file, home, place)
    closed(a_file)
    assert [(one.on, one.rule) for one in judge(a_file, home)] == [
        (date(2032, 11, 20), "place, school or group: 6 years after the last contact")
    ]


def test_what_stands_against_it_is_said_by_reference(a_file: Register, home: Home) -> None:
    friend = [{"name": "Testa Friend", "dob": date(2010, 1, 1), "role": "associate"}]
    child(a_file, home, linked_people=friend)
    recorded(a_file, home, form(family_name="Friend", given_names="Testa", dob=date(2010, 1, 1)), TWO)
    with a_file.writing("x") as writing:
        people = writing.session.scalars(select(Person).where(Person.family_name == "Friend").order_by(Person.id)).all()
        identity.same(writing, people[0], people[1], "tester", "because")
        keep(writing, ONE, date(2040, 1, 1), "an inquiry")
        writing.note(GATHERED, "person", 1)
    [one, two] = sorted(judge(a_file, home), key=lambda found: found.reference)
    kept, beside, asked = one.against
    assert kept == "kept until 01/01/2040, for a reason that the register has"
    assert beside == f"linked to {TWO}, which is open"
    assert asked.startswith("gathered for subject access")
    assert two.is_open
    assert "a case is open" in two.against


def test_keeping_is_for_people_and_for_days_to_come(a_file: Register, home: Home) -> None:
    child(a_file, home)
    with a_file.writing("keep") as writing, pytest.raises(UsageError, match="past"):
        keep(writing, ONE, date(2026, 1, 1), "because")


def test_nothing_of_any_answer_is_left_and_the_register_verifies(register: Register, home: Home) -> None:
    first, other = marked(home, "Zq", placed_out_of_borough=True), marked(home, "Xw", dob=date(2010, 1, 1))
    recorded(register, home, first)
    recorded(register, home, other, TWO)
    closed(register)
    with register.writing("people edit") as writing:
        person = writing.session.get(Person, (writing.borough, 1))
        assert person
        writing.change(person, first_language="Zqchangedz")
        taken_back = writing.add(Link(person_id=1, case_id=1, role="associate", evidence="Zqtakenbackz"))
        writing.session.flush()
        writing.remove(taken_back)
    before = everything(register)
    gone(register, home, ONE)
    after = everything(register)
    assert [mark for mark in marks(first) if mark.casefold() not in before] == []
    assert [mark for mark in marks(first) if mark.casefold() in after] == []
    assert re.findall(r"zq[a-z]{4,}z", after) == []
    assert [mark for mark in marks(other) if mark.casefold() not in after] == []
    with register.reading() as session:
        assert verify(session, register.borough, register.seals) == []


def test_nothing_of_what_meetings_left_of_a_young_person_is_left(register: Register, home: Home) -> None:
    first, other = marked(home, "Zq"), marked(home, "Xw", dob=date(2010, 1, 1))
    recorded(register, home, first)
    recorded(register, home, other, TWO)
    with register.writing("meetings") as writing:
        mine, theirs = (writing.session.scalars(select(Case).where(Case.reference == number)).one() for number in (ONE, TWO))
        before, meeting, nothing_said, last = (a_meeting(writing, day) for day in MEETINGS)
        a_return(writing, before, "Xwbefore")
        heard(writing, before, theirs, "Xwbefore")
        heard(writing, meeting, mine, "Zq", a_return(writing, meeting, "Zq"))
        heard(writing, meeting, theirs, "Xw")
        a_return(writing, nothing_said, "Zq")
        a_return(writing, last, "Xwlast")
    closed(register, closed_on=MEETINGS[1])
    held = everything(register)
    assert [mark for mark in LEFT if f"zq{mark}z" not in held or f"xw{mark}z" not in held] == []
    gone(register, home, ONE)
    after = everything(register)
    assert re.findall(r"zq[a-z]{4,}z", after) == []
    assert [
        mark for mark in [*LEFT, "beforereturned1", "beforefilename1", "lastreturned4", "lastfilename4"] if f"xw{mark}z" not in after
    ] == []
    with register.reading() as session:
        known = [paper.known is not None for paper in session.scalars(select(Paper).order_by(Paper.id))]
        files = [one.original_id is not None for one in session.scalars(select(AgencyReturn).order_by(AgencyReturn.id))]
        assert known == files == [True, False, False, True]
        assert verify(session, register.borough, register.seals) == []


def test_a_form_that_was_sent_back_goes_while_an_action_is_outstanding(a_file: Register, home: Home) -> None:
    child(a_file, home)
    with a_file.writing("meetings") as writing:
        case = writing.session.scalars(select(Case)).one()
        first, *later = (a_meeting(writing, day) for day in MEETINGS)
        writing.change(heard(writing, first, case, "Zq"), status="open", status_on=None, completed_on=None)
        for meeting in later:
            a_return(writing, meeting, "Zq")
    gone(a_file, home, ONE)
    assert "zq" not in everything(a_file)


def test_a_file_that_was_sent_back_twice_goes_once_and_both_say_so(a_file: Register, home: Home) -> None:
    child(a_file, home)
    with a_file.writing("meetings") as writing:
        first, *_, last = (a_meeting(writing, day) for day in MEETINGS)
        sent = a_return(writing, first, "Zq", date(2026, 11, 3))
        again = {name: getattr(sent, name) for name in ("form", "version", "agency", "kind", "sha256", "source_name", "original_id")}
        writing.add(AgencyReturn(meeting_id=last.id, received_on=last.held_on, **again))
    gone(a_file, home, ONE)
    assert "zq" not in everything(a_file)
    with a_file.reading() as session:
        assert [one.source_name for one in session.scalars(select(AgencyReturn))] == ["a file that was disposed of"] * 2
        assert verify(session, a_file.borough, a_file.seals) == []


def test_what_meetings_left_of_a_place_goes_with_it_however_it_was_called(a_file: Register, home: Home) -> None:
    recorded(a_file, home, form("context_referral", context_kind="place", context_name="Zqsteps", referral_date=date(2026, 11, 1)))
    with a_file.writing("meetings") as writing:
        place = writing.session.scalars(select(Context)).one()
        same = writing.add(Context(kind="place", name="Steps", confirmed=True, same_as=place.id))
        meeting = a_meeting(writing, MEETINGS[1])
        heard(writing, meeting, place, "Zq", a_return(writing, meeting, "Zq"))
        heard(writing, meeting, same, "Zqsame")
    closed(a_file)
    assert judge(a_file, home)[0].on == date(2032, 12, 2)
    gone(a_file, home, ONE)
    assert "zq" not in everything(a_file)
    with a_file.reading() as session:
        assert verify(session, a_file.borough, a_file.seals) == []


@pytest.mark.parametrize("kind", ["discussion", "information", "action"])
def test_what_meetings_leave_is_a_contact(a_file: Register, home: Home, kind: str) -> None:
    child(a_file, home, social_care_status="cp_plan")
    with a_file.writing("meetings") as writing:
        case = writing.session.scalars(select(Case)).one()
        heard(writing, a_meeting(writing, MEETINGS[2]), case, "Zq")
        writing.session.flush()
        for other in {"discussion", "information", "action"} - {kind}:
            writing.remove(writing.session.scalars(select(RECORDS[other])).one())
    assert judge(a_file, home)[0].on == date(2062, 1, 6)


def test_the_history_says_what_went_and_who_decided(a_file: Register, home: Home) -> None:
    child(a_file, home)
    made = gone(a_file, home, ONE)
    with a_file.reading() as session:
        assert certificate(session, a_file.borough, ONE) == made
        newest = session.scalars(select(History).order_by(History.seq.desc())).first()
    assert newest
    assert (made.seq, made.hash) == (newest.seq, newest.hash)
    assert (made.done_by, made.approved_by, made.because) == ("tester", "Head of Safeguarding", "its time is up")
    assert made.disposed[0].references == (ONE,)
    assert made.disposed[0].counts["referral"] == made.disposed[0].counts["original"] == made.disposed[0].counts["case"] == 1


def test_a_certificate_has_no_date_of_birth(a_file: Register, home: Home) -> None:
    child(a_file, home)
    said = str(gone(a_file, home, ONE))
    assert "2036-04-03" not in said
    assert "until age 25 (due in 2036)" in said


def test_an_emptied_detail_that_no_disposal_accounts_for_is_found(a_file: Register, home: Home) -> None:
    child(a_file, home)
    gone(a_file, home, ONE)
    with a_file.engine.begin() as connection:
        connection.execute(text("UPDATE history SET detail = NULL WHERE seq = 1"))
    with a_file.reading() as session:
        assert [fault.what for fault in verify(session, a_file.borough, a_file.seals)] == ["its detail was removed"]


def test_another_childs_form_goes_on_naming_the_person_as_it_did(a_file: Register, home: Home) -> None:
    friend = [{"name": "Testa Sample", "dob": BORN, "role": "associate", "relationship": "schoolfriend"}]
    recorded(a_file, home, form(family_name="Else", given_names="Somebody", dob=date(2010, 1, 1), linked_people=friend), TWO)
    with a_file.reading() as session:
        named = session.scalars(select(Link.other_id)).one()
    recorded(a_file, home, form(family_name="Sample", given_names="Testa", dob=BORN, nhs_number="9990000018"))
    with a_file.writing("people same") as writing:
        people = writing.session.scalars(select(Person).where(Person.family_name == "Sample").order_by(Person.id)).all()
        identity.same(writing, people[0], people[1], "tester", "because")
    closed(a_file)
    closed(a_file, TWO)
    gone(a_file, home, ONE)
    with a_file.reading() as session:
        link = session.scalars(select(Link)).one()
        person = session.get(Person, ("204", named))
        assert person
        assert (link.other_id, link.relationship) == (named, "schoolfriend")
        assert (person.given_names, person.family_name, person.dob, person.same_as) == ("Testa", "Sample", BORN, None)
        assert session.scalars(select(Match)).all() == []
        assert verify(session, a_file.borough, a_file.seals) == []


def test_a_mention_that_became_the_childs_own_row_falls_back_to_what_the_other_form_says(a_file: Register, home: Home) -> None:
    brother = [{"name": "Testa Sample", "social_care_id": "MOS-000001", "relationship": "brother"}]
    recorded(a_file, home, form(family_name="Else", given_names="Somebody", dob=date(2010, 1, 1), household_children=brother), TWO)
    own = form(family_name="Sample", given_names="Testa Zqown", dob=BORN, social_care_id="MOS-000001", first_language="Zqlanguage")
    with a_file.writing("receive") as writing:
        from mase_docs.register.arriving.recording import Plan, record

        row = writing.session.scalars(select(Person).where(Person.social_care_id == "MOS-000001")).one()
        record(writing, own, home.form("referral"), home, Plan(ONE, date(2026, 11, 2), "tester", person=row))
    closed(a_file)
    closed(a_file, TWO)
    gone(a_file, home, ONE)
    assert "zq" not in everything(a_file)
    with a_file.reading() as session:
        link = session.scalars(select(Link).where(Link.relationship == "brother")).one()
        person = session.get(Person, ("204", link.other_id or 0))
        assert person
        told = (person.given_names, person.family_name, person.social_care_id, person.dob, person.first_language)
        assert told == ("Testa", "Sample", "MOS-000001", None, None)
        assert verify(session, a_file.borough, a_file.seals) == []


def test_people_and_places_that_nobody_else_is_tied_to_go_too(a_file: Register, home: Home) -> None:
    adult = [{"name": "Uncle Zqnobody", "role": "associate"}]
    child(a_file, home, linked_people=adult, school_name="Eastwick", vehicles=["AB12 CDE"])
    child(a_file, home, TWO, school_name="Eastwick")
    gone(a_file, home, ONE)
    with a_file.reading() as session:
        assert [person.given_names for person in session.scalars(select(Person))] == ["02"]
        assert [context.name for context in session.scalars(select(Context))] == ["Eastwick"]
        assert verify(session, a_file.borough, a_file.seals) == []


def test_a_name_that_the_coordinator_confirmed_stays_unless_it_is_one_persons(a_file: Register, home: Home) -> None:
    child(a_file, home, school_name="Eastwick", vehicles=["AB12 CDE"])
    with a_file.writing("places confirm") as writing:
        for context in writing.session.scalars(select(Context)):
            writing.change(context, confirmed=True)
    gone(a_file, home, ONE)
    with a_file.reading() as session:
        assert [context.name for context in session.scalars(select(Context))] == ["Eastwick"]


def test_a_file_that_another_referral_has_stays(a_file: Register, home: Home) -> None:
    child(a_file, home, family_name="Shared")
    with a_file.writing("receive") as writing:
        from mase_docs.register.arriving.recording import Plan, record

        again = form(family_name="Shared", given_names="01", dob=BORN)
        record(writing, again, home.form("referral"), home, Plan(TWO, date(2026, 11, 3), "tester", original=b"x"))
    gone(a_file, home, ONE)
    with a_file.reading() as session:
        assert len(session.scalars(select(Original)).all()) == 1


def test_numbers_are_never_given_again(a_file: Register, home: Home) -> None:
    with a_file.writing("receive") as writing:
        submission = form(family_name="Sample", given_names="Testa", dob=BORN)
        number = numbering.give(writing, submission.source.sha256, "", "MASE", date(2026, 11, 2))
    recorded(a_file, home, submission, number)
    closed(a_file, number)
    gone(a_file, home, number)
    with a_file.writing("receive") as writing:
        assert numbering.give(writing, submission.source.sha256, "", "MASE", date(2026, 11, 2)) != number
        assert writing.add(Person()).id > 1
    with a_file.reading() as session:
        numbers = [(row.number, row.sha256) for row in session.scalars(select(Reference).order_by(Reference.id))]
    assert numbers[0] == (number, f"disposed of {number}")
    assert len(numbers) == 2


def test_an_open_case_is_never_disposed_of(a_file: Register, home: Home) -> None:
    recorded(a_file, home, form(family_name="Sample", dob=BORN))
    with a_file.reading() as session, pytest.raises(RegisterError, match="has an open case"):
        planned(session, ONE, home, LATER, before_due=True)


def test_what_is_not_due_goes_only_where_that_is_said(a_file: Register, home: Home) -> None:
    child(a_file, home)
    with a_file.reading() as session, pytest.raises(RegisterError, match="is not due"):
        planned(session, ONE, home, date(2026, 11, 22), before_due=False)
    with a_file.reading() as session:
        assert planned(session, ONE, home, date(2026, 11, 22), before_due=True).told.rule.startswith("not due")


def test_what_is_kept_until_a_day_goes_only_where_that_is_said(a_file: Register, home: Home) -> None:
    child(a_file, home)
    with a_file.writing("keep") as writing:
        keep(writing, ONE, date(2300, 1, 1), "an inquiry")
    with a_file.reading() as session, pytest.raises(RegisterError, match="kept until 01/01/2300"):
        planned(session, ONE, home, LATER, before_due=False)


def test_a_disposal_that_fails_takes_nothing(a_file: Register, home: Home) -> None:
    child(a_file, home)
    before = everything(a_file)
    unsaid: Any = object()

    def disposed_of_halfway() -> None:
        with a_file.writing("dispose") as writing:
            dispose(writing, [planned(writing.session, ONE, home, LATER, before_due=False)], home, "because", unsaid)

    with pytest.raises(TypeError):
        disposed_of_halfway()
    assert everything(a_file) == before


def test_several_go_at_once_on_one_certificate(a_file: Register, home: Home) -> None:
    child(a_file, home)
    child(a_file, home, TWO)
    made = gone(a_file, home, ONE, TWO)
    assert [one.references for one in made.disposed] == [(ONE,), (TWO,)]
    with a_file.reading() as session:
        assert [name for name, kind in RECORDS.items() if session.scalars(select(kind).limit(1)).first()] == ["reference"]
        assert verify(session, a_file.borough, a_file.seals) == []


def test_other_people_who_were_confirmed_to_be_one_stay_so(a_file: Register, home: Home) -> None:
    """A friend whom three children's forms name; the form that named the friend first goes."""
    friend = [{"name": "Testa Friend", "dob": date(2010, 1, 1), "role": "associate"}]
    for number in (1, 2, 3):
        child(a_file, home, f"MASE-2026-000{number}", linked_people=friend)
    with a_file.writing("people same") as writing:
        first, *others = writing.session.scalars(select(Person).where(Person.family_name == "Friend").order_by(Person.id)).all()
        for other in others:
            identity.same(writing, other, first, "tester", "because")
    gone(a_file, home, ONE)
    with a_file.reading() as session:
        left = session.scalars(select(Person).where(Person.family_name == "Friend").order_by(Person.id)).all()
        assert [person.same_as for person in left] == [None, left[0].id]
        assert verify(session, a_file.borough, a_file.seals) == []


def test_children_who_name_one_another_go_one_after_the_other(a_file: Register, home: Home) -> None:
    """A month of them, some confirmed to be whom others named; what is left in the end are the numbers that were given."""
    names = ("Zqanna", "Zqbello", "Zqcarla", "Zqdomin", "Zqeris", "Zqfolke", "Zqgusto", "Zqhetty")
    children = [(name, f"{name}son", date(2009 + n % 5, 1 + n, 3)) for n, name in enumerate(names)]
    for number, (given, family, dob) in enumerate(children):
        beside = [children[(number + step) % 8] for step in (1, 3)]
        named = [{"name": f"{g} {f}", "dob": d, "role": "associate", "relationship": "friend"} for g, f, d in beside]
        about = form(given_names=given, family_name=family, dob=dob, linked_people=named, school_name=f"School {number % 2}")
        recorded(a_file, home, about, f"MASE-2026-000{number}")
        with a_file.writing("people") as writing:
            for person in writing.session.scalars(select(Person).order_by(Person.id)).all():
                for match in matching.propose(writing, person):
                    if match.band == "probably":
                        identity.confirm(writing, match, "tester")
    with a_file.reading() as session:
        assert len(session.scalars(select(Person).where(Person.same_as.is_not(None))).all()) > 8
    for number in (3, 0, 7, 4, 1, 6, 2, 5):
        reference = f"MASE-2026-000{number}"
        closed(a_file, reference)
        with a_file.writing("dispose") as writing:
            plan = planned(writing.session, reference, home, LATER, before_due=True)
            dispose(writing, [plan], home, "its time is up", "Head of Safeguarding")
        with a_file.reading() as session:
            assert verify(session, a_file.borough, a_file.seals) == []
    scrub(a_file)
    with a_file.reading() as session:
        left = {name: len(session.scalars(select(kind)).all()) for name, kind in RECORDS.items()}
    assert {name: count for name, count in left.items() if count} == {"reference": 8}
    assert "zq" not in everything(a_file)


def test_of_two_who_go_together_nothing_stays_that_only_they_tell(a_file: Register, home: Home) -> None:
    friend = {"linked_people[1].name": "Frienda Sample", "linked_people[1].role": "friend", "school_name": "The Made-up School"}
    for reference, other in ((ONE, "02 Sample"), (TWO, "01 Sample")):
        child(a_file, home, reference, **friend, **{"linked_people[2].name": other, "linked_people[2].role": "friend"})
    with a_file.writing("test") as writing:
        one, two = (writing.session.scalars(select(Person).where(Person.given_names == name)).one() for name in ("01", "02"))
        identity.different(writing, one, two, "tester", "")
    made = gone(a_file, home, ONE, TWO)
    with a_file.reading() as session:
        assert not any(session.scalars(select(kind)).all() for kind in (Person, Match, Link, Context))
        assert verify(session, a_file.borough, a_file.seals) == []
    assert sum(one.counts.get("match", 0) for one in made.disposed) == 1
