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
    intelligence_working_days: int = 4
    minutes_working_days: int = 5
    query_working_days: int = 5
    review_within_days: int = 366


Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When the panel meets: on the week-th weekday of every month, "first Wednesday"; 5 is the last. time is HH:MM."""

    week: int = 1
    weekday: Weekday = "wednesday"
    time: str = "10:00"
    venue: str = ""


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
    theme_minutes: int = 5
    item_minutes: dict[str, int] = field(default_factory=dict)
    meeting_minutes: int = 150
    confidentiality: str = ""
    report_marking: str = "OFFICIAL"


@dataclass(frozen=True, slots=True)
class Retention:
    """For how long records are kept, in years where the name says nothing else; 0 switches a rule off. What falls due is looked at by a
    person, and only a person disposes of it. Of the rules that apply the longest holds; the defaults are what English councils publish
    (Merton, Blackpool and Devon among them).

    looked_after_until_age        who was looked after at any time; died_under_18_years after death takes its place
    child_protection_years        after the last contact, for who had a child protection plan at any time
    others_until_age              everyone else; birth_unknown_years after the last contact where no date of birth is known
    not_taken_up_years            after closing, in place of the age, where no meeting ever heard the case and it was closed with one of
                                  not_taken_up_outcomes (codes: case_outcome) or without further action
    contexts_years                after the last contact, for a place, school or group
    agency_extract_months         after a meeting agencies delete their copies of its papers
    subject_access_months         after somebody's data was gathered for them, nothing of it is disposed of
    """

    looked_after_until_age: int = 75
    died_under_18_years: int = 15
    child_protection_years: int = 35
    others_until_age: int = 25
    birth_unknown_years: int = 25
    not_taken_up_years: int = 6
    not_taken_up_outcomes: tuple[str, ...] = ("not_cse_reassessed", "duplicate")
    contexts_years: int = 6
    agency_extract_months: int = 12
    subject_access_months: int = 6


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency of the panel. several: a word for more than one body, such as schools: none may see what is another's, so nothing is
    made for all of them together."""

    code: str
    name: str
    group: str
    committed: bool = True
    several: bool = False
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
    meetings: Rhythm = Rhythm()
    checks: Checks = Checks()
    documents: Documents = Documents()
    retention: Retention = Retention()
    secure_domains: tuple[str, ...] = ()
    agency: tuple[Agency, ...] = ()

    def is_secure(self, address: str) -> bool:
        """Whether the part after the @ is one of the secure domains or ends in one, as "hackney.gov.uk" does in ".gov.uk"; every one is
        where none is listed."""
        domain = address.strip().casefold().rpartition("@")[2]
        listed = [name.casefold().lstrip("@.") for name in self.secure_domains]
        return not listed or any(domain == name or domain.endswith(f".{name}") for name in listed)
