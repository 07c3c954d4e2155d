"""mase-docs templates"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings


@click.group("templates")
def command() -> None:
    """The Word templates: what there is, and a copy to make your own.

    Example: mase-docs templates export my-templates
    """


@command.command("list")
@click.pass_obj
def list_(settings: Settings) -> None:
    """Every template, and whether it is the shipped one or the borough's own.

    Example: mase-docs templates list
    """
    from mase_docs import resources

    for path in resources.listed("templates", "*.docx", settings.folder):
        talk.result(f"{path.stem:<16} {'shipped' if path.parent == resources.folder('templates') else path}")


@command.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@options.force
@click.pass_obj
def export(settings: Settings, folder: Path, force: bool) -> None:
    """Copy every template into a folder. Put a changed one into the home's `templates` folder to have it used.

    Example: mase-docs templates export my-templates
    """
    from mase_docs import files, resources

    found = resources.listed("templates", "*.docx", settings.folder)
    for path in found:
        files.must_not_exist(folder / path.name, force=force)
    for path in found:
        talk.result(str(files.write(folder / path.name, path.read_bytes(), force=force)))
