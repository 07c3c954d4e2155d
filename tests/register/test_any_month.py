"""Whatever comes in and whatever a coordinator does, in any order: what must always hold of a register holds after each step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from mase_docs.definition.home import Home
from mase_docs.errors import MaseDocsError
from mase_docs.model.submission import Value
from mase_docs.pipeline import Occasion, receive
from mase_docs.register.care.disposal import dispose, planned
from mase_docs.register.casework import case_life
from mase_docs.register.casework.cases import views
from mase_docs.register.links import places
from mase_docs.register.persons import identity
from mase_docs.register.persons.person_keys import person_keys
from mase_docs.register.records import Case, Context, Kept, Match, Person, PersonKey
from mase_docs.register.register import Register
from mase_docs.register.writing import Witness, Writing
from tests.register.care import exported
from tests.register.forms import about_testa
from tests.register.people import everything
from tests.register.stores import BOROUGH, START
from tests.register.tampering import faults

K = TypeVar("K", bound=Kept)
TODAY = START.date()
HOME = Home()
NAMES = [("Testa", "Sample"), ("Tess", "Sample"), ("Madeup", "Invented"), ("%", "_")]
WHO = st.sampled_from(NAMES)
BORN = st.sampled_from([date(2011, 3, 4), date(2011, 4, 3)])
NUMBER = st.sampled_from([None, "9434765919", "9434765870"])
SCHOOL = st.sampled_from(["Marshgate Invented Academy", "Marshgate Invented Acad.", "%"])
WHICH = st.integers(0, 7)
"""One of the rows that are there, counted round."""


class AnyMonth(RuleBasedStateMachine):
    """A register, and everything that may be done to it. What is refused is refused in words, and changes nothing."""

    @initialize()
    def begins_empty(self) -> None:
        self.folder = TemporaryDirectory()
        self.register = Register.create(str(Path(self.folder.name) / "register.sqlite"), BOROUGH, witness=Witness("tester", lambda: START))

    def teardown(self) -> None:
        self.register.engine.dispose()
        self.folder.cleanup()

    @rule(who=WHO, born=BORN, number=NUMBER, school=SCHOOL, friend=st.none() | WHO, day=st.integers(0, 2), reason=st.integers(0, 2))
    def a_form_comes(self, who: Any, born: date, number: str | None, school: str, friend: Any, day: int, reason: int) -> None:
        """Of somebody new, of somebody known, one that corrects another, or the same again."""
        on = TODAY - timedelta(day)
        beside: dict[str, Value] = {"linked_people__1__name": " ".join(friend), "linked_people__1__role": "friend"} if friend else {}
        form = about_testa(
            given_names=who[0], family_name=who[1], dob=born, nhs_number=number, school_name=school, referral_date=on,
            declaration_date=on, reason_for_referral=f"Invented reason {reason}.", **beside,
        )  # fmt: skip
        list(receive([form], {form.source.sha256: repr(form.answers).encode()}, self.register, Occasion(HOME, TODAY)))

    @rule(one=WHICH, other=WHICH, decide=st.sampled_from([identity.same, identity.different]))
    def two_people_are_decided_on(self, one: int, other: int, decide: Any) -> None:
        with self._tried("people") as writing:
            decide(writing, _one(writing, Person, one), _one(writing, Person, other), writing.who, "")

    @rule(one=WHICH, other=WHICH)
    def what_was_decided_is_taken_back(self, one: int, other: int) -> None:
        with self._tried("people undo") as writing:
            identity.taken_back(writing, _one(writing, Person, one), _one(writing, Person, other))

    @rule(one=WHICH)
    def a_case_is_closed_or_opened_again(self, one: int) -> None:
        with self._tried("case") as writing:
            case = case_life.case_of(writing.session, _one(writing, Case, one).reference)
            case_life.reopen(writing, case) if case.closed_on else case_life.close(writing, case, "duplicate", TODAY)

    @rule(one=WHICH, other=WHICH, apart=st.booleans())
    def places_are_told_to_be_one_or_not(self, one: int, other: int, apart: bool) -> None:
        with self._tried("places") as writing:
            a, b = _one(writing, Context, one), _one(writing, Context, other)
            places.undo_same(writing, a) if apart else places.same(writing, a, b)

    @rule(one=WHICH)
    def a_record_is_disposed_of(self, one: int) -> None:
        with self._tried("dispose") as writing:
            plan = planned(writing.session, _one(writing, Case, one).reference, HOME, TODAY, before_due=True)
            dispose(writing, [plan], HOME, "tried", "tester")

    @invariant()
    def nothing_was_done_behind_the_history(self) -> None:
        assert faults(self.register) == []

    @invariant()
    def every_row_that_is_named_is_there(self) -> None:
        rows = everything(self.register)
        there = {table: {row["id"] for row in kept} for table, kept in rows.items()}
        ties = {"case_id": "case", "person_id": "person", "other_id": "person", "context_id": "context", "referral_id": "referral"}
        for row in (row for kept in rows.values() for row in kept):
            assert all(row[column] in there[table] for column, table in ties.items() if column in row)

    @invariant()
    def every_case_has_a_subject_and_a_form(self) -> None:
        rows = everything(self.register)
        assert all(("person_id" in case) != ("context_id" in case) for case in rows["case"])
        assert {case["id"] for case in rows["case"]} == {form["case_id"] for form in rows["referral"]}

    @invariant()
    def nobody_stands_for_another_through_a_third(self) -> None:
        rows = everything(self.register)
        for table, column in (("person", "same_as"), ("context", "same_as"), ("case", "merged_into")):
            ends = {row["id"]: row.get(column) for row in rows[table]}
            assert all(ends[end] is None for end in ends.values() if end is not None)

    @invariant()
    def nobody_has_two_open_cases(self) -> None:
        with self.register.reading() as session:
            found = views(session, HOME.profile.ages, TODAY)
        open_ = Counter(view.subject.same_as or view.subject.id for view in found if view.is_open)
        assert set(open_.values()) <= {1}

    @invariant()
    def everybody_is_found_by_what_is_known_of_them(self) -> None:
        with self.register.reading() as session:
            kept = {(key.person_id, key.key) for key in session.scalars(select(PersonKey))}
        with self._as_it_was() as writing:
            for person in writing.session.scalars(select(Person)):
                person_keys(writing, person)
            writing.session.flush()
            assert {(key.person_id, key.key) for key in writing.session.scalars(select(PersonKey))} == kept

    @invariant()
    def taken_back_one_by_one_every_decision_leaves_people_and_cases_apart(self) -> None:
        with self._as_it_was() as writing:
            for match in writing.session.scalars(select(Match).where(Match.state != "proposed").order_by(Match.id)).all():
                identity.undo(writing, match)
            assert not writing.session.scalars(select(Person).where(Person.same_as.is_not(None))).all()
            assert not writing.session.scalars(select(Case).where(Case.merged_into.is_not(None))).all()

    @invariant()
    def it_can_be_exported(self) -> None:
        assert any(name.endswith("README.txt") for name in exported(self.register))

    @contextmanager
    def _tried(self, why: str) -> Iterator[Writing]:
        """A transaction in which something may be refused, in words: then all is as it was."""
        try:
            with self.register.writing(why) as writing:
                yield writing
        except (MaseDocsError, NobodyError):
            return

    @contextmanager
    def _as_it_was(self) -> Iterator[Writing]:
        """A transaction of which nothing is kept."""
        with suppress(NobodyError), self.register.writing("test") as writing:
            yield writing
            raise NobodyError


class NobodyError(Exception):
    """There is no row of that kind yet, or nobody wants what was done."""


def _one(writing: Writing, kind: type[K], which: int) -> K:
    rows = writing.session.scalars(select(kind).order_by(kind.id)).all()
    if not rows:
        raise NobodyError(kind.__tablename__)
    return rows[which % len(rows)]


def test_whatever_is_done_in_whatever_order_the_register_holds_together() -> None:
    few = settings(max_examples=5, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(AnyMonth, settings=few)
