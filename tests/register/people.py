"""Invented people and cases, written into a register by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from mase_docs.register.history import state
from mase_docs.register.links.called import key_of
from mase_docs.register.persons.person_keys import person_keys
from mase_docs.register.records import RECORDS, Case, Context, ContextName, Link, Person, Referral
from mase_docs.register.register import Register
from mase_docs.register.writing import Writing

BORN = date(2010, 4, 3)
NHS = "9434765919"


def a_person(writing: Writing, given: str | None, family: str | None, dob: date | None = BORN, **more: Any) -> Person:
    """A person who can be found by name, date of birth and numbers."""
    person = writing.add(Person(given_names=given, family_name=family, dob=dob, **more))
    person_keys(writing, person)
    return person


def a_case(writing: Writing, about: Person | Context, number: int, **more: Any) -> Case:
    """An open case; those with higher numbers were opened later."""
    reference = f"MASE-2026-{number:04}"
    end: dict[str, Any] = {"person_id": about.id} if isinstance(about, Person) else {"context_id": about.id}
    told = {"status": "new", "opened_on": date(2026, 10, 1) + timedelta(days=number), "label": f"{reference} / TS / 16F", **end, **more}
    return writing.add(Case(reference=reference, **told))


def a_form(writing: Writing, case: Case) -> Referral:
    """The form that a case came with."""
    made = Referral(
        reference=case.reference, form="referral", version=1, case_id=case.id, person_id=case.person_id, received_on=case.opened_on,
        received_by="tester", source_name="form.xlsx", sha256=f"{case.id:064}", kind="xlsx", answers='{"answers": {}}', problems="[]",
    )  # fmt: skip
    return writing.add(made)


def a_context(writing: Writing, kind: str, name: str, *, confirmed: bool = False, **more: Any) -> Context:
    context = writing.add(Context(kind=kind, name=name, confirmed=confirmed, **more))
    writing.add(ContextName(context_id=context.id, name=name, key=key_of(name)))
    return context


def a_link(writing: Writing, case: Case, to: Person | Context, role: str, confidence: str | None = None, **more: Any) -> Link:
    """What the case's form says of another person or a context."""
    end: dict[str, Any] = {"other_id": to.id} if isinstance(to, Person) else {"context_id": to.id}
    return writing.add(Link(case_id=case.id, person_id=case.person_id, role=role, confidence=confidence, **end, **more))


def everything(register: Register, *but: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables, but for those named: what a register holds can be compared with it."""
    with register.reading() as session:
        kept = {name: kind for name, kind in RECORDS.items() if name not in but}
        return {name: [state(row) for row in session.scalars(select(kind).order_by(kind.id))] for name, kind in kept.items()}
