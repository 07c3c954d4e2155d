"""mase-docs actions send"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk
from mase_docs.commands.case import chosen

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.cycle import Copied
    from mase_docs.definition.home import Home
    from mase_docs.pipeline import Occasion
    from mase_docs.register.register import Register


@click.command("send")
@options.folder
@click.option("--meeting", type=options.Day(), help="The meeting, by its date; default: the next one.")
@click.option("--agency", "agencies", multiple=True, help="Only this agency (its code or name); as often as you need.")
@options.today
@options.force
@click.pass_obj
def command(settings: Settings, /, folder: Path, meeting: date | None, agencies: tuple[str, ...], today: date, force: bool) -> int:
    """Each agency's own form of its actions, filled in as far as the register knows, as Excel and as PDF: one folder an agency.

    An agency that has nothing to do gets none. Nothing is sent; a form in which somebody else is named is not made.

    Example: mase-docs actions send -o to-agencies --meeting 2026-12-02
    """
    from mase_docs.pipeline import Occasion

    home = settings.home
    named = [chosen(home.codes("agency"), agency) for agency in agencies]
    codes = named or [agency.code for agency in home.profile.agency if not agency.several]
    occasion = Occasion(home, today, meeting)
    with settings.register() as register:
        made = {code: sent(register, code, folder / code, occasion, force=force) for code in dict.fromkeys(codes)}
        left_out = [] if named else asked_nobody(register, home, today)
    for code, done in made.items():
        say(code, done, asked=bool(named))
    for line in left_out:
        talk.aside(f"  {line}")
    number = sum(bool(done and done.files) for done in made.values())
    talk.aside(f"{folder}: forms for {number} agenc{'y' if number == 1 else 'ies'}, a folder each. Look through each before you send it.")
    return 0 if all(made.values()) else 3


def sent(register: Register, code: str, folder: Path, occasion: Occasion, *, force: bool) -> Copied | None:
    """What was written for an agency into its own folder; None, and said why, where somebody else would be named in it."""
    from mase_docs import cycle, files
    from mase_docs.errors import DisclosureError

    cycle.must_not_mix(register, folder / "form", code, occasion.home)
    try:
        made = cycle.send_actions(register, code, occasion, lambda name: files.must_not_exist(folder / name, force=force))
    except DisclosureError as refused:
        talk.aside(f"{code}: {refused}")
        return None
    for name, data in made.files.items():
        files.write(folder / name, data, force=force)
        talk.result(f"{folder / name}")
    return made


def asked_nobody(register: Register, home: Home, today: date) -> list[str]:
    """Of whose actions nobody is asked, in words: of those of no agency, and of a word that stands for more than one body."""
    from mase_docs.register.meetings.actions import said

    with register.reading() as session:
        owed = [one.code for one in said(session, home, today) if one.is_outstanding]
    several = [agency for agency in home.profile.agency if agency.several and agency.code in owed]
    lines = [f"{agency.code}: it stands for more than one body; write to each of them yourself." for agency in several]
    nobody = sum(code not in home.codes("agency").by_code for code in owed)
    return [*lines, *([f"Of no agency of mase.toml, so nobody is asked (mase-docs actions list): {nobody}."] if nobody else [])]


def say(code: str, made: Copied | None, *, asked: bool) -> None:
    """What somebody should know of an agency's form before it goes out."""
    if made is None:
        return
    if asked and not made.files:
        talk.aside(f"  {code}: it has no action that is still to be done.")
    for place in dict.fromkeys(made.look_at):
        talk.aside(f"  {code}: look at {place}: a first name may be somebody's who is not to be in it.")
