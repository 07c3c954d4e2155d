"""Every code list is complete, its words mean one thing each, and lay words are understood."""

from __future__ import annotations

import tomllib
from itertools import pairwise

import pytest

from mase_docs import resources
from mase_docs.definition.codes import plain
from mase_docs.definition.home import Home

LISTS = sorted(path.stem for path in (resources.folder("forms") / "codes").glob("*.toml"))

CODES = {  # domain section 4, exactly
    "cse_category": "1 2 3 none not_assessed",
    "hsb_level": "1 2 3 4 5",
    "exploitation_model": "inappropriate_relationship boyfriend_girlfriend peer gang group organised_network online party opportunistic "
    "familial lone_offender trafficking other unknown",
    "safeguard": "S A F E G U A2 R D",
    "social_care_status": "not_open early_help assessment cin_plan cp_plan looked_after care_leaver private_fostering adult_services "
    "not_known",
    "legal_status": "C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3",
    "placement": "A3 A4 A5 A6 H5 K1 K2 P1 P2 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6 Z1",
    "placement_provider": "PR0 PR1 PR2 PR3 PR4 PR5",
    "disruption": "cawn_s2 cawn_s49 letter_of_concern sro shpo stro stpo cbo civil_injunction cpn dvpn_dvpo non_molestation fmpo "
    "closure_premises hotel_info_notice licensing_action hotspot_patrol location_plan bail_conditions arrest charge prosecution "
    "recovery_order epo police_protection secure_s25 nrm",
    "intervention": "hsb_direct_work aim_assessment safety_plan_school safety_plan_home peer_group_work school_whole_approach "
    "location_work detached_youth_work mentoring family_work camhs substance_service early_help yjs_triage community_resolution "
    "youth_caution youth_conditional_caution restorative_approach education_move_managed specialist_cse_support none_offered declined",
    "sex": "F M U",
    "gender": "01 02 09 00",
    "ethnicity": "WBRI WIRI WIRT WROM WOTH MWBC MWBA MWAS MOTH AIND APKN ABAN CHNE AOTH BCRB BAFR BOTH OOTH REFU NOBT",
    "disability": "NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA",
    "sen_need": "SPLD MLD SLD PMLD SEMH SLCN HI VI MSI PD ASD OTH",
    "upn_unknown": "UN1 UN2 UN3 UN4 UN5",
    "assessment_factor": "10A 11A 12A 13A 15A 18B 18C 19B 19C 24A",
    "marking": "OFFICIAL OFFICIAL-SENSITIVE",
    "case_outcome": "risk_reduced_step_down moved_out_transferred turned_18_closed turned_18_adult_pathway turned_25 "
    "not_cse_reassessed offender_removed custody_secure disengaged_professional_concern_remains died duplicate other",
    "decision_case": "accept_monitor accept_actions request_category_review_by_map request_strategy_discussion "
    "step_down_to_lead_agency refer_to_panel transfer_to_authority nfa_with_plan close_risk_reduced close_moved "
    "close_turned_18_or_25 close_not_cse defer_to_next not_eligible",
    "decision_theme": "adopt_location_plan school_support_offer peer_group_intervention disruption_plan share_with_neighbour_borough "
    "escalate_to_board monitor",
    "action_status": "open in_progress done not_possible_changed_circumstances not_done_by_agency superseded transferred",
    "concern_type": "cse hsb missing gangs_syv teenage_relationship_abuse domestic_abuse sexual_bullying trafficking cce",
    "subject_role": "at_risk_or_experiencing harming_or_suspected both associate",
    "case_status": "new review re_referral transfer_in info_only",
    "received_channel": "xlsx xlsm pdf_fillable pdf_flat docx email_body msg_attachment paper phone",
    "triage_decision": "list_new list_review return_to_referrer consult_only redirect_mash redirect_panel not_eligible",
    "risk_rating": "none low medium high not_known",
}
COUNTS = {"la": 33, "ethnicity_2021": 19 + 2, "basis_of_concern": 11, "education_status": 11, "police_outcome": 11, "referral_source": 22}


@pytest.mark.parametrize("name", CODES)
def test_a_list_has_the_codes_that_its_source_gives(name: str, home: Home) -> None:
    assert list(home.codes(name).by_code) == CODES[name].split()


@pytest.mark.parametrize("name", COUNTS)
def test_a_list_is_as_long_as_its_source(name: str, home: Home) -> None:
    assert len(home.codes(name).code) == COUNTS[name]


@pytest.mark.parametrize("name", LISTS)
def test_every_word_of_a_list_means_one_code(name: str, home: Home) -> None:
    for code in home.codes(name).code:
        for word in (code.code, code.label, *code.aliases):
            assert plain(word), f"{code.code}: {word}"
            assert home.codes(name).match(word) == code.code, f"{code.code}: {word}"


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_at_most_one_word_for_not_known(name: str, home: Home) -> None:
    assert sum(code.unknown for code in home.codes(name).code) <= 1


@pytest.mark.parametrize("name", LISTS)
def test_a_list_writes_only_what_a_list_has(name: str) -> None:
    table = tomllib.loads((resources.folder("forms") / "codes" / f"{name}.toml").read_text(encoding="utf-8"))
    assert {group for code in table["code"] if (group := code.get("group"))} == set(table.get("groups", {}))


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("ethnicity", "White and Black Caribbean", "MWBC"),
        ("ethnicity", "any other ethnic group", "OOTH"),
        ("ethnicity", "W1", "WBRI"),
        ("ethnicity", "white british", "WBRI"),
        ("ethnicity", "Arab", "OOTH"),
        ("ethnicity", "Any other White background", "WOTH"),
        ("ethnicity", "n/k", "NOBT"),
        ("ethnicity", "Prefer not to say", "REFU"),
        ("legal_status", "S20", "V2"),
        ("legal_status", "s.31", "C2"),
        ("legal_status", "s31 (full care order)", "C2"),
        ("legal_status", "LAC S31", "C2"),
        ("legal_status", "S38", "C1"),
        ("social_care_status", "CIN", "cin_plan"),
        ("social_care_status", "CP", "cp_plan"),
        ("social_care_status", "LAC", "looked_after"),
        ("risk_rating", "N", "none"),
        ("risk_rating", "L", "low"),
        ("risk_rating", "M", "medium"),
        ("risk_rating", "H", "high"),
        ("risk_rating", "n/k", "not_known"),
        ("yes_no_not_known", "Y", "yes"),
        ("yes_no_not_known", "don't know", "not_known"),
        ("cse_category", "Cat 2", "2"),
        ("hsb_level", "problematic", "3"),
        ("la", "LB Hackney", "204"),
        ("la", "E09000012", "204"),
        ("la", "London Borough of Richmond upon Thames", "318"),
        ("agency", "YOT", "youth_offending_team"),
        ("agency", "Homerton Hospital A&E", "homerton_ae"),
        ("education_status", "PRU", "pru_ap"),
        ("education_status", "CME", "missing_education"),
        ("marking", "RESTRICTED when complete", "OFFICIAL-SENSITIVE"),
        ("panel", "YOS Risk and Vulnerability Panel", "yos_risk_panel"),
    ],
)
def test_lay_words_are_understood(name: str, typed: str, code: str, home: Home) -> None:
    assert home.codes(name).match(typed) == code


def test_a_bare_level_is_not_taken_for_a_category(home: Home) -> None:
    """Low, medium and high are another scheme's categories (rule CA9): only a profile that maps them says what they mean here."""
    for word in ("low", "medium", "medium risk", "high", "B", "L"):
        assert home.codes("cse_category").match(word) is None


def test_no_information_is_not_taken_for_a_refusal_to_say(home: Home) -> None:
    assert [c.code for c in home.codes("ethnicity").code if c.unknown] == ["NOBT"]


def test_ethnicity_falls_into_the_five_broad_groups_and_not_known(home: Home) -> None:
    codes = home.codes("ethnicity")
    assert set(codes.groups) == {"asian", "black", "mixed", "white", "other", "unknown"}
    assert [sum(c.group == g for c in codes.code) for g in ("white", "mixed", "asian", "black", "other", "unknown")] == [5, 4, 5, 3, 1, 2]


def test_every_london_authority_has_its_statistical_code(home: Home) -> None:
    found = sorted(alias for code in home.codes("la").code for alias in code.aliases if alias.startswith("E0"))
    assert found == [f"E090000{number:02}" for number in range(1, 34)]


def test_age_bands_are_whole_and_do_not_overlap(home: Home) -> None:
    bands = [tuple(map(int, c.hint.split("-"))) for c in home.codes("age_band").code if not c.unknown]
    assert bands[0][0] == 0
    assert all(one[1] + 1 == other[0] for one, other in pairwise(bands))


def test_a_misspelt_choice_finds_its_nearest(home: Home) -> None:
    assert home.codes("placement").nearest("childrens hme") == "Children's home"
