from __future__ import annotations

from datetime import date

import pytest

from tests.validation.broken import is_broken, is_kept
from tests.validation.invented import HEADINGS, Situation, aged

UPPER = "nobody past the upper age"
NEED = "over 18 only as care leaver or with learning difficulties"
UNASKED = "over 18 on a form that does not ask why"
CHAIR = "at exactly 25 the chair decides"
YOUNG = "under 18 only where the panel says so"
REMIT = "the concern is within the remit"
TEN = "a child under 10 is a matter for social care"
THIRTEEN = "a child under 13 at risk of exploitation is known to social care"
LOWEST = "the lowest category does not fit a vulnerable child with signs"
BIRTHDAY = "a birthday that changes eligibility is near"
DANGER = "immediate danger was dealt with"
KNOWN = "the age must be known"
FROM = "what matters from an age on is answered"

THROUGH = {"ages": {"upper_age_mode": "through_year"}}
BOTH = {"ages": {"service_condition_applies_to": "both"}}
STRICT = {"ages": {"extended": False}}
SIGN = {**{f"safeguard[{h}].rating": "none" for h in HEADINGS}, "safeguard[S].rating": "high", "safeguard[S].evidence": "Told a nurse."}

BROKEN = [
    Situation(FROM, "16, and nothing is said of leaving care", aged(16, care_leaver=None), "care_leaver"),
    Situation(
        FROM,
        "18, and nothing is said of the youth service",
        aged(18, care_leaver=True, young_hackney_service=None),
        "young_hackney_service",
    ),
    Situation(KNOWN, "the date of birth is said not to be known", {"dob": "not_known"}, "dob"),
    Situation(UPPER, "26 and a care leaver", aged(26, care_leaver=True), "dob"),
    Situation(UPPER, "26, where 25 counts through the year", aged(26, care_leaver=True), "dob", THROUGH),
    Situation(NEED, "20 and neither", aged(20), "dob"),
    Situation(NEED, "20 with learning difficulties but no youth service", aged(20, learning_difficulty=True), "dob"),
    Situation(NEED, "20 with the youth service but no learning difficulties", aged(20, young_hackney_service=True), "dob"),
    Situation(NEED, "20 and a care leaver without the youth service, which is asked of both here", aged(20, care_leaver=True), "dob", BOTH),
    Situation(NEED, "18 on the very day", {"dob": date(2008, 5, 1)}, "dob"),
    Situation(NEED, "18 on the day of the meeting", {"dob": date(2008, 5, 20)}, "dob", meeting=date(2026, 5, 21)),
    Situation(NEED, "born on 29 February, on 1 March", {"dob": date(2008, 2, 29)}, "dob", meeting=date(2026, 5, 21)),
    Situation(UNASKED, "20, and the form asks nothing of it", aged(20), "dob", without=("young_hackney_service", "care_leaver")),
    Situation(CHAIR, "25 and a care leaver", aged(25, care_leaver=True), "dob"),
    Situation(YOUNG, "18 and a care leaver, in a panel for under-18s", aged(18, care_leaver=True), "dob", STRICT),
    Situation(YOUNG, "30, in a panel for under-18s", aged(30), "dob", STRICT),
    Situation(REMIT, "only going missing", {"concern_types": ["missing"]}, "concern_types"),
    Situation(TEN, "9 years old", aged(9), "dob"),
    Situation(THIRTEEN, "12 and not open to social care", aged(12, social_care_status="not_open"), "social_care_status"),
    Situation(THIRTEEN, "12 and nobody knows", aged(12, social_care_status="not_known"), "social_care_status"),
    Situation(THIRTEEN, "12 and only early help", aged(12, social_care_status="early_help"), "social_care_status"),
    Situation(LOWEST, "12, a high sign, category 1", aged(12, cse_category="1", **SIGN), "cse_category"),
    Situation(
        LOWEST,
        "learning difficulty, a high sign, no category",
        {"learning_difficulty": True, "cse_category": "none", **SIGN},
        "cse_category",
    ),
    Situation(BIRTHDAY, "18 in three weeks", {"dob": date(2008, 5, 22)}, "dob"),
    Situation(BIRTHDAY, "25 in three weeks", {"dob": date(2001, 5, 22), "care_leaver": True}, "dob"),
    Situation(DANGER, "no is answered", {"immediate_danger_confirmed": "no"}, "immediate_danger_confirmed"),
    Situation(DANGER, "nothing is answered", {"immediate_danger_confirmed": None}, "immediate_danger_confirmed"),
]

KEPT = [
    Situation(FROM, "15", aged(15, care_leaver=None, young_hackney_service=None)),
    Situation(FROM, "16 and not a care leaver", aged(16, care_leaver=False, young_hackney_service=None)),
    Situation(KNOWN, "the date of birth is given", {}),
    Situation(UPPER, "25 and a care leaver", aged(25, care_leaver=True)),
    Situation(NEED, "17", aged(17)),
    Situation(NEED, "18 on the day after the meeting", {"dob": date(2008, 5, 22)}, meeting=date(2026, 5, 21)),
    Situation(NEED, "born on 29 February, on 28 February", {"dob": date(2008, 2, 29)}, meeting=date(2026, 2, 28)),
    Situation(NEED, "20 and a care leaver", aged(20, care_leaver=True)),
    Situation(NEED, "20 and a care leaver by status", aged(20, social_care_status="care_leaver")),
    Situation(NEED, "20 with learning difficulties and the youth service", aged(20, learning_difficulty=True, young_hackney_service=True)),
    Situation(
        NEED,
        "20, a care leaver and with the youth service, asked of both",
        aged(20, care_leaver=True, young_hackney_service=True),
        profile=BOTH,
    ),
    Situation(NEED, "20 on a form that does not ask", aged(20), without=("young_hackney_service",)),
    Situation(UNASKED, "20 on a form that asks", aged(20)),
    Situation(UNASKED, "a care leaver on a form that asks only that", aged(20, care_leaver=True), without=("young_hackney_service",)),
    Situation(CHAIR, "24 and a care leaver", aged(24, care_leaver=True)),
    Situation(CHAIR, "25, where 25 counts through the year", aged(25, care_leaver=True), profile=THROUGH),
    Situation(YOUNG, "17, in a panel for under-18s", aged(17), profile=STRICT),
    Situation(YOUNG, "20, in a panel that takes some over 18", aged(20)),
    Situation(REMIT, "harmful sexual behaviour", {"concern_types": ["hsb", "missing"], "hsb_level": "4"}),
    Situation(REMIT, "no concern is named, which is said elsewhere", {"concern_types": None}),
    Situation(TEN, "10 years old", aged(10)),
    Situation(THIRTEEN, "12 with a child protection plan", aged(12, social_care_status="cp_plan")),
    Situation(THIRTEEN, "13 and not open to social care", aged(13, social_care_status="not_open")),
    Situation(THIRTEEN, "12 on a form that does not ask", aged(12), without=("social_care_status",)),
    Situation(LOWEST, "12, a high sign, category 2", aged(12, **SIGN)),
    Situation(LOWEST, "12, no sign, category 1", aged(12, cse_category="1")),
    Situation(LOWEST, "15 without learning difficulty", {"cse_category": "1", **SIGN}),
    Situation(BIRTHDAY, "18 in three months", {"dob": date(2008, 8, 1)}),
    Situation(BIRTHDAY, "25 in three weeks, in a panel for under-18s", {"dob": date(2001, 5, 22)}, profile=STRICT),
    Situation(DANGER, "999 has been told", {"immediate_danger_confirmed": "yes"}),
    Situation(DANGER, "nobody is in danger", {"immediate_danger_confirmed": "not_applicable"}),
    Situation(DANGER, "the form does not ask", {"immediate_danger_confirmed": None}, without=("immediate_danger_confirmed",)),
]


@pytest.mark.parametrize("situation", BROKEN, ids=str)
def test_is_broken_when(situation: Situation) -> None:
    is_broken(situation)


@pytest.mark.parametrize("situation", KEPT, ids=str)
def test_is_kept_when(situation: Situation) -> None:
    is_kept(situation)
