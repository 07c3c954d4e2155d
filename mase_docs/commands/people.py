"""mase-docs people"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from mase_docs.commands import options, talk

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.definition.home import Home
    from mase_docs.register.persons.people import MatchView, PersonView
    from mase_docs.register.records import Case, Match, Person
    from mase_docs.register.writing import Writing

    Step = Callable[[Writing, Person, Person], Match]

one = click.argument("one")
other = click.argument("other")
because = click.option("--because", default="", metavar="REASON", help="Why; it is kept in the history.")


@click.group("people")
def command() -> None:
    """The people that the register knows, and who of them may be the same. It shows names.

    A person is named by the reference of their case, or by P and a number as `list` shows it.

    Example: mase-docs people matches
    """


@command.command("list")
@options.as_json
@click.pass_obj
def list_(settings: Settings, as_json: bool) -> None:
    """Everybody, with their cases and the cases that name them.

    Example: mase-docs people list
    """
    from mase_docs.register.persons.people import people

    home = settings.home
    with settings.register() as register, register.writing("people list") as writing:
        found = people(writing.session)
        writing.looked(*(person for view in found for person in view.everyone))
        for view in found:
            talk.result(json.dumps(person_json(view), ensure_ascii=False) if as_json else as_line(view, home))
    if not as_json:
        talk.aside(f"{len(found)} people.")


@command.command("matches")
@options.as_json
@click.option("--all", "everything", is_flag=True, help="Also what was decided before.")
@click.pass_obj
def matches(settings: Settings, as_json: bool, everything: bool) -> None:
    """Who may be the same person, and why. Nobody is taken for another until you say so.

    Example: mase-docs people matches
    """
    from mase_docs.register.persons.people import matches as proposed

    with settings.register() as register, register.writing("people matches") as writing:
        found = proposed(writing.session, decided=everything)
        writing.looked(*(person for view in found for person in (view.person, view.other)))
        for view in found:
            for line in [json.dumps(match_json(view), ensure_ascii=False)] if as_json else match_lines(view):
                talk.result(line)
        waiting = any(view.match.state == "proposed" for view in found)
    if not as_json:
        talk.aside("To decide: mase-docs people same … …  or  different … …" if waiting else "Nobody waits for a decision.")


@command.command("same")
@one
@other
@because
@click.pass_obj
def same(settings: Settings, one: str, other: str, because: str) -> None:
    """Say that two persons are one: their open cases go on as one. It can be undone.

    Example: mase-docs people same MASE-2026-0007 MASE-2026-0012 --because "the social worker confirms it"
    """
    from mase_docs.register.persons import identity

    decided(settings, "same", one, other, lambda writing, a, b: identity.same(writing, a, b, writing.who, because))


@command.command("different")
@one
@other
@because
@click.pass_obj
def different(settings: Settings, one: str, other: str, because: str) -> None:
    """Say that two persons are two: they are not proposed again. It can be undone.

    Example: mase-docs people different MASE-2026-0007 P12 --because "cousins"
    """
    from mase_docs.register.persons import identity

    decided(settings, "different", one, other, lambda writing, a, b: identity.different(writing, a, b, writing.who, because))


@command.command("undo")
@one
@other
@click.pass_obj
def undo(settings: Settings, one: str, other: str) -> None:
    """Take back what was said of two persons; everything is as if it had not been said.

    Example: mase-docs people undo MASE-2026-0007 MASE-2026-0012
    """
    from mase_docs.register.persons import identity

    decided(settings, "undo", one, other, lambda writing, a, b: identity.taken_back(writing, a, b))


def decided(settings: Settings, why: str, one: str, other: str, step: Step) -> None:
    """Takes a step that is about two persons, in one transaction; what it came to, on stdout."""
    from mase_docs.register.persons.people import cases_of, named

    with settings.register() as register, register.writing(f"people {why}") as writing:
        a, b = named(writing.session, one), named(writing.session, other)
        step(writing, a, b)
        for line in came_to(a, b, cases_of(writing.session, a, b)):
            talk.result(line)


def came_to(one: Person, other: Person, cases: list[tuple[Case, str]]) -> Iterator[str]:
    """Who two persons are now, and where their cases stand."""
    roots = {person.same_as or person.id for person in (one, other)}
    who = "two people" if len(roots) > 1 else f"one person, found as P{min(roots)}"
    yield f"P{one.id} and P{other.id} are {who}."
    for case, goes_on in cases:
        yield f"  {case.reference} " + (f"goes on in {goes_on}" if goes_on else "is closed" if case.closed_on else "is open")


def as_line(view: PersonView, home: Home) -> str:
    return f"P{view.person.id:<6} " + "; ".join(told(view, home))


def told(view: PersonView, home: Home) -> Iterator[str]:
    from mase_docs.definition.types import show_date

    yield name(view.person)
    if view.person.dob:
        yield f"born {show_date(view.person.dob)}"
    yield from view.cases
    yield from (f"{role_said(role, home)} in {reference}" for reference, role in view.named_in)
    if view.also:
        yield f"the same as {', '.join(f'P{person.id} ({name(person)})' for person in view.also)}"


def role_said(role: str, home: Home) -> str:
    """A part that somebody plays in a case, as a list says it."""
    return str(home.codes("linked_role").label_of(role)).replace("_", " ").lower()


def name(person: Person) -> str:
    """The name as it was written, else the other names."""
    return " ".join(filter(None, (person.given_names, person.family_name))) or "; ".join(person.known_as or ()) or "name not known"


def person_json(view: PersonView) -> dict[str, Any]:
    from mase_docs.register.history import state

    named_in = [{"case": reference, "role": role} for reference, role in view.named_in]
    return {**state(view.person), "same": [state(person) for person in view.also], "cases": list(view.cases), "named_in": named_in}


def match_lines(view: MatchView) -> Iterator[str]:
    """Who may be whom, how likely, and why; what speaks against it."""
    from mase_docs.definition.types import show_date

    match = view.match
    said = {"proposed": f"{match.band} the same", "confirmed": "the same, as decided", "refused": "not the same, as decided"}[match.state]
    by = f" by {match.decided_by} on {show_date(match.decided_on)}" if match.decided_on else ""
    yield f"{view.called[0]} and {view.called[1]}: {name(view.person)} and {name(view.other)}, {said}{by}"
    yield from (f"      for: {words}" for words in match.reasons)
    yield from (f"  against: {words}" for words in match.against)


def match_json(view: MatchView) -> dict[str, Any]:
    from mase_docs.register.history import state

    ends = {"person": view.person, "other": view.other}
    called = dict(zip(ends, view.called, strict=True))
    return {**state(view.match), **{end: {"called": called[end], "name": name(p), "row": f"P{p.id}"} for end, p in ends.items()}}
