"""What the forms of several children have in common: schools, places, people and peer groups (MsUnderstood briefing 4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from mase_docs.definition.codes import plain
from mase_docs.model.ages import age_on
from mase_docs.model.submission import Value
from mase_docs.statistics.children import Child, as_day, as_text
from mase_docs.statistics.sameness import Mention, shared, things

ADULT, YOUNG = "suspected_exploiter_adult", "young_person_suspected"
EXPLOITING = (ADULT, YOUNG, "facilitator")
"""Roles of the people involved in exploiting a child: those who do it and those who help it to happen."""
HARMING = {"harming_or_suspected", "both"}
REFERRED = "referred"
POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b", re.I)


def is_under_18(person: dict[str, Value], on: date | None) -> bool | None:
    """Whether a linked person is under 18: by date of birth, else as the form says, else by age, else by role; None where unknown."""
    dob = as_day(person.get("dob"))
    if dob and on:
        return age_on(on, dob) < 18
    if person.get("under_18") in ("yes", "no"):
        return person["under_18"] == "yes"
    if (age := as_text(person.get("age")).strip()).isdecimal():
        return int(age) < 18
    return {ADULT: False, YOUNG: True}.get(str(person.get("role")))


def exploiters(child: Child) -> list[bool | None]:
    """For each person known to be exploiting the child, or helping, whether they are under 18."""
    return [is_under_18(p, child.referred) for p in child.rows("linked_people") if p.get("role") in EXPLOITING]


def schools(children: Sequence[Child]) -> list[list[Mention]]:
    """The schools that more than one child attends."""
    return shared(
        Mention(as_text(child.latest("school_name")), as_text(child.latest("school_urn")).strip(), n) for n, child in enumerate(children)
    )


def places(children: Sequence[Child]) -> list[list[Mention]]:
    """The places that the forms of more than one child name."""
    return shared(_rows(children, "locations", "address"))


def peer_groups(children: Sequence[Child]) -> list[list[Mention]]:
    return shared(_rows(children, "peer_groups"))


def people(children: Sequence[Child]) -> list[list[Mention]]:
    """The people that the forms of more than one child name; a child referred is named by their own form."""
    named = [m for m in _rows(children, "linked_people", "dob") if _tells(m.name)]
    return shared([*named, *_themselves(children)])


def is_harming(child: Child) -> bool:
    """Whether a child under 18 was referred as harming others, or suspected of it."""
    return bool(child.chosen("subject_role") & HARMING) and (child.age is None or child.age < 18)


def only_named_as_harming(children: Sequence[Child]) -> int:
    """How many young people other children's forms name as suspected of harming who weren't themselves referred for it."""
    own = [m for m in _themselves(children) if is_harming(children[m.child])]
    return sum(1 for thing in things([*_named_as_harming(children), *own]) if not any(m.kind == REFERRED for m in thing))


def _named_as_harming(children: Sequence[Child]) -> Iterator[Mention]:
    for n, child in enumerate(children):
        for row, person in enumerate(child.rows("linked_people")):
            if person.get("role") == YOUNG and is_under_18(person, child.referred) is not False:
                name = as_text(person.get("name"))
                yield Mention(name if _tells(name) else f"nobody {n} {row}", _detail(person.get("dob")), n)


def _tells(name: str) -> bool:
    """Whether a name may tell one person from others: a first name alone doesn't."""
    return len(plain(name).split()) > 1


def linked(shared_things: Iterable[Iterable[Mention]]) -> set[int]:
    """The children that have something in common with another."""
    return {mention.child for thing in shared_things for mention in thing}


def _rows(children: Sequence[Child], repeat: str, detail: str = "") -> Iterator[Mention]:
    for n, child in enumerate(children):
        for row in child.rows(repeat):
            yield Mention(as_text(row.get("name")), _detail(row.get(detail)), n, as_text(row.get("type")))


def _themselves(children: Sequence[Child]) -> Iterator[Mention]:
    for n, child in enumerate(children):
        name = f"{as_text(child.latest('given_names'))} {as_text(child.latest('family_name'))}"
        yield Mention(name, _detail(child.latest("dob")), n, REFERRED)


def _detail(value: Value) -> str:
    """What tells things of one name apart: a day, or the postcode of an address."""
    if day := as_day(value):
        return day.isoformat()
    postcode = POSTCODE.search(as_text(value))
    return postcode[0].upper().replace(" ", "") if postcode else ""
