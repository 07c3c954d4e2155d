"""mase-docs register import: the list that was kept before there was a register."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.definition.home import Home
    from mase_docs.intake.register_sheet import Imported


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--mapping", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="The TOML file that says which column is what."
)
@click.option("--suggest", is_flag=True, help="Print a first mapping for this spreadsheet, to be mended by hand.")
@click.option("--dry-run", is_flag=True, help="Say what would be recorded, and record nothing.")
@options.password_file
@options.today
@click.pass_obj
def import_(
    settings: Settings, /, file: Path, mapping: Path | None, suggest: bool, dry_run: bool, passwords: list[str], today: date
) -> int:
    """Record the rows of a spreadsheet that was kept before there was a register, by a mapping of its headings (docs/import.md).

    Example: mase-docs register import tracker.xlsx --mapping mapping.toml --dry-run
    """
    from mase_docs.commands import receive
    from mase_docs.errors import UsageError
    from mase_docs.intake import import_mapping, register_file
    from mase_docs.pipeline import Occasion, bring_in

    home = settings.home
    if suggest:
        talk.result(register_file.suggest(file, home, today, passwords))
        return 0
    if mapping is None:
        raise UsageError("Which column is what has to be said.", "Make a first mapping with --suggest, and name it with --mapping.")
    found = register_file.rows(file, import_mapping.load(mapping, home), home, today, passwords)
    if dry_run:
        return show_all(list(found), home)
    with settings.register() as register:
        done = list(bring_in(found, register, Occasion(home, today)))
    for one in done:
        receive.show(one, home)
    talk.aside(receive.summary(done))
    return receive.exit_code(done)


def show_all(rows: list[Imported], home: Home) -> int:
    """What each row would become, its answers and problems; 3 where one could not be recorded."""
    from mase_docs.commands.check import show_verdict
    from mase_docs.commands.read import show_answers

    for row in rows:
        if row.submission.form:
            show_answers(row.submission, home)
        else:
            show_verdict(row.submission, home)
    fit = sum(bool(row.submission.form) and not talk.exit_code([row.submission]) for row in rows)
    talk.aside(f"{fit} of {len(rows)} rows would be recorded. Nothing was.")
    return talk.exit_code(row.submission for row in rows)
