"""The shipped forms ask everything that the panel's work needs, in words that can be told apart, and only of those who know."""

from __future__ import annotations

import pytest

from mase_docs.definition.form import MEDIA, Field, Form
from mase_docs.definition.home import Home
from mase_docs.validation.check import codes

GROUPS = {  # the fourteen groups of the referral form, in order, and what each must ask (domain section 2)
    "control": "form_version protective_marking referral_ref date_received received_by received_channel source_file_name source_sha256 "
    "case_status repeat_case",
    "why": "referral_date concern_types subject_role reason_for_referral basis_of_concern why_now barriers immediate_danger_confirmed",
    "referrer": "referrer_name referrer_role referrer_agency referrer_team referrer_email referrer_phone line_manager "
    "manager_agreed_date presenter_name",
    "child": "family_name given_names known_as dob dob_status age_at_referral age_at_meeting sex gender ethnicity nationality "
    "immigration_status first_language interpreter_needed interpreter_language religion sexual_orientation disabilities "
    "learning_difficulty sen_status sen_primary_need nhs_number upn social_care_id police_ref yjs_ref child_phones "
    "social_media_handles physical_description",
    "home": "home_address home_postcode current_address current_postcode address_sensitive do_not_disclose placement_type "
    "placement_provider placement_contact placed_out_of_borough host_authority host_authority_notified_date host_liaison_contact "
    "host_liaison_summary placed_in_by_other_la responsible_authority living_situation accommodation_concerns",
    "family": "parents_carers household_children significant_adults siblings_at_risk_considered",
    "services": "school_name school_urn year_group education_status previous_schools gp_practice health_worker sexual_health_known "
    "camhs_known substance_service_known agencies_involved",
    "social_care": "social_care_status legal_status cp_category allocated_worker allocated_team iro_or_cp_chair care_leaver "
    "young_hackney_service known_to_yot yot_worker",
    "missing": "missing_episodes missing_count_period",
    "risk": "cse_category category_source category_date category_chair previous_category hsb_level safeguard vulnerabilities "
    "exploitation_models primary_model peer_on_peer online_element platforms gang_association trafficking_indicators "
    "nrm_referred_date nrm_outcome professional_judgement strengths_protective_factors",
    "contexts": "locations peer_groups linked_people vehicles phone_numbers usernames information_source confidence cross_border",
    "police": "police_flag crime_recorded crime_refs investigation_status police_outcome police_outcome_date nfa nfa_date nfa_reason "
    "nfa_plan nfa_plan_owner disruption",
    "plan": "current_interventions proposed_interventions other_panels child_aware child_views child_consent parent_aware "
    "parent_consent lawful_basis_note safe_contact_notes documents_attached declaration_name declaration_date",
    "coordinator": "eligible eligibility_basis validation_report duplicate_of linked_referrals triage_decision triage_date "
    "meeting_date agenda_section agenda_order slot_minutes case_label restricted_to_agencies",
}
COLUMNS = {
    "parents_carers": "name relationship dob address phone parental_responsibility protective",
    "household_children": "name dob social_care_id relationship",
    "significant_adults": "name dob relationship",
    "agencies_involved": "agency worker contact role since doing",
    "missing_episodes": "start end type rhi_offered rhi_accepted rhi_date found_where found_with",
    "safeguard": "rating evidence source",
    "locations": "name type address times what_happens first_seen last_seen source",
    "peer_groups": "name members nature source confidence",
    "linked_people": "name dob age role relationship under_18 same_school source confidence",
    "disruption": "measure target requested_date decision served_date expiry_date breached",
    "other_panels": "panel last_heard outcome",
}
NEVER_SENT_OUT = {"form_version", "source_sha256", "age_at_referral", "previous_category", "missing_count_period", "validation_report"}
SHIPPED = ["referral", "context_referral", "action_return", "intelligence_return"]


@pytest.fixture(scope="module")
def referral(home: Home) -> Form:
    return home.form("referral")


def every_field(form: Form) -> list[Field]:
    return [field for question in form.fields.values() for field in (question, *question.column)]


def test_the_referral_form_has_its_fourteen_groups_in_order(referral: Form) -> None:
    assert [section.name for section in referral.section] == list(GROUPS)


@pytest.mark.parametrize("group", GROUPS)
def test_every_question_of_a_group_is_asked_there(group: str, referral: Form) -> None:
    section = next(section for section in referral.section if section.name == group)
    assert set(GROUPS[group].split()) <= {field.name for field in section.field}


@pytest.mark.parametrize("repeat", COLUMNS)
def test_every_repeating_group_has_its_columns(repeat: str, referral: Form) -> None:
    assert set(COLUMNS[repeat].split()) <= {column.name for column in referral.fields[repeat].column}


def test_the_warning_signs_are_the_nine_of_safeguard(referral: Form, home: Home) -> None:
    assert [row for row, _ in home.rows(referral.fields["safeguard"], "pdf")] == ["S", "A", "F", "E", "G", "U", "A2", "R", "D"]


@pytest.mark.parametrize("id", SHIPPED)
def test_no_two_questions_of_a_form_have_the_same_label(id: str, home: Home) -> None:
    form = home.form(id)
    for labels in ([f.label for f in form.fields.values()], *([c.label for c in f.column] for f in form.fields.values())):
        assert len(labels) == len(set(labels))


@pytest.mark.parametrize("id", SHIPPED)
def test_labels_are_short_and_begin_with_a_capital(id: str, home: Home) -> None:
    for field in every_field(home.form(id)):
        assert len(field.label) <= 60, field.name
        assert field.label[0].isupper(), field.name


@pytest.mark.parametrize("id", SHIPPED)
def test_a_question_about_a_date_says_how_to_write_it(id: str, home: Home) -> None:
    asked = [f for f in every_field(home.form(id)) if f.asked and f.type in ("date", "datetime")]
    assert [f.name for f in asked if "dd/mm/yyyy" not in f.hint] == []


@pytest.mark.parametrize("id", SHIPPED)
def test_every_box_that_is_typed_in_says_how_much_it_holds(id: str, home: Home) -> None:
    typed = {"text", "name", "long_text", "text_list", "email", "phone", "postcode", "nhs_number", "upn"}
    assert [f.name for f in every_field(home.form(id)) if f.asked and f.type in typed and not f.max_length] == []


@pytest.mark.parametrize("id", SHIPPED)
def test_a_box_on_paper_is_no_larger_than_the_one_on_screen(id: str, home: Home) -> None:
    assert [f.name for f in every_field(home.form(id)) if (f.pdf_max_length or 0) > (f.max_length or 0)] == []


@pytest.mark.parametrize("id", SHIPPED)
def test_no_two_places_of_a_blank_have_the_same_name(id: str, home: Home) -> None:
    for medium in MEDIA:
        names = [slot.name for slot in home.slots(home.form(id), medium)]
        assert len(names) == len(set(names)), medium


@pytest.mark.parametrize("id", SHIPPED)
def test_what_the_coordinator_and_the_tool_fill_in_is_on_no_blank(id: str, home: Home) -> None:
    form = home.form(id)
    on_blanks = {slot.path for medium in MEDIA for slot in home.slots(form, medium)}
    assert not on_blanks & (NEVER_SENT_OUT | {f.name for section in form.section if section.name == "coordinator" for f in section.field})


def test_the_pdf_asks_every_question_whose_blank_would_be_an_error(referral: Form) -> None:
    """Only what nobody outside knows may be required and not on paper."""
    assert [f.name for f in referral.fields.values() if f.asked and f.required and "pdf" not in f.media] == []


def test_what_a_case_cannot_do_without_must_be_known(referral: Form) -> None:
    must_be_known = {f.name for f in referral.fields.values() if f.required and not f.unknown}
    assert {"family_name", "given_names", "dob", "referral_date", "concern_types", "referrer_name"} <= must_be_known
    assert not {"ethnicity", "home_address", "crime_recorded", "child_views"} & must_be_known


@pytest.mark.parametrize("id", SHIPPED)
def test_a_form_names_only_rules_that_there_are(id: str, home: Home) -> None:
    assert set(home.form(id).checks) <= codes()


@pytest.mark.parametrize("id", SHIPPED)
def test_every_code_list_that_a_form_uses_is_there(id: str, home: Home) -> None:
    for field in every_field(home.form(id)):
        for name in filter(None, (field.choices, field.keys)):
            assert home.codes(name).code


def test_every_version_has_its_own_stamp(home: Home) -> None:
    assert sorted(form.stamp for form in home.forms) == ["MASE-ACT 1", "MASE-CTX 1", "MASE-INT 1", "MASE-REF 1"]


def test_the_forms_speak_of_the_borough_as_its_profile_does(home: Home) -> None:
    form = home.form("referral")
    assert form.title == "Referral to MASE"
    assert form.fields["placed_out_of_borough"].label == "Placed outside Hackney?"
    assert "Young Hackney" in form.fields["young_hackney_service"].label
    assert home.profile.panel.coordinator_email in form.intro


def test_no_form_asks_for_intimate_detail(home: Home) -> None:
    said = " ".join(text for form in home.forms for field in every_field(form) for text in (field.label, field.hint)).casefold()
    for word in ("intercourse", "explicit", "intimate act", "penetrat", "touching", "naked", "indecent"):
        assert word not in said
