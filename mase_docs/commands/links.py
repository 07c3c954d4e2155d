"""mase-docs links"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.model.network import Network
    from mase_docs.pipeline import Occasion
    from mase_docs.register.links.linking import CaseLink

WIDTH = 78
"""What a line of the table holds before it goes on under itself."""


@click.command("links")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also a picture (.svg), or a Word document with pictures (.docx).",
)
@click.option("--all", "everything", is_flag=True, help="Closed cases too.")
@options.as_json
@options.today
@options.force
@click.pass_obj
def command(settings: Settings, /, output: Path | None, everything: bool, as_json: bool, today: date, force: bool) -> None:
    """What joins the open cases: people, schools, places, peer groups, telephones, vehicles, user names, households. It shows names.

    Each link says why, and how sure it is. Names of schools and places are compared as you confirmed them (mase-docs places).

    Example: mase-docs links -o links.svg
    """
    from mase_docs.model.network_words import counted
    from mase_docs.pipeline import Occasion
    from mase_docs.register.casework.case_life import case_of
    from mase_docs.register.links.linking import case_links, network

    occasion = Occasion(settings.home, today)
    must_be_writable(output, force=force)
    with settings.register() as register, register.writing("links") as writing:
        found = case_links(writing.session, today, include_closed=everything)
        joined = network(writing.session, occasion.home, today, include_closed=everything)
        names = sorted({name for link in found for name in link.cases})
        writing.looked(*(case_of(writing.session, name) for name in names))
    for link in found:
        talk.result(json.dumps(asdict(link), ensure_ascii=False) if as_json else as_text(link))
    if output:
        write(output, joined, occasion, force=force)
    if not as_json:
        talk.aside(f"{counted(len(found), 'link')}, {counted(len(joined.linked()), 'group')} of cases.")


def must_be_writable(output: Path | None, *, force: bool) -> None:
    """Raises UsageError for an ending that is neither, OutputExistsError for a file that is there."""
    from mase_docs.errors import UsageError
    from mase_docs.files import must_not_exist

    if output is None:
        return
    if output.suffix.lower() not in (".svg", ".docx"):
        raise UsageError("Links can be drawn as a picture or written into a Word document.", "Let the file's name end in .svg or .docx.")
    must_not_exist(output, force=force)


def write(output: Path, joined: Network, occasion: Occasion, *, force: bool) -> None:
    from mase_docs import files
    from mase_docs.pipeline import links_paper, links_picture

    made = links_picture if output.suffix.lower() == ".svg" else links_paper
    files.write(output, made(joined, occasion), force=force)
    talk.aside(f"{output}: for the coordinator alone; it shows names.")


def as_text(link: CaseLink) -> str:
    """`MASE-2026-0001 and MASE-2026-0002: Marshgate Academy (likely)`, and why, under it."""
    from textwrap import fill

    from mase_docs.model.network import KINDS, SURENESS

    first, second = link.cases
    head = f"{first} and {second}: {KINDS[link.kind].lower()} {link.what} ({SURENESS[link.sure]})"
    return f"{head}\n{fill(link.reason, WIDTH, initial_indent='    ', subsequent_indent='    ')}"
