"""The borough's profile (`mase.toml`): panel, board, agencies, ages, timings and wording, never literals in code or templates."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from mase_docs.problems import Severity


@dataclass(frozen=True, slots=True)
class Panel:
    name: str
    full_name: str
    borough: str
    authority: str
    la_code: str
    board: str
    board_group: str
    reports_through: str
    coordinator_email: str
    youth_service: str
    marking: str = "OFFICIAL-SENSITIVE"


@dataclass(frozen=True, slots=True)
class Ages:
    """Eligibility by age in years (domain rules EL1 to EL4).

    upper_age_mode                 before_birthday: up to the day before the upper-th birthday; through_year: until the next one
    service_condition_applies_to   learning_difficulty, or both: who must be receiving the youth service
    """

    under: int = 18
    extended: bool = True
    upper: int = 25
    upper_age_mode: Literal["before_birthday", "through_year"] = "before_birthday"
    service_condition_applies_to: Literal["learning_difficulty", "both"] = "learning_difficulty"
    responsibility: int = 10
    young_with_cse: int = 13


@dataclass(frozen=True, slots=True)
class Categories:
    """The scheme of risk categories this panel uses, and how another scheme's codes map to it (rule CA9)."""

    scheme: str = "cse_1_3"
    mapping: dict[str, str] = field(default_factory=dict)
    stale_after_months: int = 6


@dataclass(frozen=True, slots=True)
class Timings:
    reminder_days: int = 7
    referrals_close_working_days: int = 8
    papers_working_days: int = 3
    minutes_working_days: int = 5
    query_working_days: int = 5
    review_within_days: int = 366


@dataclass(frozen=True, slots=True)
class Checks:
    """Which rules are switched off, and which are taken more or less seriously here."""

    off: tuple[str, ...] = ()
    severity: dict[str, Severity] = field(default_factory=dict)
    test_numbers_allowed: bool = False
    manager_must_agree: bool = False


@dataclass(frozen=True, slots=True)
class Documents:
    layout: Literal["case-first", "theme-first"] = "case-first"
    slot_minutes: int = 12
    meeting_minutes: int = 150
    confidentiality: str = ""
    report_marking: str = "OFFICIAL"


@dataclass(frozen=True, slots=True)
class Agency:
    code: str
    name: str
    group: str
    committed: bool = True
    spoc: str = ""
    deputy: str = ""
    email: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    panel: Panel
    ages: Ages = Ages()
    categories: Categories = Categories()
    timings: Timings = Timings()
    checks: Checks = Checks()
    documents: Documents = Documents()
    secure_domains: tuple[str, ...] = ()
    agency: tuple[Agency, ...] = ()

    def is_secure(self, address: str) -> bool:
        """Whether the part after the @ is one of the secure domains or ends in one, as "hackney.gov.uk" does in ".gov.uk"; every one is
        where none is listed."""
        domain = address.strip().casefold().rpartition("@")[2]
        listed = [name.casefold().lstrip("@.") for name in self.secure_domains]
        return not listed or any(domain == name or domain.endswith(f".{name}") for name in listed)
