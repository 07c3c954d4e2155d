"""mase-docs readback"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk
from mase_docs.problems import has_errors

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.model.readback import ReadBack


@click.command("readback")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Show what is understood, and record nothing.")
@options.as_json
@click.option("--meeting", type=options.Day(), help="The meeting whose minutes these are, where the file has lost what says so.")
@click.pass_obj
def command(settings: Settings, /, file: Path, dry_run: bool, as_json: bool, meeting: date | None) -> int:
    """Read decisions, attendance, information and actions back from minutes that people wrote into.

    All of it is recorded in one step or not at all; reading the same file again changes nothing more. What can't be understood is named
    with its place, and what was typed elsewhere is listed.

    Example: mase-docs readback minutes.docx --dry-run
    """
    from mase_docs.cycle import readback
    from mase_docs.pipeline import Occasion

    with settings.register() as register:
        found = readback(file.read_bytes(), register, Occasion(settings.home, meeting=meeting), dry_run=dry_run)
    if as_json:
        for line in found.to_json():
            talk.result(json.dumps(line, ensure_ascii=False))
    else:
        for words in lines(found):
            talk.result(words)
    for problem in found.problems:
        talk.problem(problem, file.name)
    talk.aside(summary(found, dry_run=dry_run))
    return 3 if has_errors(found.problems) else 0


def lines(found: ReadBack) -> Iterator[str]:
    """The changes, a line each; then what stands elsewhere in the file."""
    yield from (change.words.replace("\n", " / ") for change in found.changes)
    elsewhere = {"Typed where nothing is read from; it stays in the file alone": found.outside, "In comments": found.comments}
    for title, typed in elsewhere.items():
        if typed:
            yield f"\n{title}:"
        yield from (f"  {one.place}: {one.text}" for one in typed)


def summary(found: ReadBack, *, dry_run: bool) -> str:
    """`12 changes recorded. 2 places were not understood. 1 paragraph was typed elsewhere.`"""
    changes = _counted(len(found.changes), "change")
    said = [f"{changes} would be recorded; nothing was." if dry_run else f"{changes} recorded."]
    errors = sum(problem.severity == "error" for problem in found.problems)
    said += [f"{_counted(errors, 'place')} not understood: see above."] if errors else []
    said += [f"{_counted(len(found.outside), 'text')} typed elsewhere, listed above."] if found.outside else []
    said += [f"Tracked changes ({found.tracked}) were read as if accepted."] if found.tracked else []
    return " ".join(said)


def _counted(number: int, thing: str) -> str:
    return f"{number or 'No'} {thing}{'' if number == 1 else 's'}"
