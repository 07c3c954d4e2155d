"""Whom and what a form ties its young person to: people, schools, places, groups, telephones, vehicles, user names, households."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from sqlalchemy import select

from mase_docs.definition.record import Record
from mase_docs.register.arriving.form_rows import Told
from mase_docs.register.arriving.said import Said
from mase_docs.register.arriving.updates import Filled, Update
from mase_docs.register.links import contexts
from mase_docs.register.links.called import key_of, person_called
from mase_docs.register.persons.person_keys import person_keys
from mase_docs.register.records import Context, Kept, Link, Person

MentionKey = tuple[str, Any]


def record_links(told: Told, person: Person | None, context: Context | None) -> None:
    """Adds the links that a form says; those that a correction says no more end.

    Each form's links are rows of their own, so that it stays known who said what. A context's form ties people to the context.
    """
    linking = _Linking(told, person, context)
    for record in told.records(links=True):
        linking.record(record)
    linking.end_the_others()


class _Linking:
    def __init__(self, told: Told, person: Person | None, context: Context | None) -> None:
        self.told, self.writing, self.person, self.context = told, told.writing, person, context
        self.kept: list[Link] = []
        self.people: dict[MentionKey, Person] = {}
        if person:
            self.people[_mention_key(person)] = person

    def record(self, record: Record) -> None:
        if not self.told.asks(record):
            self.kept += [link for link in self._before if self._is_of(record, link)]
        for said in self.told.of(record):
            for ends in self._ends(said):
                self.kept.append(self._recorded(said, ends))

    def end_the_others(self) -> None:
        """A link that the corrected form said and this one doesn't holds no more."""
        for link in self._before:
            if link not in self.kept:
                self.writing.change(link, ended_on=self.told.on)

    # The links of the forms that this one corrects

    @cached_property
    def _before(self) -> list[Link]:
        held = select(Link).where(Link.referral_id.in_(self.told.chain), Link.ended_on.is_(None)).order_by(Link.id)
        return list(self.writing.session.scalars(held)) if self.told.chain else []

    @cached_property
    def _people_before(self) -> list[Person]:
        found = (self._get(Person, link.other_id) for link in self._before if link.other_id)
        return list(dict.fromkeys(person for person in found if person))

    def _get(self, kind: type[Kept], id: int | None) -> Any:
        return self.writing.session.get(kind, (self.writing.borough, id))

    def _is_of(self, record: Record, link: Link) -> bool:
        """Whether a link could have been made by a block."""
        if link.role != record.always.get("role", link.role) or bool(record.person) != bool(link.other_id):
            return False
        return bool(record.person) or self._get(Context, link.context_id).kind == record.context["kind"]

    # What a link has at its other end

    def _ends(self, said: Said) -> Iterator[dict[str, Any]]:
        """The columns that say whom or what a link is to, once for each that an answer names, and what was written with a name."""
        if said.person:
            other = self._other(said.person)
            if other and other is not self.person:
                yield {"other_id": other.id, "context_id": self.context.id if self.context else None}
            return
        for context, called in contexts.named(self.writing, said.context["kind"], said.context):
            yield {"context_id": context.id, "evidence": "; ".join(filter(None, (said.values.get("evidence"), called.rest))) or None}

    def _other(self, told: dict[str, Any]) -> Person | None:
        """The person that is named: one of the same name and birth on this form, or on the one it corrects; else a new one.

        None where what stands there ("name not known") is no name.
        """
        values = {column: value for column, value in {**person_called(told.get("name", "")), **told, "name": None}.items() if value}
        key = _mention_key(Person(**values))
        if key == ("", None):
            return None
        here = self.people.get(key) if values.get("dob") else None
        person = here or self._other_before(key)
        new = person is None
        if person is None:
            person = self.writing.add(Person(**values))
        else:
            said = Filled(values, frozenset(values), frozenset({"known_as"}))
            self.writing.change(person, **Update(said, older=here is not None).of(person))
        self.people[key] = person
        person_keys(self.writing, person, new=new)
        return person

    def _other_before(self, key: MentionKey) -> Person | None:
        """The person whom the corrected form named so; one of the name alone where only the date of birth was corrected."""
        free = [person for person in self._people_before if person not in self.people.values()]
        same = [person for person in free if _mention_key(person)[0] == key[0]]
        exact = [person for person in same if person.dob == key[1]]
        return exact[0] if exact else same[0] if len(same) == 1 else None

    # The link

    def _recorded(self, said: Said, ends: dict[str, Any]) -> Link:
        values = {**said.values, **ends}
        if link := self._same(self.kept, values):
            self.writing.change(link, **_together(link, values))
            return link
        if link := self._same(self._before, values):
            self.writing.change(link, **values)
            return link
        ours = {"person_id": self.person.id if self.person else None, "case_id": self.told.referral.case_id}
        return self.writing.add(Link(**values, **ours, referral_id=self.told.referral.id, ended_on=self._ended(said, values)))

    @staticmethod
    def _same(links: list[Link], values: dict[str, Any]) -> Link | None:
        asked = ("role", "other_id", "context_id")
        return next((link for link in links if all(getattr(link, column) == values.get(column) for column in asked)), None)

    def _ended(self, said: Said, values: dict[str, Any]) -> Any:
        """Of what a person has one of at a time, a later form ends what an earlier one said; a form that comes late ends at once."""
        if not said.record.single or self.person is None or self.told.new:
            return None
        self.writing.session.flush()
        held = select(Link).where(Link.person_id == self.person.id, Link.role == values["role"], Link.ended_on.is_(None))
        others = [link for link in self.writing.session.scalars(held) if link.context_id != values["context_id"]]
        if not self.told.older:
            for link in others:
                self.writing.change(link, ended_on=self.told.on)
        return self.told.on if others and self.told.older else None


def _together(link: Link, values: dict[str, Any]) -> dict[str, Any]:
    """What two rows of one form say of the same link: all that was said of it, and of the rest what the first leaves out."""
    said = dict.fromkeys(filter(None, (link.evidence, values.get("evidence"))))
    blank = {column: value for column, value in values.items() if getattr(link, column) is None}
    return {**blank, "evidence": "; ".join(said) or None}


def _mention_key(person: Person) -> MentionKey:
    """A name without accents and capitals, with the date of birth: people who share both on one form are one."""
    names = [person.given_names, person.family_name] if person.family_name else (person.known_as or [])[:1]
    return key_of(" ".join(filter(None, names))), person.dob
