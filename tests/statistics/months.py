"""Invented months of referrals for the statistics."""

from __future__ import annotations

from datetime import date, datetime
from random import Random
from typing import Any

from mase_docs.model.submission import Submission
from tests.documents.forms import form

SCHOOLS = ("Ashmole Green", "Marsh Lane Academy", "Elmfield College")
PLACES = (("Mc Donald's", "fast_food"), ("McDonalds", "fast_food"), ("Fern Park", "park"), ("Block C", "stairwell"))


def child(number: int, **more: Any) -> Submission:
    """A referral of the child of that number; the same number is the same child."""
    return form(
        **{
            "referral_date": date(2026, 5, 6),
            "nhs_number": f"999{number:07d}",
            "family_name": f"Child{number}",
            "given_names": "Test",
            "dob": date(2011, 3, 4),
            "sex": "F",
            "ethnicity": "BCRB",
            "referrer_agency": "children_in_need",
            "concern_types": ["cse"],
            "cse_category": "2",
            "category_date": date(2026, 4, 20),
            "social_care_status": "cin_plan",
            **more,
        }
    )


def month(chance: Random, referrals: int) -> list[Submission]:
    """A month in which anything may have been answered."""
    return [child(chance.randrange(1 + referrals), **_answers(chance)) for _ in range(referrals)]


def _answers(chance: Random) -> dict[str, Any]:
    place, kind = chance.choice(PLACES)
    return {
        "referral_date": date(2026, 5, chance.randint(1, 31)),
        "dob": date(2026 - chance.randint(8, 24), 3, 4),
        "sex": chance.choice("FFFMU"),
        "ethnicity": chance.choice(["WBRI", "BCRB", "BAFR", "MWBC", "ABAN", "OOTH", "NOBT"]),
        "referrer_agency": chance.choice(["borough_police", "children_in_need", "children_in_need", "school", "Somebody else"]),
        "concern_types": chance.choice([["cse"], ["cse"], ["cse", "missing"], ["hsb"], ["cse", "hsb"], ["gangs_syv"]]),
        "cse_category": chance.choice(["1", "2", "2", "3", "none", None]),
        "hsb_level": chance.choice(["2", "3", "3", "4", None]),
        "exploitation_models": chance.choice([["peer"], ["online"], ["peer", "gang"], ["unknown"], None]),
        "school_name": chance.choice([*SCHOOLS, f"School {chance.random()}", None]),
        "social_care_status": chance.choice(["looked_after", "cin_plan", "not_open", None]),
        "placed_out_of_borough": chance.choice([True, False, None]),
        "subject_role": chance.choice([["both"], ["at_risk_or_experiencing"], ["harming_or_suspected"]]),
        "nfa": chance.choice([True, False, None]),
        "nfa_plan": chance.choice(["Weekly work", None]),
        "locations": [{"name": place, "type": kind}],
        "linked_people": [{"name": f"Sam {chance.choice('ABCDE')}son", "role": chance.choice(["young_person_suspected", "facilitator"])}],
        "missing_episodes": [
            {"start": datetime(2026, 4, day, 22), "type": "missing", "rhi_offered": chance.choice(["yes", "no", None])}
            for day in range(1, 1 + chance.randint(0, 3))
        ],
    }
