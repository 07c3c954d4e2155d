"""Whose case is whose: the open cases that an agency works with, leads or referred, or in which it still has something to do.

What an agency is sent follows from this, so it is told once. Who knows more than that about a case is not for the register to guess.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.definition.home import Home
from mase_docs.errors import UsageError
from mase_docs.model.sitting import OUTSTANDING
from mase_docs.register.records import Action, Case, Involvement, Referral


def cases_of(session: Session, agency: str, home: Home) -> list[Case]:
    """The open cases of an agency, named by its code, in order of reference.

    Where an agency was written in words on a form, it is the one whose name or other name that is. A case that is restricted to other
    agencies is never theirs, whatever ties them to it.
    """
    is_open = (Case.closed_on.is_(None), Case.merged_into.is_(None))
    theirs = tied_to(session, agency, home) - withheld_from(session, agency)
    found = session.scalars(select(Case).where(*is_open, Case.id.in_(theirs)))
    return sorted(found, key=lambda case: case.reference)


def tied_to(session: Session, agency: str, home: Home) -> set[int]:
    """The numbers of the cases that something ties to an agency, open or closed; also those that may be restricted to others."""
    codes, goes_on = home.codes("agency"), _goes_on(session)
    return {goes_on[number] for number, named in _named(session) if (codes.match(named) or named) == agency}


def must_be_one(home: Home, code: str) -> None:
    """Raises UsageError for a word that stands for several bodies: a file for all of them would show each what is another's."""
    agency = next((agency for agency in home.profile.agency if agency.code == code), None)
    if agency and agency.several:
        message = f"“{agency.name}” stands for more than one body, and none of them may see what is another's."
        raise UsageError(message, "Write to each of them yourself, or give it an entry of its own in mase.toml.")


def withheld_from(session: Session, agency: str) -> set[int]:
    """The numbers of the cases that are restricted to other agencies, with all that go on as one with them."""
    goes_on = _goes_on(session)
    restricted = session.execute(select(Case.id, Case.restricted_to_agencies).where(Case.restricted_to_agencies.is_not(None)))
    withheld = {goes_on[number] for number, only in restricted if only and agency not in only}
    return {number for number, into in goes_on.items() if into in withheld}


def _goes_on(session: Session) -> dict[int, int]:
    """Case → the one that goes on, where it was joined to another; else itself."""
    return {number: into or number for number, into in session.execute(select(Case.id, Case.merged_into))}


def _named(session: Session) -> Iterator[tuple[int, str]]:
    """Every case with an agency that something ties to it, by code or as it was written. Of a form that was corrected, the correction."""
    corrected = select(Referral.corrects).where(Referral.corrects.is_not(None))
    ties = (
        select(Involvement.case_id, Involvement.agency),
        select(Case.id, Case.lead_agency),
        select(Referral.case_id, Referral.referrer_agency).where(Referral.id.not_in(corrected)),
        select(Action.case_id, Action.agency).where(Action.status.in_(OUTSTANDING)),
    )
    for tie in ties:
        yield from ((number, named) for number, named in session.execute(tie) if number and named)
