"""Numbers, addresses and codes that cannot be right, wherever a question of their type stands: domain section 5.4.

Left out: the same number on two children's forms (one form alone cannot show it), and whether a postcode or a telephone
number exists (its form cannot prove that).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mase_docs.validation import numbers
from mase_docs.validation.case import Case
from mase_docs.validation.rules import rule

NHS = "NHS Data Dictionary: NHS number"
UPN = "DfE guide to unique pupil numbers; children in need census"
EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]{2,}\Z")
AUTHORITY = re.compile(r"[0-9]{3}\Z")


@rule(
    "ID-NHS",
    "error",
    "“{label}” is not a valid NHS number: it must have ten digits, the last of which checks the others.",
    "Ask the referrer to read it out from a letter or record; leave it blank rather than guess.",
    NHS,
    always=True,
)
def an_nhs_number_has_its_check_digit(case: Case) -> Iterator[str]:
    yield from (path for path, text in case.texts("nhs_number") if not numbers.is_nhs_number(text))


@rule(
    "ID-NHS",
    "warning",
    "“{label}” does not begin as NHS numbers issued in England do (3, 4, 6 or 7).",
    "Ask the referrer to check it; numbers from Scotland and Northern Ireland begin otherwise.",
    NHS,
    always=True,
)
def an_nhs_number_is_from_a_range_in_issue(case: Case) -> Iterator[str]:
    for path, text in case.texts("nhs_number"):
        if numbers.is_nhs_number(text) and not numbers.is_test_nhs_number(text) and not numbers.is_issued_nhs_range(text):
            yield path


@rule(
    "ID-NHS",
    "error",
    "“{label}” is a test number: those that begin 999 are given to nobody.",
    "Ask the referrer for the real number, and whether the form is a practice one.",
    NHS,
    always=True,
)
def an_nhs_number_is_not_a_test_number(case: Case) -> Iterator[str]:
    if not case.profile.checks.test_numbers_allowed:
        yield from (path for path, text in case.texts("nhs_number") if numbers.is_nhs_number(text) and numbers.is_test_nhs_number(text))


@rule(
    "ID-UPN",
    "error",
    "“{label}” is not a valid unique pupil number: a letter, eleven digits, and a digit or letter, of which the first checks the others.",
    "Ask the school for it; leave it blank rather than guess.",
    UPN,
    always=True,
)
def a_pupil_number_has_its_check_letter(case: Case) -> Iterator[str]:
    yield from (path for path, text in case.texts("upn") if not numbers.is_upn(text))


@rule(
    "ID-UPN",
    "warning",
    "“{label}” names a council that is not on our list (its second to fourth characters).",
    "Ask the school to check the number if the young person always went to school in London; else there is nothing to do.",
    UPN,
    always=True,
)
def a_pupil_number_is_from_a_known_authority(case: Case) -> Iterator[str]:
    if not case.home.has_codes("la"):
        return
    known = case.codes("la").by_code
    yield from (path for path, text in case.texts("upn") if numbers.is_upn(text) and numbers.upn_authority(text) not in known)


@rule(
    "ID-UPN",
    "note",
    "“{label}” is a temporary pupil number.",
    "Ask the school for the permanent one when there is time.",
    UPN,
    always=True,
)
def a_pupil_number_is_permanent(case: Case) -> Iterator[str]:
    yield from (path for path, text in case.texts("upn") if numbers.is_upn(text) and numbers.is_temporary_upn(text))


@rule(
    "ID-POSTCODE",
    "error",
    "“{label}” cannot be a UK postcode.",
    "Ask the referrer for it; for no fixed abode or an address abroad, not known is an answer.",
    "BS 7666; NHS codes that begin ZZ99",
    always=True,
)
def a_postcode_has_the_pattern_of_one(case: Case) -> Iterator[str]:
    for path, text in case.texts("postcode"):
        if not numbers.is_postcode(text) and not numbers.is_outward_postcode(text):
            yield path


@rule(
    "ID-POSTCODE",
    "warning",
    "“{label}” is only the first half of a postcode.",
    "Ask the referrer for the rest.",
    "BS 7666; NHS codes that begin ZZ99",
    always=True,
)
def a_postcode_is_whole(case: Case) -> Iterator[str]:
    for path, text in case.texts("postcode"):
        if numbers.is_outward_postcode(text) and not numbers.is_postcode(text):
            yield path


@rule(
    "ID-EMAIL",
    "error",
    "“{label}” is not an e-mail address.",
    "Ask for the address; it looks like name@example.gov.uk.",
    "the form itself",
    always=True,
)
def an_email_address_looks_like_one(case: Case) -> Iterator[str]:
    yield from (path for path, text in case.texts("email") if not EMAIL.match(text.strip()))


@rule(
    "ID-EMAIL",
    "warning",
    "“{label}” is not on the list of secure e-mail services.",
    "Send nothing personal there until the sender has given a secure address or another safe way.",
    "secure e-mail, as MASH and MARAC forms ask for",
    always=True,
)
def an_email_address_is_secure(case: Case) -> Iterator[str]:
    for path, text in case.texts("email"):
        if EMAIL.match(text.strip()) and not case.profile.is_secure(text):
            yield path


@rule(
    "ID-PHONE",
    "warning",
    "“{label}” has too few or too many digits for a telephone number.",
    "Ask the referrer to check it.",
    "the national numbering plan",
    always=True,
)
def a_telephone_number_has_enough_digits(case: Case) -> Iterator[str]:
    yield from (path for path, text in case.texts("phone") if not _has_a_number(text))


def _has_a_number(text: str) -> bool:
    """Whether a text, which may hold remarks or a second number, has a run of 10 to 15 digits (ITU-T E.164 ends at 15)."""
    runs = re.findall(r"[0-9][0-9 ().‐‑–-]*", text)
    return any(10 <= sum(c.isdigit() for c in run) <= 15 for run in runs)


@rule(
    "ID-URN",
    "warning",
    "“{label}” is not a school's unique reference number, which has six digits.",
    "Look the school up on the government's register of schools (Get Information about Schools).",
    "Get Information about Schools",
)
def a_school_number_has_six_digits(case: Case) -> Iterator[str]:
    if case.known("school_urn") and not re.fullmatch(r"[0-9]{6}", numbers.bare(str(case.value("school_urn")))):
        yield "school_urn"


@rule(
    "ID-LA",
    "warning",
    "“{label}” is neither a London council nor a council's three-digit number.",
    "Ask the referrer which council was meant; its name is enough.",
    "DfE codes of local authorities",
    always=True,
)
def an_authority_is_a_known_one(case: Case) -> Iterator[str]:
    for path, field in case.each_field():
        if field.choices == "la":
            codes = case.codes("la").by_code
            if any(code not in codes and _is_wrong_number(code) for code in case.chosen(path)):
                yield path


def _is_wrong_number(text: str) -> bool:
    """Whether a text is a number, but not of three digits; names of councils outside London are taken as they are."""
    return any(c.isdigit() for c in text) and not AUTHORITY.match(text.strip())
