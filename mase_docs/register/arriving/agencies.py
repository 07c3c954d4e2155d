"""The agencies of the panel and who speaks for them, kept as the profile has them."""

from __future__ import annotations

from sqlalchemy import select

from mase_docs.definition.profile import Agency as InProfile
from mase_docs.register.records import Agency, Contact
from mase_docs.register.writing import Writing


def agree(writing: Writing, profile: tuple[InProfile, ...]) -> None:
    """Brings agencies and contacts up to the profile; who no longer speaks for one is kept, with the day it ended."""
    there = {agency.code: agency for agency in writing.session.scalars(select(Agency))}
    for said in profile:
        agency = there.get(said.code) or writing.add(Agency(code=said.code, name=said.name, group=said.group, committed=said.committed))
        writing.change(agency, name=said.name, group=said.group, committed=said.committed)
        for role, name in {"spoc": said.spoc, "deputy": said.deputy}.items():
            _speaks(writing, agency, role, name or None, said.email or None)


def _speaks(writing: Writing, agency: Agency, role: str, name: str | None, email: str | None) -> None:
    holding = select(Contact).where(Contact.agency_id == agency.id, Contact.role == role, Contact.until.is_(None))
    before = writing.session.scalars(holding).first()
    if before is not None and (before.name, before.email) == (name, email):
        return
    if before is not None:
        writing.change(before, until=writing.today)
    if name or (email and role == "spoc"):
        writing.add(Contact(agency_id=agency.id, role=role, name=name, email=email))
