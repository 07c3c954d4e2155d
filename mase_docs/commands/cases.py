"""mase-docs cases"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from mase_docs.commands import options, talk

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.definition.home import Home
    from mase_docs.register.casework.cases import CaseView

NARROWED = {  # what the list can be narrowed to (register/casework/cases.py, FILTERS) → how it is told
    "new": "New cases.",
    "review": "Cases for review.",
    "review-due": "Cases whose review is due.",
    "no-review": "Cases without a day for their next review.",
    "review-asked": "Cases whose category was asked to be reviewed.",
    "out-of-borough": "Children placed outside the borough.",
    "cross-border": "Cases that touch other boroughs.",
    "nfa": "Cases in which the police took no further action.",
    "no-plan": "Those of them without a plan, or without an owner of it.",
    "transition": "Young people who soon reach, or reached since, an age that changes eligibility.",
    "re-referred": "Cases referred again within 12 months of closing.",
    "harming": "Young people who may be harming others.",
    "places": "Places, schools and groups referred in their own right.",
}


def narrowing(command: click.decorators.FC) -> click.decorators.FC:
    """An option for each thing that the list can be narrowed to."""
    for name, words in reversed(NARROWED.items()):
        command = click.option(f"--{name}", is_flag=True, help=words)(command)
    return command


@click.command("cases")
@narrowing
@click.option("--closed", is_flag=True, help="Closed cases in place of open ones.")
@click.option("--all", "everything", is_flag=True, help="Open and closed cases.")
@options.as_json
@options.today
@click.pass_obj
def command(settings: Settings, /, closed: bool, everything: bool, as_json: bool, today: date, **chosen: bool) -> None:
    """The cases before the panel, open ones unless you ask for others. Each is named by its label.

    Example: mase-docs cases --review-due
    """
    from mase_docs.register.casework.cases import narrowed, views

    home = settings.home
    with settings.register() as register, register.writing("cases") as writing:
        found = narrowed(
            views(writing.session, home.profile.ages, today), [name.replace("_", "-") for name, on in chosen.items() if on], today
        )
        found = [view for view in found if everything or view.is_open != closed]
        writing.looked(*(view.case for view in found))
        for view in found:
            talk.result(json.dumps(as_json_line(view), ensure_ascii=False) if as_json else as_line(view, home))
    if not as_json:
        talk.aside(f"{len(found)} case{'' if len(found) == 1 else 's'}.")


def as_json_line(view: CaseView) -> dict[str, Any]:
    from mase_docs.register.history import state

    newest = {name: state(a) if (a := getattr(view, name)) else None for name in ("category", "hsb_level")}
    turns = {"age": view.turns[0], "on": view.turns[1].isoformat()} if view.turns else None
    return {**state(view.case), **newest, "turns": turns, "re_referral_of": view.re_referral_of, "forms": view.forms}


def as_line(view: CaseView, home: Home) -> str:
    return f"{view.case.label:<28} " + "; ".join(told(view, home))


def told(view: CaseView, home: Home) -> Iterator[str]:
    """What a list tells of a case, shortest first."""
    from mase_docs.definition.types import show_date

    case = view.case
    yield home.codes("case_status").label_of(case.status)
    yield from (home.codes(a.scheme).label_of(a.code) for a in (view.category, view.hsb_level) if a)
    if case.closed_on:
        yield f"closed {show_date(case.closed_on)}: {home.codes('case_outcome').label_of(case.outcome or 'no outcome')}"
    if case.next_review and view.is_open:
        yield f"review by {show_date(case.next_review)}"
    if case.placed_out_of_borough:
        yield f"placed in {home.codes('la').label_of(case.host_authority or 'an area not known')}"
    if view.without_plan:
        yield "no further action, and no plan"
    yield from _of_note(view)


def _of_note(view: CaseView) -> Iterator[str]:
    """What was asked for, what is coming, what was before."""
    from mase_docs.definition.types import show_date

    if view.awaits_review and view.case.review_asked_on:
        yield f"review of the category asked for on {show_date(view.case.review_asked_on)}"
    if view.turns:
        yield f"{view.turns[0]} from {show_date(view.turns[1])}"
    if view.re_referral_of:
        yield f"referred again, was {view.re_referral_of}"
