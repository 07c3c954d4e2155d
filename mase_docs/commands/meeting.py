"""mase-docs meeting"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import click

from mase_docs.commands import options, talk
from mase_docs.commands.case import chosen

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.definition.home import Home
    from mase_docs.definition.profile import Profile
    from mase_docs.model.sitting import Attended
    from mase_docs.register.records import Attendance, Meeting
    from mase_docs.register.writing import Writing

    Present = tuple[tuple[Attended, ...], tuple[Attended, ...]]

day = click.argument("day", metavar="DATE", type=options.Day())
day_if_any = click.argument("day", metavar="[DATE]", type=options.Day(), required=False)


def told_of(command: click.decorators.FC) -> click.decorators.FC:
    """An option for each thing that is told of a meeting."""
    for name, words in {"minute-taker": "Who takes the minutes.", "chair": "Who leads it.", "venue": "Where, or the word online."}.items():
        command = click.option(f"--{name}", help=words)(command)
    return command


@click.group("meeting", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """The meetings of the panel, the days that their papers go by, and who came.

    Example: mase-docs meeting add 2026-12-02
    """


@command.command("add")
@day_if_any
@told_of
@click.pass_obj
def add(settings: Settings, /, day: date | None, **values: str | None) -> None:
    """Add a meeting; without a date, the next by the rhythm of mase.toml. Its days are counted in working days.

    Example: mase-docs meeting add 2026-12-02 --chair "A. Chair"
    """
    from mase_docs.register.meetings import meetings

    home = settings.home
    with settings.register() as register, register.writing("meeting add") as writing:
        meeting = meetings.add(writing, day, home)
        meetings.update(writing, meeting, **given(values))
        show_lines(meeting_lines(meeting, home.profile))
        added_on = meeting.held_on
    say_if_not_worked(added_on)


@command.command("list")
@options.as_json
@click.pass_obj
def list_(settings: Settings, as_json: bool) -> None:
    """Every meeting by its day.

    Example: mase-docs meeting list
    """
    from mase_docs.register.meetings.meetings import all_of

    profile = settings.home.profile
    with settings.register() as register, register.reading() as session:
        found = all_of(session)
        for meeting in found:
            talk.result(json.dumps(meeting_json(meeting, profile), ensure_ascii=False) if as_json else as_line(meeting))
    if not found and not as_json:
        talk.aside("There is none. Add the next one with: mase-docs meeting add")


@command.command("show")
@day_if_any
@options.as_json
@options.today
@click.pass_obj
def show(settings: Settings, day: date | None, as_json: bool, today: date) -> None:
    """A meeting with its days and who came; without a date, the next one.

    Example: mase-docs meeting show 2026-12-02
    """
    from mase_docs.register.meetings.attendance import attended
    from mase_docs.register.meetings.meetings import meeting_of

    home = settings.home
    with settings.register() as register, register.reading() as session:
        meeting = meeting_of(session, day, today)
        came = attended(session, meeting, home)
        if as_json:
            talk.result(json.dumps(whole_json(meeting, came, home.profile), ensure_ascii=False))
        else:
            show_lines([*meeting_lines(meeting, home.profile), "", *came_lines(came, home)])


@command.command("set")
@day
@told_of
@click.option("--started", metavar="HH:MM", help="When it began.")
@click.option("--finished", metavar="HH:MM", help="When it ended.")
@click.option("--state", help="planned, held, minutes_draft or minutes_agreed.")
@click.option("--move-to", type=options.Day(), help="Another day, of a meeting that was not held; its other days follow.")
@click.pass_obj
def set_(settings: Settings, /, day: date, move_to: date | None, **values: str | None) -> None:
    """Change what is told of a meeting; what isn't named stays, and "" empties.

    Example: mase-docs meeting set 2026-12-02 --venue online --state held
    """
    from mase_docs.register.meetings import meetings

    home = settings.home
    with settings.register() as register, register.writing("meeting set") as writing:
        meeting = meetings.meeting_of(writing.session, day, writing.today)
        if move_to:
            meetings.move(writing, meeting, move_to, home)
        changed = meetings.update(writing, meeting, **given(values)) or move_to not in (None, day)
        show_lines(meeting_lines(meeting, home.profile))
    if move_to:
        say_if_not_worked(move_to)
    if not changed:
        talk.aside("It was so already: nothing was changed.")


@command.command("attend")
@day
@click.option("--agency", help="The agency (its code).")
@click.option("--as", "attendance", help="spoc, representative, apology_with_information, apology or absent (code list attendance).")
@click.option("--name", help="Who came, or who sent the apology.")
@click.option("--for", "representing", help="Whom a representative came for.")
@click.option("--information-on", type=options.Day(), help="Day on which information came in place of a person.")
@click.option("--signed/--not-signed", "signed", default=None, help="Whether the confidentiality statement is signed.")
@click.option("--observer", type=options.Words(), help="Somebody who only observed, by name; in place of an agency.")
@click.option("--from", "come_from", help="Where the observer is from.")
@click.pass_obj
def attend(settings: Settings, /, day: date, agency: str | None, observer: str | None, **values: Any) -> None:
    """Write down who spoke for an agency, or who observed. Once more for the same agency changes what stands there.

    Example: mase-docs meeting attend 2026-12-02 --agency borough_police --as representative --name "A. Stand-in" --for "A. Contact"
    """
    from mase_docs.register.meetings.attendance import attended
    from mase_docs.register.meetings.meetings import meeting_of

    must_be_of_one(agency, observer, values)
    home = settings.home
    with settings.register() as register, register.writing("meeting attend") as writing:
        meeting = meeting_of(writing.session, day, writing.today)
        row = observed(writing, meeting, observer, values) if observer else spoken_for(writing, meeting, home, str(agency), values)
        show_lines(came_lines(only(row, attended(writing.session, meeting, home)), home))


OF_AGENCIES = {"attendance": "--as", "name": "--name", "representing": "--for", "information_on": "--information-on"}
OF_OBSERVERS = {"come_from": "--from"}


def must_be_of_one(agency: str | None, observer: str | None, values: dict[str, Any]) -> None:
    """Raises UsageError unless it is told of one of the two, and only what belongs to it."""
    from mase_docs.errors import UsageError

    if bool(agency) == bool(observer):
        raise UsageError("One of --agency and --observer is needed.", "Give each on its own.")
    strange = [option for name, option in (OF_AGENCIES if observer else OF_OBSERVERS).items() if values[name] is not None]
    if strange:
        raise UsageError(f"{', '.join(strange)}: told of {'agencies' if observer else 'observers'} alone.", "Leave it out.")


def observed(writing: Writing, meeting: Meeting, name: str, values: dict[str, Any]) -> Attendance:
    from mase_docs.register.meetings.attendance import observe

    return observe(writing, meeting, name, values["come_from"], values["signed"])


def spoken_for(writing: Writing, meeting: Meeting, home: Home, agency: str, values: dict[str, Any]) -> Attendance:
    """Codes may be given as their labels; what isn't named stays, and "" empties."""
    from mase_docs.register.meetings.attendance import Came, attend

    told = given({name: values[name] for name in ("name", "representing", "information_on")} | {"statement_signed": values["signed"]})
    code = chosen(home.codes("attendance"), values["attendance"]) if values["attendance"] else None
    return attend(writing, meeting, home, chosen(home.codes("agency"), agency), code, **cast(Came, told))


def only(row: Attendance, came: Present) -> Present:
    """Of all who came, the one of a row."""
    agencies, observers = came
    if row.observer:
        return (), tuple(one for one in observers if one.name == row.name)
    return tuple(one for one in agencies if one.key == f"agency{row.agency_id}"), ()


def given(values: dict[str, Any]) -> dict[str, Any]:
    """What was named; "" is nothing."""
    return {name: None if value == "" else value for name, value in values.items() if value is not None}


def say_if_not_worked(day: date) -> None:
    """A weekend or a bank holiday may be meant: it is said all the same."""
    from mase_docs.definition.types import show_date
    from mase_docs.model.days import is_worked

    if not is_worked(day):
        talk.aside(f"{show_date(day)} is a weekend or a bank holiday. If that isn't meant: mase-docs meeting set {day} --move-to …")


def show_lines(lines: Iterable[str]) -> None:
    for line in lines:
        talk.result(line)


DAYS = {
    "referrals_close_on": "Forms by",
    "remind_on": "Reminders go out",
    "intelligence_on": "Information by",
    "papers_on": "Agenda goes out",
    "minutes_due_on": "Minutes due",
}


def as_line(meeting: Meeting) -> str:
    """A meeting in a list: its day, how far it is, until when forms come, where."""
    from mase_docs.definition.types import show_date
    from mase_docs.register.meetings.meetings import STATES

    closes = f"forms by {show_date(meeting.referrals_close_on)}" if meeting.referrals_close_on else ""
    return f"{show_date(meeting.held_on):<17} " + "; ".join(filter(None, (STATES[meeting.state], closes, meeting.venue)))


def meeting_lines(meeting: Meeting, profile: Profile) -> Iterator[str]:
    """A meeting with its days, in the order in which they come."""
    from mase_docs.definition.types import show_date
    from mase_docs.register.meetings.meetings import STATES

    yield f"Meeting of {show_date(meeting.held_on)}: {STATES[meeting.state]}"
    dates = days_of(meeting, profile)
    yield from (f"  {words:<17} {show_date(day)}" for name, words in DAYS.items() if (day := dates[name]))
    told = {"Where": meeting.venue, "Chair": meeting.chair, "Minutes taken by": meeting.minute_taker}
    times = {"Began at": meeting.started, "Ended at": meeting.finished}
    yield from (f"  {words:<17} {said}" for words, said in {**told, **times}.items() if said)


def days_of(meeting: Meeting, profile: Profile) -> dict[str, date | None]:
    from mase_docs.register.meetings.meetings import intelligence_on

    return {name: intelligence_on(meeting.held_on, profile) if name == "intelligence_on" else getattr(meeting, name) for name in DAYS}


def came_lines(came: Present, home: Home) -> Iterator[str]:
    """Who came, a line for each agency and observer."""
    agencies, observers = came
    labels = home.codes("attendance")
    for one in agencies:
        yield f"{one.agency}: " + "; ".join([labels.label_of(one.attendance) if one.attendance else "nothing said yet", *told(one)])
    for one in observers:
        yield "Observer: " + "; ".join(filter(None, (one.name, f"from {one.agency}" if one.agency else "", *signed(one))))


def told(one: Attended) -> Iterator[str]:
    from mase_docs.definition.types import show_date

    if one.name:
        yield one.name + (f" for {one.representing}" if one.representing else "")
    if one.information_on:
        yield f"information came on {show_date(one.information_on)}"
    yield from signed(one)


def signed(one: Attended) -> Iterator[str]:
    if one.statement_signed is not None:
        yield "statement signed" if one.statement_signed else "statement not signed"


def meeting_json(meeting: Meeting, profile: Profile) -> dict[str, Any]:
    from mase_docs.register.history import state
    from mase_docs.register.meetings.meetings import intelligence_on

    return {**state(meeting), "intelligence_on": intelligence_on(meeting.held_on, profile).isoformat()}


def whole_json(meeting: Meeting, came: Present, profile: Profile) -> dict[str, Any]:
    """A meeting with who came."""
    agencies, observers = came
    said = {"agencies": [came_json(one) for one in agencies], "observers": [came_json(one) for one in observers]}
    return {**meeting_json(meeting, profile), **said}


def came_json(one: Attended) -> dict[str, Any]:
    from mase_docs.register.history import plain

    return {name: plain(value) for name, value in asdict(one).items() if name != "key"}
