"""mase-docs actions receive"""

from __future__ import annotations

from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk
from mase_docs.commands.receive import accept, said

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.definition.home import Home
    from mase_docs.model.submission import Submission


@click.command("receive")
@options.paths
@options.as_json
@accept
@options.password_file
@options.today
@click.pass_obj
def command(settings: Settings, /, paths: tuple[Path, ...], as_json: bool, accept: str, passwords: list[str], today: date) -> int:
    """Record what agencies sent back: what came of their actions, and what they know that is new. `receive` takes such forms too.

    An action is told by its number, a case by its label; a row that can't be recorded is named, the others are recorded.

    Example: mase-docs actions receive inbox
    """
    from mase_docs import pipeline
    from mase_docs.model.received import Received

    home, originals = settings.home, dict[str, bytes]()
    with settings.register() as register:
        arrived = talk.watched(pipeline.read(paths, home, today, talk.passwords(passwords), originals), of=pipeline.count(paths))
        forms = pipeline.check(arrived, home, today)
        others = [Received(form, "no_return") for form in forms if is_other(form, home)]
        returns = (form for form in forms if not is_other(form, home))
        found = pipeline.receive(returns, originals, register, pipeline.Occasion(home, today), accept)
        return said(chain(found, others), home, "actions receive", as_json=as_json, accepted=bool(accept))


def is_other(form: Submission, home: Home) -> bool:
    """Whether a form is another than those that agencies send back; of what can't be read nobody knows."""
    return form.form is not None and not home.is_return(form.form)
