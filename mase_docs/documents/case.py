"""One completed form as the documents show it: every answer in words, and what follows from the answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.definition.types import show_date
from mase_docs.model.ages import age_on
from mase_docs.model.labels import case_label
from mase_docs.model.sitting import Hearing
from mase_docs.model.submission import EXPLICIT, NONE, Submission, Value

NEVER_SHOWN = ("upn",)
"""Answers that no document may show, whatever its template asks for: identifiers that the panel has no use for."""
NOT_CLEAN = "NOT CLEAN"
REVIEW = "review_cases"
HARMING = {"harming_or_suspected", "both"}


@dataclass(frozen=True)
class Completed:
    """A completed form, asked for its answers."""

    submission: Submission
    home: Home

    @property
    def open_questions(self) -> list[str]:
        """The errors that the checks found: a form that has any is in the papers only because the coordinator said so."""
        return [f"{problem.code}: {problem.message}" for problem in self.submission.problems if problem.severity == "error"]

    @property
    def unclean(self) -> str | None:
        """The mark of a form with errors, wherever its name stands."""
        return f"{NOT_CLEAN}: {counted(len(self.open_questions), 'question')} open" if self.open_questions else None

    def value(self, name: str) -> Value:
        """An answer's value; None where it wasn't answered, "" never."""
        return self.submission.value(name) or None

    def known(self, name: str) -> Value:
        """An answer's value, where it says something: "not known" and the like are None."""
        value = self.value(name)
        return None if isinstance(value, str) and value in EXPLICIT else value

    def known_words(self, name: str) -> str | None:
        """An answer in words, where it says something."""
        return self.said(name) if self.known(name) else None

    def says_yes(self, name: str) -> bool:
        return self.submission.value(name) in (True, "yes")

    def chosen(self, name: str) -> list[str]:
        """The codes or texts given to a question that takes several."""
        value = self.known(name)
        return [str(v) for v in value if v not in EXPLICIT] if isinstance(value, list) else [str(value)] if value else []

    def said(self, name: str) -> str | None:
        """An answer in words; None where it wasn't answered."""
        value = self.submission.value(name)
        return None if value is None else _words(self.home, self.fields[name], value)

    @cached_property
    def form(self) -> Form:
        assert self.submission.form
        return self.home.form(self.submission.form, self.submission.version)

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Every question of the shipped referral form, so that a template may name it whichever form came in, and this form's own."""
        return {**_shipped(), **self.home.form("referral").fields, **self.form.fields}

    def rows(self, name: str) -> list[dict[str, str | None]]:
        """The answered rows of a repeating group, each column in words; "row" says which row it is. Columns of the shipped form that
        a borough's own doesn't ask for are there too."""
        field = self.fields[name]
        said = dict(self.home.rows(field, "xlsx")) if field.keys else {}
        columns = {c.name: c for f in (_shipped().get(name), field) if f for c in f.column}
        return [
            {"row": said.get(str(row["row"]), str(row["row"])), **{n: _words(self.home, c, row.get(n)) for n, c in columns.items()}}
            for row in self.submission.rows(name)
        ]


@dataclass(frozen=True)
class Case(Completed):
    """A young person before the panel, as the case's forms tell it.

    hearing  the case as the meeting hears it
    on       the day ages are counted on: the meeting, else today
    number   its place in the papers, from 1; of: how many there are
    """

    hearing: Hearing
    on: date
    number: int
    of: int

    @property
    def ref(self) -> str:
        """What this case is called where nobody may be named: the coordinator's reference, else its place in these papers."""
        return str(self.hearing.reference or self.known("referral_ref") or f"Case {self.number:0{max(2, len(str(self.of)))}}")

    @property
    def label(self) -> str:
        """The case label: reference / initials / age and sex, like `Case 01 / ZL / 15F` (domain 6.3). Never a key: initials collide."""
        names = [str(self.known(name) or "") for name in ("given_names", "family_name")]
        return self.hearing.label or case_label(self.ref, names, self.age, str(self.known("sex") or ""))

    @property
    def name(self) -> str:
        """Given names and family name, as they were written."""
        return " ".join(str(self.known(n)) for n in ("given_names", "family_name") if self.known(n)) or "Name not recorded"

    @property
    def age(self) -> int | None:
        """Age in whole years on the day of the meeting."""
        born = self.value("dob")
        return age_on(self.on, born) if isinstance(born, date) and born <= self.on else None

    @property
    def status(self) -> str:
        """New case, review case … as it is heard or the coordinator said; else new, and whether the referrer says it was heard before."""
        if self.is_review:
            return self.home.codes("case_status").label_of("review")
        return self.known_words("case_status") or ("New case, heard before" if self.says_yes("repeat_case") else "New case")

    @property
    def heading(self) -> str:
        return f"{self.label} · {self.name}" + (f" · {self.unclean}" if self.unclean else "")

    @property
    def is_review(self) -> bool:
        return self.hearing.heard_under == REVIEW

    @property
    def withheld(self) -> bool:
        """Whether where the young person lives or goes to school may be known to the chair and the coordinator only (domain 6.2)."""
        return self.says_yes("address_sensitive") or self.says_yes("do_not_disclose")

    @property
    def may_be_harming(self) -> bool:
        return bool(HARMING.intersection(self.chosen("subject_role")))

    @property
    def category(self) -> str | None:
        """The CSE category and the HSB level."""
        return joined(self.said("cse_category"), self.said("hsb_level"))

    @property
    def category_now(self) -> str | None:
        """The same with where and when they were set: the panel uses them and never sets them."""
        set_at = joined(self.said("category_source"), self.said("category_date"), by=", ")
        return f"{self.category} ({set_at})" if self.category and set_at else self.category

    @property
    def handling(self) -> list[str]:
        """What has to be minded when anything about this case leaves the chair and coordinator's copy."""
        reason, contact = self.known_words("do_not_disclose_reason"), self.known_words("safe_contact_notes")
        warnings = [
            (self.says_yes("do_not_disclose"), "Do not disclose" + (f": {reason}" if reason else ": see the referral form")),
            (self.says_yes("address_sensitive"), "The address must not appear in any circulated copy"),
            (bool(contact), f"Contact: {contact}"),
        ]
        return [words for holds, words in warnings if holds]

    @property
    def agencies(self) -> list[str]:
        """The agencies that work with the young person, and the one that referred, each once."""
        named = [row["agency"] for row in self.rows("agencies_involved")] + [self.known_words("referrer_agency")]
        return list(dict.fromkeys(name for name in named if name and name not in EXPLICIT.values()))

    @property
    def agencies_in_detail(self) -> str | None:
        """Each agency with its worker, role and what it is doing, a line each."""
        asked = ("agency", "worker", "role", "doing")
        return joined(*(joined(*(row[c] for c in asked), by=", ") for row in self.rows("agencies_involved")), by="\n")

    @property
    def minutes(self) -> int:
        """The time the meeting gives this case."""
        given = self.value("slot_minutes")
        return given if isinstance(given, int) else self.home.profile.documents.slot_minutes

    def words(self) -> dict[str, Any]:
        """The case as templates know it: every question of the form by its name, and what is worked out here."""
        return {**self._answers(), **self._worked_out()}

    def _answers(self) -> dict[str, Any]:
        return {n: self.rows(n) if f.type == "repeat" else self.said(n) for n, f in self.fields.items() if n not in NEVER_SHOWN}

    def _worked_out(self) -> dict[str, Any]:
        age = None if self.age is None else str(self.age)
        return {
            "label": self.label, "ref": self.ref, "name": self.name, "heading": self.heading, "age_at_meeting": age,
            "age_and_sex": self._age_and_sex(),
            "status": joined(self.status, NOT_CLEAN if self.open_questions else None, by=" · "),
            "why": self.hearing.why or None, "progress": self.hearing.progress,
            "category": self.category, "category_now": self.category_now,
            "category_before": self.hearing.category_before or self.said("previous_category"),
            "models": self.said("exploitation_models"), "school": self.school, "agencies": "; ".join(self.agencies) or None,
            "agencies_in_detail": self.agencies_in_detail, "shared": self._shared(),
            "handling": "; ".join(self.handling) or None, "case_manager": self._case_manager(),
            "ask": self.said("why_now"), "police": self._police(), "consent": self._consent(), "places": self._places(),
            "warning_signs": self._warning_signs(),
            "minutes": str(self.minutes), "open_questions": "\n".join(self.open_questions),
            "received": show_date(received) if isinstance(received := self.value("referral_date"), date) else "on a date not recorded",
        }  # fmt: skip

    @property
    def school(self) -> str | None:
        """Where the young person is taught, or why nowhere."""
        year = self.known_words("year_group")
        return joined(self.said("school_name"), self.said("education_status"), f"year {year}" if year else None, by=" · ")

    def _age_and_sex(self) -> str | None:
        asked = {"age": None if self.age is None else str(self.age), "sex": self.said("sex")}
        known = {what: said for what, said in asked.items() if said and said not in EXPLICIT.values()}
        said = ", ".join(known.get(what, f"{what} not known") for what in asked)
        return said[0].upper() + said[1:] if any(asked.values()) else None

    def speakers(self) -> dict[str, str | None]:
        """The agencies that have something to say, each with what the form says it does."""
        doing = {row["agency"]: row["doing"] for row in self.rows("agencies_involved")}
        doing.setdefault(self.said("referrer_agency"), "Made this referral")
        return {agency: doing.get(agency) for agency in self.agencies}

    def _shared(self) -> str | None:
        """What agencies have shared about the case, a line each, with the day it came."""
        said = (f"{s.agency}{_came(s.received_on)}: {s.information}" for s in self.hearing.shared)
        return joined(*said, by="\n")

    def _warning_signs(self) -> str | None:
        """The SAFEGUARD headings by their rating, the highest first; those rated as none are left out, unless all of them are."""
        codes = self.home.codes("risk_rating").code
        highest_first = [*(code for code in reversed(codes) if not code.unknown), *(code for code in codes if code.unknown)]
        ratings = [code.label for code in highest_first if code.code != NONE]
        signs = {rating: [row["row"] for row in self.rows("safeguard") if row["rating"] == rating] for rating in ratings}
        rated = any(row["rating"] for row in self.rows("safeguard"))
        said = "\n".join(f"{rating}: {'; '.join(map(str, rows))}" for rating, rows in signs.items() if rows)
        return said or ("None seen" if rated else None)

    def _case_manager(self) -> str | None:
        return joined(self.said("allocated_worker"), self.said("allocated_team"), by=", ")

    def _police(self) -> str | None:
        reason = self.known_words("nfa_reason")
        nfa = "No further action" + (f" ({reason})" if reason else "") if self.says_yes("nfa") else None
        investigation = "No investigation" if self.value("investigation_status") == NONE else self.said("investigation_status")
        return joined(investigation, self.said("police_outcome"), nfa)

    def _consent(self) -> str | None:
        asked = {"Young person": "child_consent", "Parents or carers": "parent_consent", "Why share without": "lawful_basis_note"}
        return "; ".join(f"{who}: {self.said(name)}" for who, name in asked.items() if self.said(name)) or None

    def _places(self) -> str | None:
        return joined(*(row["name"] for row in self.rows("locations")))


def cases(hearings: Sequence[Hearing], home: Home, on: date) -> list[Case]:
    """The young people's cases in the order in which they are heard."""
    return [Case(hearing.submission, home, hearing, on, number, len(hearings)) for number, hearing in enumerate(hearings, 1)]


def hearings(submissions: Iterable[Submission], home: Home) -> tuple[Hearing, ...]:
    """The referrals in the order in which they are heard, where no register says it: new ones before reviews, then by date of referral,
    family name and check sum, so that the order in which the files came never changes the papers."""
    found = sorted((s for s in submissions if is_person(s, home)), key=_order)
    return tuple(Hearing(f"case{n}", s, heard_under=REVIEW if _is_review(s) else "new_cases") for n, s in enumerate(found, 1))


def is_person(submission: Submission, home: Home) -> bool:
    """Whether the form is about a young person; a place, school or peer group can be referred too."""
    return bool(submission.form) and "context_kind" not in home.form(str(submission.form), submission.version).fields


def _order(submission: Submission) -> tuple[bool, date, str, str]:
    day, name = submission.value("referral_date"), str(submission.value("family_name") or "")
    return (_is_review(submission), day if isinstance(day, date) else date.max, name, submission.source.sha256)


def _is_review(submission: Submission) -> bool:
    return submission.value("case_status") == "review"


def _came(day: date | None) -> str:
    return f" ({show_date(day)})" if day else ""


def joined(*said: str | None, by: str = "; ") -> str | None:
    """What was said, each thing once; None where nothing was."""
    return by.join(dict.fromkeys(words for words in said if words)) or None


@cache
def _shipped() -> dict[str, Field]:
    return Home().form("referral").fields


def counted(number: int, thing: str, things: str = "") -> str:
    """1 form, 2 forms, no forms."""
    return f"{number or 'no'} {thing if number == 1 else things or thing + 's'}"


def _words(home: Home, field: Field, value: Value) -> str | None:
    return None if value in (None, "", []) else home.show(field, value)
