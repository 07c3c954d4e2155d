"""mase-docs read"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk
from mase_docs.model.submission import Submission

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.definition.home import Home


@click.command("read")
@options.paths
@options.as_json
@options.password_file
@click.pass_obj
def command(settings: Settings, paths: tuple[Path, ...], as_json: bool, passwords: list[str]) -> int:
    """The answers of each completed form in files and folders, e-mails and archives; no judgement.

    Example: mase-docs read inbox --json
    """
    from mase_docs.pipeline import count, read

    home, seen = settings.home, []
    for form in talk.watched(read(paths, home, passwords=talk.passwords(passwords)), of=count(paths)):
        show_json(form, home) if as_json else show_answers(form, home)
        seen.append(form)
    if not as_json and sys.stdout.isatty():
        talk.table(seen)
    return 3 if any(form.refused for form in seen) else 0


def show_json(form: Submission, home: Home) -> None:
    from mase_docs.intake.as_json import as_json

    talk.result(json.dumps(as_json(form, home), ensure_ascii=False))


def show_answers(form: Submission, home: Home) -> None:
    """The answers as question and answer; what could not be read, on stderr."""
    talk.result(f"\n{form.source.name}" + (f" ({home.form(form.form, form.version).title})" if form.form else ""))
    for path, answer in form.answers.items():
        if answer.raw is not None and form.form:
            definition = home.form(form.form, form.version)
            said = home.show(definition.at(path), answer.value) if answer.value is not None else f"{answer.raw} (not understood)"
            talk.result(f"  {definition.label_at(path)}: {said}")
    for found in form.problems:
        talk.problem(found, form.source.name)
