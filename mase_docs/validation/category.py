"""The category of risk, the level of harmful sexual behaviour and the warning signs: domain rules CA1 to CA9.

Left out: CA4 (minutes may not change a category), which only the minutes can break; of CA3, a category set before the first
concern, whose date no form asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mase_docs.definition.codes import plain
from mase_docs.model.ages import months_before
from mase_docs.model.submission import NOT_KNOWN
from mase_docs.validation.case import Case
from mase_docs.validation.rules import rule

LEVELS = {"1", "2", "3", "4", "5"}
RATED = {"low", "medium", "high"}
OTHER_SCHEMES = re.compile(r"(cat(egory)? )?[abc]|(risk )?(l|m|h|low|medium|high)( risk)?")
NO_CONTACT = {"none", NOT_KNOWN}


def asks_safeguard(case: Case) -> bool:
    return case.asks("safeguard", "rating")


@rule(
    "CA1",
    "error",
    "A category is given, but “{label}” is blank; {panel} uses only categories that a meeting has set.",
    "Ask the referrer at which meeting the category was set, and on what date.",
    "MASE terms of reference",
    blank=True,
)
def a_category_says_where_and_when_it_was_set(case: Case) -> Iterator[str]:
    if case.category is not None:
        yield from (name for name in ("category_source", "category_date") if case.left_blank(name))


@rule(
    "CA2",
    "error",
    "The concern is sexual exploitation, but no category was set: there was no MAP meeting or strategy discussion yet, or the form "
    "doesn't say.",
    "Ask the referrer for the category and the date of the MAP meeting; without one, the case waits, or is listed for information only.",
    "MASE terms of reference; Barking and Dagenham pre-MASE guidance",
    blank=True,
)
def a_case_of_exploitation_has_a_category(case: Case) -> Iterator[str]:
    listed = "cse" in case.concerns and "info_only" not in case.chosen("case_status")
    if listed and case.asks("cse_category") and case.category is None and not case.misread("cse_category"):
        yield "cse_category"


@rule(
    "CA3",
    "error",
    "The category is dated after the referral.",
    "Check both dates with the referrer; a category set later belongs on a new form.",
    "panel practice",
)
def a_category_is_no_later_than_the_referral(case: Case) -> Iterator[str]:
    set_on, referred = case.date_of("category_date"), case.date_of("referral_date")
    if set_on and referred and referred < set_on <= case.today:
        yield "category_date"


@rule(
    "CA3",
    "warning",
    "The category was set more than {months} months ago.",
    "Ask the social worker whether a MAP meeting has looked at it since, and for that date.",
    "panel practice",
)
def a_category_is_recent(case: Case) -> Iterator[str]:
    set_on = case.date_of("category_date")
    if set_on and set_on < months_before(case.day, case.profile.categories.stale_after_months):
        yield "category_date"


@rule(
    "CA5",
    "warning",
    "The category is 1, which means that there is no evidence of an offence, but a crime has been recorded.",
    "Ask the chair of the MAP meeting to look at the category again; {panel} does not change it.",
    "MASE terms of reference",
)
def category_1_means_no_evidence_of_an_offence(case: Case) -> Iterator[str]:
    if case.category == "1" and case.yes("crime_recorded"):
        yield "cse_category"


@rule(
    "CA6",
    "warning",
    "The category is 3, the highest, but the form shows no contact with the police.",
    "Ask the referrer and the police representative what the police know and are doing.",
    "panel practice",
)
def the_highest_category_has_police_contact(case: Case) -> Iterator[str]:
    asked = any(case.asks(name) for name in ("crime_recorded", "investigation_status", "police_ref", "crime_refs"))
    if case.category == "3" and asked and not _has_police_contact(case):
        yield "cse_category"


@rule(
    "CA6",
    "warning",
    "The category is 3, the highest, but the form shows no plan to keep this young person safe.",
    "Ask the referrer what is being done now and what is proposed.",
    "panel practice",
)
def the_highest_category_has_a_plan(case: Case) -> Iterator[str]:
    names = ("current_interventions", "proposed_interventions")
    asked = [name for name in names if case.asks(name)]
    if case.category == "3" and asked and not any(_has_plan(case, name) for name in asked):
        yield asked[0]


def _has_police_contact(case: Case) -> bool:
    if case.yes("crime_recorded") or any(case.known(name) for name in ("police_ref", "crime_refs", "police_flag")):
        return True
    return bool(case.chosen("investigation_status") - NO_CONTACT) or bool(_agencies(case) & _police(case))


def _agencies(case: Case) -> set[str]:
    return {str(row.value("agency")) for row in case.rows("agencies_involved")} | case.chosen("referrer_agency")


def _police(case: Case) -> set[str]:
    return {agency.code for agency in case.profile.agency if plain(agency.group) == "police"}


def _has_plan(case: Case, name: str) -> bool:
    return case.known(name) and bool(case.chosen(name) - {"none_offered", "declined", "none", NOT_KNOWN})


@rule(
    "CA7",
    "error",
    "The concern is harmful sexual behaviour, but no level from 1 to 5 is given.",
    "Ask the referrer which level the MAP meeting or the assessment came to.",
    "MASE terms of reference; Hackett (2010)",
    blank=True,
)
def harmful_sexual_behaviour_has_a_level(case: Case) -> Iterator[str]:
    wanted = "hsb" in case.concerns and case.asks("hsb_level") and not case.misread("hsb_level")
    if wanted and case.value("hsb_level") not in LEVELS:
        yield "hsb_level"


@rule(
    "CA7",
    "warning",
    "The level of harmful sexual behaviour is one of the two lowest.",
    "Consider with the chair whether early help fits better than {panel}.",
    "MASE terms of reference; Hackett (2010)",
)
def a_low_level_may_be_for_early_help(case: Case) -> Iterator[str]:
    if "hsb" in case.concerns and case.value("hsb_level") in ("1", "2"):
        yield "hsb_level"


@rule(
    "CA8",
    "error",
    "The concern is sexual exploitation, but this warning sign is not rated: “{label}”.",
    'Ask the referrer to rate it; "none" and "not known" are answers.',
    "Sutton MASE referral form; London CSE protocol",
    blank=True,
)
def every_warning_sign_is_rated(case: Case) -> Iterator[str]:
    if "cse" not in case.concerns or not asks_safeguard(case):
        return
    paths = [f"safeguard[{key}].rating" for key in case.keys("safeguard")]
    if any(case.answered(path) for path in paths):
        yield from (path for path in paths if not case.answered(path) and not case.misread(path))


@rule(
    "CA8",
    "error",
    "The concern is sexual exploitation, but none of the warning signs is rated.",
    'Ask the referrer to rate every one; "none" and "not known" are answers.',
    "Sutton MASE referral form; London CSE protocol",
    blank=True,
)
def the_warning_signs_are_rated(case: Case) -> Iterator[str]:
    rated = any(path.startswith("safeguard[") and path.endswith("].rating") for path, _ in _said(case))
    if "cse" in case.concerns and asks_safeguard(case) and not rated:
        yield "safeguard"


def _said(case: Case) -> Iterator[tuple[str, object]]:
    return ((path, a) for path, a in case.submission.answers.items() if case.answered(path) or case.misread(path))


@rule(
    "CA8",
    "warning",
    "A warning sign is rated, but “{label}” is blank.",
    "Ask the referrer what was seen or heard, and by whom.",
    "Sutton MASE referral form; London CSE protocol",
)
def a_rating_has_its_evidence(case: Case) -> Iterator[str]:
    if case.asks("safeguard", "evidence"):
        yield from (row.path("evidence") for row in case.rows("safeguard") if row.value("rating") in RATED and not row.value("evidence"))


@rule(
    "CA9",
    "error",
    "The category is from another scheme than the one {panel} uses, and the borough's profile does not say what it means here.",
    "Ask the referrer for the category in this panel's scheme, or have [categories.mapping] in mase.toml say what it means here.",
    "City of London protocol, whose categories are A to C",
    always=True,
)
def a_category_of_another_scheme_needs_a_mapping(case: Case) -> Iterator[str]:
    if is_of_another_scheme(case):
        yield "cse_category"


def is_of_another_scheme(case: Case) -> bool:
    """Whether the category is in letters or levels that this panel does not use, and that the profile doesn't map to its own."""
    answer, field = case.answer("cse_category"), case.form.fields.get("cse_category")
    if answer is None or field is None or not field.choices:
        return False
    if answer.value is None:
        return "CO12" in answer.issues and bool(OTHER_SCHEMES.fullmatch(plain(answer.raw or "")))
    scheme = case.codes(field.choices).scheme
    differs = bool(scheme) and scheme != case.profile.categories.scheme
    return differs and case.known("cse_category") and answer.value not in case.profile.categories.mapping
