"""Who may be discussed: domain rules EL1 to EL8. Ages count on the day of the meeting where it is known, else today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from mase_docs.model.ages import birthday
from mase_docs.model.submission import NOT_KNOWN
from mase_docs.validation.case import Case
from mase_docs.validation.rules import Broken, rule

TWO_MEETINGS = timedelta(days=62)
NOT_OPEN = {"not_open", "early_help", "not_known", ""}
LEAST = {"none", "1"}
TELLING = {"medium", "high"}
ASKED_FROM = {"care_leaver": 16, "young_hackney_service": 18}
"""Questions that matter from an age on (domain section 2.8)."""


def is_over_age(case: Case) -> bool:
    """Whether the young person has reached the age up to which everyone may be discussed (18)."""
    return case.age is not None and case.age >= case.profile.ages.under


def is_within_upper_age(case: Case) -> bool:
    """Whether someone over that age is still within "up to the age of 25", in whichever way the profile reads it, or exactly 25."""
    return case.age is not None and case.age <= case.profile.ages.upper


def is_care_leaver(case: Case) -> bool:
    return case.yes("care_leaver") or "care_leaver" in case.chosen("social_care_status")


def is_eligible_by_need(case: Case) -> bool:
    """Whether someone over 18 is a care leaver, or has learning difficulties and the borough's youth service, as the profile reads it."""
    service = case.yes("young_hackney_service")
    learning = case.yes("learning_difficulty")
    if case.profile.ages.service_condition_applies_to == "both":
        return service and (is_care_leaver(case) or learning)
    return is_care_leaver(case) or (learning and service)


def asks_for_need(case: Case) -> bool:
    """Whether the form asks for what would make someone over 18 eligible."""
    care = case.asks("care_leaver") or case.asks("social_care_status")
    return care and case.asks("learning_difficulty") and case.asks("young_hackney_service")


@rule(
    "EL1",
    "error",
    "The date of birth is not known, so nobody can tell whether this young person is of the age that {panel} discusses.",
    "Ask the referrer for the date of birth, or for the likely age and how it was estimated.",
    "MASE terms of reference",
    blank=True,
)
def the_age_must_be_known(case: Case) -> Iterator[str]:
    if case.value("dob") == NOT_KNOWN:
        yield "dob"


@rule(
    "RQ4",
    "warning",
    "“{label}” is blank, and at this young person's age it matters for who may be discussed.",
    'Ask the referrer; "no" and "not known" are answers.',
    "MASE terms of reference",
    always=True,
)
def what_matters_from_an_age_on_is_answered(case: Case) -> Iterator[str]:
    if case.age is not None:
        yield from (name for name, age in ASKED_FROM.items() if case.age >= age and case.left_blank(name))


@rule(
    "EL2",
    "error",
    "This young person is older than anyone {panel} discusses: the limit is {ages.upper}.",
    "Check the date of birth with the referrer; if it is right, return the referral and suggest adult services.",
    "MASE terms of reference",
)
def nobody_past_the_upper_age(case: Case) -> Iterator[str]:
    if case.profile.ages.extended and is_over_age(case) and not is_within_upper_age(case):
        yield "dob"


@rule(
    "EL2",
    "error",
    "This young person is {ages.under} or over, and the form shows neither a care leaver nor learning difficulties with a service "
    "from {youth_service}, as {panel} requires.",
    "Check the date of birth, whether they are a care leaver, and whether they have learning difficulties and a service from "
    "{youth_service}; if neither, return the referral.",
    "MASE terms of reference",
)
def over_18_only_as_care_leaver_or_with_learning_difficulties(case: Case) -> Iterator[str]:
    if _needs_a_reason(case) and asks_for_need(case) and not is_eligible_by_need(case):
        yield "dob"


@rule(
    "EL2",
    "warning",
    "This young person is {ages.under} or over, and this form does not ask what {panel} needs to know then: care leaver, learning "
    "difficulties, a service from {youth_service}.",
    "Ask the referrer about all three before the case is listed.",
    "MASE terms of reference",
)
def over_18_on_a_form_that_does_not_ask_why(case: Case) -> Iterator[str]:
    if _needs_a_reason(case) and not asks_for_need(case) and not is_eligible_by_need(case):
        yield "dob"


def _needs_a_reason(case: Case) -> bool:
    return case.profile.ages.extended and is_over_age(case) and is_within_upper_age(case)


@rule(
    "EL3",
    "warning",
    'This young person is exactly {ages.upper} on the day, and "up to {ages.upper}" can be read either way.',
    "Ask the chair whether the case may be heard.",
    "MASE terms of reference, whose wording leaves it open",
)
def at_exactly_25_the_chair_decides(case: Case) -> Iterator[str]:
    ages = case.profile.ages
    if ages.extended and ages.upper_age_mode == "before_birthday" and case.age == ages.upper:
        yield "dob"


@rule(
    "EL4",
    "error",
    "This young person is {ages.under} or over, and {panel} discusses only those under {ages.under}.",
    "Check the date of birth with the referrer; if it is right, return the referral and suggest adult services.",
    "panels that discuss only under-18s, such as Harrow",
)
def under_18_only_where_the_panel_says_so(case: Case) -> Iterator[str]:
    if not case.profile.ages.extended and is_over_age(case):
        yield "dob"


@rule(
    "EL5",
    "warning",
    "Neither sexual exploitation nor harmful sexual behaviour is among the concerns, and {panel} is for these two.",
    "Ask the referrer whether one of them was meant; if not, suggest the panel that fits the concern.",
    "MASE terms of reference",
)
def the_concern_is_within_the_remit(case: Case) -> Iterator[str]:
    if case.known("concern_types") and not case.concerns & {"cse", "hsb"}:
        yield "concern_types"


@rule(
    "EL6",
    "warning",
    "This child is under {ages.responsibility}: below the age of criminal responsibility, and responses to sexual behaviour differ.",
    "Make sure that children's social care leads, and tell the chair before the case is listed.",
    "Herefordshire and West Yorkshire screening tools",
)
def a_child_under_10_is_a_matter_for_social_care(case: Case) -> Iterator[str]:
    if case.age is not None and 0 <= case.age < case.profile.ages.responsibility:
        yield "dob"


@rule(
    "EL6",
    "error",
    "This child is under {ages.young_with_cse} with a concern of sexual exploitation, and the form does not show that children's "
    "social care has the case.",
    "Ask the referrer to refer to children's social care today, and to say when this was done.",
    "Herefordshire and West Yorkshire screening tools",
)
def a_child_under_13_at_risk_of_exploitation_is_known_to_social_care(case: Case) -> Iterator[str]:
    young = case.age is not None and 0 <= case.age < case.profile.ages.young_with_cse
    if young and "cse" in case.concerns and case.asks("social_care_status") and not case.chosen("social_care_status") - NOT_OPEN:
        yield "social_care_status"


@rule(
    "EL6",
    "warning",
    "The category is the lowest or none, though warning signs are rated medium or high and this child is under "
    "{ages.young_with_cse} or has a learning difficulty.",
    "Ask the chair of the MAP meeting to look at the category again; {panel} does not change it.",
    "Herefordshire and West Yorkshire screening tools",
)
def the_lowest_category_does_not_fit_a_vulnerable_child_with_signs(case: Case) -> Iterator[str]:
    young = case.age is not None and case.age < case.profile.ages.young_with_cse
    signs = any(row.value("rating") in TELLING for row in case.rows("safeguard"))
    if case.category in LEAST and signs and (young or case.yes("learning_difficulty")):
        yield "cse_category"


@rule(
    "EL7",
    "note",
    "This young person turns {years} within about two meetings.",
    "Plan the transition: who will hold the case then, and whether {panel} still may.",
    "MASE terms of reference",
)
def a_birthday_that_changes_eligibility_is_near(case: Case) -> Iterator[Broken]:
    ages = case.profile.ages
    for years in (ages.under, ages.upper) if ages.extended else (ages.under,):
        if case.dob and timedelta(0) < birthday(case.dob, years) - case.day <= TWO_MEETINGS:
            yield Broken("dob", {"years": str(years)})


@rule(
    "EL8",
    "warning",
    "Nobody has confirmed that 999 or the front door (MASH) was used if this child is in immediate danger.",
    "Ask the referrer today. In immediate danger: 999; otherwise children's social care. {panel} is not an emergency service.",
    "Waltham Forest MAP guidance; Cambridgeshire referral form",
)
def immediate_danger_was_dealt_with(case: Case) -> Iterator[str]:
    asked = case.asks("immediate_danger_confirmed")
    if asked and (case.left_blank("immediate_danger_confirmed") or _is_not_confirmed(case)):
        yield "immediate_danger_confirmed"


def _is_not_confirmed(case: Case) -> bool:
    return case.no("immediate_danger_confirmed") or case.value("immediate_danger_confirmed") == NOT_KNOWN
