"""mase-docs register subject-access"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings

TO = click.option("-o", "--output", type=click.Path(path_type=Path), help="The Word file, or a folder to put it into.")


@click.command("subject-access")
@click.argument("reference")
@TO
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout, and nothing else there.")
@options.today
@options.force
@click.pass_obj
def subject_access(settings: Settings, /, reference: str, output: Path | None, as_json: bool, today: date, force: bool) -> None:
    """Everything about one person with who said it and when, for a person to review before anything is disclosed.

    REFERENCE is a case, or a person without one (P12). Nothing is decided here: what may be exempt is marked, and every line has room for
    the decision. It has names in it, of others too. That it was made stands in the history.

    Example: mase-docs register subject-access MASE-2026-0007 -o review
    """
    from mase_docs import files, pipeline
    from mase_docs.documents.subject_access import as_json as in_json

    path = _place(output, reference, as_json=as_json)
    if path:
        files.must_not_exist(path, force=force)
    occasion = pipeline.Occasion(settings.home, today)
    with settings.register() as register:
        found = pipeline.gather(register, reference, occasion)
    if path:
        files.write(path, pipeline.subject_access_paper(found, occasion), force=force)
        talk.aside(f"{path}: {found.facts} lines to decide on. Keep it as safe as the record itself.")
    if as_json:
        talk.result(json.dumps(in_json(found), ensure_ascii=False))


def _place(output: Path | None, reference: str, *, as_json: bool) -> Path | None:
    """The file to write: in a folder, one that is called by the reference."""
    from mase_docs.errors import UsageError

    if output is None and not as_json:
        raise UsageError("Where should it go?", "Name a file or folder with -o, or add --json.")
    if output is None or output.suffix.casefold() == ".docx":
        return output
    return output / f"subject_access_{reference.strip().upper()}.docx"
