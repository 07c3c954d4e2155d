"""Dates that cannot be, or are doubtful: domain rules DA1 to DA9.

Left out: DA7 (actions and reviews), which only the minutes can break; DA10 (bank holidays), which is arithmetic and no rule;
of DA3, an episode after a child ceased to be looked after, whose date no form asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import combinations, pairwise

from mase_docs.validation.case import Case, Row
from mase_docs.validation.rules import Broken, rule

ORDER = ("referral_date", "date_received", "triage_date", "meeting_date")
MAY_BE_AHEAD = {"meeting_date", "review_date", "action_due", "due", "expiry_date", "expiry", "expires"}
"""Names of the questions whose date may lie in the future."""


def each_date(case: Case) -> Iterator[tuple[str, str, date]]:
    """Every date answered, as (path, name of the question or column, date)."""
    for path, field in case.each_field():
        found = case.date_of(path)
        if found:
            yield path, field.name, found


@rule(
    "DA1",
    "error",
    "“{label}” is earlier than “{earlier}”; it cannot be.",
    "Check both dates with the referrer.",
    "order of dates as in the DfE children in need census",
)
def a_case_goes_forward_in_time(case: Case) -> Iterator[Broken]:
    known = [(name, found) for name in ORDER if (found := case.date_of(name))]
    for (before, first), (after, second) in pairwise(known):
        if second < first:
            yield Broken(after, {"earlier": case.label(before)})


@rule(
    "DA1",
    "error",
    "“{label}” is after the meeting at which the case is to be heard.",
    "Check the date with the referrer, or list the case for a later meeting.",
    "order of dates as in the DfE children in need census",
)
def nothing_on_the_form_is_later_than_the_meeting(case: Case) -> Iterator[str]:
    for name in ("referral_date", "date_received", "triage_date"):
        found = case.date_of(name)
        if case.meeting and found and found > case.meeting:
            yield name


@rule(
    "DA1",
    "error",
    "“{label}” is before the young person was born.",
    "Check it and the date of birth with the referrer.",
    "order of dates as in the DfE children in need census",
)
def nothing_happened_to_them_before_birth(case: Case) -> Iterator[str]:
    for path, name, found in each_date(case):
        own = "[" not in path and name not in ("dob", "referral_date")
        if own and case.dob and found < case.dob <= case.today:
            yield path


@rule(
    "DA2",
    "error",
    "“{label}” is in the future.",
    "Check the date, the year above all, with the referrer.",
    "Hackney social care forms",
)
def nothing_has_happened_in_the_future(case: Case) -> Iterator[str]:
    yield from (path for path, name, found in each_date(case) if found > case.today and name not in MAY_BE_AHEAD)


@rule(
    "DA3",
    "error",
    "A missing episode ends before it begins.",
    "Check both dates and times with the police representative.",
    "DfE SSDA903 checks",
)
def an_episode_ends_after_it_begins(case: Case) -> Iterator[str]:
    for row in case.rows("missing_episodes"):
        start, end = span(row)
        if start and end and end < start:
            yield row.path("end")


@rule(
    "DA3",
    "error",
    "A missing episode begins before the young person was born.",
    "Check it and the date of birth with the referrer.",
    "DfE SSDA903 checks",
)
def an_episode_begins_after_birth(case: Case) -> Iterator[str]:
    for row in case.rows("missing_episodes"):
        start = row.date_of("start")
        if start and case.dob and start < case.dob:
            yield row.path("start")


@rule(
    "DA3",
    "error",
    "Two missing episodes overlap (rows {first} and {second}).",
    "Check the dates and times of both with the police representative; they may be one episode.",
    "DfE SSDA903 checks",
)
def episodes_do_not_overlap(case: Case) -> Iterator[Broken]:
    closed = [row for row in case.rows("missing_episodes") if all(span(row))]
    for one, other in combinations(closed, 2):
        if _overlap(one, other):
            yield Broken(other.path("start"), {"first": one.key, "second": other.key})


@rule(
    "DA3",
    "error",
    "A missing episode begins while an earlier one (row {open}) has no end.",
    "Ask the police representative when the earlier one ended.",
    "DfE SSDA903 checks",
)
def an_episode_begins_only_after_the_last_has_ended(case: Case) -> Iterator[Broken]:
    begun = sorted((row for row in case.rows("missing_episodes") if row.moment("start")), key=_begins)
    for earlier, row in pairwise(begun):
        if not earlier.value("end") and not case.misread(earlier.path("end")):
            yield Broken(row.path("start"), {"open": earlier.key})


@rule(
    "DA3",
    "error",
    "A missing episode has a beginning, but “{label}” is blank.",
    "Ask the police representative whether the young person was missing, or away with their whereabouts known.",
    "DfE SSDA903 checks",
    blank=True,
)
def an_episode_has_a_type(case: Case) -> Iterator[str]:
    if case.asks("missing_episodes", "type"):
        rows = [row for row in case.rows("missing_episodes") if row.moment("start") and not row.value("type")]
        yield from (row.path("type") for row in rows if not case.misread(row.path("type")))


def span(row: Row) -> tuple[datetime | None, datetime | None]:
    """When an episode began and ended; an end known only by its day lasts until midnight."""
    end = row.moment("end")
    if end and not isinstance(row.value("end"), datetime):
        end = end.replace(hour=23, minute=59)
    return row.moment("start"), end


def _begins(row: Row) -> datetime:
    start = row.moment("start")
    assert start
    return start


def _overlap(one: Row, other: Row) -> bool:
    (a, b), (c, d) = span(one), span(other)
    return bool(a and b and c and d) and a < d and c < b  # type: ignore[operator]


@rule(
    "DA4",
    "error",
    "The referral is dated before the young person was born.",
    "Check both dates with the referrer; {panel} does not discuss unborn children.",
    "DfE children in need census, check 8606",
)
def a_referral_is_made_after_birth(case: Case) -> Iterator[str]:
    referred = case.date_of("referral_date")
    if referred and case.dob and referred < case.dob <= case.today:
        yield "dob"


@rule(
    "DA5",
    "warning",
    "The date of birth is on the first of a month, as dates are that were made up because the day was not known.",
    "Ask the referrer whether the date is right. Where the day is not known, the 15th is used and the date is marked as estimated.",
    "DfE Standard Safeguarding Dataset",
)
def a_birth_on_the_first_may_be_made_up(case: Case) -> Iterator[str]:
    if case.dob and case.dob.day == 1:
        yield "dob"


@rule(
    "DA6",
    "warning",
    "“{label}” can be read with the day or the month first, or has a year of two digits; it was read day first where that gives a date.",
    "Compare the date with the form and, if in doubt, ask the referrer.",
    "panel practice",
    always=True,
)
def a_date_can_be_read_one_way_only(case: Case) -> Iterator[str]:
    yield from case.issue("DA6")


@rule(
    "DA8",
    "warning",
    "The placement begins after the day of the meeting.",
    "Check the date with the social worker.",
    "ADCS and Leeds out-of-area notification guidance",
)
def a_placement_has_begun(case: Case) -> Iterator[str]:
    began = case.date_of("placement_start")
    if began and began > case.day:
        yield "placement_start"


@rule(
    "DA8",
    "warning",
    "The host authority was told before the placement began.",
    "Check both dates with the social worker.",
    "ADCS and Leeds out-of-area notification guidance",
)
def the_host_authority_is_told_once_the_placement_begins(case: Case) -> Iterator[str]:
    began, told = case.date_of("placement_start"), case.date_of("host_authority_notified_date")
    if began and told and told < began:
        yield "host_authority_notified_date"


@rule(
    "DA8",
    "warning",
    "The young person is placed outside the borough, and the form does not say when the host authority was told.",
    "Ask the social worker for the date; if nobody has told them, this is to be done now.",
    "ADCS and Leeds out-of-area notification guidance",
    blank=True,
)
def the_host_authority_has_been_told(case: Case) -> Iterator[str]:
    if case.yes("placed_out_of_borough") and case.lacks("host_authority_notified_date"):
        yield "host_authority_notified_date"


@rule(
    "DA9",
    "error",
    "An order or notice was served before it was requested.",
    "Check both dates with the police representative.",
    "panel practice",
)
def an_order_is_served_after_it_was_requested(case: Case) -> Iterator[str]:
    for row in case.rows("disruption"):
        requested, served = row.date_of("requested_date"), row.date_of("served_date")
        if requested and served and served < requested:
            yield row.path("served_date")


@rule(
    "DA9",
    "error",
    "An order or notice runs out no later than the day it was served.",
    "Check both dates with the police representative.",
    "panel practice",
)
def an_order_runs_out_after_it_was_served(case: Case) -> Iterator[str]:
    for row in case.rows("disruption"):
        served, expires = row.date_of("served_date"), row.date_of("expiry_date")
        if served and expires and expires <= served:
            yield row.path("expiry_date")
