"""One agency's copy of the minutes: its own cases, its own words, the panel's decisions and its own actions (domain 6.2)."""

from __future__ import annotations

from dataclasses import dataclass

from mase_docs.model.sitting import ActionSaid, Attended, Discussed, Meeting


@dataclass(frozen=True, slots=True)
class CaseHeard:
    """A case of the agency's that the meeting heard.

    name         the young person's; heard_under: new_cases or review_cases (codes: agenda_section)
    information  what the agency itself shared for this meeting; actions: its own that this meeting set
    """

    reference: str
    label: str
    name: str
    heard_under: str
    discussed: Discussed
    information: tuple[str, ...] = ()
    actions: tuple[ActionSaid, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeHeard:
    """A place, school or group in which the agency has an action. The name is withheld where it would tell what must not be disclosed."""

    name: str
    kind: str
    discussed: Discussed
    actions: tuple[ActionSaid, ...] = ()


@dataclass(frozen=True, slots=True)
class Extract:
    """All of it.

    outstanding  the agency's actions that are still to be done, of this meeting and of those before
    kept_back    the numbers of its actions that belong to a case restricted to others: these are in no copy of its
    """

    code: str
    agency: str
    meeting: Meeting
    agencies: tuple[Attended, ...] = ()
    observers: tuple[Attended, ...] = ()
    cases: tuple[CaseHeard, ...] = ()
    themes: tuple[ThemeHeard, ...] = ()
    outstanding: tuple[ActionSaid, ...] = ()
    kept_back: tuple[str, ...] = ()
