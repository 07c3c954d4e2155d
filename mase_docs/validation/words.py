"""Rules put into words: their templates filled with the form's questions and the borough's profile, never with an answer."""

from __future__ import annotations

from typing import Any

from mase_docs.definition.profile import Profile
from mase_docs.problems import Problem, Severity
from mase_docs.validation.case import Case
from mase_docs.validation.rules import Broken, Check

WHO = {
    "referrer": "the referrer",
    "social_worker": "the social worker",
    "police": "the police representative",
    "map_chair": "the chair of the MAP meeting",
    "health": "the health worker",
    "education": "the school or education service",
    "agency": "the agency",
}
"""Who is asked, by who fills a question in."""


def panel_words(profile: Profile) -> dict[str, Any]:
    """What every message may say of the borough."""
    return {
        "panel": profile.panel.name,
        "borough": profile.panel.borough,
        "youth_service": profile.panel.youth_service,
        "ages": profile.ages,
        "months": profile.categories.stale_after_months,
    }


def put(check: Check, broken: Broken, case: Case) -> Problem:
    """The problem that a broken rule makes, with its place in the file."""
    answer = case.answer(broken.path) if broken.path else None
    words = {**panel_words(case.profile), **_question(broken.path, case), **broken.words}
    return Problem(
        severity(check, case.profile),
        check.code,
        check.message.format(**words),
        check.remedy.format(**words),
        broken.path,
        answer.place if answer else None,
    )


def severity(check: Check, profile: Profile) -> Severity:
    """How serious a rule is here: as the profile says, else as the rule does."""
    return profile.checks.severity.get(check.code, check.severity)


def _question(path: str | None, case: Case) -> dict[str, str]:
    if path is None:
        return {"label": "the form", "who": WHO["referrer"]}
    return {"label": case.label(path), "who": _who(path, case)}


def _who(path: str, case: Case) -> str:
    field = case.form.fields.get(path.partition("[")[0])
    return WHO.get(field.filled_by, WHO["referrer"]) if field else WHO["referrer"]
