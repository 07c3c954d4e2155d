"""mase-docs actions"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from mase_docs.commands import actions_log, actions_receive, actions_send, options, talk
from mase_docs.commands.case import chosen

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from mase_docs.commands.settings import Settings
    from mase_docs.definition.home import Home
    from mase_docs.model.sitting import ActionSaid
    from mase_docs.register.records import Action


@click.group("actions")
def command() -> None:
    """What agencies are to do, by when, and what came of it. Each action keeps its number for good.

    Example: mase-docs actions list --overdue
    """


@command.command("list")
@click.option("--agency", help="Those of one agency (its code).")
@click.option("--case", "reference", metavar="REF", help="Those of one case.")
@click.option("--overdue", is_flag=True, help="Those whose day is past.")
@click.option("--all", "everything", is_flag=True, help="Also those that ended.")
@options.as_json
@options.today
@click.pass_obj
def list_(
    settings: Settings, agency: str | None, reference: str | None, overdue: bool, everything: bool, as_json: bool, today: date
) -> None:
    """What is still to be done, by agency, the longest overdue first. Each case is named by its label.

    Example: mase-docs actions list --agency borough_police --overdue
    """
    from mase_docs.register.casework.case_life import case_of
    from mase_docs.register.meetings import actions

    home = settings.home
    code = chosen(home.codes("agency"), agency) if agency else None
    with settings.register() as register, register.writing("actions list") as writing:
        case = case_of(writing.session, reference) if reference else None
        said = actions.said(writing.session, home, today)
        found = actions.narrowed(said, agency=code, case=case, overdue=overdue, ended=everything)
        writing.looked(*actions.rows(writing.session, found))
        for one in found:
            talk.result(json.dumps(action_json(one), ensure_ascii=False) if as_json else as_line(one, home))
    if not as_json:
        talk.aside(f"{len(found)} action{'' if len(found) == 1 else 's'}.")


@command.command("add")
@click.argument("text", type=options.Words())
@click.option("--agency", required=True, help="The lead agency (its code).")
@click.option("--case", "reference", metavar="REF", help="The case that it is for.")
@click.option("--place", metavar="NAME", help="Or the school, place or group: its name, or its number as places list has it.")
@click.option("--due", type=options.Day(), help="Day by which it is done.")
@click.option("--person", help="Who does it.")
@click.option("--meeting", "day", type=options.Day(), help="The meeting that set it, by its date.")
@options.today
@click.pass_obj
def add(
    settings: Settings,
    /,
    text: str,
    agency: str,
    reference: str | None,
    place: str | None,
    due: date | None,
    person: str | None,
    day: date | None,
    today: date,
) -> None:
    """Add an action, for a case, a place or neither; it gets its number.

    Example: mase-docs actions add "Visit the home" --agency children_in_need --case MASE-2026-0007 --due 2026-12-16 --person "A. Worker"
    """
    from mase_docs.register.meetings import actions
    from mase_docs.register.meetings.meetings import meeting_of

    home = settings.home
    code = chosen(home.codes("agency"), agency)
    with settings.register() as register, register.writing("actions add") as writing:
        session = writing.session
        set_by = meeting_of(session, day, today) if day else None
        made = actions.add(
            writing, action=text, agency=code, due=due, lead_person=person or None, meeting=set_by, **about(session, reference, place)
        )
        show_action(session, home, made, today)
        number = made.number
    if not (due and person):
        talk.aside(f"Every action has a person and a day: mase-docs actions set {number} --person … --due …")


def about(session: Session, reference: str | None, place: str | None) -> dict[str, Any]:
    """The case, or the place, that an action is for. Raises UsageError for both, RegisterError where there is none."""
    from mase_docs.errors import UsageError
    from mase_docs.register.casework.case_life import case_of
    from mase_docs.register.links.places import called_so

    if reference and place:
        raise UsageError("An action is for a case or for a place.", "Give --case or --place, or add an action for each.")
    return {"case": case_of(session, reference) if reference else None, "context": called_so(session, place) if place else None}


@command.command("set")
@click.argument("number")
@click.option("--status", help="open, in_progress, done … (code list action_status).")
@click.option("--evidence", help="How it is known that it was done.")
@click.option("--reason", help="Why it was not done.")
@click.option("--done-on", type=options.Day(), help="Day it was done; default: today.")
@click.option("--action", help="What is to be done, in other words.")
@click.option("--agency", help="The lead agency (its code).")
@click.option("--person", "lead_person", help="Who does it.")
@click.option("--due", type=options.Day(), help="Day by which it is done.")
@options.today
@click.pass_obj
def set_(
    settings: Settings,
    /,
    number: str,
    status: str | None,
    evidence: str | None,
    reason: str | None,
    done_on: date | None,
    today: date,
    **values: Any,
) -> None:
    """Say what came of an action, or change what is to be done; what isn't named stays, and "" empties.

    Example: mase-docs actions set A-2026-0031 --status done --done-on 2026-12-11 --evidence "Minutes of the school's meeting"
    """
    from mase_docs.register.meetings import actions

    home = settings.home
    came: dict[str, Any] = {"evidence": evidence, "reason": reason, "completed_on": done_on}
    code = chosen(home.codes("action_status"), status) if status else None
    with settings.register() as register, register.writing("actions set") as writing:
        action = actions.of_number(writing.session, number)
        changed = actions.update(writing, action, **told(home, values))
        if code or any(value is not None for value in came.values()):
            changed |= actions.set_status(writing, action, code or action.status, today, **came)
        show_action(writing.session, home, action, today)
    if not changed:
        talk.aside("It was so already: nothing was changed.")


for one in (actions_send, actions_receive, actions_log):
    command.add_command(one.command)


def told(home: Home, values: dict[str, Any]) -> dict[str, Any]:
    """What was named of what is to be done, the agency by its code; "" is nothing."""
    found = {name: value or None for name, value in values.items() if value is not None}
    agency = found.get("agency")
    return {**found, "agency": chosen(home.codes("agency"), agency)} if agency else found


def show_action(session: Session, home: Home, action: Action, today: date) -> None:
    """The action as it then stands, on stdout."""
    from mase_docs.register.meetings.actions import said

    [one] = [one for one in said(session, home, today) if one.number == action.number]
    talk.result(as_line(one, home))


def as_line(one: ActionSaid, home: Home) -> str:
    what = f"{one.about}: {one.action}" if one.case or one.theme else one.action
    return "; ".join([f"{one.number}  {one.agency}", what, *state_of(one, home)])


def state_of(one: ActionSaid, home: Home) -> Iterator[str]:
    """Who does it, by when, and what came of it."""
    from mase_docs.definition.types import show_date

    if one.lead_person:
        yield one.lead_person
    if one.due:
        late = f" ({one.days_overdue} day{'' if one.days_overdue == 1 else 's'} overdue)" if one.days_overdue else ""
        yield f"by {show_date(one.due)}{late}"
    if one.times_carried:
        yield f"carried {one.times_carried} time{'' if one.times_carried == 1 else 's'}"
    on = f" on {show_date(one.completed_on)}" if one.completed_on else ""
    yield f"{home.codes('action_status').label_of(one.status)}{on}"
    yield from (f"{words}: {said}" for words, said in {"why": one.reason_not_done, "evidence": one.evidence}.items() if said)


def action_json(one: ActionSaid) -> dict[str, Any]:
    from mase_docs.register.history import plain

    said = {name: plain(value) for name, value in asdict(one).items() if name not in ("key", "code", "agency", "case", "theme")}
    return {**said, "agency": one.code, "agency_name": one.agency if one.code else None}
