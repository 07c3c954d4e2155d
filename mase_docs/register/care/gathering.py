"""Everything about one person, gathered for subject access: what was said, by whom and when, and who looked at it. It decides nothing.

What may be exempt is marked: other people's information, social work and child abuse data where disclosing it would be likely to cause
serious harm (Data Protection Act 2018, schedules 2 and 3; https://ico.org.uk, right of access: social work data), and what was marked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.definition.types import show_date
from mase_docs.errors import RegisterError
from mase_docs.model.subject_access import (
    DO_NOT_DISCLOSE,
    FREE_TEXT,
    OTHER_FORM,
    SERIOUS_HARM,
    THIRD_PARTY,
    Entry,
    Fact,
    Section,
    SubjectAccess,
)
from mase_docs.model.submission import Answer, Submission
from mase_docs.register.care import worded
from mase_docs.register.care.papers import Papers
from mase_docs.register.care.sources import agency_of, entered, source
from mase_docs.register.care.subject import Subject, find, former, mentions, own
from mase_docs.register.casework.kept_forms import submission
from mase_docs.register.casework.shown import name_of, told
from mase_docs.register.records import RECORDS, AgencyReturn, Case, Context, History, Kept, Link, Match, Person, Referral

ADDRESSES = ("home_", "current_address", "current_postcode", "school_", "placement_", "host_", "responsible_authority")
"""How the questions begin that tell where somebody is: they are marked where the person, or the address, is."""
TABLES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "case": ("Cases", "How the case stands now.", ()),
    "assessment": ("Categories and levels", "Each with where and when it was set.", (SERIOUS_HARM,)),
    "link": ("People and places on this person's own forms", "Who or what these forms tie the person to.", ()),
    "involvement": ("Agencies that work with this person", "", ()),
    "intervention": ("Help", "", ()),
    "missing_episode": ("Times missing or away", "", ()),
    "panel_link": ("Other panels", "", ()),
    "disruption": ("Notices, orders and other steps", "They are against people or places.", (THIRD_PARTY, SERIOUS_HARM)),
    "discussion": ("Discussed at meetings", "What the panel decided, and why.", (SERIOUS_HARM,)),
    "information": ("What agencies shared", "For a meeting or at it, each in its own words.", (SERIOUS_HARM,)),
    "action": ("Actions", "What agencies were asked to do.", ()),
}
"""Table → its section's title and lead, and why all of it may be exempt. A table that isn't here follows under what it holds."""
OF_OTHERS = ("found_with", "evidence", "relationship", "target", "disruption_considered")
"""Columns that may name somebody else."""
OWN_WORDS = ("information", "reasons", "response", "action", "reason_not_done")
"""Columns that people at a meeting fill in their own words."""
RETURNED = "Each was sent back for a meeting when a case of this person stood; look in the file, which tells of other young people, too."


def gathered(session: Session, reference: str, home: Home, made_on: str, made_by: str) -> tuple[SubjectAccess, Subject]:
    """All about the person of a reference, and who that is. Raises RegisterError where there is none, or a place goes by it."""
    subject = find(session, reference)
    if not subject.people:
        raise RegisterError(f"{reference.strip().upper()} is about no person.", "Subject access is to what is kept of one person.")
    gathering = _Gathering(session, subject, home)
    sections = tuple(section for section in gathering.sections() if section.entries)
    return SubjectAccess(reference.strip().upper(), subject.references, made_on, made_by, gathering.warnings(), sections), subject


@dataclass
class _Gathering:
    session: Session
    subject: Subject
    home: Home
    rows: dict[str, list[Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = own(self.session, self.subject)

    def sections(self) -> Iterator[Section]:
        yield Section("What the register holds of this person now", "Taken from the forms below.", tuple(self._people()))
        for form in self.forms:
            yield Section(f"Form {form.reference}", f"Received on {show_date(form.received_on)}.", tuple(self._form(form)))
        for table in [*TABLES, *sorted(self.rows.keys() - TABLES.keys() - {"referral"})]:
            title, lead, _ = TABLES.get(table, (table.replace("_", " ").capitalize(), "", ()))
            yield Section(title, lead, tuple(map(self._entry, self.rows.get(table, ()))))
        yield Section("Forms that agencies sent back", RETURNED, tuple(map(self._returned, Papers(self.session, self.rows).returns)))
        others = "Only what those forms say of a person they name; the free text of others' forms was not searched."
        yield Section("What other young people's forms say", others, tuple(self._mention(link) for link in self.mentions))
        yield Section("Who this person was compared with", "Whether two people are one: a person decides.", tuple(self._matches()))
        yield Section("Who looked, and what was changed", "From the register's history.", tuple(self._history()))

    def warnings(self) -> tuple[str, ...]:
        reasons = [p.do_not_disclose_reason for p in self.subject.people] + [f.value("do_not_disclose_reason") for f in self._read.values()]
        said = [f"Do not disclose: {reason}" for reason in dict.fromkeys(reasons) if reason]
        marked = any(p.do_not_disclose for p in self.subject.people) or any(f.value("do_not_disclose") is True for f in self._read.values())
        sensitive = ["An address is marked as sensitive."] if self._says("address_sensitive") else []
        return (*(said or (["Something is marked “do not disclose”; no reason is given."] if marked else [])), *sensitive)

    @cached_property
    def forms(self) -> list[Referral]:
        return self.rows.get("referral", [])

    @cached_property
    def mentions(self) -> list[Link]:
        return mentions(self.session, self.subject)

    @cached_property
    def _read(self) -> dict[int, Submission]:
        return {form.id: submission(form) for form in self.forms}

    def _says(self, question: str) -> bool:
        """Whether the register or any of the forms says yes."""
        now = (getattr(person, question) for person in self.subject.people)
        return any(now) or any(form.value(question) is True for form in self._read.values())

    @cached_property
    def _guarded(self) -> bool:
        return self._says("do_not_disclose") or self._says("address_sensitive")

    def _people(self) -> Iterator[Entry]:
        subjects = {row.person_id for name in ("case", "referral") for row in self.rows.get(name, ())}
        for person in self.subject.people:
            theirs = person.id in subjects
            by = "this person's own forms, and the coordinator" if theirs else "another young person's form"
            yield self._of(person, f"Person P{person.id}", by, "As it stands now", "In the register", () if theirs else (OTHER_FORM,))

    def _form(self, form: Referral) -> Iterator[Entry]:
        by, when, where = self._source(form)
        kept = f"{form.source_name}, SHA-256 {form.sha256}" + (": the file is kept" if form.original_id else "")
        yield self._of(form, "How it arrived", by, when, kept)
        read = self._read[form.id]
        definition = _definition(self.home, read)
        said = (self._answer(path, answer, definition) for path, answer in read.answers.items() if _is_answered(answer))
        yield Entry("What it says", by, when, where, tuple(said))
        found = tuple(Fact(f"Check {problem.code}", f"{problem.message} {problem.remedy}") for problem in read.problems)
        changed = tuple(
            Fact(f"Corrects the form {c.path}", f"{c.before} → {c.after}") for c in (read.resend.changes if read.resend else ())
        )
        if found or changed:
            yield Entry("What was found when it was checked", "mase-docs", show_date(form.received_on), where, (*found, *changed))

    def _answer(self, path: str, answer: Answer, form: Form | None) -> Fact:
        asked = _asked(form, path)
        if form is None or asked is None:
            return Fact(path, str(answer.value) if answer.value is not None else answer.raw or "", answer.raw or "")
        shown = self.home.show(asked, answer.value) if answer.value is not None else ""
        typed = "" if answer.raw == shown else answer.raw or ""
        return Fact(form.label_at(path, self._row_labels(form, path)), shown or typed, typed, self._marks(form, path, asked))

    def _row_labels(self, form: Form, path: str) -> dict[str, str]:
        keys = form.fields[path.partition("[")[0]].keys
        return {code.code: code.label for code in self.home.codes(keys).code} if keys else {}

    def _marks(self, form: Form, path: str, asked: Field) -> tuple[str, ...]:
        """Why an answer may be exempt, by what its question fills and how it is answered."""
        name = path.partition("[")[0]
        reasons = {
            THIRD_PARTY: name in {record.each for record in form.record if record.person} or asked.name in OF_OTHERS,
            SERIOUS_HARM: asked.type == "long_text" or bool(form.fields[name].keys) or name in _assessing(form),
            FREE_TEXT: asked.type == "long_text",
            DO_NOT_DISCLOSE: self._is_guarded(name),
        }
        return tuple(mark for mark, holds in reasons.items() if holds)

    def _is_guarded(self, name: str) -> bool:
        return self._guarded and (name.startswith(ADDRESSES) or name.startswith("do_not_disclose"))

    def _entry(self, row: Kept) -> Entry:
        marks = (THIRD_PARTY,) if isinstance(row, Link) and row.other_id else TABLES.get(row.__tablename__, ("", "", ()))[2]
        return self._of(row, self._heading(row), *self._source(row), marks, self._ends(row))

    def _of(
        self, row: Kept, heading: str, by: str, when: str, where: str, marks: tuple[str, ...] = (), first: tuple[Fact, ...] = ()
    ) -> Entry:
        """A row's columns as facts, after what its ends are called."""
        found = worded.facts(row, self.home)
        facts = (Fact(label, value, marks=self._column_marks(column, marks)) for column, label, value in found)
        return Entry(heading, by, when, where, (*(Fact(f.what, f.value, marks=marks) for f in first), *facts))

    def _column_marks(self, column: str, marks: tuple[str, ...]) -> tuple[str, ...]:
        others = (THIRD_PARTY,) if column in OF_OTHERS else (FREE_TEXT,) if column in OWN_WORDS else ()
        return tuple(dict.fromkeys((*marks, *others, *((DO_NOT_DISCLOSE,) if self._is_guarded(column) else ()))))

    def _heading(self, row: Any) -> str:
        case = self.session.get(Case, (row.borough, row.case_id)) if getattr(row, "case_id", None) else None
        return f"{case.reference}, {row.__tablename__.replace('_', ' ')} {row.id}" if case else f"{row.__tablename__} {row.id}".capitalize()

    def _ends(self, row: Any) -> tuple[Fact, ...]:
        """Whom or what a link names, and the case that a case belongs with."""
        if isinstance(row, Link):
            return tuple(self._end(row))
        cases = {"Opened again from": getattr(row, "re_referral_of", None), "Goes on in": getattr(row, "merged_into", None)}
        found = {what: self.session.get(Case, (row.borough, number)) for what, number in cases.items() if number}
        return tuple(Fact(what, case.reference) for what, case in found.items() if case)

    def _end(self, link: Link) -> Iterator[Fact]:
        other = self.session.get(Person, (link.borough, link.other_id)) if link.other_id else None
        context = self.session.get(Context, (link.borough, link.context_id)) if link.context_id else None
        if other:
            yield Fact("The other person", name_of(other))
            yield from [Fact("Their date of birth", show_date(other.dob))] if other.dob else []
        if context:
            yield from (Fact(label, value) for _, label, value in worded.facts(context, self.home))

    def _mention(self, link: Link) -> Entry:
        case = self.session.get(Case, (link.borough, link.case_id))
        heading = f"On a form for {case.reference if case else 'another case'}"
        return self._of(link, heading, *self._source(link), (OTHER_FORM,))

    def _returned(self, row: AgencyReturn) -> Entry:
        """A form that an agency sent back, and whether what it says of the person is in the register."""
        said = any(one.return_id == row.id for one in self.rows.get("information", ()))
        told = "It is under “What agencies shared”" if said else "Nothing was recorded from it; the file may name this person all the same"
        where = f"{row.source_name}, SHA-256 {row.sha256}" + (": the file is kept" if row.original_id else "")
        first = (Fact("What it says of this person", told),)
        return self._of(
            row, f"Returned form {row.id}", agency_of(self.home, row.agency), show_date(row.received_on), where, (THIRD_PARTY,), first
        )

    def _source(self, row: Any) -> tuple[str, str, str]:
        return source(self.session, self.home, row)

    def _matches(self) -> Iterator[Entry]:
        ids = self.subject.ids["person_id"]
        for match in self.session.scalars(select(Match).where(or_(Match.person_id.in_(ids), Match.other_id.in_(ids))).order_by(Match.id)):
            yield self._of(match, f"P{match.person_id} and P{match.other_id}", *entered(self.session, match), (THIRD_PARTY,))

    def _history(self) -> Iterator[Entry]:
        rows = [*self.subject.people, *(row for rows in self.rows.values() for row in rows)]
        facts = [
            Fact(_who(one), self._change(one)) for one in self._told(rows) if one.did != "added" or one.table in ("person", "referral")
        ]
        yield Entry("In order of time", "the register", "As dated", "From its history", tuple(facts))

    def _told(self, rows: list[Kept]) -> Iterable[History]:
        """What was done to the rows, and to rows of theirs that are no more."""
        removed = former(self.session, rows[0].borough, self.subject.ids)
        return sorted({one.seq: one for one in (*told(self.session, rows), *removed)}.values(), key=lambda one: one.seq)

    def _change(self, one: History) -> str:
        """From what to what, in words; nothing of what was added, which stands above."""
        detail, table = json.loads(one.detail or "{}"), one.table or ""
        before, after = self._values(table, detail.get("from", {})), self._values(table, detail.get("to", {}))
        changes = [f"{what}: from {before.get(what, 'nothing')} to {after.get(what, 'nothing')}" for what in {**before, **after}]
        gone = self._values(table, detail.get("row", {}) if one.did == "removed" else {})
        return "; ".join([*changes, *(f"{what}: {value}" for what, value in gone.items())]) or one.why

    def _values(self, table: str, values: dict[str, Any]) -> dict[str, str]:
        return {label: value for _, label, value in worded.facts_of(table, values, self.home)} if table in RECORDS else {}


def _who(one: History) -> str:
    what = f" {one.table.replace('_', ' ')} {one.row}" if one.table else ""
    return f"{one.at[:16].replace('T', ' ')} {one.who}: {one.did}{what}"


def _is_answered(answer: Answer) -> bool:
    return answer.value is not None or bool(answer.raw)


def _definition(home: Home, read: Submission) -> Form | None:
    """The form's definition; None where the home no longer has it."""
    try:
        return home.form(str(read.form), read.version)
    except KeyError:
        return None


def _asked(form: Form | None, path: str) -> Field | None:
    try:
        return form.at(path) if form else None
    except (KeyError, StopIteration):
        return None


def _assessing(form: Form) -> set[str]:
    """The questions whose answers set a category or level."""
    return {name for record in form.record if record.table == "assessment" for names in record.filled.values() for name in names}
