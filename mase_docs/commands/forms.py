"""mase-docs forms"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings


@click.group("forms")
def command() -> None:
    """The forms that can be sent out: what there is, blanks of them, and a definition checked.

    Example: mase-docs forms build referral -o to-send
    """


@command.command("list")
@click.pass_obj
def list_(settings: Settings) -> None:
    """Every form that can be sent or read.

    Example: mase-docs forms list
    """
    for form in settings.home.forms:
        own = f" (reads as {form.based_on})" if form.based_on else ""
        talk.result(f"{form.id:<20} version {form.version}  {len(form.fields):>3} questions  {form.title}{own}")


@command.command("build")
@click.argument("form", required=False)
@options.folder
@click.option("--format", "formats", multiple=True, type=click.Choice(["xlsx", "pdf", "docx", "md"]), help="Default: xlsx, pdf and docx.")
@options.force
@click.pass_obj
def build(settings: Settings, form: str | None, folder: Path, formats: tuple[str, ...], force: bool) -> None:
    """Blank forms to send, of one form or of all, newest version; `md` is the table of its questions.

    Example: mase-docs forms build referral -o to-send --format xlsx
    """
    from mase_docs import files
    from mase_docs.pipeline import TO_SEND, blanks

    built = blanks(settings.home, form, formats or TO_SEND)
    for name in built:
        files.must_not_exist(folder / name, force=force)
    for name, data in built.items():
        talk.result(str(files.write(folder / name, data, force=force)))


@command.command("check")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def check(settings: Settings, file: Path) -> int:
    """Every mistake in a form definition, named with its block and what to do.

    Example: mase-docs forms check my-forms/referral_v2.toml
    """
    from mase_docs.pipeline import check_definition

    mistakes = check_definition(file, settings.home)
    for mistake in mistakes:
        talk.problem(mistake)
    found = f"{len(mistakes)} mistake{'s' if len(mistakes) > 1 else ''}" if mistakes else "in order"
    talk.result(f"{file}: {found}")
    return 3 if mistakes else 0
