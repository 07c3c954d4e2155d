"""mase-docs case-notes"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk
from mase_docs.commands.extract import held, say

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings


@click.command("case-notes")
@held
@options.folder
@options.today
@options.force
@click.pass_obj
def command(settings: Settings, /, meeting: date, folder: Path, today: date, force: bool) -> None:
    """The record line of each case that was heard, for the young person's own file: a text file each, called by its reference.

    Example: mase-docs case-notes --meeting 2026-12-02 -o for-the-files
    """
    from mase_docs import cycle, files
    from mase_docs.model.sitting import CHAIR
    from mase_docs.pipeline import Occasion

    home = settings.home
    with settings.register() as register:
        cycle.must_not_mix(register, folder / "note", CHAIR, home)
        made = cycle.case_notes(register, Occasion(home, today, meeting), lambda name: files.must_not_exist(folder / name, force=force))
    for name, data in made.files.items():
        files.write(folder / name, data, force=force)
    say(made)
    talk.aside(f"{folder}: {len(made.files)} note{'' if len(made.files) == 1 else 's'}, each for one young person's own file.")
