"""A completed form becomes records: the file, the person or context, the case, the referral, and all that the form says besides.

What is kept of which answer stands in the form's own definition ([[record]]); here is only how it meets what is there already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import select

from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from mase_docs.model.ages import age_on
from mase_docs.model.labels import case_label
from mase_docs.model.submission import EXPLICIT, Submission
from mase_docs.register.arriving import originals
from mase_docs.register.arriving.form_links import record_links
from mase_docs.register.arriving.form_rows import Told, record_rows
from mase_docs.register.arriving.said import Said, said
from mase_docs.register.arriving.updates import Filled, Update, filled
from mase_docs.register.casework import kept_forms
from mase_docs.register.links import contexts
from mase_docs.register.links.called import contexts as contexts_called
from mase_docs.register.links.called import key_of
from mase_docs.register.persons.person_keys import person_keys
from mase_docs.register.records import Case, Context, Person, Referral
from mase_docs.register.writing import Writing

NO_NAME = "Name not recorded"


@dataclass(frozen=True)
class Plan:
    """What a form was recognised to be.

    reference         the number it goes by; a correction has that of the form it corrects
    original          the file's bytes; None where they aren't kept
    person            whom it is about, where that is certain
    case              the open case it belongs to
    corrects          the referral that it corrects
    re_referral_of    the case of the same person that was closed not long ago
    accepted_because  why it is recorded although it has errors
    """

    reference: str
    received_on: date
    received_by: str
    original: bytes | None = None
    person: Person | None = None
    case: Case | None = None
    corrects: Referral | None = None
    re_referral_of: Case | None = None
    accepted_because: str = ""


def record(writing: Writing, submission: Submission, form: Form, home: Home, plan: Plan) -> Referral:
    """Writes all that a completed form says, in the transaction given, and gives back its referral.

    What is known already is brought up to date only by answers that say something. What a corrected form says no more ends or goes;
    the history keeps it.
    """
    writing.session.flush()
    with writing.session.no_autoflush:  # what is added here and must be found is flushed where it is looked for
        return _Recording(writing, submission, form, home, plan).record()


def context_key(submission: Submission) -> tuple[str, str] | None:
    """The kind and the key of the context that a form refers in its own right; None where it doesn't, or says no name."""
    kind, name = (str(submission.value(path) or "") for path in ("context_kind", "context_name"))
    called = contexts_called(kind, {"name": name}) if kind and name and not EXPLICIT.keys() & {kind, name} else []
    return (kind, called[0].key) if called else None


class _Recording:
    """One form on its way into the register."""

    def __init__(self, writing: Writing, submission: Submission, form: Form, home: Home, plan: Plan) -> None:
        self.writing, self.submission, self.form, self.home, self.plan = writing, submission, form, home, plan
        self.session = writing.session
        self.told = said(form, submission, home)

    def record(self) -> Referral:
        person, context = (self._person(), None) if self._is_about("person") else (None, self._context())
        case = self._case(person, context)
        referral = self._referral(case, person, context)
        told = self._told_on(referral)
        record_rows(told)
        record_links(told, person, context)
        return referral

    def _told_on(self, referral: Referral) -> Told:
        new, on = self._known_person is None and self._known_case is None, self.plan.received_on
        return Told(
            self.writing, self.submission, self.form, self.told, on, self._chain, referral, self._older, new, self._elsewhere
        )  # fmt: skip

    def _is_about(self, table: str) -> bool:
        return any(record.table == table for record in self.form.record)

    # What there is already

    @cached_property
    def _chain(self) -> list[int]:
        """The referrals that this one corrects: the last, the one before it …"""
        found, at = [], self.plan.corrects
        while at is not None:
            found.append(at.id)
            at = self.session.get(Referral, (self.writing.borough, at.corrects)) if at.corrects else None
        return found

    @cached_property
    def _before(self) -> tuple[Form, list[Said]] | None:
        """What the form said that this one corrects."""
        return self._said_by(self.plan.corrects) if self.plan.corrects else None

    @cached_property
    def _others(self) -> list[date | None]:
        """The dates of the other forms about the same person or case."""
        person, case = self._known_person, self._known_case
        about = Referral.person_id == person.id if person else Referral.case_id == case.id if case else None
        others = () if about is None else self.session.scalars(select(Referral.referral_date).where(about, Referral.id.not_in(self._chain)))
        return list(others)

    @cached_property
    def _older(self) -> bool:
        mine = self._filled("referral").values.get("referral_date")
        return mine is not None and any(day > mine for day in self._others if day)

    def _elsewhere(self) -> list[tuple[int, list[Said]]]:
        """What the forms of the case say, those that were corrected left out."""
        self.session.flush()
        case, corrected = self._known_case, select(Referral.corrects).where(Referral.corrects.is_not(None))
        of_case = select(Referral).where(Referral.case_id == (case.id if case else None), Referral.id.not_in(corrected))
        return [(referral.id, self._said_by(referral)[1]) for referral in self.session.scalars(of_case.order_by(Referral.id))]

    def _said_by(self, referral: Referral) -> tuple[Form, list[Said]]:
        """What a form recorded before says, by its own definition, or by this one where that is no longer there."""
        kept = kept_forms.submission(referral)
        there = (form for form in self.home.forms if (form.id, form.version) == (kept.form, kept.version))
        form = next(there, self.form)
        return form, said(form, kept, self.home)

    def _filled(self, table: str) -> Filled:
        return filled(table, self.told, self.form)

    def _update(self, table: str) -> Update:
        before = filled(table, self._before[1], self._before[0]) if self._before else None
        return Update(self._filled(table), before, self._older, not self._others)

    # The person or the context

    @cached_property
    def _known_person(self) -> Person | None:
        corrects = self.plan.corrects
        if self.plan.person or not (corrects and corrects.person_id):
            return self.plan.person
        return self.session.get(Person, (self.writing.borough, corrects.person_id))

    def _person(self) -> Person:
        person = self._known_person
        if person is None:
            person = self.writing.add(Person(**self._filled("person").told))
        else:
            changes = self._update("person").of(person)
            self.writing.change(person, **changes if self.plan.corrects else _with_name_before(person, changes))
        person_keys(self.writing, person, new=self._known_person is None)
        return person

    def _context(self) -> Context:
        told = {"kind": "place", **self._filled("context").told}
        found = contexts.named(self.writing, told["kind"], told)
        return found[0][0] if found else self.writing.add(Context(**{"name": NO_NAME, "confirmed": False, **told}))

    # The case and the referral

    @cached_property
    def _known_case(self) -> Case | None:
        corrects = self.plan.corrects
        if self.plan.case or corrects is None:
            return self.plan.case
        return self.session.get(Case, (self.writing.borough, corrects.case_id))

    def _case(self, person: Person | None, context: Context | None) -> Case:
        case, about = self._known_case, {"person_id": person.id if person else None, "context_id": context.id if context else None}
        if case is None:
            status = {"status": self._status(), **self._filled("case").told}
            again = self.plan.re_referral_of.id if self.plan.re_referral_of else None
            label = self._label(self.plan.reference, self.plan.received_on, person, context)
            opened = {"reference": self.plan.reference, "label": label, "opened_on": self.plan.received_on, "re_referral_of": again}
            return self.writing.add(Case(**status, **opened, **about))
        corrected = {"label": self._label(case.reference, case.opened_on, person, context), **about} if self._is_its_first(case) else {}
        self.writing.change(case, **self._update("case").of(case), **corrected)
        return case

    def _is_its_first(self, case: Case) -> bool:
        """Whether this corrects the form that a case was opened with."""
        return self.plan.corrects is not None and self.plan.corrects.reference == case.reference

    def _status(self) -> str:
        if self.plan.re_referral_of:
            return "re_referral"
        return "transfer_in" if self._filled("case").values.get("placed_in_by_other_la") else "new"

    def _label(self, reference: str, opened_on: date, person: Person | None, context: Context | None) -> str:
        if person is None:
            return f"{reference} / {context.kind.replace('_', ' ') if context else '?'}"
        age = age_on(opened_on, person.dob) if person.dob and person.dob <= opened_on else None
        return case_label(reference, [person.given_names or "", person.family_name or ""], age, person.sex or "")

    def _referral(self, case: Case, person: Person | None, context: Context | None) -> Referral:
        plan, original = self.plan, originals.kept(self.writing, self.submission.source, self.plan.original)
        return self.writing.add(
            Referral(
                reference=plan.reference, original_id=original, case_id=case.id, person_id=person.id if person else None,
                context_id=context.id if context else None, corrects=plan.corrects.id if plan.corrects else None,
                received_on=plan.received_on, received_by=plan.received_by, accepted_because=plan.accepted_because or None,
                **self._filled("referral").told, **kept_forms.kept(self.submission),
            )
        )  # fmt: skip


def _with_name_before(person: Person, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes, and the name that a person went by until now kept among the other names."""
    before = " ".join(filter(None, (person.given_names, person.family_name)))
    after = " ".join(filter(None, (changes.get(name, getattr(person, name)) for name in ("given_names", "family_name"))))
    others = changes.get("known_as", person.known_as) or []
    known = key_of(before) in ("", key_of(after), *map(key_of, others))
    return changes if known else {**changes, "known_as": [*others, before]}
