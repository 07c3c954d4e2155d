"""mase-docs compare"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk

if TYPE_CHECKING:
    from mase_docs.model.differences import Difference

A_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
TO = click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A text file for the differences.")


@click.command("compare")
@click.argument("draft", type=A_FILE)
@click.argument("agreed", type=A_FILE)
@TO
@options.as_json
@options.force
def command(draft: Path, agreed: Path, output: Path | None, as_json: bool, force: bool) -> None:
    """What differs between two versions of minutes, in words, under the headings where it is. Tracked changes are read as accepted.

    Example: mase-docs compare minutes_draft.docx minutes_agreed.docx
    """
    from mase_docs import cycle, files
    from mase_docs.model.network_words import counted

    if output:
        files.must_not_exist(output, force=force)
    found = cycle.compare(draft, agreed)
    if as_json:
        for one in found:
            talk.result(json.dumps(one.to_json(), ensure_ascii=False))
    if output:
        files.write(output, "\r\n".join([*as_text(found), ""]).encode("utf-8-sig"), force=force)
    elif not as_json:
        talk.result("\n".join(as_text(found)))
    if not as_json:
        headings = len({one.heading for one in found})
        talk.aside(f"{counted(len(found), 'difference')}, under {counted(headings, 'heading')}.")


def as_text(found: Iterable[Difference]) -> Iterator[str]:
    """A heading, and under it a line for each difference."""
    heading = None
    for one in found:
        if one.heading != heading:
            yield from ([""] if heading is not None else [])
            yield one.heading or "At the top"
            heading = one.heading
        yield f"  {one.in_words()}"
    if heading is None:
        yield "The two versions say the same."
