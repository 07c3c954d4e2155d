"""mase-docs check"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk
from mase_docs.commands.read import show_json
from mase_docs.model.submission import Submission

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings


@click.command("check")
@options.paths
@options.as_json
@options.password_file
@options.meeting
@options.today
@click.pass_obj
def command(settings: Settings, paths: tuple[Path, ...], as_json: bool, passwords: list[str], meeting: date | None, today: date) -> int:
    """Read completed forms, then say everything that is wrong, errors first.

    Example: mase-docs check inbox --meeting 2026-12-02
    """
    from mase_docs.pipeline import check, count, read

    home = settings.home
    forms = check(talk.watched(read(paths, home, today, talk.passwords(passwords)), of=count(paths)), home, today, meeting)
    on_terminal = sys.stdout.isatty()
    for form in forms:
        show_json(form, home) if as_json else show_problems(form) if on_terminal else show_verdict(form)
    if on_terminal and not as_json:
        talk.table(forms)
    return talk.exit_code(forms)


def show_verdict(form: Submission) -> None:
    """What came of one form, on stdout; its problems, on stderr."""
    talk.result(f"{talk.verdict(form):<28} {form.source.name}")
    show_problems(form)


def show_problems(form: Submission) -> None:
    for found in form.problems:
        talk.problem(found, form.source.name)
