"""mase-docs extract"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.cycle import Copied

held = click.option("--meeting", type=options.Day(), required=True, help="The meeting, by its date.")


@click.command("extract")
@held
@click.option("--agency", required=True, help="Whose copy it is (the agency's code or name).")
@options.output
@options.today
@options.force
@click.pass_obj
def command(settings: Settings, /, meeting: date, agency: str, output: Path, today: date, force: bool) -> None:
    """One agency's copy of the minutes, once they are read back: its own cases, what it said itself, what was decided, its own actions.

    What belongs to others is left out. A copy in which somebody else is named, because it was typed into an action, is not made.

    Example: mase-docs extract --meeting 2026-12-02 --agency borough_police -o borough-police/extract.docx
    """
    from mase_docs import cycle, files
    from mase_docs.commands.case import chosen
    from mase_docs.pipeline import Occasion

    files.must_not_exist(output, force=force)
    home = settings.home
    code = chosen(home.codes("agency"), agency)
    with settings.register() as register:
        cycle.must_not_mix(register, output, code, home)
        made = cycle.extract(register, code, Occasion(home, today, meeting))
    files.write(output, made.files[""], force=force)
    say(made)
    talk.aside(f"{output}: for {home.codes('agency').label_of(code)} alone. Look through it before you send it.")


def say(made: Copied) -> None:
    """What somebody should look at before the files go out."""
    for place in dict.fromkeys(made.look_at):
        talk.aside(f"  Look at {place}: a first name may be somebody's who is not to be in it.")
    if made.copy and made.copy.kept_back:
        numbers = ", ".join(made.copy.kept_back)
        talk.aside(f"  Left out, because their case is restricted to other agencies: {numbers}. Tell the agency of them in another way.")
