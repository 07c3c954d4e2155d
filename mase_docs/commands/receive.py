"""mase-docs receive"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mase_docs.commands import options, talk
from mase_docs.commands.check import changed
from mase_docs.model.received import MAY_BE_ACCEPTED, OUTCOMES, REMEDIES, WITH_ERRORS, Received

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.definition.home import Home


accept = click.option(
    "--accept", metavar="REASON", default="", help="Record forms with errors too, and say why: the reason stands in the history."
)


@click.command("receive")
@options.paths
@options.as_json
@accept
@options.password_file
@options.meeting
@options.today
@click.pass_obj
def command(
    settings: Settings,
    /,
    paths: tuple[Path, ...],
    as_json: bool,
    accept: str,
    passwords: list[str],
    meeting: date | None,
    today: date,
) -> int:
    """Check completed forms and record those that are in order, each in one step or not at all.

    A form that is in the register already is not recorded again; a corrected one is kept with the first. Stopped at any moment, the same
    command again finishes the job.

    Example: mase-docs receive inbox
    """
    from mase_docs import pipeline

    home, originals = settings.home, dict[str, bytes]()
    with settings.register() as register:
        arrived = talk.watched(pipeline.read(paths, home, today, talk.passwords(passwords), originals), of=pipeline.count(paths))
        forms = pipeline.check(arrived, home, today, meeting)
        found = pipeline.receive(forms, originals, register, pipeline.Occasion(home, today, meeting), accept)
        return said(found, home, "receive", as_json=as_json, accepted=bool(accept))


def said(arriving: Iterable[Received], home: Home, command: str, *, as_json: bool, accepted: bool) -> int:
    """The exit code, after what came of each form was said as soon as it was known."""
    found = []
    for received in arriving:
        show_json(received, home) if as_json else show(received, home)
        found.append(received)
    talk.aside(summary(found))
    if any(one.outcome in MAY_BE_ACCEPTED for one in found) and not accepted:
        talk.aside(f"To record a form in spite of its errors: mase-docs {command} FILE --accept REASON")
    return exit_code(found)


def exit_code(found: list[Received]) -> int:
    """3 where a form, or a row of one, was not recorded because of errors, else 0."""
    return 3 if any(one.outcome in WITH_ERRORS or one.left for one in found) else 0


def show(received: Received, home: Home) -> None:
    """What came of one form, on stdout; what was found wrong with it, and who else it may be about, on stderr."""
    name = received.form.source.name
    talk.result(f"{received.reference or '–':<16} {OUTCOMES[received.outcome]}{said_of(received)}: {name}")
    for problem in received.form.problems:
        talk.problem(problem, name)
    for line in changed(received.form, home) if sys.stdout.isatty() else ():
        talk.result(f"  {line}")
    for what, remedy in remarks(received):
        talk.aside(f"  {name}: {what}")
        talk.aside(f"      → {remedy}")


def said_of(received: Received) -> str:
    """The case that a form belongs to, and how many answers it corrects: ` (MASE-2026-0003, 2 answers differ)`."""
    changes = len(received.form.resend.changes) if received.form.resend else 0
    said = [
        received.other if received.other != received.reference else "",
        f"{received.left} row{'s are' if received.left > 1 else ' is'} not" if received.left else "",
        "the case is closed" if received.closed else "",
        f"{changes} answer{'s differ' if changes > 1 else ' differs'}" if changes else "",
    ]
    return f" ({', '.join(filter(None, said))})" if any(said) else ""


def remarks(received: Received) -> Iterator[tuple[str, str]]:
    """What else a person should know or decide, each with what to do."""
    if received.outcome in REMEDIES:
        yield f"{OUTCOMES[received.outcome]}{f' ({received.other})' if received.other else ''}.", REMEDIES[received.outcome]
    if received.recorded and not received.file_kept and received.form.source.kind != "import":
        yield "its answers are recorded, but a password protects the file, which is not kept.", "Keep the file and its password elsewhere."
    for one in received.possible:
        why = "; ".join([*one.reasons, *(f"but {against}" for against in one.against)])
        decide = f"mase-docs people same {received.reference} {one.reference} (or: different)"
        yield f"{one.band} the same young person as {one.reference} ({why}).", f"Look at both, then say: {decide}"


def show_json(received: Received, home: Home) -> None:
    talk.result(json.dumps(as_json(received, home), ensure_ascii=False))


def as_json(received: Received, home: Home) -> dict[str, Any]:
    """The object of one form: what came of it, then all that `check` says of it."""
    from dataclasses import asdict

    from mase_docs.intake.as_json import as_json as form_json

    said = form_json(received.form, home)
    return {
        "outcome": received.outcome,
        "reference": received.reference or None,
        "other": received.other or None,
        "possible": [asdict(one) for one in received.possible],
        "closed": received.closed,
        "file_kept": received.file_kept,
        **{name: value for name, value in said.items() if name != "reference"},
    }


def summary(found: list[Received]) -> str:
    recorded = sum(one.recorded for one in found)
    errors, left = sum(one.outcome in WITH_ERRORS for one in found), sum(one.left for one in found)
    there = len(found) - recorded - errors - sum(one.outcome == "passed_over" for one in found)
    said = [
        f"{recorded} recorded",
        f"{there} in the register already" if there else "",
        f"{errors} not recorded: see above" if errors else "",
        f"{left} row{'s' if left > 1 else ''} not recorded: see above" if left else "",
    ]
    return "; ".join(filter(None, said)) + "."
