"""The agencies of the panel and who speaks for them, kept as the profile has them."""

from __future__ import annotations

from sqlalchemy import select

from mase_docs.definition.profile import Agency as InProfile
from mase_docs.errors import UsageError
from mase_docs.register.records import Agency, Contact
from mase_docs.register.writing import Writing


def agree(writing: Writing, profile: tuple[InProfile, ...]) -> None:
    """Brings agencies and contacts up to the profile. Who no longer speaks for one is kept, with the day it ended; an agency that the
    profile no longer has is kept too, and is committed to nothing."""
    there = {agency.code: agency for agency in writing.session.scalars(select(Agency).order_by(Agency.id))}
    for said in profile:
        agency = there.pop(said.code, None) or writing.add(
            Agency(code=said.code, name=said.name, group=said.group, committed=said.committed)
        )
        writing.change(agency, name=said.name, group=said.group, committed=said.committed)
        for role, name in {"spoc": said.spoc, "deputy": said.deputy}.items():
            _speaks(writing, agency, role, name or None, said.email or None)
    for agency in there.values():
        writing.change(agency, committed=False)
        for role in ("spoc", "deputy"):
            _speaks(writing, agency, role, None, None)


def _speaks(writing: Writing, agency: Agency, role: str, name: str | None, email: str | None) -> None:
    holding = select(Contact).where(Contact.agency_id == agency.id, Contact.role == role, Contact.until.is_(None))
    before = writing.session.scalars(holding).first()
    if before is not None and (before.name, before.email) == (name, email):
        return
    if before is not None:
        writing.change(before, until=writing.today)
    if name or (email and role == "spoc"):
        writing.add(Contact(agency_id=agency.id, role=role, name=name, email=email))


def agency_of(writing: Writing, profile: tuple[InProfile, ...], code: str) -> Agency:
    """The agency of a code; the register is brought up to the profile where it doesn't know it yet. Raises UsageError."""
    these = select(Agency).where(Agency.code == code)
    found = writing.session.scalars(these).first()
    if found is None and code in {said.code for said in profile}:
        agree(writing, profile)
        found = writing.session.scalars(these).one()
    if found is None:
        raise UsageError("That is no agency of this panel.", "Use the code of one in mase.toml, or add it there.")
    return found
