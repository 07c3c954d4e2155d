"""What a person is found by, kept beside the person: made anew whenever a name, a date or a number changes."""

from __future__ import annotations

from sqlalchemy import select

from mase_docs.register.persons.likeness import Described, keys
from mase_docs.register.records import Person, PersonKey
from mase_docs.register.writing import Writing


def described(person: Person) -> Described:
    """What the register knows of a person, as people are compared by."""
    return Described(
        family_name=person.family_name or "",
        given_names=person.given_names or "",
        known_as=tuple(person.known_as or ()),
        dob=person.dob,
        dob_status=person.dob_status or "",
        nhs_number=person.nhs_number or "",
        upn=person.upn or "",
        social_care_id=person.social_care_id or "",
        postcode=person.home_postcode or "",
    )


def person_keys(writing: Writing, person: Person, *, new: bool = False) -> None:
    """Makes the keys of a person what they should be now; to be called after every change to a person. A new one has none yet."""
    wanted = keys(described(person))
    mine = select(PersonKey).where(PersonKey.borough == writing.borough, PersonKey.person_id == person.id)
    if not new:
        writing.session.flush()
    there = {} if new else {row.key: row for row in writing.session.scalars(mine)}
    for key in there.keys() - wanted:
        writing.session.delete(there[key])
    writing.session.add_all(PersonKey(borough=writing.borough, key=key, person_id=person.id) for key in sorted(wanted - there.keys()))
