"""mase-docs report"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

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
@options.today
@options.force
@click.pass_obj
def command(
    settings: Settings, paths: tuple[Path, ...], output: Path, period_from: date | None, period_to: date | None, today: date, force: bool
) -> int:
    """The board report, straight from completed forms: every figure with its definition, counts of 1 to 5 shown as c.

    Example: mase-docs report inbox --from 2026-11-01 --to 2026-11-30 -o board_report.docx
    """
    from mase_docs.errors import UsageError
    from mase_docs.pipeline import Occasion

    if period_from and period_from > (period_to or today):
        raise UsageError("The period ends before it begins.", "Give the first day with --from and the last with --to.")
    occasion = Occasion(settings.home, today, period_from=period_from, period_to=period_to)
    return make("board_report", paths, occasion, output, include_invalid=False, force=force)
