"""mase-docs referrals"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.definition.home import Home
    from mase_docs.register.records import Referral


@click.command("referrals")
@options.as_json
@click.option("--from", "since", type=options.Day(), help="Received on this day or later.")
@click.option("--to", "until", type=options.Day(), help="Received on this day or before.")
@click.option("--agency", help="From this agency: its code, as in mase.toml.")
@click.pass_obj
def command(settings: Settings, /, as_json: bool, since: date | None, until: date | None, agency: str | None) -> None:
    """The forms in the register, in the order they were recorded.

    Example: mase-docs referrals --from 2026-11-01
    """
    from mase_docs.register.casework.shown import referrals

    home = settings.home
    with settings.register() as register, register.writing("referrals") as writing:
        found = referrals(writing.session, since, until, agency)
        writing.looked(*found)
        for referral in found:
            talk.result(json.dumps(as_json_line(referral), ensure_ascii=False) if as_json else as_line(referral, home))
    if not found and not as_json:
        talk.aside("There are none.")


def as_line(referral: Referral, home: Home) -> str:
    from mase_docs.definition.types import show_date

    agency = home.codes("agency").label_of(referral.referrer_agency or "agency not known")
    corrects = " (correction)" if referral.corrects else ""
    return f"{referral.reference:<16} {show_date(referral.received_on):<17} {agency}{corrects}: {referral.source_name}"


def as_json_line(referral: Referral) -> dict[str, object]:
    """Everything but the answers, which `show` gives."""
    from mase_docs.register.history import state

    return {name: value for name, value in state(referral).items() if name not in ("answers", "problems")}
