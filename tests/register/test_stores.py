"""All three stores keep the same, in the same way."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from mase_docs.register.records import Person
from mase_docs.register.register import Register


def test_what_was_written_is_there(register: Register) -> None:
    with register.writing("receive") as writing:
        writing.add(Person(family_name="Sample", given_names="Testa", dob=date(2010, 1, 31), known_as=["Té", "T"], care_leaver=False))
    with register.reading() as session:
        person = session.scalars(select(Person)).one()
    assert (person.family_name, person.dob, person.known_as, person.care_leaver) == ("Sample", date(2010, 1, 31), ["Té", "T"], False)
