"""mase-docs check"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk
from mase_docs.commands.read import show_json
from mase_docs.model.submission import Submission

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.definition.home import Home


@click.command("check")
@options.paths
@options.as_json
@options.earlier
@options.password_file
@options.meeting
@options.today
@click.pass_obj
def command(
    settings: Settings,
    /,
    paths: tuple[Path, ...],
    as_json: bool,
    earlier: Path | None,
    passwords: list[str],
    meeting: date | None,
    today: date,
) -> int:
    """Read completed forms, then say everything that is wrong, errors first.

    Example: mase-docs check inbox --meeting 2026-12-02
    """
    from mase_docs import pipeline

    home, tried = settings.home, talk.passwords(passwords)
    known = pipeline.earlier(earlier, home, today, passwords) if earlier else None
    arrived = talk.watched(pipeline.read(paths, home, today, tried), of=pipeline.count(paths))
    forms = pipeline.check(arrived, home, today, meeting, known)
    for form in forms:
        show_json(form, home) if as_json else show_verdict(form, home)
    if sys.stdout.isatty() and not as_json:
        talk.table(forms)
    return talk.exit_code(forms)


def show_verdict(form: Submission, home: Home) -> None:
    """What came of one form, and what a corrected one changed, on stdout; its problems, on stderr."""
    if not sys.stdout.isatty():
        talk.result(f"{talk.verdict(form):<28} {form.source.name}")
    for found in form.problems:
        talk.problem(found, form.source.name)
    for line in changed(form, home):
        talk.result(f"  {line}")


def changed(form: Submission, home: Home) -> Iterator[str]:
    """`School: Marshgate → Lea Bridge`, for each answer that a corrected form gives otherwise."""
    if form.form is None or form.resend is None:
        return
    definition = home.form(form.form, form.version)
    for change in form.resend.changes:
        before, after = (home.show(definition.at(change.path), value) for value in (change.before, change.after))
        yield f"{definition.label_at(change.path)}: {before} → {after}"
