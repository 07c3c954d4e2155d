"""mase-docs show"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from mase_docs.commands import options, talk
from mase_docs.commands.cases import told as told_of_case
from mase_docs.commands.referrals import as_line
from mase_docs.model.network import SURENESS

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.definition.home import Home
    from mase_docs.register.casework.shown import Shown
    from mase_docs.register.links.linking import CaseLink
    from mase_docs.register.records import History, Kept, Link, Referral

WIDTH = 80
ROWS = {  # table → its title, and of each column the words before it and the code lists that it may be of
    "case": (
        "The case",
        (
            ("concern_types", "", "concern_type"),
            ("owner", "managed by ", ""),
            ("lead_agency", "led by ", "agency"),
            ("nfa_plan", "plan after no further action: ", ""),
            ("nfa_plan_owner", "owned by ", ""),
            ("review_asked_on", "a review of the category was asked for on ", ""),
            ("review_asked_of", "of ", ""),
            ("closing_agency", "goes on with ", "agency"),
            ("closing_reason", "closed because: ", ""),
        ),
    ),
    "assessment": (
        "Category and level",
        (
            ("code", "", "{scheme}"),
            ("category_source", "", "category_source"),
            ("category_date", "", ""),
            ("category_chair", "chaired by ", ""),
        ),
    ),
    "involvement": (
        "Agencies involved",
        (("agency", "", "agency"), ("worker", "", ""), ("role", "", ""), ("since", "since ", ""), ("doing", "", "")),
    ),
    "intervention": ("Help", (("intervention", "", "intervention"), ("stage", "", ""))),
    "disruption": (
        "Disruption",
        (
            ("measure", "", "disruption"),
            ("target", "of ", ""),
            ("requested_date", "asked for on ", ""),
            ("decision", "", "disruption_decision"),
            ("served_date", "served on ", ""),
            ("expiry_date", "until ", ""),
            ("breached", "breached: ", "yes_no_not_known"),
        ),
    ),
    "missing_episode": (
        "Missing or away",
        (
            ("start", "from ", "TIME"),
            ("end", "to ", "TIME"),
            ("type", "", "missing_type"),
            ("rhi_date", "return interview on ", ""),
            ("found_where", "found: ", ""),
            ("found_with", "with ", ""),
        ),
    ),
    "panel_link": ("Other panels", (("panel", "", "panel"), ("last_heard", "last heard on ", ""), ("outcome", "", ""))),
    "discussion": (
        "Discussed",
        (
            ("meeting_id", "", "MEETING"),
            ("heard_under", "", "agenda_section"),
            ("response", "", ""),
            ("decision", "", "decision_case|decision_theme"),
            ("reasons", "because: ", ""),
            ("category_review", "a review of the category was asked for", "FLAG"),
            ("disruption_considered", "disruption considered: ", ""),
            ("review_on", "review on ", ""),
            ("filed_by", "put on file by ", ""),
        ),
    ),
    "information": (
        "Information shared",
        (("meeting_id", "", "MEETING"), ("agency", "", "agency"), ("received_on", "received on ", ""), ("information", "", "")),
    ),
    "action": (
        "Actions",
        (
            ("number", "", ""),
            ("action", "", ""),
            ("agency", "", "agency"),
            ("lead_person", "", ""),
            ("due", "by ", ""),
            ("times_carried", "times carried over: ", ""),
            ("status", "", "action_status"),
            ("completed_on", "on ", ""),
            ("evidence", "", ""),
            ("reason_not_done", "because: ", ""),
        ),
    ),
}
PARTS = {  # what ties a young person to somebody or something, where no code list says it
    "attends": "goes there",
    "seen_at": "seen there",
    "member": "belongs to it",
    "lives_at": "lives there",
    "stays_at": "stays there",
    "uses": "used by the young person",
    "parent_carer": "parent or carer",
    "significant_adult": "an adult close to the young person",
    "of_concern": "of concern",
}


@click.command("show")
@click.argument("reference")
@options.as_json
@click.option("--history", is_flag=True, help="Also who changed it or looked at it, and when.")
@options.today
@click.pass_obj
def command(settings: Settings, /, reference: str, as_json: bool, history: bool, today: date) -> None:
    """All that the register keeps of a case: the young person, forms, categories, links, decisions, actions. It shows names.

    Example: mase-docs show MASE-2026-0007
    """
    from mase_docs.register.casework.shown import shown

    home = settings.home
    with settings.register() as register, register.writing("show") as writing:
        found = shown(writing.session, reference, home.profile.ages, today)
        writing.looked(found.view.case, *found.people, *found.rows.get("referral", ()))
        if as_json:
            talk.result(json.dumps(in_json(found, home, history=history), ensure_ascii=False))
        else:
            for line in lines(found, home):
                talk.result(line)
            for line in _titled("History", map(as_told, found.history if history else ())):
                talk.result(line)


def in_json(found: Shown, home: Home, *, history: bool) -> dict[str, Any]:
    """Every row of the case, by table; each form with its answers as `check` gives them."""
    from dataclasses import asdict

    from mase_docs.commands.cases import as_json_line
    from mase_docs.intake.as_json import as_json
    from mase_docs.register.casework.kept_forms import submission
    from mase_docs.register.history import state

    rows = {name: [{**state(row), **_held(row, found)} for row in rows] for name, rows in found.rows.items()}
    rows["referral"] = [{**state(row), **as_json(submission(row), home)} for row in found.referrals]
    people, joined = ([state(row) for row in kept] for kept in (found.people, found.joined))
    may_be = [{**state(match), "person": f"P{other.id}"} for match, other in found.may_be]
    seen = {"history": [as_told_json(told) for told in found.history]} if history else {}
    return {
        **as_json_line(found.view), "people": people, "joined": joined, "may_be": may_be,
        "linked": [asdict(link) for link in found.linked], **rows, **seen,
    }  # fmt: skip


def _held(row: Kept, found: Shown) -> dict[str, str]:
    """The day of the meeting that a row came of."""
    day = found.held.get(getattr(row, "meeting_id", None) or 0)
    return {"held_on": day.isoformat()} if day else {}


def lines(found: Shown, home: Home) -> Iterator[str]:
    """What is told on a terminal, a line each; what several forms say alike stands once."""
    yield from _wrapped("", f"{found.view.case.label}  {'; '.join(told_of_case(found.view, home))}")
    yield from (line for said in who(found) for line in _wrapped("  ", said))
    for table, (title, columns) in ROWS.items():
        rows: Iterable[Kept] = [found.view.case] if table == "case" else found.rows.get(table, ())
        yield from _titled(title, dict.fromkeys(filter(None, (_told(row, columns, found, home) for row in rows))))
    yield from _titled("Forms", (line for row in found.referrals for line in _form(row, found, home)))
    yield from _titled("Tied to", dict.fromkeys(_tied(row, found, home) for row in found.links))
    yield from _titled("May be the same person as", _may_be(found))
    yield from _titled("Linked cases", (_linked(link, found.view.case.reference) for link in found.linked))


def _titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield f"  {title}:"
        yield from (part for line in found for part in _wrapped("    ", line))


def _wrapped(indent: str, line: str) -> Iterator[str]:
    """A line as several that fit a terminal; the further ones stand further in."""
    from textwrap import wrap

    yield from wrap(line, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}    ", break_long_words=False, break_on_hyphens=False)


def who(found: Shown) -> Iterator[str]:
    """`Testa Sample, born 3 April 2011 (P12)`; of a place its name; who else that is; what must not be disclosed."""
    from mase_docs.definition.types import show_date
    from mase_docs.register.casework.shown import name_of

    if not found.people:
        yield f"{getattr(found.view.subject, 'name', '')} (C{found.view.subject.id})"
    for number, person in enumerate(found.people):
        born = f"born {show_date(person.dob)}" if person.dob else "date of birth not known"
        yield f"{'also recorded as ' if number else ''}{name_of(person)}, {born} (P{person.id})"
        if person.do_not_disclose:
            yield f"NOT TO BE DISCLOSED: {person.do_not_disclose_reason or 'no reason was given'}"
        if person.address_sensitive:
            yield "The address stays out of circulated copies."
    yield from (f"with {case.label}, which was joined to this case" for case in found.joined)


def _told(row: Kept, columns: Iterable[tuple[str, str, str]], found: Shown, home: Home) -> str:
    """What a row says, in its order; what isn't known, or isn't so, is left out."""
    values = ((before, getattr(row, column), codes) for column, before, codes in columns)
    said = ((before, found.held.get(value, value) if codes == "MEETING" else value, codes) for before, value, codes in values)
    of, nothing = getattr(row, "scheme", ""), (None, "", False)
    return "; ".join(f"{before}{_said(value, codes.format(scheme=of), home)}" for before, value, codes in said if value not in nothing)


def _said(value: Any, codes: str, home: Home) -> str:
    from mase_docs.definition.types import show_date

    if isinstance(value, list):
        return ", ".join(_said(one, codes, home) for one in value)
    if isinstance(value, date):
        return show_date(value)
    if codes == "TIME":
        return str(value).replace("T", ", ")
    if codes == "FLAG":
        return ""
    lists = [home.codes(name) for name in codes.split("|") if name]
    return next((codes.label_of(value) for codes in lists if value in codes.by_code), str(value))


def _form(row: Referral, found: Shown, home: Home) -> Iterator[str]:
    """The line of the list of forms, and what is odd about one."""
    yield as_line(row, home)
    if row.id in {other.corrects for other in found.referrals}:
        yield "    corrected since"
    if row.accepted_because:
        yield f"    recorded in spite of what was found: {row.accepted_because}"
    if row.original_id is None:
        yield "    its file is not kept"


def _tied(row: Link, found: Shown, home: Home) -> str:
    part = PARTS.get(row.role) or home.codes("linked_role").label_of(row.role)
    sure = home.codes("confidence").label_of(row.confidence) if row.confidence else ""
    ended = "a corrected form does not say it" if row.ended_on else ""
    return f"{found.called(row)}: {'; '.join(filter(None, (part, row.relationship, sure.lower(), ended)))}"


def _may_be(found: Shown) -> Iterator[str]:
    from mase_docs.register.casework.shown import name_of

    for match, other in found.may_be:
        why = "; ".join([*match.reasons, *(f"but {against}" for against in match.against)])
        yield f"{name_of(other)} (P{other.id}), {match.band}: {why}"


def _linked(link: CaseLink, reference: str) -> str:
    """The other case, and what the two have in common."""
    [other] = [case for case in link.cases if case != reference]
    sure = f", {SURENESS[link.sure]}" if link.sure else ""
    return f"{other}: {link.what} ({link.kind.replace('_', ' ')}{sure}){', if they are the same person' if link.may_be else ''}"


def as_told(told: History) -> str:
    """A row of the history in local time, without what was from and to."""
    what = f" {(told.table or '').replace('_', ' ')} {told.row}" if told.table else ""
    return f"{datetime.fromisoformat(told.at).astimezone():%d.%m.%Y %H:%M} {told.who}: {told.did}{what} ({told.why})"


def as_told_json(told: History) -> dict[str, Any]:
    detail = json.loads(told.detail) if told.detail else None
    return {"at": told.at, "who": told.who, "did": told.did, "table": told.table, "row": told.row, "why": told.why, "detail": detail}
