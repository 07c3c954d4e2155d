"""mase-docs places"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from mase_docs.commands import options, talk
from mase_docs.model.network import KINDS

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.register.links.places import Alike, ContextView
    from mase_docs.register.records import Context

number = click.argument("number", type=int)


@click.group("places")
def command() -> None:
    """The schools, places, groups and online spaces that forms name: confirmed by you, and told to be the same by you alone.

    Example: mase-docs places list --unconfirmed
    """


@command.command("list")
@click.option("--kind", type=click.Choice([kind for kind in KINDS if kind not in ("case", "person")]), help="One kind, not all of them.")
@click.option("--unconfirmed", is_flag=True, help="Those whose name you have not confirmed.")
@options.as_json
@click.pass_obj
def list_(settings: Settings, kind: str | None, unconfirmed: bool, as_json: bool) -> None:
    """Every one of them with its number, the ways it was written, and how many open cases name it; then those that may be the same.

    Example: mase-docs places list --kind school
    """
    from mase_docs.register.links.places import contexts, likely_same

    with settings.register() as register, register.writing("places list") as writing:
        found = contexts(writing.session, kind, unconfirmed_only=unconfirmed)
        shown = {view.context.id for view in found}
        alike = [pair for pair in likely_same(writing.session) if {pair.one.id, pair.other.id} & shown]
        writing.looked(*(view.context for view in found))
        for line in in_json(found, alike) if as_json else lines(found, alike):
            talk.result(line)


@command.command("confirm")
@number
@click.option("--name", help="The right name, if it is not as it was written.")
@click.option("--urn", help="A school's number.")
@click.option("--postcode", help="Its postcode.")
@click.pass_obj
def confirm(settings: Settings, number: int, name: str | None, urn: str | None, postcode: str | None) -> None:
    """Say that a name is right, or what is right.

    Example: mase-docs places confirm 12 --name "Marshgate Academy"
    """
    from mase_docs.register.links import places

    with settings.register() as register, register.writing("places confirm") as writing:
        context = places.context_of(writing.session, number)
        places.confirm(writing, context, name, urn, postcode)
        talk.result(f"{context.id}: {context.name}, confirmed")


@command.command("same")
@number
@click.argument("other", type=int)
@click.pass_obj
def same(settings: Settings, number: int, other: int) -> None:
    """Say that two are one: the cases that name either are linked. It can be undone.

    Example: mase-docs places same 12 31
    """
    from mase_docs.register.links import places

    with settings.register() as register, register.writing("places same") as writing:
        one, two = (places.context_of(writing.session, n) for n in (number, other))
        goes_on = places.same(writing, one, two)
        joined = two if goes_on is one else one
        talk.result(f"{joined.id}: {joined.name}, is {goes_on.id}: {goes_on.name}")


@command.command("undo")
@number
@click.pass_obj
def undo(settings: Settings, number: int) -> None:
    """Take back that one is another.

    Example: mase-docs places undo 31
    """
    from mase_docs.register.links import places

    with settings.register() as register, register.writing("places undo") as writing:
        context = places.context_of(writing.session, number)
        places.undo_same(writing, context)
        talk.result(f"{context.id}: {context.name}, stands for itself")


def lines(found: list[ContextView], alike: list[Alike]) -> Iterator[str]:
    for view in found:
        yield f"{view.context.id:>5}  {KINDS[view.context.kind]:<12} {'; '.join(told(view))}"
    for pair in alike:
        why = "; ".join([*pair.reasons, *(f"but {words}" for words in pair.against)])
        yield f"  may be the same: {called(pair.one)} and {called(pair.other)} ({why})"


def told(view: ContextView) -> Iterator[str]:
    yield view.context.name
    yield "confirmed" if view.context.confirmed else "not confirmed"
    yield f"{view.cases} open case{'' if view.cases == 1 else 's'}"
    if view.names:
        yield f"also written {', '.join(view.names)}"
    if view.also:
        yield f"the same as {', '.join(map(str, view.also))}"


def called(context: Context) -> str:
    return f"{context.id} {context.name}"


def in_json(found: list[ContextView], alike: list[Alike]) -> Iterator[str]:
    """One object a school or place; those that may be the same stand with both."""
    may_be: dict[int, list[dict[str, Any]]] = {}
    for pair in alike:
        said = {"score": pair.score, "reasons": list(pair.reasons), "against": list(pair.against)}
        may_be.setdefault(pair.one.id, []).append({"id": pair.other.id, **said})
        may_be.setdefault(pair.other.id, []).append({"id": pair.one.id, **said})
    for view in found:
        yield json.dumps(context_json(view, may_be.get(view.context.id, [])), ensure_ascii=False)


def context_json(view: ContextView, may_be: list[dict[str, Any]]) -> dict[str, Any]:
    from mase_docs.register.history import state

    return {**state(view.context), "names": list(view.names), "same": list(view.also), "cases": view.cases, "may_be": may_be}
