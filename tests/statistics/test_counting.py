"""Months counted by hand."""

from __future__ import annotations

from datetime import date, datetime
from random import Random
from typing import Any

import pytest

from mase_docs.definition.home import Home
from mase_docs.model.submission import Submission
from mase_docs.statistics.board import board_figures, count
from mase_docs.statistics.definitions import DEFINITIONS
from tests.documents.forms import form
from tests.statistics.months import child, month

MAY = (date(2026, 5, 1), date(2026, 5, 31))
Counts = dict[str, int]


def counted(home: Home, id: str, *forms: Submission, period: tuple[date | None, date | None] = (None, None)) -> Counts:
    """The raw numbers of one figure."""
    return next(figure.rows for figure in count(forms, home, *period) if figure.id == id)


def above_nought(home: Home, id: str, *forms: Submission) -> Counts:
    return {label: n for label, n in counted(home, id, *forms).items() if n}


def people(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"linked_people": list(rows)}


def test_a_child_is_counted_once_and_a_referral_every_time(home: Home) -> None:
    forms = [child(1), child(1, referral_date=date(2026, 5, 20)), child(2)]
    rows = counted(home, "B1", *forms)
    assert rows["Referrals of children"] == 3
    assert rows["Children, each counted once"] == 2


def test_children_are_told_apart_by_nhs_number_before_anything_else(home: Home) -> None:
    twins = [child(1, given_names="Jo", family_name="Hall"), child(2, given_names="Jo", family_name="Hall")]
    assert counted(home, "B1", *twins)["Children, each counted once"] == 2


def test_a_form_without_the_nhs_number_is_matched_by_social_care_number(home: Home) -> None:
    forms = [child(1, social_care_id="M-77"), child(2, nhs_number=None, social_care_id="m77", family_name="Married")]
    assert counted(home, "B1", *forms)["Children, each counted once"] == 1


def test_a_form_without_any_number_is_matched_by_name_and_date_of_birth(home: Home) -> None:
    forms = [child(1, family_name="Łukasz"), child(2, nhs_number="not_known", family_name="ŁUKASZ ", given_names="test")]
    elder = child(3, nhs_number=None, family_name="Łukasz", dob=date(2009, 1, 9))
    assert counted(home, "B1", *forms, elder)["Children, each counted once"] == 1 + 1


def test_not_known_is_no_number_that_two_children_share(home: Home) -> None:
    forms = [child(n, nhs_number="not_known", social_care_id="none") for n in (1, 2)]
    assert counted(home, "B1", *forms)["Children, each counted once"] == 2


def test_both_days_of_the_period_belong_to_it_and_a_referral_without_a_date_is_counted(home: Home) -> None:
    days = (date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 31), date(2026, 6, 1), None)
    forms = [child(n, referral_date=day) for n, day in enumerate(days)]
    assert counted(home, "B1", *forms, period=MAY)["Referrals of children"] == 3


def test_a_place_referred_in_its_own_right_is_no_child(home: Home) -> None:
    rows = counted(home, "B1", form("context_referral", referral_date=date(2026, 5, 3)), child(1))
    assert rows["Referrals of a place, a school or a peer group"] == 1
    assert rows["Referrals of children"] == 1


def test_the_category_is_the_latest_set_by_the_end_of_the_period(home: Home) -> None:
    forms = [
        child(1, cse_category="1", category_date=date(2026, 3, 1)),
        child(1, referral_date=date(2026, 5, 9), cse_category="3", category_date=date(2026, 5, 8)),
        child(1, referral_date=date(2026, 5, 30), cse_category="2", category_date=date(2026, 6, 4)),
    ]
    figure = next(f for f in count(forms, home, *MAY) if f.id == "B4")
    assert {label for label, n in figure.rows.items() if n} == {"Category 3: high risk"}


def test_a_child_without_a_category_has_a_row(home: Home) -> None:
    assert above_nought(home, "B4", child(1, cse_category=None)) == {"Not assessed yet": 1}


def test_category_is_counted_for_cse_and_level_for_hsb(home: Home) -> None:
    forms = [
        child(1),
        child(2, concern_types=["hsb"], hsb_level="4", cse_category=None),
        child(3, concern_types=["cse", "hsb"], hsb_level="3"),
    ]
    assert above_nought(home, "B4", *forms) == {"Category 2: medium risk": 2}
    assert above_nought(home, "B6", *forms) == {"Level 4: abusive": 1, "Level 3: problematic": 1}


@pytest.mark.parametrize(
    ("dob", "band"),
    [
        (date(2013, 5, 7), "10 to 12"),
        (date(2013, 5, 6), "13 to 15"),
        (date(2010, 5, 6), "16 and 17"),
        (date(2008, 5, 6), "18 to 24"),
        (date(2001, 5, 6), "Not known, or none of these"),
        (None, "Not known, or none of these"),
    ],
)
def test_age_is_age_on_the_day_of_the_first_referral(home: Home, dob: date | None, band: str) -> None:
    forms = [child(1, dob=dob), child(1, dob=dob, referral_date=date(2026, 5, 30))]
    assert above_nought(home, "B7", *forms) == {band: 1}


def test_ethnicity_has_five_groups_and_not_known(home: Home) -> None:
    forms = [child(n, ethnicity=code) for n, code in enumerate(["WBRI", "WROM", "MWBC", "CHNE", "BAFR", "OOTH", "REFU", "NOBT", None])]
    assert list(counted(home, "B9", *forms).values()) == [1, 1, 1, 2, 1, 3]


def test_agencies_that_made_no_referral_are_there_with_nought(home: Home) -> None:
    rows = counted(home, "B12", child(1), child(1), child(2, referrer_agency="The bus company"), child(3, referrer_agency=None))
    assert rows["Children in Need"] == 2
    assert rows["Off Centre"] == 0
    assert rows["Another agency"] == rows["Not known"] == 1
    assert len(rows) == len(home.profile.agency) + 2


def test_a_child_can_be_in_several_models(home: Home) -> None:
    forms = [child(1, exploitation_models=["peer", "online"], primary_model="gang"), child(2, exploitation_models=["unknown"])]
    assert sorted(above_nought(home, "B13", *forms).values()) == [1, 1, 1, 1]
    assert counted(home, "B13", *forms)["Not known"] == 1


@pytest.mark.parametrize(
    ("linked", "answer"),
    [
        ([{"name": "A", "role": "young_person_suspected"}], "Yes"),
        ([{"name": "A", "role": "suspected_exploiter_adult", "dob": date(2009, 1, 1)}], "Yes"),
        ([{"name": "A", "role": "facilitator", "age": "16"}, {"name": "B", "role": "young_person_suspected"}], "Yes"),
        ([{"name": "A", "role": "suspected_exploiter_adult"}], "No"),
        ([{"name": "A", "role": "young_person_suspected"}, {"name": "B", "role": "facilitator", "under_18": "no"}], "Mixed"),
        ([{"name": "A", "role": "young_person_suspected"}, {"name": "B", "role": "facilitator"}], "Not known"),
        ([{"name": "A", "role": "suspected_exploiter_adult"}, {"name": "B", "role": "facilitator"}], "Not known"),
        ([{"name": "A", "role": "associate", "under_18": "yes"}], "Not known"),
    ],
)
def test_peer_on_peer_means_that_all_known_exploiters_are_under_18(home: Home, linked: list[dict[str, Any]], answer: str) -> None:
    assert above_nought(home, "B14", child(1, linked_people=linked)) == {answer: 1}


def test_where_nobody_is_listed_the_form_says_whether_it_is_peer_on_peer(home: Home) -> None:
    forms = [child(1, peer_on_peer="yes"), child(2, peer_on_peer="no"), child(3, peer_on_peer="not_known"), child(4)]
    assert counted(home, "B14", *forms) == {"Yes": 1, "Mixed": 0, "No": 1, "Not known": 2}


def test_an_episode_that_two_forms_give_is_counted_once(home: Home) -> None:
    first = {"start": datetime(2026, 4, 3, 21), "rhi_offered": "yes", "rhi_accepted": "no"}
    second = {"start": datetime(2026, 4, 9, 20), "rhi_offered": "no"}
    forms = [child(1, missing_episodes=[first]), child(1, referral_date=date(2026, 5, 9), missing_episodes=[first, second]), child(2)]
    assert above_nought(home, "B15a", *forms) == {"At least one episode": 1, "No episode given": 1}
    assert above_nought(home, "B15b", *forms) == {"Offered, not accepted": 1, "Not offered": 1}


@pytest.mark.parametrize(
    ("answers", "row"),
    [
        ({"social_care_status": "looked_after", "placed_out_of_borough": True}, "Looked after, placed outside the borough"),
        ({"social_care_status": "looked_after", "placed_out_of_borough": False}, "Looked after, placed in the borough"),
        ({"social_care_status": "looked_after"}, "Looked after, not known where"),
        ({"placed_in_by_other_la": True}, "Placed here by another authority"),
        ({"social_care_status": "cp_plan"}, "Not looked after"),
        ({"social_care_status": None}, "Not known"),
    ],
)
def test_where_looked_after_children_are_placed(home: Home, answers: dict[str, Any], row: str) -> None:
    assert above_nought(home, "B16", child(1, **answers)) == {row: 1}


def test_schools_that_two_children_attend_are_lettered_and_not_named(home: Home) -> None:
    names = ["Ashmole Green", "ashmole green.", "Marsh Lane", "Elmfield", "Elmfield", "Elmfield", None, "not_known", "not_known"]
    rows = counted(home, "B17", *[child(n, school_name=name) for n, name in enumerate(names)])
    assert list(rows) == ["School A", "School B"]
    assert sorted(rows.values()) == [2, 3]


def test_places_that_two_children_share_are_counted_by_kind(home: Home) -> None:
    def at(name: str, kind: str | None = "fast_food", address: str | None = None) -> dict[str, Any]:
        return {"locations": [{"name": name, "type": kind, "address": address}]}

    forms = [
        child(1, **at("McDonald's")), child(2, **at("Mc Donalds", "park")), child(3, **at("MCDONALDS")),
        child(4, **at("Kebab House", address="1 High Street, E8 1EA")), child(5, **at("Kebab House", address="9 Low Road N1C 4AG")),
        child(6, **at("Fern Park", "park")), child(6, **at("Fern Park", "park")),
    ]  # fmt: skip
    assert above_nought(home, "B19", *forms) == {"Fast-food outlet": 1}


def test_links_are_counted_by_what_is_shared(home: Home) -> None:
    forms = [
        child(1, **people({"name": "Sam Reed"}), school_name="Elmfield"), child(2, **people({"name": "sam reed"})),
        child(3, school_name="Elmfield", peer_groups=[{"name": "The Steps"}]), child(4, peer_groups=[{"name": "the steps"}]),
        child(5, **people({"name": "Sam"})), child(6, **people({"name": "Sam"})),
    ]  # fmt: skip
    assert counted(home, "B20", *forms) == {
        "The same person": 2, "The same school": 2, "The same place": 0, "The same peer group": 2, "None of these": 2,
    }  # fmt: skip


def test_a_child_whom_another_form_names_is_linked_with_it(home: Home) -> None:
    forms = [child(1, **people({"name": "Ada Cole", "dob": date(2011, 3, 4)})), child(2, given_names="Ada", family_name="Cole")]
    assert counted(home, "B20", *forms)["The same person"] == 2


def test_a_young_person_who_may_be_harming_others_is_counted_once(home: Home) -> None:
    named = {"name": "Ada Cole", "dob": date(2011, 3, 4), "role": "young_person_suspected"}
    other = {"name": "Kim Fox", "role": "young_person_suspected"}
    forms = [
        child(1, **people(named, other)),
        child(2, **people(other, {"name": "Old Man", "role": "suspected_exploiter_adult"})),
        child(3, given_names="Ada", family_name="Cole", subject_role=["both"], current_interventions=["hsb_direct_work"]),
        child(4, subject_role=["harming_or_suspected"], proposed_interventions=["none_offered"]),
        child(5, subject_role=["harming_or_suspected"], dob=date(2005, 1, 1)),
    ]
    assert list(counted(home, "B21", *forms).values()) == [1, 1, 1]


def test_cases_ended_without_action_are_counted_by_whether_there_is_a_plan(home: Home) -> None:
    forms = [child(1, nfa=True, nfa_plan="Weekly work"), child(2, nfa=True, nfa_plan="none"), child(3, nfa=False), child(4)]
    assert counted(home, "B22", *forms) == {"With a plan": 1, "Without a plan": 1}


def test_the_order_of_the_forms_makes_no_difference(home: Home) -> None:
    forms = month(Random(5), 40)
    shuffled = Random(6).sample(forms, len(forms))
    assert board_figures(forms, home, *MAY) == board_figures(shuffled, home, *MAY)


def test_every_figure_has_a_definition_and_every_definition_a_figure(home: Home) -> None:
    assert {figure.id for figure in count([], home, None, None)} == DEFINITIONS.keys()


def test_percentages_are_given_from_a_printed_base_of_twenty(home: Home) -> None:
    def percentages(children: int) -> list[str]:
        forms = [child(n, sex="M" if n % 2 else "F") for n in range(children)]
        figure = next(f for f in board_figures(forms, home) if f.id == "B8")
        return [row.cells[0].percent for row in figure.rows]

    assert percentages(19) == ["", "", ""]
    assert percentages(20) == ["50%", "50%", "0%"]


def test_what_was_hidden_and_why_is_on_record(home: Home) -> None:
    forms = [child(n, sex="M" if n < 2 else "F") for n in range(9)]
    figure = next(f for f in board_figures(forms, home) if f.id == "B8")
    assert {(s.row, s.why) for s in figure.suppressed} == {("Male", "small"), ("Female", "protects another")}


def test_a_figure_does_not_show_its_raw_numbers_when_it_is_printed_for_debugging(home: Home) -> None:
    figure = next(f for f in board_figures([child(n) for n in range(4)], home) if f.id == "B1")
    assert "count=" not in repr(figure)
