"""What an agency's papers may call a case or a place, and what they may not speak of at all (domain 6.2)."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.register.meetings.involved import withheld_from
from mase_docs.register.meetings.themes import KINDS
from mase_docs.register.records import Case, Context, Link, Person

HOMES = ("household", "phone", "vehicle", "username")
"""Kinds of context that no copy names: where somebody lives, and how to reach them."""


class Naming:
    """The names of the register's places, schools and groups, as papers for agencies have them."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @cached_property
    def contexts(self) -> dict[int, Context]:
        """Context → the one that stands for it."""
        every = {context.id: context for context in self.session.scalars(select(Context))}
        return {number: every[context.same_as or number] for number, context in every.items()}

    def name(self, context: Context) -> str:
        """Its name; of a school that somebody goes to of whom that must not be told, only what it is."""
        kind = KINDS.get(context.kind, "Place")
        return f"{kind} (name withheld)" if context.id in self._undisclosed or context.kind in HOMES else context.name

    def of_theme(self, key: str) -> str:
        """The name of what is known by a key, `theme4`."""
        return self.name(self.contexts[int(key.removeprefix("theme"))])

    def withheld_from(self, agency: str) -> set[str]:
        """The keys of what is restricted to others: cases, and the places that such cases are about."""
        cases = withheld_from(self.session, agency)
        places = self.session.scalars(select(Case.context_id).where(Case.id.in_(cases), Case.context_id.is_not(None)))
        return {f"case{number}" for number in cases} | {f"theme{self.contexts[number or 0].id}" for number in places}

    @cached_property
    def _undisclosed(self) -> set[int]:
        """The schools of those about whom something must not be disclosed."""
        hidden = select(Person).where(Person.do_not_disclose.is_(True) | Person.address_sensitive.is_(True))
        roots = {person.same_as or person.id for person in self.session.scalars(hidden)}
        same = select(Person.id).where(Person.id.in_(roots) | Person.same_as.in_(roots))
        cases = select(Case.id).where(Case.person_id.in_(same))
        links = select(Link.context_id).where(Link.case_id.in_(cases), Link.context_id.is_not(None))
        found = (self.contexts[number or 0] for number in self.session.scalars(links))
        return {context.id for context in found if context.kind == "school"}
