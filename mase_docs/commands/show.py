"""mase-docs show"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from mase_docs.commands import options, talk
from mase_docs.commands.cases import told as told_of_case
from mase_docs.commands.referrals import as_line

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.definition.home import Home
    from mase_docs.register.cases import CaseView
    from mase_docs.register.records import Assessment, History, Link
    from mase_docs.register.shown import Shown


@click.command("show")
@click.argument("reference")
@options.as_json
@click.option("--history", is_flag=True, help="Also who changed it or looked at it, and when.")
@options.today
@click.pass_obj
def command(settings: Settings, /, reference: str, as_json: bool, history: bool, today: date) -> None:
    """All that the register keeps of a case: the young person, forms, categories, links, actions. It shows names.

    Example: mase-docs show MASE-2026-0007
    """
    from mase_docs.register.shown import shown

    home = settings.home
    with settings.register() as register, register.writing("show") as writing:
        found = shown(writing.session, reference, home.profile.ages, today)
        writing.looked(found.view.case, *found.people, *found.rows.get("referral", ()))
        if as_json:
            talk.result(json.dumps(in_json(found, home, history=history), ensure_ascii=False))
        else:
            for line in lines(found, home):
                talk.result(line)
            for told in found.history if history else ():
                talk.result(f"  {as_told(told)}")


def in_json(found: Shown, home: Home, *, history: bool) -> dict[str, Any]:
    """Every row of the case, by table; each form with its answers as `check` gives them."""
    from mase_docs.commands.cases import as_json_line
    from mase_docs.intake.as_json import as_json
    from mase_docs.register.history import state
    from mase_docs.register.kept_forms import submission

    rows = {name: [state(row) for row in rows] for name, rows in found.rows.items()}
    rows["referral"] = [{**state(row), **as_json(submission(row), home)} for row in found.referrals]
    seen = {"history": [as_told_json(told) for told in found.history]} if history else {}
    return {**as_json_line(found.view), "people": [state(person) for person in found.people], **rows, **seen}


def lines(found: Shown, home: Home) -> Iterator[str]:
    """What is told on a terminal, a line each."""
    yield f"{found.view.case.label}  {'; '.join(told_of_case(found.view, home))}"
    yield f"  {who(found.view)}"
    yield from _titled("Category and level", (_assessed(row, home) for row in found.assessments))
    yield from _titled("Forms", (as_line(row, home) for row in found.referrals))
    yield from _titled("Tied to", (_tied(row, found, home) for row in found.links))


def _titled(title: str, lines: Iterator[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield f"  {title}:"
        yield from (f"    {line}" for line in found)


def who(view: CaseView) -> str:
    """`Testa Sample, born 3 April 2011 (P12)`; of a place its name."""
    from mase_docs.definition.types import show_date
    from mase_docs.register.records import Person
    from mase_docs.register.shown import name_of

    subject = view.subject
    if not isinstance(subject, Person):
        return f"{subject.name} (C{subject.id})"
    return f"{name_of(subject)}, {f'born {show_date(subject.dob)}' if subject.dob else 'date of birth not known'} (P{subject.id})"


def _assessed(row: Assessment, home: Home) -> str:
    from mase_docs.definition.types import show_date

    source = home.codes("category_source").label_of(row.category_source or "not known where")
    return (
        f"{home.codes(row.scheme).label_of(row.code)}, {source}, {show_date(row.category_date) if row.category_date else 'not known when'}"
    )


def _tied(row: Link, found: Shown, home: Home) -> str:
    role = home.codes("linked_role").label_of(row.role).replace("_", " ")
    sure = f", {home.codes('confidence').label_of(row.confidence)}" if row.confidence else ""
    return f"{found.called(row)}: {role}{sure}{' (ended)' if row.ended_on else ''}"


def as_told(told: History) -> str:
    """A row of the history, without what was from and to."""
    what = f" {told.table} {told.row}" if told.table else ""
    return f"{told.at[:16].replace('T', ' ')} {told.who}: {told.did}{what} ({told.why})"


def as_told_json(told: History) -> dict[str, Any]:
    detail = json.loads(told.detail) if told.detail else None
    return {"at": told.at, "who": told.who, "did": told.did, "table": told.table, "row": told.row, "why": told.why, "detail": detail}
