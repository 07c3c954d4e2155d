"""mase-docs remind"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mase_docs.commands import options, talk

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.cycle import Reminded, Reminders


@click.command("remind")
@click.option("--meeting", type=options.Day(), help="The meeting, by its date; default: the next one.")
@options.folder
@click.option("--agency", "agencies", multiple=True, help="Only this agency (its code or name); may be given several times.")
@options.as_json
@options.today
@options.force
@click.pass_obj
def command(
    settings: Settings, /, meeting: date | None, folder: Path, agencies: tuple[str, ...], as_json: bool, today: date, force: bool
) -> int:
    """A reminder of the meeting for each agency, in a folder of its own: a draft e-mail, its forms to fill in and a calendar invite.

    Nothing is sent. Agencies that are committed to attend get one, and those that have actions to do or cases on the agenda. The
    e-mail names cases and actions by their numbers alone.

    Example: mase-docs remind --meeting 2026-12-02 -o reminders
    """
    from mase_docs import cycle, files
    from mase_docs.commands.case import chosen
    from mase_docs.pipeline import Occasion

    home = settings.home
    codes = [chosen(home.codes("agency"), agency) for agency in agencies]
    with settings.register() as register:
        reminders = cycle.remind(register, Occasion(home, today, meeting), folder, codes, force=force)
    for one in reminders.found:
        for name, data in one.files.items():
            files.write(folder / one.reminder.code / name, data, force=force)
        talk.result(json.dumps(as_json_line(one), ensure_ascii=False) if as_json else as_line(one))
    say(reminders, folder)
    return 3 if any(one.refused for one in reminders.found) else 0


def as_line(one: Reminded) -> str:
    """`Borough Police (borough_police): 3 actions, 2 cases; to spoc@police.example`"""
    actions, cases = len(one.reminder.owed), one.reminder.cases
    counted = f"{actions} action{'' if actions == 1 else 's'}, {cases} case{'' if cases == 1 else 's'}"
    to = "not made" if one.refused else f"to {one.to}" if one.to else "no secure address"
    return f"{one.reminder.agency} ({one.reminder.code}): {counted}; {to}"


def as_json_line(one: Reminded) -> dict[str, Any]:
    said = one.reminder
    counts = {"actions": len(said.owed), "cases": said.cases}
    return {"agency": said.code, "name": said.agency, **counts, "to": one.to or None, "files": [*one.files], "refused": one.refused or None}


def say(reminders: Reminders, folder: Path) -> None:
    """What somebody should look at before anything goes out, and who is reminded of nothing."""
    for one in reminders.found:
        if one.refused:
            talk.aside(f"{one.reminder.agency}: {one.refused}")
        for place in dict.fromkeys(one.look_at):
            talk.aside(f"{one.reminder.agency}: look at {place}: a first name may be somebody's who is not to be in it.")
    for several in reminders.several:
        talk.aside(f"{several.agency}: nothing was made, for it stands for more than one body. Write to each of them yourself.")
    if reminders.of_nobody:
        number = f"{reminders.of_nobody} outstanding action{' is' if reminders.of_nobody == 1 else 's are'}"
        talk.aside(f"{number} of no agency of mase.toml, so nobody is reminded: mase-docs actions list")
    made = sum(not one.refused for one in reminders.found)
    talk.aside(f"{folder}: {made} reminder{'' if made == 1 else 's'}, each in a folder of its own. Look at each draft before you send it.")
