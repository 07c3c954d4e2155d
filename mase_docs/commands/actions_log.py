"""mase-docs actions log"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.cycle import LogKind

TO = click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file: .docx or .xlsx.")


@click.command("log")
@TO
@click.option("--meeting", type=options.Day(), help="Only the actions that this meeting set.")
@click.option("--all", "everything", is_flag=True, help="Also those that ended.")
@options.today
@options.force
@click.pass_obj
def command(settings: Settings, /, output: Path, meeting: date | None, everything: bool, today: date, force: bool) -> None:
    """The action log as a Word document or an Excel workbook: what is still to be done, by agency, the longest overdue first.

    Example: mase-docs actions log -o action_log.docx
    """
    from mase_docs import cycle, files
    from mase_docs.model.sitting import CHAIR
    from mase_docs.pipeline import Occasion

    kind, home = _kind(output), settings.home
    files.must_not_exist(output, force=force)
    with settings.register() as register:
        cycle.must_not_mix(register, output, CHAIR, home)
        data = cycle.action_log(kind, register, Occasion(home, today, meeting), ended=everything)
    files.write(output, data, force=force)
    talk.aside(f"{output}: for the chair and the coordinator; it has the actions of every agency.")


def _kind(output: Path) -> LogKind:
    """Raises UsageError for an ending that is neither."""
    from mase_docs.errors import UsageError

    kinds: dict[str, LogKind] = {".docx": "docx", ".xlsx": "xlsx"}
    if output.suffix.lower() not in kinds:
        raise UsageError("The log is a Word document or an Excel workbook.", "Let the file's name end in .docx or .xlsx.")
    return kinds[output.suffix.lower()]
