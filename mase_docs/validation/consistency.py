"""Answers that contradict each other: domain rules CO1 to CO13.

Left out: CO9 (an explicit "not known" is no blank), which the reading sees to; of CO11, the date of the next review, which
the coordinator sets; of CO13, the two rows of one table, which the statistics see to; of CO3, the place on the agenda.
CO12 stands with what the reading noticed, in arrival.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from mase_docs.model.ages import age_on
from mase_docs.model.submission import NOT_APPLICABLE
from mase_docs.validation.case import Case, Row
from mase_docs.validation.eligibility import is_care_leaver
from mase_docs.validation.rules import rule

HARMING = {"suspected_exploiter_adult", "young_person_suspected", "facilitator"}
CARE_ORDERS = {"C1", "C2"}
OPEN_TO_A_WORKER = {"assessment", "cin_plan", "cp_plan", "looked_after", "care_leaver", "private_fostering", "adult_services"}


def is_looked_after(case: Case) -> bool:
    return "looked_after" in case.chosen("social_care_status")


@rule(
    "CO1",
    "error",
    "The young person is looked after, but “{label}” is blank.",
    "Ask the allocated social worker.",
    "DfE SSDA903 checks",
    blank=True,
)
def a_looked_after_child_has_a_legal_status_and_a_placement(case: Case) -> Iterator[str]:
    if is_looked_after(case):
        yield from (name for name in ("legal_status", "placement_type") if case.left_blank(name))


@rule(
    "CO1",
    "error",
    "“{label}” is answered, though the young person is not looked after.",
    "Ask the social worker which is right; only a looked-after child has a legal status and a placement.",
    "DfE SSDA903 checks",
)
def only_a_looked_after_child_has_a_legal_status_and_a_placement(case: Case) -> Iterator[str]:
    if case.known("social_care_status") and not is_looked_after(case):
        yield from (name for name in ("legal_status", "placement_type") if case.known(name))


@rule(
    "CO1",
    "error",
    "A child placed with parents cannot be accommodated under section 20 at the same time.",
    "Ask the social worker for the right legal status or placement.",
    "DfE SSDA903 checks",
)
def a_child_with_parents_is_not_accommodated_under_section_20(case: Case) -> Iterator[str]:
    if "V2" in case.chosen("legal_status") and "P1" in case.chosen("placement_type"):
        yield "legal_status"


@rule(
    "CO2",
    "error",
    "A care leaver is 16 or over, and this young person is younger.",
    "Check the date of birth and the social care status with the social worker.",
    "Children Act 1989, leaving care",
)
def a_care_leaver_is_16_or_over(case: Case) -> Iterator[str]:
    if is_care_leaver(case) and case.age is not None and case.age < 16:
        yield "care_leaver" if case.yes("care_leaver") else "social_care_status"


@rule(
    "CO3",
    "error",
    "The young person is placed outside the borough, but the area named is {borough} itself.",
    "Ask the social worker which council's area the placement is in.",
    "MASE terms of reference",
)
def a_placement_outside_the_borough_is_not_in_it(case: Case) -> Iterator[str]:
    if case.yes("placed_out_of_borough") and case.profile.panel.la_code in case.chosen("host_authority"):
        yield "host_authority"


@rule(
    "CO4",
    "error",
    "This kind of abduction warning notice is only for a child under 16.",
    "Ask the police representative which notice was meant, and check the date of birth.",
    "Child Abduction Act 1984, section 2; Children Act 1989, section 49",
)
def a_notice_under_section_2_is_for_a_child_under_16(case: Case) -> Iterator[str]:
    for row in _notices(case, "cawn_s2"):
        if _age_when_served(case, row, 16):
            yield row.path("measure")


@rule(
    "CO4",
    "error",
    "This kind of abduction warning notice is only for a child under 18 under a care order.",
    "Ask the police representative which notice was meant, and the social worker for the legal status.",
    "Child Abduction Act 1984, section 2; Children Act 1989, section 49",
)
def a_notice_under_section_49_is_for_a_child_in_care(case: Case) -> Iterator[str]:
    in_care = bool(case.chosen("legal_status") & CARE_ORDERS) or not case.asks("legal_status")
    for row in _notices(case, "cawn_s49"):
        if _age_when_served(case, row, 18) or not in_care:
            yield row.path("measure")


@rule(
    "CO4",
    "warning",
    "This kind of abduction warning notice is for a child under a care order, and the care order is an interim one.",
    "Ask the police representative and legal services whether an interim order is enough.",
    "Child Abduction Act 1984, section 2; Children Act 1989, section 49",
)
def an_interim_care_order_may_not_carry_a_notice(case: Case) -> Iterator[str]:
    if "C1" in case.chosen("legal_status"):
        yield from (row.path("measure") for row in _notices(case, "cawn_s49"))


def _notices(case: Case, code: str) -> list[Row]:
    return [row for row in case.rows("disruption") if row.value("measure") == code]


def _age_when_served(case: Case, row: Row, limit: int) -> bool:
    """Whether the child had reached that age when the notice was served (or asked for, or else on the day that counts)."""
    age = case.age_at(row.date_of("served_date") or row.date_of("requested_date") or case.day)
    return age is not None and age >= limit


@rule(
    "CO5",
    "warning",
    "A disruption measure is aimed at someone under 18.",
    "Consider first what helps a young person to stop: work on harmful sexual behaviour, an AIM assessment, youth justice triage.",
    "MsUnderstood practitioner briefing 4",
)
def young_people_are_offered_help_before_disruption(case: Case) -> Iterator[str]:
    for row in case.rows("disruption"):
        if row.value("target_under_18") in (True, "yes"):
            yield row.path("target_under_18")


@rule(
    "CO6",
    "warning",
    "Everyone involved is said to be under 18, but an adult who may be exploiting or helping is listed.",
    "Ask the referrer which is right.",
    "MsUnderstood practitioner briefing 4",
)
def peer_on_peer_means_no_adult(case: Case) -> Iterator[str]:
    if case.yes("peer_on_peer") and not _is_explained(case) and any(_is_adult(case, row) for row in _harming(case)):
        yield "peer_on_peer"


@rule(
    "CO6",
    "warning",
    "Not everyone involved is said to be under 18, but no adult is listed among the people linked.",
    "Ask the referrer who the adult is, even if only a nickname or a description is known.",
    "MsUnderstood practitioner briefing 4",
)
def where_an_adult_is_involved_an_adult_is_listed(case: Case) -> Iterator[str]:
    asked = case.no("peer_on_peer") and case.asks("linked_people") and not _is_explained(case)
    if asked and not any(_is_adult(case, row) for row in case.rows("linked_people")):
        yield "peer_on_peer"


def _is_explained(case: Case) -> bool:
    """Whether the form says why its answer differs from the people it lists."""
    return case.known("peer_on_peer_reason")


def _harming(case: Case) -> list[Row]:
    return [row for row in case.rows("linked_people") if row.value("role") in HARMING]


def _is_adult(case: Case, row: Row) -> bool:
    born = row.date_of("dob")
    if row.value("role") == "suspected_exploiter_adult" or row.value("under_18") in (False, "no"):
        return True
    return born is not None and age_on(case.day, born) >= 18


@rule(
    "CO7",
    "error",
    "The police take no further action, but “{label}” is left open.",
    "Ask the police representative and the social worker: without a prosecution, there must be a plan, and someone who sees to it.",
    "MsUnderstood practitioner briefing 4",
    blank=True,
)
def no_further_action_by_the_police_needs_a_plan(case: Case) -> Iterator[str]:
    if case.yes("nfa"):
        yield from (name for name in ("nfa_date", "nfa_reason", "nfa_plan") if case.left_blank(name))
        if case.lacks("nfa_plan_owner") and (case.known("nfa_plan") or case.left_blank("nfa_plan")):
            yield "nfa_plan_owner"


@rule(
    "CO7",
    "warning",
    "The police take no further action, and the form says that there is no plan.",
    "Keep it on the agenda under no further action: the panel is to agree a plan and who owns it.",
    "MsUnderstood practitioner briefing 4",
    blank=True,
)
def a_case_without_a_plan_is_heard(case: Case) -> Iterator[str]:
    if case.yes("nfa") and case.lacks("nfa_plan") and not case.left_blank("nfa_plan"):
        yield "nfa_plan_owner" if case.left_blank("nfa_plan_owner") else "nfa_plan"  # a plan that isn't there has no owner


@rule(
    "CO8",
    "error",
    "Consent was refused, not asked for or is not known, and “{label}” is left open.",
    "Ask the referrer on what ground the information is shared all the same; a sentence is enough.",
    "Kingston MARAC and Shropshire forms",
    blank=True,
)
def sharing_without_consent_says_why(case: Case) -> Iterator[str]:
    without = any(_is_without(case, name) for name in ("child_consent", "parent_consent"))
    if without and case.lacks("lawful_basis_note"):
        yield "lawful_basis_note"


def _is_without(case: Case, consent: str) -> bool:
    """Whether a consent that was asked about is anything but a yes; where nobody's is needed, it "does not apply"."""
    return case.answered(consent) and not case.yes(consent) and case.value(consent) != NOT_APPLICABLE


@rule(
    "CO10",
    "warning",
    "Teenage relationship abuse is the term for those under 16; from 16 it is domestic abuse, and other services and orders are open.",
    "Ask the referrer whether domestic abuse was meant.",
    "MsUnderstood practitioner briefing 4",
)
def from_16_it_is_domestic_abuse(case: Case) -> Iterator[str]:
    if "teenage_relationship_abuse" in case.concerns and case.age is not None and case.age >= 16:
        yield "concern_types"


@rule(
    "CO10",
    "warning",
    "Domestic abuse is the term from 16; under 16 it is teenage relationship abuse, unless abuse between adults is meant.",
    "Ask the referrer which was meant.",
    "MsUnderstood practitioner briefing 4",
)
def under_16_it_is_teenage_relationship_abuse(case: Case) -> Iterator[str]:
    if "domestic_abuse" in case.concerns and case.age is not None and 0 <= case.age < 16:
        yield "concern_types"


@rule(
    "CO11",
    "warning",
    "The case is open to social care, but no allocated worker is named.",
    "Ask children's social care who holds the case.",
    "panel practice",
)
def an_open_case_has_an_owner(case: Case) -> Iterator[str]:
    wanted = case.chosen("social_care_status") & OPEN_TO_A_WORKER and case.lacks("allocated_worker")
    if wanted and ("RQ1", "allocated_worker") not in case.against_the_form:
        yield "allocated_worker"


@rule(
    "CO11",
    "warning",
    "A category is given, but “{label}” is not known.",
    "Ask the chair of the MAP meeting or the social worker where and when it was set, before the case is heard.",
    "panel practice",
)
def a_category_has_a_known_source(case: Case) -> Iterator[str]:
    if case.category is not None:
        yield from (name for name in ("category_source", "category_date") if case.lacks(name) and not case.left_blank(name))


@rule(
    "CO13",
    "note",
    "This young person may both be harmed and be harming others.",
    "Plan for both, and write of them as a young person, not as a perpetrator; they are counted once.",
    "Sefton HSB procedure",
)
def someone_harmed_may_also_harm(case: Case) -> Iterator[str]:
    roles = case.chosen("subject_role")
    if "both" in roles or {"at_risk_or_experiencing", "harming_or_suspected"} <= roles:
        yield "subject_role"
