from __future__ import annotations

from datetime import date

import pytest

from tests.validation.broken import is_broken, is_kept
from tests.validation.invented import HEADINGS, Situation, odd

ORIGIN = "a category says where and when it was set"
WANTED = "a case of exploitation has a category"
LATE = "a category is no later than the referral"
STALE = "a category is recent"
NO_OFFENCE = "category 1 means no evidence of an offence"
POLICE = "the highest category has police contact"
PLAN = "the highest category has a plan"
LEVEL = "harmful sexual behaviour has a level"
LOW = "a low level may be for early help"
RATED = "every warning sign is rated"
NONE_RATED = "the warning signs are rated"
EVIDENCE = "a rating has its evidence"
SCHEME = "a category of another scheme needs a mapping"

UNRATED = {f"safeguard[{heading}].rating": None for heading in HEADINGS}
HSB = {"concern_types": ["hsb"], "subject_role": ["harming_or_suspected"]}
NO_POLICE = {"cse_category": "3", "investigation_status": "none", "agencies_involved[1].agency": "school"}
NO_PLAN = {"cse_category": "3", "current_interventions": ["none_offered"], "proposed_interventions": ["declined"]}
POLICE_QUESTIONS = ("crime_recorded", "crime_refs", "investigation_status", "police_ref", "police_flag")
MAPPED = {"categories": {"mapping": {"B": "2"}}}
LETTERS = {"categories": {"scheme": "city_a_c"}}
LETTERS_MAPPED = {"categories": {"scheme": "city_a_c", "mapping": {"2": "B"}}}

BROKEN = [
    Situation(ORIGIN, "nobody says where", {"category_source": None}, "category_source"),
    Situation(ORIGIN, "nobody says when", {"category_date": None}, "category_date"),
    Situation(ORIGIN, "it was assessed as none, but where?", {"cse_category": "none", "category_source": None}, "category_source"),
    Situation(WANTED, "none is given", {"cse_category": None}, "cse_category"),
    Situation(WANTED, "it was not assessed yet", {"cse_category": "not_assessed"}, "cse_category"),
    Situation(WANTED, "it is not known", {"cse_category": "not_known"}, "cse_category"),
    Situation(WANTED, "the case is new", {"cse_category": None, "case_status": "new"}, "cse_category"),
    Situation(LATE, "it was set a day after", {"category_date": date(2026, 4, 21)}, "category_date"),
    Situation(STALE, "it was set seven months before", {"category_date": date(2025, 10, 1)}, "category_date"),
    Situation(
        STALE, "it will be six months old at the meeting", {"category_date": date(2025, 11, 10)}, "category_date", meeting=date(2026, 5, 20)
    ),
    Situation(
        STALE,
        "three months are the limit here",
        {"category_date": date(2026, 1, 10)},
        "category_date",
        {"categories": {"stale_after_months": 3}},
    ),
    Situation(NO_OFFENCE, "a crime is recorded", {"cse_category": "1", "crime_recorded": True}, "cse_category"),
    Situation(POLICE, "the police know nothing", NO_POLICE, "cse_category"),
    Situation(PLAN, "nothing is offered and what was, declined", NO_PLAN, "current_interventions"),
    Situation(LEVEL, "no level is given", HSB, "hsb_level"),
    Situation(LEVEL, "the level is not known", {**HSB, "hsb_level": "not_known"}, "hsb_level"),
    Situation(LOW, "the level is 2", {**HSB, "hsb_level": "2"}, "hsb_level"),
    Situation(RATED, "one of the nine is blank", {"safeguard[A2].rating": None}, "safeguard[A2].rating"),
    Situation(NONE_RATED, "all nine are blank", UNRATED, "safeguard"),
    Situation(EVIDENCE, "it is rated low, without a word", {"safeguard[G].rating": "low"}, "safeguard[G].evidence"),
    Situation(SCHEME, "it is a letter", {"cse_category": odd("CO12", raw="Category B")}, "cse_category"),
    Situation(SCHEME, "it is a word", {"cse_category": odd("CO12", raw="High", nearest="Category 3: high risk")}, "cse_category"),
    Situation(SCHEME, "the panel itself uses letters", {}, "cse_category", LETTERS),
]

KEPT = [
    Situation(ORIGIN, "both are given", {}),
    Situation(ORIGIN, "no category is given", {"cse_category": "not_assessed", "category_source": None}),
    Situation(ORIGIN, "the form asks neither", {"category_source": None}, without=("category_source", "category_date")),
    Situation(ORIGIN, "the date was given and could not be read", {"category_date": odd("TY1")}),
    Situation(WANTED, "it was assessed as none", {"cse_category": "none"}),
    Situation(WANTED, "the case is for information only", {"cse_category": None, "case_status": "info_only"}),
    Situation(WANTED, "the concern is another", {**HSB, "hsb_level": "4", "cse_category": None}),
    Situation(WANTED, "the form does not ask", {"cse_category": None}, without=("cse_category",)),
    Situation(LATE, "it was set on the day of the referral", {"category_date": date(2026, 4, 20)}),
    Situation(LATE, "it is in the future, which is said elsewhere", {"category_date": date(2026, 6, 1)}),
    Situation(STALE, "it was set six months before to the day", {"category_date": date(2025, 11, 1)}),
    Situation(NO_OFFENCE, "no crime is recorded", {"cse_category": "1"}),
    Situation(NO_OFFENCE, "a crime is recorded and the category is 2", {"crime_recorded": True}),
    Situation(POLICE, "there is a police reference", {**NO_POLICE, "police_ref": ["CAD 51"]}),
    Situation(POLICE, "the police are among the agencies", {**NO_POLICE, "agencies_involved[1].agency": "missing_persons"}),
    Situation(POLICE, "a crime is recorded", {**NO_POLICE, "crime_recorded": True}),
    Situation(POLICE, "the form asks nothing of the police", NO_POLICE, without=POLICE_QUESTIONS),
    Situation(PLAN, "something is proposed", {**NO_PLAN, "proposed_interventions": ["safety_plan_home"]}),
    Situation(PLAN, "the form does not ask", NO_PLAN, without=("current_interventions", "proposed_interventions")),
    Situation(LEVEL, "the level is 4", {**HSB, "hsb_level": "4"}),
    Situation(LEVEL, "the concern is another", {}),
    Situation(LOW, "the level is 3", {**HSB, "hsb_level": "3"}),
    Situation(RATED, "one of the nine is not known", {"safeguard[A2].rating": "not_known"}),
    Situation(RATED, "all nine are blank, which is said once", UNRATED),
    Situation(NONE_RATED, "all nine are answered", {}),
    Situation(NONE_RATED, "all nine are blank and the concern is another", {**UNRATED, **HSB, "hsb_level": "4"}),
    Situation(NONE_RATED, "the form does not ask", UNRATED, without=("safeguard",)),
    Situation(EVIDENCE, "it is rated low, with a word", {"safeguard[G].rating": "low", "safeguard[G].evidence": "Told a teacher."}),
    Situation(EVIDENCE, "it is rated none", {}),
    Situation(SCHEME, "it is from the panel's own", {}),
    Situation(SCHEME, "the panel's own letters are mapped", {}, profile=LETTERS_MAPPED),
    Situation(SCHEME, "it is no category at all", {"cse_category": odd("CO12", raw="cat 2 ?")}),
]


def test_the_letters_that_the_profile_maps_are_read_as_its_categories() -> None:
    from mase_docs.definition.home import Home
    from tests.validation.invented import with_settings

    home = Home()
    home.profile = with_settings(home.profile, MAPPED)
    assert home.codes("cse_category").match("b") == "2"
    assert Home().codes("cse_category").match("b") is None


@pytest.mark.parametrize("situation", BROKEN, ids=str)
def test_is_broken_when(situation: Situation) -> None:
    is_broken(situation)


@pytest.mark.parametrize("situation", KEPT, ids=str)
def test_is_kept_when(situation: Situation) -> None:
    is_kept(situation)
