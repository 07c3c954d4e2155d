"""What stands in the agenda and the minutes, and under which item."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mase_docs.definition.home import Home
from mase_docs.documents import meeting_paper
from mase_docs.documents.catalogue import names
from mase_docs.model.submission import Submission
from tests.documents.forms import UNCLEAN, form, month, place, referral

HOME, MEETING, TODAY = Home(), date(2026, 5, 6), date(2026, 4, 27)
OF_THE_TERMS = ["New Cases", "Review Cases", "Children placed out of borough", "Cross border issues", "Trends/Problem locations"]

THIN = """
id = "thin"
version = 1
title = "Thin"
based_on = "referral_v1"
[recognise]
excel_text = ["Thin"]
[[section]]
name = "all"
label = "All"
"""


def papers(*forms: Submission, **more: Any) -> dict[str, Any]:
    return meeting_paper.context("agenda", forms, HOME, on=MEETING, today=TODAY, **more)


def item(context: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(item for item in context["items"] if item["kind"] == kind)


def only(form: Submission) -> dict[str, Any]:
    case: dict[str, Any] = papers(form)["index"][0]
    return case


def test_the_five_heads_of_the_terms_of_reference_stand_under_exactly_their_names_in_both_layouts() -> None:
    for layout in ("case-first", "theme-first"):
        for paper in ("agenda", "minutes"):
            titles = [i["title"] for i in meeting_paper.context(paper, [], HOME, on=None, today=TODAY, layout=layout)["items"]]
            assert [t for t in titles if t in OF_THE_TERMS] == (
                OF_THE_TERMS if layout == "case-first" else [*OF_THE_TERMS[4:], *OF_THE_TERMS[:4]]
            )
            assert len(titles) == 14


def test_every_item_of_an_empty_month_says_so() -> None:
    context = papers()
    assert item(context, "new_cases")["empty"] == "No new cases this month."
    assert item(context, "review_cases")["empty"] == "No review cases this month."
    assert all(
        item(context, kind)["empty"] for kind in ("out_of_borough", "cross_border", "trends", "nfa", "harming", "disruption", "panels")
    )
    assert context["received"] == "No forms received: none is in these papers, none is left out."


def test_the_order_in_which_forms_come_never_changes_the_papers() -> None:
    forms = [*month(), place()]
    shuffled = forms.copy()
    random.Random(4).shuffle(shuffled)
    assert papers(*shuffled) == papers(*forms)


def test_cases_stand_by_date_of_referral_then_family_name() -> None:
    late, early = referral(given_names="A", family_name="Z", referral_date=date(2026, 4, 9)), referral(family_name="B", given_names="B")
    first = referral(family_name="A", given_names="C")
    assert [case["name"] for case in papers(late, early, first)["index"]] == ["C A", "B B", "A Z"]


def test_cases_are_numbered_as_they_are_heard() -> None:
    index = papers(*month(12))["index"]
    assert [case["ref"] for case in index] == [f"Case {n:02}" for n in range(1, 13)]
    assert [case["status"] for case in index] == ["New case"] * 8 + ["Review case"] * 4


@pytest.mark.parametrize(
    ("status", "kind"),
    [(None, "new_cases"), ("new", "new_cases"), ("re_referral", "new_cases"), ("transfer_in", "new_cases"), ("review", "review_cases")],
)
def test_new_and_review_cases_are_told_apart_by_their_status(status: str | None, kind: str) -> None:
    assert len(item(papers(referral(case_status=status)), kind)["cases"]) == 1


@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        ("out_of_borough", {"placed_out_of_borough": True}),
        ("cross_border", {"cross_border": ["316"]}),
        ("cross_border", {"placed_in_by_other_la": True, "responsible_authority": "308"}),
        ("nfa", {"nfa": True}),
        ("harming", {"subject_role": ["harming_or_suspected"]}),
        ("harming", {"subject_role": ["both"]}),
        ("disruption", {"disruption": [{"measure": "hotspot_patrol"}]}),
        ("panels", {"other_panels": [{"panel": "marac"}]}),
    ],
)
def test_an_item_holds_the_cases_that_belong_to_it_and_no_others(kind: str, answers: dict[str, Any]) -> None:
    assert [row["label"][:7] for row in item(papers(referral(0), referral(1, **answers)), kind)["rows"]] == ["Case 02"]


@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        ("nfa", {"nfa": True, "nfa_plan": "Work with the family", "nfa_plan_owner": "A Person"}),
        ("nfa", {"nfa": False}),
        ("panels", {"other_panels": [{"panel": "none"}]}),
        ("cross_border", {"cross_border": "not_known"}),
        ("out_of_borough", {"placed_out_of_borough": "not_known"}),
    ],
)
def test_an_item_leaves_out_what_only_looks_like_it(kind: str, answers: dict[str, Any]) -> None:
    assert item(papers(referral(**answers)), kind)["rows"] == []


def test_an_nfa_with_no_plan_but_an_explicit_none_is_without_a_plan() -> None:
    assert len(item(papers(referral(nfa=True, nfa_plan="none")), "nfa")["rows"]) == 1


def test_a_place_of_two_cases_is_a_theme_however_it_is_spelt() -> None:
    forms = [
        referral(1, school_name="A", locations=[{"name": "McDonald's, High St.", "what_happens": "Older men wait"}]),
        referral(2, school_name="B", locations=[{"name": "Mc Donalds high st"}]),
        referral(3, school_name="C", locations=[{"name": "Somewhere else"}]),
    ]
    [theme] = item(papers(*forms), "trends")["rows"]
    assert (theme["kind"], theme["name"]) == ("Place", "McDonald's, High St.")
    assert theme["linked"].startswith("2 cases: Case 01")
    assert theme["evidence"] == "Case 01: Older men wait"


def test_a_place_referred_in_its_own_right_is_a_theme_and_takes_in_the_cases_that_name_it() -> None:
    [theme, *_] = item(papers(referral(0), referral(2), place()), "trends")["rows"]
    assert theme["kind"] == "Place, referred in its own right"
    assert theme["linked"].startswith("2 cases")
    assert theme["asked"] == "Lighting and visits by youth workers."
    assert item(papers(place()), "trends")["rows"][0]["linked"] == "No case names it"


def test_what_is_not_known_links_nobody() -> None:
    alike: dict[str, Any] = {"school_name": "not_known", "locations": [{"name": "not_known"}], "linked_people": [{"name": "not_known"}]}
    context = papers(referral(1, **alike), referral(2, **alike))
    assert {case["linked_cases"] for case in context["index"]} == {"None found"}
    assert item(context, "trends")["rows"] == []


def test_cases_that_share_a_person_are_linked_also_when_one_is_the_other_ones_subject() -> None:
    first = referral(1, linked_people=[{"name": "Kit Moss"}])
    second = referral(2, given_names="Kit", family_name="Moss", locations=[{"name": "A"}])
    assert [case["linked_cases"] for case in papers(first, second)["index"]] == [
        "Same name, Kit Moss: Case 02",
        "Same name, Kit Moss: Case 01",
    ]


def test_children_of_one_name_are_one_person_only_if_born_on_the_same_day() -> None:
    def named_kit(n: int, **more: Any) -> Submission:
        return referral(n, given_names="Kit", family_name="Moss", school_name=f"S{n}", locations=[{"name": f"P{n}"}], **more)

    day, other = date(2011, 3, 3), date(2009, 8, 8)
    two_people = papers(named_kit(1, dob=day), named_kit(2, dob=other, case_status=None))
    assert [case["linked_cases"] for case in two_people["index"]] == ["None found", "None found"]
    one, friend = named_kit(1, dob=day), referral(3, linked_people=[{"name": "kit moss", "dob": day}], school_name="S3")
    assert papers(one, friend)["index"][0]["linked_cases"] == "Same person, Kit Moss: Case 02"
    assert papers(one, named_kit(4, dob="not_known"))["index"][0]["linked_cases"] == "Same name, Kit Moss: Case 02"


def test_the_label_is_the_reference_the_initials_and_age_with_sex() -> None:
    assert only(referral(given_names="Zoë Mary", family_name="Łukasz", dob=date(2010, 5, 6), sex="F"))["label"] == "Case 01 / ZŁ / 16F"
    assert only(referral(referral_ref="MASE-2026-0123", dob=date(2010, 5, 7), sex="M"))["label"] == "MASE-2026-0123 / ZŁ / 15M"
    assert only(referral(dob="not_known", sex="not_known", family_name="not_known"))["label"] == "Case 01 / Z / ?"


def test_labels_of_many_cases_are_of_one_length() -> None:
    assert papers(*month(120))["index"][0]["ref"] == "Case 001"


def test_two_forms_with_one_reference_stay_two_cases() -> None:
    forms = [referral(1, referral_ref="MASE-1"), referral(2, referral_ref="MASE-1", case_status=None)]
    assert [case["name"] for case in papers(*forms)["index"]] == ["Amina Okoro", "Jordan O'Shea"]


def test_a_long_agenda_is_warned_about() -> None:
    assert papers(referral(1, slot_minutes=120))["time_warning"] == ""
    assert papers(referral(1, slot_minutes=121))["time_warning"].startswith("The agenda needs 151 minutes and the meeting has 150.")


def test_the_time_stands_by_the_four_heads_of_the_seminar_and_adds_up() -> None:
    cases, themes = month(11), [place()]
    context = papers(*cases, *themes)
    times = {line["what"]: int(line["minutes"]) for line in context["times"]}
    *heads, together, length = times.values()
    assert times["Individual safeguarding"] == 11 * 12
    assert times["Trends, peers and places"] == 5 * len(item(context, "trends")["rows"]) > 0
    assert (times["Disruption"], times["Information sharing outside the meeting"], times["Opening and actions"]) == (5, 10, 15)
    assert (sum(heads), length) == (together, 150)


def test_each_item_says_its_minutes_and_one_without_time_of_its_own_says_nothing() -> None:
    context = papers(referral(0), referral(2, slot_minutes=20))
    said = {i["kind"]: i["minutes"] for i in context["items"]}
    assert (said["new_cases"], said["review_cases"], said["actions"], said["nfa"]) == ("12 minutes", "20 minutes", "10 minutes", "")


def test_a_form_put_in_with_errors_is_marked_in_its_heading() -> None:
    assert only(referral(problems=(UNCLEAN,)))["heading"].endswith("NOT CLEAN: 1 question open")
    assert item(papers(place(problems=(UNCLEAN,))), "trends")["rows"][0]["name"] == "canal steps · NOT CLEAN: 1 question open"


def test_a_form_put_in_with_errors_is_marked_in_the_index_and_says_what_is_open() -> None:
    case = only(referral(problems=(UNCLEAN,)))
    assert case["status"] == "New case · NOT CLEAN"
    assert case["open_questions"] == f"EL2: {UNCLEAN.message}"
    assert only(referral())["open_questions"] == ""


def test_a_form_left_out_is_listed_by_its_file_and_its_reasons() -> None:
    form = referral(problems=(UNCLEAN,))
    context = papers(left_out=[form])
    assert context["received"] == "1 form received: none is in these papers, 1 is left out (see the last page)."
    [listed] = context["left_out"]
    assert listed["which"] == f"{form.source.name} (SHA-256 {form.source.sha256[:8]}…)"
    assert [reason["code"] for reason in listed["reasons"]] == ["EL2"]


def test_what_must_not_be_disclosed_is_said_to_the_chair() -> None:
    case = only(referral(do_not_disclose=True, do_not_disclose_reason="Not to the father", address_sensitive=True))
    assert case["handling"] == "Do not disclose: Not to the father; The address must not appear in any circulated copy"
    assert only(referral())["handling"] is None
    assert only(referral(do_not_disclose=True, do_not_disclose_reason="none", safe_contact_notes="not_known"))["handling"] == (
        "Do not disclose: see the referral form"
    )


def test_a_school_that_must_not_be_disclosed_says_so_wherever_it_stands() -> None:
    forms = [referral(0, school_name="A"), referral(3, school_name="A", do_not_disclose=True)]
    context = papers(*forms)
    assert item(context, "harming")["rows"][0]["school"].endswith("; not to be disclosed")
    assert [theme["evidence"] for theme in item(context, "trends")["rows"] if theme["name"] == "A"] == [
        "Case 02: that this young person goes there must not be disclosed"
    ]


def test_the_pupil_number_is_in_no_document() -> None:
    assert "upn" not in only(referral(upn="A123456789012"))
    assert "A123456789012" not in str(papers(referral(upn="A123456789012")))
    assert not [name for name in names(HOME) if name.endswith(".upn")]


def test_a_boroughs_own_form_with_fewer_columns_is_heard_like_any_other(tmp_path: Path) -> None:
    repeats = {
        "agencies_involved": "agency",
        "locations": "name",
        "disruption": "measure",
        "other_panels": "panel",
        "linked_people": "name",
    }
    fields = "".join(
        f'[[section.field]]\nname = "{name}"\nexcel_table = "{name}"\n[[section.field.column]]\nname = "{column}"\nexcel = "A"\n'
        for name, column in repeats.items()
    )
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "thin_v1.toml").write_text(THIN + fields, encoding="utf-8")
    answers: dict[str, Any] = {name: [{column: "hotspot_patrol" if column == "measure" else "marac"}] for name, column in repeats.items()}
    for paper in ("agenda", "minutes"):
        context = meeting_paper.context(paper, [form("thin", **answers)], Home(tmp_path), on=MEETING, today=TODAY)
        assert item(context, "disruption")["rows"][0]["target"] is None
        speaks = context["index"][0]["information"][0]
        assert (speaks["agency"].said, speaks["known"]) == ("marac", None)


def test_every_question_of_the_form_has_a_name_that_templates_may_use() -> None:
    known = names(HOME)
    assert {"items[].cases[].dob", "items[].cases[].linked_people[].name", "items[].rows[].host", "left_out[].reasons[].code"} <= set(known)
    asked = [name for name, field in HOME.form("referral").fields.items() if field.type != "repeat" and name != "upn"]
    assert {f"items[].cases[].{name}" for name in asked} <= set(known)


def test_an_explicit_not_known_is_printed_and_a_blank_is_none() -> None:
    case = only(referral(strengths_protective_factors="not_known", child_views=None))
    assert (case["strengths_protective_factors"], case["child_views"]) == ("Not known", None)


def test_what_nobody_knows_is_said_once() -> None:
    unknown = dict.fromkeys(
        ("cse_category", "hsb_level", "category_source", "category_date", "school_name", "education_status", "year_group", "referral_ref",
         "allocated_worker", "allocated_team", "investigation_status", "police_outcome", "case_status", "referrer_agency"),
        "not_known",
    )  # fmt: skip
    rows = {name: [{"agency": "not_known", "worker": "not_known", "role": "not_known"}] for name in ("agencies_involved",)}
    case = only(referral(**unknown, **rows, other_panels=[{"panel": "not_known"}], sex="U"))
    once = ("category_now", "school", "case_manager", "police", "agencies_in_detail")
    assert {name: case[name] for name in once} == {**dict.fromkeys(once, "Not known"), "category_now": "Not known (Not known)"}
    assert (case["label"][:7], case["status"], case["age_and_sex"]) == ("Case 01", "New case", "16, sex not known")
    assert only(referral(dob="not_known", sex="M"))["age_and_sex"] == "Age not known, Male"
    assert case["agencies"] is None
    assert [row["agency"].said for row in case["information"]] == ["", ""]


def test_no_police_investigation_is_not_said_as_none() -> None:
    assert only(referral(investigation_status="none"))["police"] == "No investigation"


def test_a_context_form_with_no_answers_is_still_no_young_person() -> None:
    context = papers(form("context_referral"))
    assert context["index"] == []
    assert item(context, "trends")["rows"][0]["name"] == "Name not recorded"


def test_warning_signs_that_are_all_rated_none_are_not_said_to_be_unrecorded() -> None:
    assert only(referral(0, safeguard={"S": {"rating": "none"}, "D": {"rating": "none"}}))["warning_signs"] == "None seen"
    assert only(referral(0, safeguard={"S": {"evidence": "Not asked."}}))["warning_signs"] is None


def test_warning_signs_stand_by_their_rating_the_highest_first() -> None:
    signs = only(referral(safeguard={"S": {"rating": "none"}, "A": {"rating": "low"}, "G": {"rating": "high"}, "U": {"rating": "low"}}))
    high, low = signs["warning_signs"].split("\n")
    assert high.startswith("High: Gangs")
    assert low.startswith("Low: Absent")
    assert "; Use of technology" in low
    unsure = only(referral(safeguard={"S": {"rating": "not_known"}, "A": {"rating": "low"}}))["warning_signs"]
    assert [line.split(":")[0] for line in unsure.split("\n")] == ["Low", "Not known"]


def test_a_new_case_that_was_heard_before_says_so() -> None:
    assert only(referral(repeat_case=True))["status"] == "New case, heard before"
    assert only(referral(repeat_case=True, case_status="re_referral"))["status"] == "Referred again"
