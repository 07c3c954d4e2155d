"""An invented case without a fault, and situations that depart from it by one change each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.definition.types import TYPES
from mase_docs.model.submission import Answer, Source, Submission
from mase_docs.problems import Problem
from mase_docs.validation.check import check

TODAY = date(2026, 5, 1)
HEADINGS = ("S", "A", "F", "E", "G", "U", "A2", "R", "D")

CLEAN: dict[str, Any] = {
    "referral_date": date(2026, 4, 20),
    "immediate_danger_confirmed": "not_applicable",
    "concern_types": ["cse"],
    "subject_role": ["at_risk_or_experiencing"],
    "reason_for_referral": "Seen at the bus station with new clothes.",
    "barriers": "Several agencies, none in the lead.",
    "why_now": "It is happening more often.",
    "referrer_name": "Petra Vance",
    "referrer_role": "Social worker",
    "referrer_agency": "children_in_need",
    "referrer_email": "petra.vance@northmere.gov.uk",
    "family_name": "Ashdown",
    "given_names": "Mirela",
    "dob": date(2011, 4, 16),
    "dob_status": "verified",
    "sex": "F",
    "ethnicity": "WOTH",
    "disabilities": ["NONE"],
    "learning_difficulty": False,
    "social_care_id": "55012",
    "home_address": "4 Tanner Row",
    "home_postcode": "E8 1EA",
    "address_sensitive": False,
    "do_not_disclose": False,
    "placed_in_by_other_la": False,
    "parents_carers[1].name": "Ilse Ashdown",
    "siblings_at_risk_considered": True,
    "education_status": "mainstream",
    "school_name": "Larch Hill School",
    "year_group": 10,
    "agencies_involved[1].agency": "borough_police",
    "social_care_status": "cin_plan",
    "allocated_worker": "Petra Vance",
    "allocated_team": "Team 3",
    "care_leaver": False,
    "young_hackney_service": False,
    "cse_category": "2",
    "category_source": "map_meeting",
    "category_date": date(2026, 4, 10),
    "category_chair": "Owen Brack",
    **{f"safeguard[{heading}].rating": "none" for heading in HEADINGS},
    "exploitation_models": ["online"],
    "primary_model": "online",
    "peer_on_peer": "not_known",
    "online_element": True,
    "professional_judgement": "The risk is rising.",
    "crime_recorded": False,
    "investigation_status": "intelligence_only",
    "current_interventions": ["mentoring"],
    "proposed_interventions": ["specialist_cse_support"],
    "other_panels[1].panel": "none",
    "child_aware": "yes",
    "child_views": "Wants to stay at this school.",
    "child_consent": "yes",
    "parent_aware": "yes",
    "parent_consent": "yes",
    "declaration_name": "Petra Vance",
    "declaration_date": date(2026, 4, 20),
}

SENT_BACK: dict[str, Any] = {
    "agency": "borough_police",
    "meeting_date": date(2026, 5, 6),
    "completed_by": "Owen Brack",
    "completed_on": date(2026, 4, 29),
}
"""What stands above the rows of any form that an agency sends back."""
BASES: dict[str, dict[str, Any]] = {"referral": CLEAN, "action_return": SENT_BACK, "intelligence_return": SENT_BACK}


def answered(value: Any, place: str = "Referral!B2") -> Answer:
    """An answer as the reading gives it; an Answer is taken as it is."""
    return value if isinstance(value, Answer) else Answer(value, None if value is None else str(value), place)


def odd(*issues: str, value: Any = None, raw: str = "something odd", nearest: str | None = None) -> Answer:
    """An answer that the reading found odd."""
    return Answer(value, raw, "Referral!B2", "low", issues, nearest)


def completed(changes: dict[str, Any], base: dict[str, Any] = CLEAN, kind: str = "xlsx") -> Submission:
    """The clean case with these answers changed; None leaves a question blank."""
    answers = {path: answered(value) for path, value in {**base, **changes}.items()}
    return Submission(Source(f"invented.{kind}", "0" * 64, kind), "referral", 1, answers)


def aged(years: int, **changes: Any) -> dict[str, Any]:
    """Someone whose last birthday was in April, before the day on which the tests stand."""
    return {"dob": date(2026 - years, 4, 16), **changes}


def rows(repeat: str, *each: dict[str, Any]) -> dict[str, Any]:
    return {f"{repeat}[{n}].{column}": value for n, row in enumerate(each, 1) for column, value in row.items()}


def episode(start: datetime | date | None, end: Any = None, type: str | None = "missing") -> dict[str, Any]:
    return {"start": start, "end": end, "type": type, "rhi_offered": "yes", "rhi_accepted": "yes"}


def linked(**columns: Any) -> dict[str, Any]:
    return {"name": "Tall Dave", "source": "told_by_child", "confidence": "likely", **columns}


@dataclass(frozen=True)
class Situation:
    """What departs from the clean case.

    rule     the rule's name, which is its function's
    when     in words
    changes  answers by path
    at       the path at which the rule is said to be broken; None where it is kept
    profile  settings of the borough: {"ages": {"extended": False}}
    without  questions that the form doesn't ask
    also     questions that the form asks besides
    form     the form: a referral, or what an agency sends back
    """

    rule: str
    when: str
    changes: dict[str, Any]
    at: str | None = None
    profile: dict[str, Any] = field(default_factory=dict)
    meeting: date | None = None
    without: tuple[str, ...] = ()
    also: tuple[Field, ...] = ()
    kind: str = "xlsx"
    form: str = "referral"

    def __str__(self) -> str:
        return f"{self.rule.replace(' ', '_')}: {self.when}"

    def problems(self) -> list[Problem]:
        home = borough(self.profile, self.without, self.also)
        form = replace(completed(self.changes, BASES[self.form], self.kind), form=self.form)
        form.answers = {path: answer for path, answer in form.answers.items() if path.partition("[")[0] not in self.without}
        return check(form, home, TODAY, self.meeting)


def borough(profile: dict[str, Any], without: tuple[str, ...] = (), also: tuple[Field, ...] = ()) -> Home:
    """The shipped home with some settings changed, and some questions left out or added."""
    if not (profile or without or also):
        return SHIPPED
    home = Home()
    home.profile = with_settings(SHIPPED.profile, profile)
    home.forms = [reshaped(SHIPPED.form("referral"), without, also)]
    return home


def with_settings(profile: Any, settings: dict[str, Any]) -> Any:
    changed = {k: replace(getattr(profile, k), **v) if isinstance(v, dict) else v for k, v in settings.items()}
    return replace(profile, **changed)


def reshaped(form: Form, without: tuple[str, ...], also: tuple[Field, ...]) -> Form:
    sections = [replace(s, field=tuple(f for f in s.field if f.name not in without)) for s in form.section]
    sections[-1] = replace(sections[-1], field=(*sections[-1].field, *also))
    return replace(form, section=tuple(sections))


def question(name: str, type: str, label: str, **settings: Any) -> Field:
    assert type in TYPES
    return Field(name, type, label, **settings)


SHIPPED = Home()
