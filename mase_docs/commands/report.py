"""mase-docs report"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mase_docs.commands import options
from mase_docs.commands.merging import make

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings


@click.command("report")
@options.paths
@options.output
@click.option("--from", "period_from", type=options.Day(), help="The first day of the period; default: no limit.")
@click.option("--to", "period_to", type=options.Day(), help="The last day of the period; default: today.")
@options.password_file
@options.today
@options.force
@click.pass_obj
def command(settings: Settings, /, paths: tuple[Path, ...], output: Path, passwords: list[str], force: bool, **occasion: Any) -> int:
    """The board report, straight from completed forms: every figure with its definition, counts of 1 to 5 shown as c.

    Example: mase-docs report inbox --from 2026-11-01 --to 2026-11-30 -o board_report.docx
    """
    from mase_docs.errors import UsageError
    from mase_docs.pipeline import Occasion

    made_for = Occasion(settings.home, **occasion)
    first, last = made_for.period
    if first and first > last:
        raise UsageError("The period ends before it begins.", "Give the first day with --from and the last with --to.")
    return make("board_report", paths, made_for, output, include_invalid=False, passwords=passwords, force=force)
