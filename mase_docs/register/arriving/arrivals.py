"""A checked form arrives at the register: is it there already, does it correct one that is, whom is it about; then it is recorded.

All of it in the one transaction that is given: two people who receive the same form at once never record it twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from mase_docs.definition.codes import same_name
from mase_docs.definition.home import Home
from mase_docs.model.ages import months_before
from mase_docs.model.received import Outcome, Possible, Received
from mase_docs.model.submission import Resend, Submission, Value
from mase_docs.problems import has_errors
from mase_docs.register.arriving import numbering
from mase_docs.register.arriving.recording import Plan, context_key, record
from mase_docs.register.casework import kept_forms
from mase_docs.register.casework.case_life import AGAIN_MONTHS, open_case, open_case_of_place, recently_closed
from mase_docs.register.persons import matching
from mase_docs.register.persons.likeness import Described, of_one_child
from mase_docs.register.records import Case, Context, ContextName, Match, Person, Referral
from mase_docs.register.writing import Writing

FindResend = Callable[[Submission, Iterable[Submission], dict[str, str]], Resend | None]
"""Finds the earlier form that one corrects (intake/resend.py), which this floor doesn't know."""
ALIKE = ("certain", "probably")


@dataclass
class Arrival:
    """One form at the register's door.

    accepted_because  why forms with errors are recorded all the same; "" where they aren't
    """

    writing: Writing
    submission: Submission
    original: bytes | None
    home: Home
    today: date
    find_resend: FindResend
    accepted_because: str = ""
    person: Person | None = field(init=False, default=None)
    near: list[Person] = field(init=False, default_factory=list)
    in_spite: bool = field(init=False, default=False)

    def received(self) -> Received:
        """What came of it; the register is as it was where it isn't recorded."""
        if self.submission.passed_over:
            return self._said("passed_over")
        if found := self._again() or self._unfit():
            return found
        self._look_for_person()
        return self._same_answers() or self._corrected() or self._duplicate() or self._new()

    def _said(self, outcome: Outcome, there: Referral | None = None) -> Received:
        return Received(self.submission, outcome, there.reference if there else "", there.reference if there else "")

    def _accepted(self) -> bool:
        """Whether what would keep the form out was accepted: then it is kept with it, why."""
        self.in_spite = True
        return bool(self.accepted_because)

    def _again(self) -> Received | None:
        """The same file, or a row that was imported before."""
        source = self.submission.source
        there = self.writing.session.scalars(
            select(Referral).where(Referral.sha256 == (source.sha256 or "-")).order_by(Referral.id)
        ).first()
        if there is None:
            return None
        mail = bool(source.mail and source.mail.message_id and source.mail.message_id == there.message_id)
        return self._said("same_mail" if mail else "same_file", there)

    def _unfit(self) -> Received | None:
        """A form with errors that nobody has accepted, or a file that is no form."""
        if self.submission.form and (not has_errors(self.submission.problems) or self._accepted()):
            return None
        return self._said("errors")

    def _same_answers(self) -> Received | None:
        """A form that says all that another said, be it one that was corrected since: it must not undo the correction."""
        mine = _answered(self.submission)
        same = (there for there in self._earlier() if _answered(kept_forms.submission(there)) == mine)
        there = next(same, None)
        return self._said("same_answers", there) if there else None

    def _corrected(self) -> Received | None:
        """A form that was received before, with something changed."""
        earlier = {there.sha256: there for there in self._earlier() if self._may_correct(there)}
        known = {sha256: referral.reference for sha256, referral in earlier.items()}
        resend = self.find_resend(self.submission, map(kept_forms.submission, earlier.values()), known)
        if resend is None:
            return None
        there = earlier[resend.sha256]
        if completed(self.submission) < completed(kept_forms.submission(there)) and not self._accepted():
            return self._said("older", there)
        self.submission.resend = Resend(resend.source, resend.sha256, there.reference, resend.changes)
        return self._record("correction", corrects=there)

    def _may_correct(self, there: Referral) -> bool:
        """Whether this may be that form mended, and not a further referral, nor that form used again for another child.

        One that doesn't carry the other's number must be of the same agency and day.
        """
        form, closed_on = kept_forms.submission(there), self._case(there.case_id).closed_on
        if there.reference != self.submission.reference and _referred(form) != _referred(self.submission):
            return False
        day = self.submission.value("referral_date")
        if closed_on and isinstance(day, date) and f"{day:%Y-%m-%d}" > f"{closed_on:%Y-%m-%d}":
            return False
        mine, theirs = self._described(), kept_forms.described(form) if there.person_id else None
        return not (mine and theirs) or of_one_child(mine, theirs)

    def _look_for_person(self) -> None:
        """Whom the form is about: for certain by a number alone; by what else it says, those it may be."""
        if described := self._described():
            found = matching.candidates(self.writing.session, described)
            certain = [person for person, like in found if like.band == "certain"]
            self.person = certain[0] if len(certain) == 1 else None
            self.near = [person for person, like in found if like.band in ALIKE]

    def _described(self) -> Described | None:
        return kept_forms.described(self.submission) if "family_name" in self._fields() else None

    def _fields(self) -> Iterable[str]:
        return self.home.form(str(self.submission.form), self.submission.version).fields

    def _earlier(self) -> Iterator[Referral]:
        """The forms that this one may correct, oldest first: of the number it carries, of the same person or context, not yet corrected."""
        found = select(Referral).where(
            Referral.form == self.submission.form,
            (Referral.reference == (self.submission.reference or "-"))
            | Referral.person_id.in_(self._people())
            | Referral.context_id.in_(self._contexts()),
        )
        yield from self.writing.session.scalars(found.order_by(Referral.id))

    def _people(self) -> set[int]:
        """Who the form is about or may well be, and everybody who was confirmed to be one of them."""
        roots = {matching.root_of(person) for person in (*self.near, *([self.person] if self.person else []))}
        return set(self.writing.session.scalars(select(Person.id).where(Person.id.in_(roots) | Person.same_as.in_(roots))))

    def _contexts(self) -> set[int]:
        key = context_key(self.submission)
        if key is None:
            return set()
        found = select(Context.id).join(ContextName, (ContextName.context_id == Context.id) & (ContextName.borough == Context.borough))
        return set(self.writing.session.scalars(found.where(Context.kind == key[0], ContextName.key == key[1])))

    def _duplicate(self) -> Received | None:
        """The same young person, the same day, the same agency, and yet another form (domain rule DU3)."""
        day, agency = _referred(self.submission)
        people = self._people() if day and agency else ()
        same = (r for r in self._earlier() if (r.referral_date, r.referrer_agency) == (day, agency) and r.person_id in people)
        there = next(same, None)
        return self._said("duplicate", there) if there and not self._accepted() else None

    def _new(self) -> Received:
        session = self.writing.session
        case = open_case(session, self.person) if self.person else self._case_of_the_place()
        closed = recently_closed(session, self.person, months_before(self.today, AGAIN_MONTHS)) if self.person and not case else None
        return self._record("known" if case else "re_referral" if closed else "new", case=case, re_referral_of=closed)

    def _case_of_the_place(self) -> Case | None:
        """The open case of the one place that goes by the name a form refers, unless their postcodes say that they are two."""
        found = [self.writing.session.get_one(Context, (self.writing.borough, number)) for number in self._contexts()]
        mine = same_name(str(self.submission.value("context_postcode") or ""))
        if len(found) != 1 or (mine and found[0].postcode and same_name(found[0].postcode) != mine):
            return None
        return open_case_of_place(self.writing.session, found[0])

    def _record(
        self, outcome: Outcome, corrects: Referral | None = None, case: Case | None = None, re_referral_of: Case | None = None
    ) -> Received:
        writing = self.writing
        if corrects:
            case = self._case(corrects.case_id)
            self.person = writing.session.get(Person, (writing.borough, corrects.person_id)) if corrects.person_id else None
        reference = corrects.reference if corrects else self._number()
        plan = Plan(
            reference=reference, original=self.original, person=self.person, case=case, corrects=corrects, re_referral_of=re_referral_of,
            accepted_because=self.accepted_because if self.in_spite else "", received_on=self.today, received_by=writing.who,
        )  # fmt: skip
        form = self.home.form(str(self.submission.form), self.submission.version)
        recorded = record(writing, self.submission, form, self.home, plan)
        other = case or re_referral_of
        return Received(
            self.submission, outcome, reference, other.reference if other else "", tuple(self._possible(recorded)),
            closed=bool(case and case.closed_on), file_kept=recorded.original_id is not None,
        )  # fmt: skip

    def _case(self, number: int) -> Case:
        """A case; where it was joined to another, the one that goes on."""
        case = self.writing.session.get_one(Case, (self.writing.borough, number))
        return self._case(case.merged_into) if case.merged_into else case

    def _number(self) -> str:
        source = self.submission.source
        return numbering.give(self.writing, source.sha256, self.submission.reference, self.home.profile.panel.name, self.today)

    def _possible(self, recorded: Referral) -> Iterator[Possible]:
        """Who else the form may be about, proposed; and so for the people it names."""
        session, borough = self.writing.session, self.writing.borough
        for person in matching.met(session, recorded):
            for match in matching.propose(self.writing, person):
                if person.id == recorded.person_id:
                    other = match.other_id if match.person_id == person.id else match.person_id
                    yield self._named(match, session.get_one(Person, (borough, other)))

    def _named(self, match: Match, other: Person) -> Possible:
        return Possible(matching.name_of(self.writing.session, other), match.band, tuple(match.reasons), tuple(match.against))


def completed(form: Submission) -> str:
    """The day a form says it was completed, as ISO 8601, else that of the referral; "" where it says neither."""
    said = (form.value(name) for name in ("declaration_date", "completed_on", "referral_date"))
    return next((f"{day:%Y-%m-%d}" for day in said if isinstance(day, date)), "")


def _answered(form: Submission) -> tuple[str | None, dict[str, Value]]:
    return form.form, {path: answer.value for path, answer in form.answers.items() if answer.value is not None}


def _referred(form: Submission) -> tuple[Value, Value]:
    return form.value("referral_date"), form.value("referrer_agency")
