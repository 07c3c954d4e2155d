from __future__ import annotations

from datetime import date

import pytest

from tests.validation.broken import is_broken, is_kept
from tests.validation.invented import Situation, aged, linked, odd, rows

NEEDS = "a looked after child has a legal status and a placement"
ONLY = "only a looked after child has a legal status and a placement"
PARENTS = "a child with parents is not accommodated under section 20"
LEAVER = "a care leaver is 16 or over"
OUTSIDE = "a placement outside the borough is not in it"
SECTION_2 = "a notice under section 2 is for a child under 16"
SECTION_49 = "a notice under section 49 is for a child in care"
INTERIM = "an interim care order may not carry a notice"
HELP = "young people are offered help before disruption"
PEER = "peer on peer means no adult"
ADULT = "where an adult is involved an adult is listed"
NFA = "no further action by the police needs a plan"
UNPLANNED = "a case without a plan is heard"
CONSENT = "sharing without consent says why"
FROM_16 = "from 16 it is domestic abuse"
UNDER_16 = "under 16 it is teenage relationship abuse"
OWNER = "an open case has an owner"
SOURCE = "a category has a known source"
BOTH = "someone harmed may also harm"

CARE = {"social_care_status": "looked_after", "legal_status": "C2", "placement_type": "U4"}
PLAN = {
    "nfa": True,
    "nfa_date": date(2026, 3, 2),
    "nfa_reason": "no_suspect",
    "nfa_plan": "Mentor twice a week.",
    "nfa_plan_owner": "Petra Vance",
}


def notice(measure: str, served: date | None = None) -> dict[str, object]:
    return rows("disruption", {"measure": measure, "served_date": served})


def known_to(**columns: object) -> dict[str, object]:
    return rows("linked_people", linked(**columns))


BROKEN = [
    Situation(NEEDS, "the legal status is blank", {**CARE, "legal_status": None}, "legal_status"),
    Situation(NEEDS, "the placement is blank", {**CARE, "placement_type": None}, "placement_type"),
    Situation(ONLY, "a legal status without care", {"legal_status": "C2"}, "legal_status"),
    Situation(ONLY, "a placement without care", {"placement_type": "K2"}, "placement_type"),
    Situation(PARENTS, "V2 and P1", {**CARE, "legal_status": "V2", "placement_type": "P1"}, "legal_status"),
    Situation(LEAVER, "15 and said to be one", {"care_leaver": True}, "care_leaver"),
    Situation(LEAVER, "15 and one by status", {"social_care_status": "care_leaver"}, "social_care_status"),
    Situation(OUTSIDE, "the area is Hackney", {"placed_out_of_borough": True, "host_authority": "204"}, "host_authority"),
    Situation(
        OUTSIDE,
        "the area is this borough, which is not Hackney",
        {"placed_out_of_borough": True, "host_authority": "304"},
        "host_authority",
        {"panel": {"la_code": "304", "borough": "Brent"}},
    ),
    Situation(SECTION_2, "16", {**aged(16), **notice("cawn_s2")}, "disruption[1].measure"),
    Situation(
        SECTION_2, "served after the sixteenth birthday", {**aged(17), **notice("cawn_s2", date(2026, 3, 2))}, "disruption[1].measure"
    ),
    Situation(SECTION_49, "no care order", notice("cawn_s49"), "disruption[1].measure"),
    Situation(SECTION_49, "accommodated under section 20", {**CARE, "legal_status": "V2", **notice("cawn_s49")}, "disruption[1].measure"),
    Situation(SECTION_49, "18 under a care order once", {**CARE, **aged(18), **notice("cawn_s49")}, "disruption[1].measure"),
    Situation(INTERIM, "C1", {**CARE, "legal_status": "C1", **notice("cawn_s49")}, "disruption[1].measure"),
    Situation(HELP, "aimed at a young person", {**notice("sro"), "disruption[1].target_under_18": "yes"}, "disruption[1].target_under_18"),
    Situation(PEER, "an adult is suspected", {"peer_on_peer": "yes", **known_to(role="suspected_exploiter_adult")}, "peer_on_peer"),
    Situation(
        PEER, "one who helps is not under 18", {"peer_on_peer": "yes", **known_to(role="facilitator", under_18="no")}, "peer_on_peer"
    ),
    Situation(
        PEER,
        "one who helps was born in 1990",
        {"peer_on_peer": "yes", **known_to(role="facilitator", dob=date(1990, 2, 3))},
        "peer_on_peer",
    ),
    Situation(
        ADULT,
        "only young people are listed",
        {"peer_on_peer": "no", **known_to(role="young_person_suspected", under_18="yes")},
        "peer_on_peer",
    ),
    Situation(ADULT, "nobody is listed", {"peer_on_peer": "no"}, "peer_on_peer"),
    Situation(NFA, "no date", {**PLAN, "nfa_date": None}, "nfa_date"),
    Situation(NFA, "no reason", {**PLAN, "nfa_reason": None}, "nfa_reason"),
    Situation(NFA, "the plan is blank", {**PLAN, "nfa_plan": None}, "nfa_plan"),
    Situation(UNPLANNED, "the plan is none", {**PLAN, "nfa_plan": "none", "nfa_plan_owner": None}, "nfa_plan_owner"),
    Situation(UNPLANNED, "the plan is none and so is its owner", {**PLAN, "nfa_plan": "none", "nfa_plan_owner": "none"}, "nfa_plan"),
    Situation(NFA, "nobody owns the plan", {**PLAN, "nfa_plan_owner": None}, "nfa_plan_owner"),
    Situation(CONSENT, "the young person refused", {"child_consent": "no"}, "lawful_basis_note"),
    Situation(CONSENT, "nobody knows whether the parents agreed", {"parent_consent": "not_known"}, "lawful_basis_note"),
    Situation(SOURCE, "the meeting is not known", {"category_source": "not_known"}, "category_source"),
    Situation(SOURCE, "the date is not known", {"category_date": "not_known"}, "category_date"),
    Situation(CONSENT, "the parents were not asked", {"parent_consent": "not_sought", "lawful_basis_note": "none"}, "lawful_basis_note"),
    Situation(
        FROM_16, "16 with teenage relationship abuse", aged(16, concern_types=["cse", "teenage_relationship_abuse"]), "concern_types"
    ),
    Situation(UNDER_16, "15 with domestic abuse", {"concern_types": ["cse", "domestic_abuse"]}, "concern_types"),
    Situation(OWNER, "the worker is not known", {"allocated_worker": "not_known"}, "allocated_worker"),
    Situation(BOTH, "both is ticked", {"subject_role": ["both"]}, "subject_role"),
    Situation(BOTH, "the two are ticked", {"subject_role": ["at_risk_or_experiencing", "harming_or_suspected"]}, "subject_role"),
]

KEPT = [
    Situation(NEEDS, "both are given", CARE),
    Situation(NEEDS, "not looked after", {}),
    Situation(NEEDS, "the form asks neither", {"social_care_status": "looked_after"}, without=("legal_status", "placement_type")),
    Situation(ONLY, "looked after", CARE),
    Situation(ONLY, "not applicable is said", {"legal_status": "not_applicable"}),
    Situation(ONLY, "the form does not ask whether", {"legal_status": "C2"}, without=("social_care_status",)),
    Situation(PARENTS, "C2 and P1", {**CARE, "placement_type": "P1"}),
    Situation(LEAVER, "16", aged(16, care_leaver=True)),
    Situation(OUTSIDE, "the area is Brent", {"placed_out_of_borough": True, "host_authority": "304"}),
    Situation(OUTSIDE, "not placed outside", {"placed_out_of_borough": False, "host_authority": "204"}),
    Situation(SECTION_2, "15", notice("cawn_s2")),
    Situation(SECTION_2, "16 now, and 15 when it was served", {**aged(16), **notice("cawn_s2", date(2026, 4, 15))}),
    Situation(SECTION_49, "a full care order", {**CARE, **notice("cawn_s49")}),
    Situation(SECTION_49, "the form does not ask for the legal status", notice("cawn_s49"), without=("legal_status",)),
    Situation(INTERIM, "C2", {**CARE, **notice("cawn_s49")}),
    Situation(HELP, "aimed at an adult", {**notice("sro"), "disruption[1].target_under_18": "no"}),
    Situation(PEER, "only young people are listed", {"peer_on_peer": "yes", **known_to(role="young_person_suspected", under_18="yes")}),
    Situation(PEER, "an adult of the family is listed", {"peer_on_peer": "yes", **known_to(role="family", under_18="no")}),
    Situation(
        PEER,
        "the form says why",
        {"peer_on_peer": "yes", "peer_on_peer_reason": "He is 18 today.", **known_to(role="suspected_exploiter_adult")},
    ),
    Situation(ADULT, "an adult is listed", {"peer_on_peer": "no", **known_to(role="suspected_exploiter_adult")}),
    Situation(ADULT, "the form does not ask who", {"peer_on_peer": "no"}, without=("linked_people",)),
    Situation(NFA, "all is there", PLAN),
    Situation(NFA, "there was action", {"nfa": False}),
    Situation(NFA, "the form says that there is no plan", {**PLAN, "nfa_plan": "none", "nfa_plan_owner": None}),
    Situation(UNPLANNED, "there is a plan", PLAN),
    Situation(NFA, "the date could not be read, which is said elsewhere", {**PLAN, "nfa_date": odd("TY1")}),
    Situation(CONSENT, "there are no parents to ask", {"parent_consent": "not_applicable"}),
    Situation(SOURCE, "no category is given", {"cse_category": "not_assessed", "category_source": "not_known"}),
    Situation(CONSENT, "the ground is given", {"child_consent": "no", "lawful_basis_note": "Risk of serious harm."}),
    Situation(CONSENT, "both agreed", {}),
    Situation(FROM_16, "15", {"concern_types": ["cse", "teenage_relationship_abuse"]}),
    Situation(UNDER_16, "16", aged(16, concern_types=["cse", "domestic_abuse"])),
    Situation(OWNER, "the worker is named", {}),
    Situation(OWNER, "the case is not open", {"social_care_status": "not_open", "allocated_worker": "not_applicable"}),
    Situation(OWNER, "the worker is blank, which is said elsewhere", {"allocated_worker": None}),
    Situation(BOTH, "one is ticked", {}),
]


@pytest.mark.parametrize("situation", BROKEN, ids=str)
def test_is_broken_when(situation: Situation) -> None:
    is_broken(situation)


@pytest.mark.parametrize("situation", KEPT, ids=str)
def test_is_kept_when(situation: Situation) -> None:
    is_kept(situation)
