"""A completed form becomes records: all of it or nothing, everything where it belongs, and what is known already found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from mase_docs.definition.home import Home
from mase_docs.definition.record import Record
from mase_docs.model.submission import NOT_KNOWN, Submission, Value
from mase_docs.register.arriving.recording import Plan, context_key, record
from mase_docs.register.arriving.said import ONE
from mase_docs.register.casework import kept_forms
from mase_docs.register.links.called import contexts, person_called
from mase_docs.register.persons.likeness import Described, keys
from mase_docs.register.persons.person_keys import described
from mase_docs.register.records import (
    RECORDS,
    Assessment,
    Case,
    Context,
    ContextName,
    Disruption,
    History,
    Intervention,
    Involvement,
    Kept,
    Link,
    MissingEpisode,
    Original,
    PanelLink,
    Person,
    PersonKey,
    Referral,
)
from mase_docs.register.register import Register
from mase_docs.register.verify import verify
from mase_docs.register.writing import Witness
from tests.register.forms import TODAY, a_form, about_testa, boroughs_own, everything_answered, the_boroughs, the_month
from tests.register.stores import BOROUGH, a_register, witness


class Panel:
    """A register, and forms recorded in it one after another."""

    def __init__(self, register: Register, home: Home) -> None:
        self.register, self.home, self.number = register, home, 0

    def record(self, submission: Submission, **plan: Any) -> int:
        """Records a form as what it was recognised to be, and gives its referral's number."""
        self.number += 1
        with self.register.writing("receive") as writing:
            known = {name: writing.session.get(type(row), (BOROUGH, row.id)) for name, row in plan.items() if isinstance(row, Kept)}
            planned = {"reference": f"MASE-2026-{self.number:04}", "received_on": TODAY, "received_by": "tester", **plan, **known}
            form = self.home.form(str(submission.form), submission.version)
            return record(writing, submission, form, self.home, Plan(**planned)).id

    def correct(self, referral: int, submission: Submission) -> int:
        corrects = self.one(Referral, id=referral)
        return self.record(submission, corrects=corrects, reference=corrects.reference)

    def all(self, kind: type[Any], **values: Any) -> list[Any]:
        with self.register.reading() as session:
            return list(session.scalars(select(kind).filter_by(**values).order_by(*kind.__table__.primary_key)))

    def one(self, kind: type[Any], **values: Any) -> Any:
        (found,) = self.all(kind, **values)
        return found

    def linked(self, role: str) -> list[tuple[str, str | None, bool]]:
        """The contexts linked in a role: kind and name, what was said of it, and whether it still holds."""
        found = []
        for link in self.all(Link, role=role):
            context = self.one(Context, id=link.context_id)
            found.append((f"{context.kind}: {context.name}", link.evidence, link.ended_on is None))
        return found

    def is_sound(self) -> bool:
        with self.register.reading() as session:
            return verify(session, BOROUGH, self.register.seals) == []


@pytest.fixture
def panel(tmp_path: Path, home: Home) -> Iterator[Panel]:
    with a_register("sqlite", tmp_path) as register:
        yield Panel(register, home)


# All that a form says


def test_every_form_of_the_month_is_recorded_on_every_store(register: Register, home: Home) -> None:
    panel = Panel(register, home)
    for submission in the_month():
        panel.record(submission, original=submission.source.name.encode())
    assert [kept_forms.submission(referral) for referral in panel.all(Referral)] == list(the_month())
    assert len(panel.all(Case)) == len(panel.all(Original)) == len(the_month())
    assert [(person.family_name, person.given_names) for person in panel.all(Person) if person.nhs_number] == [
        (form.value("family_name"), form.value("given_names")) for form in the_month() if form.value("nhs_number")
    ]
    assert panel.is_sound()


def blocks(form: str) -> list[Any]:
    return [pytest.param(form, n, id=f"{form} {n} {r.table}") for n, r in enumerate(Home().form(form).record)]


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Panel]:
    """A register with both forms in it, every question of them answered."""
    with a_register("sqlite", tmp_path_factory.mktemp("answered")) as register:
        panel = Panel(register, Home())
        for form in ("referral", "context_referral"):
            panel.record(everything_answered(form, panel.home))
        yield panel


@pytest.mark.parametrize(("form", "number"), [*blocks("referral"), *blocks("context_referral")])
def test_every_question_that_is_mapped_reaches_its_column(form: str, number: int, answered: Panel) -> None:
    block = answered.home.form(form).record[number]
    referral = answered.one(Referral, form=form)
    rows = rows_of(block, referral, answered)
    assert rows
    filled = {*block.filled, *block.always}
    assert [(column, getattr(row, column)) for row in rows for column in filled if getattr(row, column) in (None, [], NOT_KNOWN)] == []
    assert [column for row in rows for column, value in block.always.items() if getattr(row, column) != value] == []


def rows_of(block: Record, referral: Referral, panel: Panel) -> list[Any]:
    """The rows of a block of a form."""
    if block.table in ONE:
        return panel.all(RECORDS[block.table], id=referral.id if block.table == "referral" else getattr(referral, f"{block.table}_id"))
    there = panel.all(RECORDS[block.table], referral_id=referral.id, **block.always)
    others = {other.always["role"] for other in panel.home.form(referral.form).record if "role" in other.always}
    return [row for row in there if block.table != "link" or "role" in block.always or row.role not in others]


@pytest.mark.parametrize(("form", "number"), [*blocks("referral"), *blocks("context_referral")])
def test_every_answer_about_the_other_end_of_a_link_reaches_it(form: str, number: int, answered: Panel) -> None:
    block, referral = answered.home.form(form).record[number], answered.one(Referral, form=form)
    links = rows_of(block, referral, answered) if block.table == "link" else []
    people = [answered.one(Person, id=link.other_id) for link in links if block.person]
    places = [answered.one(Context, id=link.context_id) for link in links if block.context]
    ends = [end for end in [*people, *places] if not block.context or end.kind == block.context["kind"]]
    assert bool(ends) == (block.table == "link")
    columns = ({*block.person} | {*block.context}) - {"name"}
    assert [column for column in columns if not any(getattr(end, column) is not None for end in ends)] == []


def test_every_question_of_a_borough_reaches_the_same_columns(panel: Panel) -> None:
    panel.home = the_boroughs()
    for submission in boroughs_own():
        panel.record(submission)
    assert {form.form for form in boroughs_own()} == {"eastwick_referral", "northmere_referral", "southmere_referral"}
    told = [(case.label[17:], panel.one(Person, id=case.person_id).family_name) for case in panel.all(Case)]
    assert [name for _, name in told] == [form.value("family_name") for form in boroughs_own()]
    assert [referral.referrer_name for referral in panel.all(Referral)] == [form.value("referrer_name") for form in boroughs_own()]
    assert {assessment.scheme for assessment in panel.all(Assessment)} == {"cse_category", "hsb_level"}
    assert panel.is_sound()


def test_what_says_nothing_makes_no_record(panel: Panel) -> None:
    panel.record(
        about_testa(
            school_name="not_known", home_address="No fixed address", home_postcode="E8 1EA", child_phones="not_known",
            usernames=["Snapchat"],
            cse_category="not_assessed", category_source="map_meeting", hsb_level="not_known", current_interventions="none",
            other_panels__1__panel="none", other_panels__1__outcome="not_applicable", parents_carers__1__name="not_known",
            linked_people__1__name="Full name not known", linked_people__1__role="not_known", nhs_number="not_known", ethnicity="not_known",
        )
    )  # fmt: skip
    assert [(kind, panel.all(RECORDS[kind])) for kind in RECORDS if kind not in ONE and panel.all(RECORDS[kind])] == []
    testa = panel.one(Person)
    assert (testa.nhs_number, testa.ethnicity, testa.home_address) == (None, None, "No fixed address")


def test_an_address_that_points_elsewhere_is_no_address(panel: Panel) -> None:
    for row, address in enumerate(["Same", "same as above.", "2 Invented Row"], 1):
        panel.record(about_testa(**{f"parents_carers__{row}__name": "Ash Madeup", f"parents_carers__{row}__address": address}))
    assert [person.home_address for person in panel.all(Person, family_name="Madeup")] == [None, None, "2 Invented Row"]


def test_a_row_without_its_first_answer_is_kept_all_the_same(panel: Panel) -> None:
    panel.record(about_testa(disruption__1__target="The kiosk", agencies_involved__1__worker="Testa Worker"))
    assert (panel.one(Disruption).measure, panel.one(Disruption).target) == (NOT_KNOWN, "The kiosk")
    assert (panel.one(Involvement).agency, panel.one(Involvement).worker) == (NOT_KNOWN, "Testa Worker")


def test_a_code_that_means_assessed_and_not_exploited_is_an_assessment(panel: Panel) -> None:
    panel.record(about_testa(cse_category="none", category_source="map_meeting", category_date=date(2026, 9, 1)))
    assert (panel.one(Assessment).code, panel.one(Assessment).category_date) == ("none", date(2026, 9, 1))


def test_a_time_missing_is_as_exact_as_it_was_said(panel: Panel) -> None:
    panel.record(about_testa(missing_episodes__1__start=datetime(2026, 9, 1, 22, 5), missing_episodes__2__start=date(2026, 9, 8)))
    assert [episode.start for episode in panel.all(MissingEpisode)] == ["2026-09-01T22:05", "2026-09-08"]


def test_a_form_is_recorded_whole_or_not_at_all(tmp_path: Path, home: Home) -> None:
    """The power fails at every step of the way in turn: the salt of each row of the history is asked for as the row is written."""
    whole = everything_answered("referral", home)
    for step in range(0, 40, 4):
        with Register.create(str(tmp_path / f"{step}.sqlite"), BOROUGH, witness=witness()) as made:
            panel = Panel(Register(made.address, BOROUGH, made.engine, failing_after(step)), home)
            with pytest.raises(ConnectionAbortedError):
                panel.record(whole, original=b"file")
            assert {kind: len(panel.all(RECORDS[kind])) for kind in RECORDS} == dict.fromkeys(RECORDS, 0)
            assert [row.did for row in panel.all(History)] == ["created"]
            panel.register.witness = witness()
            panel.record(whole, original=b"file")
            assert len(panel.all(Referral)) == 1
            assert panel.is_sound()


def failing_after(steps: int) -> Witness:
    left = iter(range(steps))

    def salt() -> str:
        if next(left, None) is None:
            raise ConnectionAbortedError
        return "0" * 32

    return Witness("tester", lambda: datetime(2026, 11, 20, tzinfo=UTC), salt)


# The case


def test_a_case_is_labelled_without_a_name(panel: Panel) -> None:
    panel.record(about_testa())
    case = panel.one(Case)
    assert (case.reference, case.label, case.status, case.opened_on) == ("MASE-2026-0001", "MASE-2026-0001 / TS / 15F", "new", TODAY)


def test_a_case_of_a_young_person_placed_here_by_others_has_moved_in(panel: Panel) -> None:
    panel.record(about_testa(placed_in_by_other_la=True, responsible_authority="209"))
    assert (panel.one(Case).status, panel.one(Case).responsible_authority) == ("transfer_in", "209")


def test_a_young_person_referred_again_has_a_case_that_names_the_earlier(panel: Panel) -> None:
    panel.record(about_testa())
    testa, first = panel.one(Person), panel.one(Case)
    panel.record(about_testa(referral_date=date(2026, 11, 9)), person=testa, re_referral_of=first)
    second = panel.one(Case, id=2)
    assert (second.status, second.re_referral_of, second.person_id) == ("re_referral", first.id, testa.id)
    assert panel.one(Case, id=1).status == "new"


def test_why_a_form_with_errors_was_taken_stands_with_it(panel: Panel) -> None:
    panel.record(about_testa(), accepted_because="The referrer is away")
    assert panel.one(Referral).accepted_because == "The referrer is away"


def test_several_forms_may_be_recorded_in_one_transaction(panel: Panel) -> None:
    with panel.register.writing("import") as writing:
        for number in (1, 2):
            plan = Plan(f"MASE-2026-{number:04}", TODAY, "tester", original=b"the list")
            record(writing, about_testa(school_name="St Nowhere's"), panel.home.form("referral"), panel.home, plan)
    assert [len(panel.all(kind)) for kind in (Original, Context, Referral, Person)] == [1, 1, 2, 2]


def test_a_file_is_kept_once_and_byte_for_byte(panel: Panel) -> None:
    panel.record(about_testa(), original=b"\x00 the file")
    panel.record(about_testa(), original=b"\x00 the file")
    assert [original.data for original in panel.all(Original)] == [b"\x00 the file"]
    assert [referral.original_id for referral in panel.all(Referral)] == [1, 1]


# A further form about somebody who is known


def test_a_further_form_adds_what_it_says_and_takes_nothing_away(panel: Panel) -> None:
    panel.record(
        about_testa(sex="F", nhs_number="9990000018", known_as=["Tess"], social_care_status="cin_plan", current_interventions=["key_work"])
    )
    testa, case = panel.one(Person), panel.one(Case)
    more = about_testa(
        sex="U", nhs_number=None, known_as=["Tee"], social_care_status="looked_after", upn="not_known", referral_date=date(2026, 11, 16)
    )
    panel.record(more, person=testa, case=case)
    testa = panel.one(Person)
    assert (testa.sex, testa.nhs_number, testa.known_as, testa.social_care_status) == ("F", "9990000018", ["Tess", "Tee"], "looked_after")
    assert (len(panel.all(Referral)), len(panel.all(Case)), len(panel.all(Intervention))) == (2, 1, 1)


def test_what_must_not_be_disclosed_stays_so_whatever_a_further_form_says(panel: Panel) -> None:
    first = panel.record(about_testa(address_sensitive=True, do_not_disclose=True, do_not_disclose_reason="School, to the aunt"))
    further = about_testa(address_sensitive=False, do_not_disclose=False, do_not_disclose_reason="Telephone", referrer_agency="police")
    panel.record(further, person=panel.one(Person), case=panel.one(Case))
    panel.correct(first, about_testa(address_sensitive=False, do_not_disclose=True, do_not_disclose_reason="School, to the aunt"))
    testa = panel.one(Person)
    assert (testa.address_sensitive, testa.do_not_disclose, testa.do_not_disclose_reason) == (True, True, "School, to the aunt\nTelephone")


def test_what_was_withheld_by_mistake_can_be_corrected(panel: Panel) -> None:
    first = panel.record(about_testa(address_sensitive=True))
    panel.correct(first, about_testa(address_sensitive=False))
    assert panel.one(Person).address_sensitive is False


def test_an_older_form_that_comes_late_only_fills_what_is_blank(panel: Panel) -> None:
    panel.record(about_testa(social_care_status="looked_after", school_name="Newer School"))
    older = about_testa(
        referral_date=date(2025, 1, 8), social_care_status="cin_plan", first_language="Welsh", school_name="Older School", known_as=["Tess"]
    )
    panel.record(older, person=panel.one(Person), case=panel.one(Case))
    testa = panel.one(Person)
    assert (testa.social_care_status, testa.first_language, testa.known_as) == ("looked_after", "Welsh", ["Tess"])
    assert panel.linked("attends") == [("school: Newer School", None, True), ("school: Older School", None, False)]


def test_a_school_that_was_left_is_no_longer_attended(panel: Panel) -> None:
    panel.record(about_testa(school_name="First School"))
    panel.record(about_testa(school_name="Second School", referral_date=date(2026, 11, 9)), person=panel.one(Person), case=panel.one(Case))
    assert panel.linked("attends") == [("school: First School", None, False), ("school: Second School", None, True)]


def test_the_name_that_somebody_had_before_stays_among_the_others(panel: Panel) -> None:
    panel.record(about_testa())
    panel.record(about_testa(family_name="Newname"), person=panel.one(Person), case=panel.one(Case))
    assert (panel.one(Person).family_name, panel.one(Person).known_as) == ("Newname", ["Testa Sample"])


def test_what_was_said_before_is_not_doubled(panel: Panel) -> None:
    same: dict[str, Value] = {
        "cse_category": "2", "category_source": "map_meeting", "category_date": date(2026, 9, 1),
        "missing_episodes__1__start": date(2026, 9, 8),
        "other_panels__1__panel": "marac", "agencies_involved__1__agency": "school", "agencies_involved__1__worker": "Testa Worker",
    }  # fmt: skip
    panel.record(about_testa(**same))
    again = about_testa(**same, category_chair="Testa Chair", missing_episodes__1__end=date(2026, 9, 9), other_panels__1__outcome="Heard")
    panel.record(again, person=panel.one(Person), case=panel.one(Case))
    assert panel.one(Assessment).category_chair == "Testa Chair"
    assert panel.one(MissingEpisode).end == "2026-09-09"
    assert panel.one(PanelLink).outcome == "Heard"
    assert panel.one(Involvement).referral_id == 1


def test_a_category_set_anew_stands_beside_the_earlier(panel: Panel) -> None:
    panel.record(about_testa(cse_category="2", category_source="map_meeting", category_date=date(2026, 9, 1)))
    later = about_testa(cse_category="1", category_source="map_meeting", category_date=date(2026, 11, 1))
    panel.record(later, person=panel.one(Person), case=panel.one(Case))
    assert [assessment.code for assessment in panel.all(Assessment)] == ["2", "1"]


# A correction

FIRST: dict[str, Value] = {
    "dob": date(2011, 4, 3), "nhs_number": "9990000018", "first_language": "English", "concern_types": ["cse"], "known_as": ["Tess", "Tim"],
    "child_phones": ["07700 900123", "07700 900456"], "school_name": "First School",
    "current_interventions": ["key_work", "aim_assessment"],
    "missing_episodes__1__start": date(2026, 9, 1), "missing_episodes__1__found_where": "A station",
    "missing_episodes__2__start": date(2026, 9, 8),
    "linked_people__1__name": "Kai Invented", "linked_people__1__role": "associate", "linked_people__2__name": "Ash Madeup",
    "linked_people__2__role": "child_at_risk",
}  # fmt: skip
CORRECTED: dict[str, Value] = {
    **FIRST, "dob": date(2011, 3, 4), "nhs_number": None, "known_as": ["Tess"], "child_phones": ["07700 900456", "07700 900789"],
    "school_name": "Second School", "current_interventions": ["key_work"], "missing_episodes__1__found_where": "A bus",
    "linked_people__1__dob": date(2010, 1, 1), "linked_people__2__name": None, "linked_people__2__role": None,
    "missing_episodes__2__start": None,
}  # fmt: skip


def test_a_correction_changes_what_it_says_otherwise_and_keeps_the_rest(panel: Panel) -> None:
    first = panel.record(about_testa(**FIRST))
    panel.correct(first, about_testa(**CORRECTED))
    testa = panel.one(Person, id=1)
    assert (testa.dob, testa.nhs_number, testa.first_language, testa.known_as) == (date(2011, 3, 4), None, "English", ["Tess"])
    assert (panel.one(Case).label, panel.one(Case).person_id) == ("MASE-2026-0001 / TS / 15F", testa.id)
    assert [(referral.reference, referral.corrects) for referral in panel.all(Referral)] == [
        ("MASE-2026-0001", None),
        ("MASE-2026-0001", 1),
    ]
    assert panel.is_sound()


def test_what_a_correction_says_no_more_ends_or_goes(panel: Panel) -> None:
    first = panel.record(about_testa(**FIRST))
    panel.correct(first, about_testa(**CORRECTED))
    assert panel.linked("uses") == [
        ("phone: 07700 900123", None, False),
        ("phone: 07700 900456", None, True),
        ("phone: 07700 900789", None, True),
    ]
    assert [name for name, _, holds in panel.linked("attends") if holds] == ["school: Second School"]
    assert [(i.intervention, i.referral_id) for i in panel.all(Intervention)] == [("key_work", first)]
    assert [(e.start, e.found_where) for e in panel.all(MissingEpisode)] == [("2026-09-01", "A bus")]
    assert [(link.role, link.ended_on) for link in panel.all(Link) if link.other_id] == [("associate", None), ("child_at_risk", TODAY)]
    removed = [row.table for row in panel.all(History, did="removed")]
    assert sorted(removed) == ["intervention", "missing_episode"]


def test_a_person_whose_birth_is_corrected_is_the_same_person(panel: Panel) -> None:
    first = panel.record(about_testa(**FIRST))
    panel.correct(first, about_testa(**CORRECTED))
    assert [(person.given_names, person.dob) for person in panel.all(Person)] == [
        ("Testa", date(2011, 3, 4)),
        ("Kai", date(2010, 1, 1)),
        ("Ash", None),
    ]


def test_a_correction_of_a_correction_goes_back_to_what_was_first_said(panel: Panel) -> None:
    first = panel.record(about_testa(**FIRST))
    second = panel.correct(first, about_testa(**CORRECTED))
    panel.correct(second, about_testa(**FIRST))
    testa = panel.one(Person, id=1)
    assert (testa.dob, testa.nhs_number, sorted(testa.known_as)) == (date(2011, 4, 3), "9990000018", ["Tess", "Tim"])
    assert [name for name, _, holds in panel.linked("uses") if holds] == ["phone: 07700 900456", "phone: 07700 900123"]
    assert sorted(i.intervention for i in panel.all(Intervention)) == ["aim_assessment", "key_work"]
    assert len(panel.all(MissingEpisode)) == 2


def test_a_correction_that_changes_nothing_changes_no_record(panel: Panel) -> None:
    first = panel.record(about_testa(**FIRST))
    before = len(panel.all(History))
    panel.correct(first, about_testa(**FIRST, referrer_team="Another team"))
    assert [(row.did, row.table) for row in panel.all(History)[before:]] == [("added", "referral")]


def test_what_somebody_changed_since_is_not_undone_by_a_correction_of_something_else(panel: Panel) -> None:
    first = panel.record(about_testa(**FIRST, allocated_worker="Testa Worker"))
    with panel.register.writing("case") as writing:
        case, testa = writing.session.get(Case, (BOROUGH, 1)), writing.session.get(Person, (BOROUGH, 1))
        assert case
        assert testa
        writing.change(case, owner="Testa Owner", status="review")
        writing.change(testa, nhs_number=None, known_as=["Tess"])
    panel.correct(first, about_testa(**{**FIRST, "allocated_worker": "Testa Worker", "first_language": "Welsh"}))
    assert (panel.one(Case).owner, panel.one(Case).status) == ("Testa Owner", "review")
    assert (panel.one(Person, id=1).nhs_number, panel.one(Person, id=1).known_as) == (None, ["Tess"])


def test_a_correction_takes_nothing_from_another_form_of_the_same_case(panel: Panel) -> None:
    first = panel.record(about_testa(current_interventions=["key_work"], nhs_number="9990000018"))
    other = about_testa(current_interventions=["key_work"], nhs_number="9990000018", referrer_agency="police")
    second = panel.record(other, person=panel.one(Person), case=panel.one(Case))
    panel.correct(first, about_testa(current_interventions=None, nhs_number=None))
    assert panel.one(Intervention).referral_id == second
    assert panel.one(Person).nhs_number == "9990000018"


def test_a_correction_on_paper_takes_nothing_back_that_paper_does_not_ask(panel: Panel) -> None:
    known: dict[str, Value] = {"disruption__1__measure": "cawn", "vehicles": ["AB12 CDE"], "yjs_ref": "Y1", "gender": None}
    first = panel.record(about_testa(**known))
    panel.correct(first, about_testa(first_language="Welsh"))
    assert panel.one(Disruption).measure == "cawn"
    assert panel.linked("of_concern") == [("vehicle: AB12 CDE", None, True)]
    assert panel.one(Person).yjs_ref == "Y1"


# People


def test_each_mention_is_a_person_of_its_own(panel: Panel) -> None:
    panel.record(about_testa(linked_people__1__name="Kai", parents_carers__1__name="Ash Madeup", significant_adults__1__name="Ash Madeup"))
    assert [(p.given_names, p.family_name, p.known_as) for p in panel.all(Person)] == [
        ("Testa", "Sample", None), (None, None, ["Kai"]), ("Ash", "Madeup", None), ("Ash", "Madeup", None),
    ]  # fmt: skip


def test_a_name_and_birth_given_twice_on_one_form_is_one_person(panel: Panel) -> None:
    born = date(2010, 2, 2)
    panel.record(
        about_testa(
            linked_people__1__name="Ash Madeup", linked_people__1__dob=born, household_children__1__name="ASH MADEUP",
            household_children__1__dob=born,
            household_children__1__social_care_id="MOS-1", linked_people__2__name="Testa Sample", linked_people__2__dob=date(2011, 3, 4),
        )
    )  # fmt: skip
    ash = panel.one(Person, given_names="Ash")
    assert (len(panel.all(Person)), ash.social_care_id) == (2, "MOS-1")
    assert [(link.role, link.other_id) for link in panel.all(Link)] == [(NOT_KNOWN, ash.id), ("household", ash.id)]


def test_everybody_is_found_by_what_is_known_of_them_now(panel: Panel) -> None:
    first = panel.record(about_testa(linked_people__1__name="Kai Invented"))
    panel.correct(first, about_testa(linked_people__1__name="Kai Invented", family_name="Simple"))
    for person in panel.all(Person):
        assert {row.key for row in panel.all(PersonKey, person_id=person.id)} == keys(described(person)) != set()
    assert described(panel.one(Person, id=1)) == Described("Simple", "Testa", (), date(2011, 3, 4))


@pytest.mark.parametrize(
    ("written", "family", "given", "known_as"),
    [
        ("Kai Invented", "Invented", "Kai", None),
        ("Kai van der Invented", "van der Invented", "Kai", ["Kai van der Invented"]),
        ("Kai (KJ) Invented", "Invented", "Kai", ["KJ"]),
        ("“Jay” – full name not known", None, None, ["Jay"]),
        ("Man, known as “Duke”", None, None, ["Man", "Duke"]),
        ("Kai and Ash Invented", None, None, ["Kai and Ash Invented"]),
        ("lad from the kiosk", None, None, ["lad from the kiosk"]),
        ("Uncle Kai", None, None, ["Uncle Kai"]),
        ("Mr Invented", None, None, ["Mr Invented"]),
        ("name not known", None, None, []),
    ],
)
def test_a_linked_persons_name_is_split_where_it_is_plainly_one(
    written: str, family: str | None, given: str | None, known_as: object
) -> None:
    found = person_called(written)
    assert (found.get("family_name"), found.get("given_names"), found.get("known_as")) == (family, given, known_as)


# Contexts


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("phone", "Kyle 07700 900123", "+44 (0)7700 900-123"),
        ("phone", "0044 7700 900123", "447700900123 (mum)"),
        ("vehicle", "white van, ab12 cde", "AB12CDE"),
        ("vehicle", "P123 ABC red", "p123abc"),
        ("username", "Snapchat: @Bee_Zo", "bee.zo (insta)"),
        ("school", "St. Nowhere’s School", "st nowheres school"),
        ("place", "Mc Donald's", "McDonalds"),
        ("place", "公园 东", "公园东"),
    ],
)
def test_two_ways_of_writing_the_same_are_found_to_be(kind: str, one: str, other: str) -> None:
    assert [c.key for c in contexts(kind, {"name": one})] == [c.key for c in contexts(kind, {"name": other})] != []


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("phone", "07700 900123", "07700 900124"),
        ("vehicle", "Audi A3 TDI", "A3 TDI, AB12 CDE"),
        ("username", "bee_zo", "bee_zoe"),
        ("place", "公园", "车站"),
    ],
)
def test_two_that_are_not_the_same_are_told_apart(kind: str, one: str, other: str) -> None:
    assert {c.key for c in contexts(kind, {"name": one})}.isdisjoint(c.key for c in contexts(kind, {"name": other}))


def test_what_is_written_with_a_number_stays_beside_it(panel: Panel) -> None:
    panel.record(
        about_testa(
            phone_numbers=["Kyle 07700 900123 / 07700 900456", "his cousin's phone"], information_source="first_hand", confidence="likely"
        )
    )
    assert panel.linked("of_concern") == [
        ("phone: 07700 900123", "Kyle", True), ("phone: 07700 900456", "Kyle", True), ("phone: his cousin's phone", None, True),
    ]  # fmt: skip
    assert {(link.information_source, link.confidence) for link in panel.all(Link)} == {("first_hand", "likely")}


def test_what_was_written_with_a_number_can_be_corrected(panel: Panel) -> None:
    first = panel.record(about_testa(child_phones=["Kyle 07700 900123"]))
    panel.correct(first, about_testa(child_phones=["07700 900123"]))
    assert panel.linked("uses") == [("phone: 07700 900123", None, True)]


def test_the_same_number_twice_on_a_form_is_one_link(panel: Panel) -> None:
    panel.record(about_testa(child_phones=["07700 900123", "+447700900123"]))
    assert panel.linked("uses") == [("phone: 07700 900123", None, True)]
    assert [name.name for name in panel.all(ContextName)] == ["07700 900123", "+447700900123"]


def test_two_rows_about_one_place_lose_nothing_of_each_other(panel: Panel) -> None:
    panel.record(
        about_testa(
            locations__1__name="Burger Bar", locations__1__times="Fridays", locations__2__name="burger bar", locations__2__times="Sundays",
            locations__2__source="online",
        )
    )  # fmt: skip
    assert panel.linked("seen_at") == [("place: Burger Bar", "Days and times: Fridays; Days and times: Sundays", True)]
    assert panel.one(Link).information_source == "online"


def test_two_cases_that_name_one_thing_are_linked_to_it(panel: Panel) -> None:
    for name, address in (("Testa", "1 Invented Row\nHackney"), ("Other", "1, Invented Row, London E8 1EA")):
        panel.record(about_testa(given_names=name, school_name="St. Nowhere's", home_address=address, home_postcode="E8 1EA"))
    assert [context.kind for context in panel.all(Context)] == ["school", "household"]
    assert [link.context_id for link in panel.all(Link)] == [1, 2, 1, 2]


def test_places_of_one_name_are_told_apart_by_their_postcodes(panel: Panel) -> None:
    for address in ("High Street E8 1EA", "E5 0QT", None, "e8 1ea"):
        panel.record(about_testa(locations__1__name="Burger Bar", locations__1__address=address))
    assert [(context.name, context.postcode) for context in panel.all(Context)] == [
        ("Burger Bar", "E8 1EA"), ("Burger Bar", "E5 0QT"), ("Burger Bar", None),
    ]  # fmt: skip
    assert [link.context_id for link in panel.all(Link)] == [1, 2, 3, 1]


def test_schools_of_one_name_are_told_apart_by_their_numbers(panel: Panel) -> None:
    for urn in (None, "100001", "100002", "100001"):
        panel.record(about_testa(school_name="St Nowhere's", school_urn=urn))
    assert [(context.urn, context.id) for context in panel.all(Context)] == [("100001", 1), ("100002", 2)]
    assert [link.context_id for link in panel.all(Link)] == [1, 1, 2, 1]


PLACE: dict[str, Value] = {
    "context_kind": "place", "context_name": "Heron Row stairwell", "location_type": "stairwell", "context_postcode": "E8 1EA",
    "concern_types": ["cse"], "owner_name": "Testa Owner", "owner_agency": "police", "referral_date": date(2026, 11, 3),
    "linked_people[1].name": "Kai", "linked_people[1].role": "young_person_suspected", "linked_people[1].under_18": "yes",
}  # fmt: skip


def test_a_place_referred_in_its_own_right_is_the_one_that_cases_name(panel: Panel) -> None:
    panel.record(about_testa(locations__1__name="Heron Row Stairwell"))
    panel.record(a_form(PLACE, "context_referral"))
    place, case = panel.one(Context), panel.one(Case, person_id=None)
    assert (place.location_type, place.postcode, place.confirmed) == ("stairwell", "E8 1EA", False)
    assert (case.context_id, case.label, case.owner, case.lead_agency) == (place.id, "MASE-2026-0002 / place", "Testa Owner", "police")
    kai = panel.one(Link, case_id=case.id)
    assert (kai.person_id, kai.context_id, kai.role) == (None, place.id, "young_person_suspected")
    assert panel.one(Person, id=kai.other_id).known_as == ["Kai"]


def test_a_place_is_looked_for_by_its_kind_and_name() -> None:
    assert context_key(a_form(PLACE, "context_referral")) == ("place", "heronrowstairwell")
    assert context_key(a_form({**PLACE, "context_name": NOT_KNOWN}, "context_referral")) is None
    assert context_key(about_testa()) is None


def test_a_corrected_name_of_a_place_is_another_place(panel: Panel) -> None:
    first = panel.record(a_form(PLACE, "context_referral"))
    panel.correct(first, a_form({**PLACE, "context_name": "Egret Row stairwell"}, "context_referral"))
    case = panel.one(Case)
    assert panel.one(Context, id=case.context_id).name == "Egret Row stairwell"
    assert [(link.context_id, link.ended_on) for link in panel.all(Link)] == [(1, TODAY), (2, None)]


def test_a_form_without_a_name_is_recorded_when_it_is_accepted(panel: Panel) -> None:
    panel.record(a_form({"context_kind": "place", "concern_types": ["cse"]}, "context_referral"), accepted_because="The name will follow")
    panel.record(a_form({"concern_types": ["cse"]}), accepted_because="The name will follow")
    assert [case.label for case in panel.all(Case)] == ["MASE-2026-0001 / place", "MASE-2026-0002 / ? / ?"]


# Whatever is answered

ODD: tuple[Value, ...] = (
    None, NOT_KNOWN, "none", "not_applicable", "", "?", "-", "(", "@", "Snapchat", "+44", "07700 900123", "E8 1EA", "12 Invented Row",
    "Kai Invented",
    "and", "“”", "公园", "x" * 5000, True, False, 0, 14, date(2011, 3, 4), datetime(2026, 9, 1, 22, 5), [], ["none"],
    ["", "?"], ["a", "a"], ["cse"],
)  # fmt: skip


@st.composite
def oddly_answered(draw: st.DrawFn, form: str) -> Submission:
    """A form with any value at any question, as own forms, imports and accepted errors may bring."""
    paths = list(everything_answered(form, Home()).answers)
    paths += [path.replace("[1]", "[2]") for path in paths if "[1]" in path]
    return a_form(draw(st.dictionaries(st.sampled_from(paths), st.sampled_from(ODD))), form)


@settings(max_examples=15, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_answer_is_too_odd_to_be_recorded(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    form = data.draw(st.sampled_from(["referral", "context_referral"]))
    first, second, third = (data.draw(oddly_answered(form)) for _ in range(3))
    folder = tmp_path_factory.mktemp("odd")
    with a_register("sqlite", folder) as register:
        panel = Panel(register, Home())
        referral = panel.record(first)
        again = panel.correct(referral, second)
        panel.record(third, person=next(iter(panel.all(Person, id=panel.one(Referral, id=again).person_id)), None), case=panel.one(Case))
        panel.correct(again, first)
        assert [kept_forms.submission(kept) for kept in panel.all(Referral)] == [first, second, third, first]
        with register.reading() as session:
            assert verify(session, BOROUGH, folder / "no-seals") == []
