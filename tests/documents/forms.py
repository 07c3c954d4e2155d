"""Completed forms for the tests, as reading gives them. All of it is invented."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from mase_docs.model.submission import Answer, Source, Submission
from mase_docs.problems import Problem

FIRST = ("Zoë", "Amina", "Jordan", "Kofi", "Maja", "Daniel", "Leila", "Tomasz", "Grace", "Ibrahim", "Chloe", "Ravi")
LAST = ("Łukasz", "Okoro", "O'Shea", "Hassan", "Brown", "Nowak", "Ali", "Clarke", "Mensah", "Silva", "Yilmaz", "Patel")


def form(id: str = "referral", problems: tuple[Problem, ...] = (), **answers: Any) -> Submission:
    """A form with these answers; a list of dicts is a repeating group, a dict of dicts one with fixed rows."""
    flat = dict(_flat(answers))
    print_of = sha256(repr(sorted(flat.items(), key=str)).encode()).hexdigest()
    said = {path: Answer(value, str(value), "Referral!D1") for path, value in flat.items()}
    return Submission(Source("form.xlsx", print_of, "xlsx"), id, 1, said, list(problems))


def _flat(answers: dict[str, Any]) -> Any:
    for name, value in answers.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield from ((f"{name}[{n}].{column}", v) for n, row in enumerate(value, 1) for column, v in row.items())
        elif isinstance(value, dict):
            yield from ((f"{name}[{key}].{column}", v) for key, row in value.items() for column, v in row.items())
        else:
            yield name, value


def referral(n: int = 0, **more: Any) -> Submission:
    """A full, clean referral, the n-th of many that differ."""
    answers: dict[str, Any] = {
        "referral_date": date(2026, 4, 1 + n % 28),
        "concern_types": ["hsb"] if n % 4 == 3 else ["cse", "missing"],
        "subject_role": ["harming_or_suspected"] if n % 4 == 3 else ["at_risk_or_experiencing"],
        "case_status": "review" if n % 3 == 2 else None,
        "reason_for_referral": "Seen several times with older people by the canal.\nAn aunt worries about new clothes and a second phone.",
        "barriers": "No agency has been able to meet the family together.",
        "why_now": "Agree who leads on the canal side and a safe adult at school.",
        "referrer_name": "Ben Adeyemi",
        "referrer_agency": "children_in_need",
        "presenter_name": "Ben Adeyemi",
        "family_name": LAST[n % 12] + ("" if n < 12 else f"-{n}"),
        "given_names": FIRST[n % 12],
        "dob": date(2010 + n % 4, 1 + n % 12, 3),
        "sex": "F" if n % 2 == 0 else "M",
        "ethnicity": "WOTH",
        "school_name": "Eastwick Academy" if n % 3 == 0 else f"School {n}",
        "education_status": "mainstream",
        "year_group": 9,
        "allocated_worker": "Priya Raman",
        "allocated_team": "Team 4",
        "agencies_involved": [
            {"agency": "borough_police", "worker": "PC Lowe", "role": "Missing persons officer", "doing": "Return visits"},
            {"agency": "youth_service", "worker": "Sam Hill", "doing": "Weekly mentoring"},
        ],
        "cse_category": None if n % 4 == 3 else "2",
        "hsb_level": "3" if n % 4 == 3 else None,
        "category_source": "map_meeting",
        "category_date": date(2026, 3, 20),
        "exploitation_models": ["boyfriend_girlfriend", "online"],
        "peer_on_peer": "no",
        "safeguard": {"S": {"rating": "low"}, "A": {"rating": "high"}, "G": {"rating": "medium"}},
        "professional_judgement": "The risk has risen since March: longer absences and less contact with friends of the same age.",
        "strengths_protective_factors": "A close aunt and regular football.",
        "current_interventions": ["mentoring"],
        "proposed_interventions": ["location_work", "family_work"],
        "locations": [{"name": "Canal steps" if n % 2 == 0 else f"Park {n}", "type": "park", "what_happens": "Groups gather after dark"}],
        "investigation_status": "open",
        "child_views": "Wants to stay at this school.",
        "child_consent": "yes",
        "parent_consent": "not_sought",
        "lawful_basis_note": "To prevent harm to a child.",
    }
    return form(**{k: v for k, v in {**answers, **more}.items() if v is not None})


def month(number: int = 12) -> list[Submission]:
    """So many referrals, with what the standing items are about spread among them."""
    special: dict[int, dict[str, Any]] = {
        0: {"disruption": [{"measure": "hotspot_patrol", "target": "Canal steps", "requested_date": date(2026, 4, 2)}]},
        1: {
            "placed_out_of_borough": True,
            "host_authority": "308",
            "placement_type": "K2",
            "address_sensitive": True,
            "host_authority_notified_date": date(2026, 3, 9),
            "host_liaison_contact": "Enfield MASH",
            "host_liaison_summary": "Two adults known there.",
        },
        2: {"nfa": True, "nfa_date": date(2026, 2, 1), "nfa_reason": "no_suspect"},
        4: {"cross_border": ["316", "309"], "do_not_disclose": True, "do_not_disclose_reason": "School not to be told to the father"},
        5: {"other_panels": [{"panel": "marac", "last_heard": date(2026, 3, 1), "outcome": "Plan agreed"}]},
    }
    return [referral(n, **special.get(n, {})) for n in range(number)]


def place(**more: Any) -> Submission:
    """A place referred in its own right."""
    answers = {
        "referral_date": date(2026, 4, 6), "context_kind": "place", "context_name": "canal steps", "location_type": "park",
        "what_seen": "Adults waiting for young people after school.", "asked": "Lighting and visits by youth workers.",
        "information_holders": ["housing"], "owner_name": "Dee Marsh", "owner_agency": "community_safety",
    }  # fmt: skip
    return form("context_referral", **{**answers, **more})


UNCLEAN = Problem(
    "error", "EL2", "Over 18 and neither ground for staying with the panel is given.", "Ask which one applies.", "dob", "Referral!D14"
)
