"""mase-docs case"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from mase_docs.commands import options, talk

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.definition.codes import CodeList
    from mase_docs.register.records import Case
    from mase_docs.register.writing import Writing

reference = click.argument("reference")
on = click.option("--on", type=options.Day(), default=date.today, show_default="today", help="The day it was done.")


@click.group("case", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """What happens to a case between meetings.

    Example: mase-docs case close MASE-2026-0007 --outcome risk_reduced_step_down
    """


@command.command("set")
@reference
@click.option("--status", help="New, review … (code list case_status).")
@click.option("--owner", help="Who manages the case.")
@click.option("--lead-agency", help="The agency that leads (its code).")
@click.option("--next-review", type=options.Day(), help="Day by which it is reviewed.")
@click.option("--nfa-plan", help="The plan after no further action.")
@click.option("--nfa-plan-owner", help="Who owns that plan.")
@click.pass_obj
def set_(settings: Settings, /, reference: str, **values: Any) -> None:
    """Change what a case says of itself; what isn't named stays, and "" empties.

    Example: mase-docs case set MASE-2026-0007 --next-review 2027-01-13
    """
    from mase_docs.register.casework import case_life

    given = {name: value or None for name, value in values.items() if value is not None}
    for name, codes in {"status": "case_status", "lead_agency": "agency"}.items():
        if values[name] or (name == "status" and name in given):
            given[name] = chosen(settings.home.codes(codes), values[name])
    changed = done(settings, reference, "case set", lambda writing, case: case_life.update(writing, case, **given))
    if not changed:
        talk.aside("It was so already: nothing was changed.")


@command.command("close")
@reference
@click.option("--outcome", required=True, help="What came of it (code list case_outcome).")
@click.option("--agency", help="The agency that goes on with it (its code).")
@click.option("--reason", help="In words, and what would bring it back.")
@on
@click.pass_obj
def close(settings: Settings, /, reference: str, outcome: str, agency: str | None, reason: str | None, on: date) -> None:
    """Close a case with its outcome.

    Example: mase-docs case close MASE-2026-0007 --outcome moved_out_transferred --agency mash
    """
    from mase_docs.register.casework import case_life

    codes = settings.home.codes
    what, who = chosen(codes("case_outcome"), outcome), chosen(codes("agency"), agency) if agency else None
    done(settings, reference, "case close", lambda writing, case: case_life.close(writing, case, what, on, who, reason))


@command.command("reopen")
@reference
@click.pass_obj
def reopen(settings: Settings, /, reference: str) -> None:
    """Open a closed case again.

    Example: mase-docs case reopen MASE-2026-0007
    """
    from mase_docs.register.casework import case_life

    done(settings, reference, "case reopen", case_life.reopen)


@command.command("assess")
@reference
@click.option("--category", help="The CSE category (code list cse_category).")
@click.option("--hsb-level", help="Or the HSB level (code list hsb_level).")
@click.option("--source", required=True, help="Where it was set: map_meeting, strategy_discussion … (code list category_source).")
@click.option("--chair", help="Who chaired there.")
@on
@click.pass_obj
def assess(
    settings: Settings, /, reference: str, category: str | None, hsb_level: str | None, source: str, chair: str | None, on: date
) -> None:
    """Record a category or level that a MAP meeting or strategy discussion set: the panel uses them and never sets one.

    Example: mase-docs case assess MASE-2026-0007 --category 2 --source map_meeting --on 2026-11-20
    """
    from mase_docs.errors import UsageError
    from mase_docs.register.casework import case_life

    scheme, given = ("cse_category", category) if category else ("hsb_level", hsb_level)
    if not given or (category and hsb_level):
        raise UsageError("One of --category and --hsb-level is needed.", "Give each on its own.")
    home = settings.home
    code, where = chosen(home.codes(scheme), given), home.codes("category_source").match(source) or source
    done(settings, reference, "case assess", lambda writing, case: case_life.assess(writing, case, home, scheme, code, where, on, chair))


@command.command("ask-review")
@reference
@click.option("--of", "who", required=True, type=options.Words(), help="Who is asked: the MAP meeting, the social work team …")
@on
@click.pass_obj
def ask_review(settings: Settings, /, reference: str, who: str, on: date) -> None:
    """Note that the panel asked for a review of the category.

    Example: mase-docs case ask-review MASE-2026-0007 --of "MAP meeting"
    """
    from mase_docs.register.casework import case_life

    done(settings, reference, "case ask-review", lambda writing, case: case_life.ask_review(writing, case, who, on))


def done(settings: Settings, reference: str, why: str, step: Callable[[Writing, Case], Any]) -> Any:
    """The step taken on the case, in one transaction; the case as it then stands, on stdout."""
    from mase_docs.commands.cases import as_line
    from mase_docs.register.casework.case_life import case_of
    from mase_docs.register.casework.cases import views

    home = settings.home
    with settings.register() as register:
        with register.writing(why) as writing:
            case = case_of(writing.session, reference)
            found = step(writing, case)
        with register.reading() as session:
            [view] = [
                v for v in views(session, home.profile.ages, date.today()) if v.case.reference == case_of(session, reference).reference
            ]
            talk.result(as_line(view, home))
    return found


def chosen(codes: CodeList, said: str) -> str:
    """The code that is meant. Raises UsageError, with the nearest, where it is none."""
    from mase_docs.errors import UsageError

    code = codes.match(said)
    if code is None:
        near = codes.nearest(said)
        every = ", ".join(codes.by_code)
        raise UsageError(f"“{said}” is none of {codes.label}.", f"Did you mean “{near}”?" if near else f"Use one of: {every}.")
    return code
