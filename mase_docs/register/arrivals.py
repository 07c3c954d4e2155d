"""A checked form arrives at the register: is it there already, does it correct one that is, whom is it about; then it is recorded.

All of it in the one transaction that is given: two people who receive the same form at once never record it twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from mase_docs.definition.home import Home
from mase_docs.model.ages import months_before
from mase_docs.model.received import Outcome, Possible, Received
from mase_docs.model.submission import Resend, Submission
from mase_docs.problems import has_errors
from mase_docs.register import kept_forms, matching, numbering
from mase_docs.register.case_life import open_case, recently_closed
from mase_docs.register.likeness import Described, likeness
from mase_docs.register.recording import Plan, context_key, record
from mase_docs.register.records import Case, Context, ContextName, Match, Person, Referral
from mase_docs.register.writing import Writing

FindResend = Callable[[Submission, Iterable[Submission], dict[str, str]], Resend | None]
"""Finds the earlier form that one corrects (intake/resend.py), which this floor doesn't know."""
AGAIN_MONTHS = 12
"""A young person referred again within so many months of closing is a repeat case (domain rule DU4)."""
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

    def received(self) -> Received:
        """What came of it; the register is as it was where it isn't recorded."""
        if self.submission.passed_over:
            return self._said("passed_over")
        return self._again() or self._unfit() or self._corrected() or self._duplicate() or self._new()

    def _said(self, outcome: Outcome, there: Referral | None = None) -> Received:
        return Received(self.submission, outcome, there.reference if there else "", there.reference if there else "")

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

    def _corrected(self) -> Received | None:
        """A form that was received before, with something changed."""
        self._look_for_person()
        earlier = {referral.sha256: referral for referral in self._earlier()}
        known = {sha256: referral.reference for sha256, referral in earlier.items()}
        resend = self.find_resend(self.submission, map(kept_forms.submission, earlier.values()), known)
        if resend is None:
            return None
        there = earlier[resend.sha256]
        if not self._is_about_the_same(there):
            return None
        self.submission.resend = Resend(resend.source, resend.sha256, there.reference, resend.changes)
        return self._record("correction", corrects=there) if resend.changes else self._said("same_answers", there)

    def _unfit(self) -> Received | None:
        """A form with errors that nobody has accepted, or a file that is no form."""
        fit = self.submission.form and (self.accepted_because or not has_errors(self.submission.problems))
        return None if fit else self._said("errors")

    def _is_about_the_same(self, there: Referral) -> bool:
        """Whether a form that carries another's number may be about the same child: a form sent back may have been used for a second."""
        mine, theirs = self._described(), there.person_id and kept_forms.described(kept_forms.submission(there))
        return not (mine and theirs) or bool(likeness(mine, theirs).band)

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
        people = {person.id for person in (*self.near, *([self.person] if self.person else []))}
        found = select(Referral).where(
            Referral.form == self.submission.form,
            (Referral.reference == (self.submission.reference or "-"))
            | Referral.person_id.in_(people)
            | Referral.context_id.in_(self._contexts()),
        )
        yield from self.writing.session.scalars(found.order_by(Referral.id))

    def _contexts(self) -> set[int]:
        key = context_key(self.submission)
        if key is None:
            return set()
        found = select(Context.id).join(ContextName, (ContextName.context_id == Context.id) & (ContextName.borough == Context.borough))
        return set(self.writing.session.scalars(found.where(Context.kind == key[0], ContextName.key == key[1])))

    def _duplicate(self) -> Received | None:
        """The same young person, the same day, the same agency, and yet another form (domain rule DU3)."""
        day, agency = self.submission.value("referral_date"), self.submission.value("referrer_agency")
        if self.accepted_because or not (day and agency):
            return None
        same = (r for r in self._earlier() if (r.referral_date, r.referrer_agency) == (day, agency) and r.person_id)
        there = next(same, None)
        return self._said("duplicate", there) if there else None

    def _new(self) -> Received:
        session = self.writing.session
        case = open_case(session, self.person) if self.person else None
        closed = recently_closed(session, self.person, months_before(self.today, AGAIN_MONTHS)) if self.person and not case else None
        return self._record("known" if case else "re_referral" if closed else "new", case=case, re_referral_of=closed)

    def _record(
        self, outcome: Outcome, corrects: Referral | None = None, case: Case | None = None, re_referral_of: Case | None = None
    ) -> Received:
        writing = self.writing
        if corrects:
            case = writing.session.get(Case, (writing.borough, corrects.case_id))
            self.person = writing.session.get(Person, (writing.borough, corrects.person_id)) if corrects.person_id else None
        reference = corrects.reference if corrects else self._number()
        plan = Plan(
            reference=reference, original=self.original, person=self.person, case=case, corrects=corrects, re_referral_of=re_referral_of,
            accepted_because=self.accepted_because, received_on=self.today, received_by=writing.who,
        )  # fmt: skip
        form = self.home.form(str(self.submission.form), self.submission.version)
        recorded = record(writing, self.submission, form, self.home, plan)
        other = case.reference if case else re_referral_of.reference if re_referral_of else ""
        return Received(self.submission, outcome, reference, other, tuple(self._possible(recorded)))

    def _number(self) -> str:
        source = self.submission.source
        return numbering.give(self.writing, source.sha256, self.submission.reference, self.home.profile.panel.name, self.today)

    def _possible(self, recorded: Referral) -> Iterator[Possible]:
        """Who else the form may be about, proposed; and so for the people it names."""
        session, borough = self.writing.session, self.writing.borough
        for person in matching.met(session, recorded):
            for match in matching.propose(self.writing, person):
                if person.id == recorded.person_id:
                    yield self._named(match, session.get(Person, (borough, match.other_id)))

    def _named(self, match: Match, other: Person | None) -> Possible:
        assert other
        return Possible(matching.name_of(self.writing.session, other), match.band, tuple(match.reasons), tuple(match.against))
