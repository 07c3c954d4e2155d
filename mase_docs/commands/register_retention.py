"""mase-docs register review, keep, dispose, certificate: what is due, and what a person decided about it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.register.care.disposal import Planned
    from mase_docs.register.care.retention import Due

TYPE_AGAIN = "Add --yes where nobody can type them again."


@click.command("review")
@options.as_json
@click.option("--until", type=options.Day(), help="Also what will be due by this day.")
@options.today
@click.pass_obj
def review(settings: Settings, /, as_json: bool, until: date | None, today: date) -> None:
    """What is due for disposal by the profile's rules, and what stands against it; by reference, without names. Nothing is removed.

    Example: mase-docs register review --until 2027-03-31
    """
    from mase_docs.register.care.retention import due, extracts_before

    profile = settings.home.profile
    with settings.register() as register, register.reading() as session:
        found = due(session, profile, today, until)
    for one in found:
        talk.result(json.dumps(_in_json(one), ensure_ascii=False) if as_json else _line(one))
    talk.aside(f"{len(found)} due. Nothing was removed: a person looks at each, then says keep or dispose.")
    talk.aside(f"Agencies should have deleted their copies of the papers of meetings before {extracts_before(profile, today):%d/%m/%Y}.")


def _in_json(one: Due) -> dict[str, object]:
    return {**asdict(one), "on": one.on.isoformat()}


def _line(one: Due) -> str:
    against = f"  BUT {'; '.join(one.against)}" if one.against else ""
    others = f" (with {', '.join(one.references[:-1])})" if len(one.references) > 1 else ""
    return f"{one.reference:<16} {one.on:%d/%m/%Y}  {one.rule}{others}{against}"


@click.command("keep")
@click.argument("reference")
@click.option("--until", type=options.Day(), required=True, help="The day until which it is kept.")
@click.option("--because", required=True, type=options.Words(), help="Why; it stands in the register and in its history.")
@click.pass_obj
def keep(settings: Settings, /, reference: str, until: date, because: str) -> None:
    """Keep a person's record until a day, whatever the rules say.

    Example: mase-docs register keep MASE-2026-0007 --until 2040-01-01 --because "asked for by an inquiry"
    """
    from mase_docs.register.care.retention import keep as kept

    with settings.register() as register, register.writing("keep") as writing:
        kept(writing, reference, until, because)
    talk.result(f"{reference.strip().upper()} is kept until {until:%d/%m/%Y}.")


@click.command("dispose")
@click.argument("references", nargs=-1, required=True)
@click.option("--because", required=True, type=options.Words(), help="Why. It stays in the history: name nobody in it.")
@click.option("--approved-by", required=True, type=options.Words(), help="Who approved it: the certificate says so.")
@options.output
@click.option("--before-due", is_flag=True, help="Although it isn't due, or something stands against it. Never with an open case.")
@click.option("--yes", is_flag=True, help="Don't ask for the references again.")
@click.pass_obj
def dispose(
    settings: Settings,
    /,
    references: tuple[str, ...],
    because: str,
    approved_by: str,
    output: Path,
    before_due: bool,
    yes: bool,
) -> None:
    """Remove a record for good: its rows, its files, and what the history told of it. The certificate says what went, without a name.

    It cannot be undone. Backups and exports still hold it until they are deleted.

    Example: mase-docs register dispose MASE-2026-0007 --because "due" --approved-by "Head of Safeguarding" -o certificate.docx
    """
    from mase_docs import files, pipeline
    from mase_docs.register.care.disposal import dispose as disposed
    from mase_docs.register.care.disposal import planned, scrub

    files.must_not_exist(output)
    named, home, today = list(dict.fromkeys(reference.strip().upper() for reference in references)), settings.home, date.today()
    with settings.register() as register:
        with register.reading() as session:
            shown = {one: planned(session, one, home, today, before_due=before_due) for one in named}
            named = list({plan.subject.name: one for one, plan in shown.items()}.values())  # a person of two references goes once
            _confirmed(named, [shown[one] for one in named], yes=yes)
        with register.writing("dispose") as writing:
            plans = (planned(writing.session, one, home, today, before_due=before_due) for one in named)
            done = disposed(writing, plans, home, because, approved_by)
        files.write(output, pipeline.certificate_paper(done, home))
        scrub(register)
    talk.aside(f"{output}: the certificate. Backups and exports made before still hold what went.")


def _confirmed(references: list[str], plans: list[Planned], *, yes: bool) -> None:
    """Says what will go, and lets whoever is there type each reference again. Raises UsageError where it isn't the same."""
    from mase_docs.errors import UsageError

    for reference, plan in zip(references, plans, strict=True):
        talk.aside(f"{reference} ({plan.told.rule}). These go: {', '.join(f'{n} {kind}' for kind, n in plan.counts.items())}.")
        if yes:
            continue
        if not sys.stdin.isatty():
            raise UsageError("There is nobody to type the reference again.", TYPE_AGAIN)
        if click.prompt(f"It cannot be undone. Type {reference} to remove it", err=True).strip().upper() != reference:
            raise UsageError("That is another reference; nothing was removed.", "Look again at what is to go.")


@click.command("certificate")
@click.argument("reference")
@options.output
@options.force
@click.pass_obj
def certificate(settings: Settings, /, reference: str, output: Path, force: bool) -> None:
    """The certificate of a disposal once more, from the history.

    Example: mase-docs register certificate MASE-2026-0007 -o certificate.docx
    """
    from mase_docs import files, pipeline
    from mase_docs.register.care.disposal import certificate as made_again

    files.must_not_exist(output, force=force)
    with settings.register() as register, register.reading() as session:
        done = made_again(session, register.borough, reference)
    files.write(output, pipeline.certificate_paper(done, settings.home), force=force)
    talk.result(str(output))
