"""mase-docs query"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.definition.profile import Timings
    from mase_docs.model.submission import Submission
    from mase_docs.pipeline import Earlier, Occasion
    from mase_docs.returns import Returned


@click.command("query")
@click.argument("what", metavar="REF|FILE")
@options.folder
@options.earlier
@click.option(
    "--by",
    type=options.Day(),
    help="The day an answer is needed; default: when referrals close for the meeting, else in five working days.",
)
@options.password_file
@options.meeting
@options.today
@options.force
@click.pass_obj
def command(
    settings: Settings,
    /,
    what: str,
    folder: Path,
    earlier: Path | None,
    by: date | None,
    passwords: list[str],
    meeting: date | None,
    today: date,
    force: bool,
) -> int:
    """What goes back to a form's sender: their own form with each doubtful answer marked, and a draft e-mail to look at and send.

    Nothing is sent. REF is the reference of a form in the register, FILE a form, or an e-mail with forms in it. The reference is kept in
    the register; where there is none, in the folder of earlier forms.

    Example: mase-docs query inbox/form.xlsx -o to-return --meeting 2026-12-02
    """
    from mase_docs import pipeline

    home = settings.home
    occasion = pipeline.Occasion(home, today, meeting)
    needed = by or needed_by(today, meeting, home.profile.timings)
    with asked_about(settings, what, earlier, passwords, occasion) as (forms, originals, known):
        found = list(pipeline.query(forms, originals, known, occasion, needed))
    write_all(found, folder, force=force)
    refused = [form for form in forms if form.refused]
    for name, problem in ((form.source.name, problem) for form in refused for problem in form.problems):
        talk.problem(problem, name)
    if not found and not refused:
        talk.aside("There is nothing to ask the sender.")
    return 3 if refused else 0


Asked = tuple[list["Submission"], dict[str, bytes], "Earlier"]


@contextmanager
def asked_about(settings: Settings, what: str, folder: Path | None, passwords: list[str], occasion: Occasion) -> Iterator[Asked]:
    """The checked forms of a file, or the one of a reference, with their files and what was received before."""
    from mase_docs import pipeline

    path = Path(what)
    if not path.is_file():
        with settings.register() as register:
            yield pipeline.recorded(register, what, occasion)
        return
    register_or_not = settings.register() if folder is None and settings.has_register else nullcontext(None)
    originals: dict[str, bytes] = {}
    with register_or_not as register:
        home, today = occasion.home, occasion.today
        known = pipeline.in_register(register) if register else pipeline.earlier(folder or path.parent, home, today, passwords)
        read = pipeline.read([path], home, today, talk.passwords(passwords), originals)
        yield pipeline.check(read, home, today, occasion.meeting, known), originals, known


def write_all(found: list[Returned], folder: Path, *, force: bool) -> None:
    """Everything that goes back, written only where all of it can be. Raises OutputExistsError."""
    from mase_docs.files import must_not_exist, write

    taken = set[str]()
    placed = [(one, {named_apart(name, taken): data for name, data in one.files.items()}) for one in found]
    for name in sorted(taken):
        must_not_exist(folder / name, force=force)
    for one, files in placed:
        for name, data in files.items():
            talk.result(str(write(folder / name, data, force=force)))
        talk.aside(summary(one))


def named_apart(name: str, taken: set[str]) -> str:
    """The name, or one with a number where two versions of a form go back under one reference; taken from then on."""
    stem, _, ending = name.rpartition(".")
    free = next(n for n in (name, *(f"{stem}_{number}.{ending}" for number in range(2, 10_000))) if n not in taken)
    taken.add(free)
    return free


def summary(one: Returned) -> str:
    answers = "1 answer" if one.asked == 1 else f"{one.asked} answers"
    how = "marked on the form" if one.marked else "listed in the e-mail only: the form itself could not be marked"
    to = "" if one.secure else " It has no address: none was given, or none on the list of secure e-mail services."
    return f"{one.reference}, {one.form.source.name}: {answers} asked about, {how}. Look at the draft before you send it.{to}"


def needed_by(today: date, meeting: date | None, timings: Timings) -> date:
    """When referrals close for the meeting; where that has passed or no meeting is given, some working days from today."""
    from mase_docs.model.days import working_days

    closes = working_days(meeting, -timings.referrals_close_working_days) if meeting else today
    return closes if closes > today else working_days(today, timings.query_working_days)
