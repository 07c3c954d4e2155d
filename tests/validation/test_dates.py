from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.validation.broken import is_broken, is_kept
from tests.validation.invented import Situation, episode, odd, question, rows

ORDER = "a case goes forward in time"
MEETING = "nothing on the form is later than the meeting"
BIRTH = "nothing happened to them before birth"
FUTURE = "nothing has happened in the future"
ENDS = "an episode ends after it begins"
BEGINS = "an episode begins after birth"
OVERLAP = "episodes do not overlap"
OPEN = "an episode begins only after the last has ended"
TYPE = "an episode has a type"
UNBORN = "a referral is made after birth"
FIRST = "a birth on the first may be made up"
TWO_WAYS = "a date can be read one way only"
BEGUN = "a placement has begun"
TOLD_EARLY = "the host authority is told once the placement begins"
TOLD = "the host authority has been told"
SERVED = "an order is served after it was requested"
EXPIRES = "an order runs out after it was served"

MARCH = [datetime(2026, 3, day, 12) for day in range(1, 20)]
PLACED = {"placed_out_of_borough": True, "host_authority": "304"}
START = (question("placement_start", "date", "Date the placement began"),)


def missing(*each: dict[str, object]) -> dict[str, object]:
    return rows("missing_episodes", *each)


def order(**dates: date) -> dict[str, object]:
    return rows("disruption", {"measure": "letter_of_concern", **dates})


BROKEN = [
    Situation(ORDER, "it was received before it was sent", {"date_received": date(2026, 4, 19)}, "date_received"),
    Situation(
        ORDER,
        "it was triaged before it was received",
        {"date_received": date(2026, 4, 22), "triage_date": date(2026, 4, 21)},
        "triage_date",
    ),
    Situation(MEETING, "it was referred on the day after", {}, "referral_date", meeting=date(2026, 4, 19)),
    Situation(BIRTH, "the category was set", {"category_date": date(2010, 4, 10)}, "category_date"),
    Situation(FUTURE, "the form was completed tomorrow", {"declaration_date": date(2026, 5, 2)}, "declaration_date"),
    Situation(FUTURE, "a mother is born next year", {"parents_carers[1].dob": date(2027, 1, 2)}, "parents_carers[1].dob"),
    Situation(FUTURE, "an episode begins", missing(episode(datetime(2026, 5, 2, 3))), "missing_episodes[1].start"),
    Situation(ENDS, "it ends an hour before", missing(episode(MARCH[5], datetime(2026, 3, 6, 11))), "missing_episodes[1].end"),
    Situation(BEGINS, "it begins in 2010", missing(episode(datetime(2010, 3, 6, 11), datetime(2010, 3, 7))), "missing_episodes[1].start"),
    Situation(
        OVERLAP,
        "the second begins in the first",
        missing(episode(MARCH[1], MARCH[5]), episode(MARCH[3], MARCH[7])),
        "missing_episodes[2].start",
    ),
    Situation(
        OVERLAP,
        "the first lies in the second",
        missing(episode(MARCH[3], MARCH[4]), episode(MARCH[1], MARCH[7])),
        "missing_episodes[2].start",
    ),
    Situation(OPEN, "the first has no end", missing(episode(MARCH[1]), episode(MARCH[3], MARCH[7])), "missing_episodes[2].start"),
    Situation(OPEN, "neither has an end", missing(episode(MARCH[3]), episode(MARCH[1])), "missing_episodes[1].start"),
    Situation(TYPE, "only the beginning is given", missing(episode(MARCH[1], type=None)), "missing_episodes[1].type"),
    Situation(UNBORN, "it is dated 2011, before the birth", {"referral_date": date(2011, 4, 15)}, "dob"),
    Situation(FIRST, "1 January", {"dob": date(2011, 1, 1)}, "dob"),
    Situation(FIRST, "1 June", {"dob": date(2011, 6, 1)}, "dob"),
    Situation(TWO_WAYS, "it was typed 04/03/2011", {"dob": odd("DA6", value=date(2011, 3, 4), raw="04/03/2011")}, "dob"),
    Situation(BEGUN, "it begins next week", {"placement_start": date(2026, 5, 8)}, "placement_start", also=START),
    Situation(
        TOLD_EARLY,
        "they were told the day before",
        {**PLACED, "placement_start": date(2026, 3, 2), "host_authority_notified_date": date(2026, 3, 1)},
        "host_authority_notified_date",
        also=START,
    ),
    Situation(TOLD, "no date is given", PLACED, "host_authority_notified_date"),
    Situation(TOLD, "the date is not known", {**PLACED, "host_authority_notified_date": "not_known"}, "host_authority_notified_date"),
    Situation(
        SERVED, "it was served first", order(requested_date=date(2026, 3, 2), served_date=date(2026, 3, 1)), "disruption[1].served_date"
    ),
    Situation(
        EXPIRES, "it runs out on that day", order(served_date=date(2026, 3, 2), expiry_date=date(2026, 3, 2)), "disruption[1].expiry_date"
    ),
]

KEPT = [
    Situation(ORDER, "all on one day", {"date_received": date(2026, 4, 20), "triage_date": date(2026, 4, 20)}),
    Situation(MEETING, "it was referred the day before", {}, meeting=date(2026, 4, 21)),
    Situation(MEETING, "there is no meeting yet", {}),
    Situation(BIRTH, "a mother was born", {"parents_carers[1].dob": date(1980, 2, 3)}),
    Situation(BIRTH, "the date of birth is in the future, which is said elsewhere", {"dob": date(2031, 4, 16)}),
    Situation(FUTURE, "it was today", {"declaration_date": date(2026, 5, 1)}),
    Situation(FUTURE, "an order runs out next year", order(expiry_date=date(2027, 1, 2))),
    Situation(FUTURE, "the meeting is to come", {"meeting_date": date(2026, 5, 21)}),
    Situation(ENDS, "an hour later", missing(episode(MARCH[5], datetime(2026, 3, 6, 13)))),
    Situation(ENDS, "on the same day, without an hour", missing(episode(datetime(2026, 3, 6, 22), date(2026, 3, 6)))),
    Situation(BEGINS, "last year", missing(episode(datetime(2025, 3, 6, 11), datetime(2025, 3, 7)))),
    Situation(OVERLAP, "the second begins as the first ends", missing(episode(MARCH[1], MARCH[3]), episode(MARCH[3], MARCH[7]))),
    Situation(OPEN, "only the last has no end", missing(episode(MARCH[1], MARCH[2]), episode(MARCH[3]))),
    Situation(OPEN, "the end of the first could not be read", missing(episode(MARCH[1], odd("TY1")), episode(MARCH[3], MARCH[7]))),
    Situation(TYPE, "it is given", missing(episode(MARCH[1]))),
    Situation(TYPE, "the row says that there is none", {"missing_episodes[1].start": "none"}),
    Situation(UNBORN, "it is dated this year", {}),
    Situation(FIRST, "the 2nd", {"dob": date(2011, 1, 2)}),
    Situation(TWO_WAYS, "it was typed 25/03/2011", {"dob": date(2011, 3, 25)}),
    Situation(BEGUN, "it began last week", {"placement_start": date(2026, 4, 24)}, also=START),
    Situation(BEGUN, "it begins before the meeting", {"placement_start": date(2026, 5, 8)}, also=START, meeting=date(2026, 5, 21)),
    Situation(
        TOLD_EARLY,
        "they were told that day",
        {"placement_start": date(2026, 3, 2), "host_authority_notified_date": date(2026, 3, 2)},
        also=START,
    ),
    Situation(TOLD, "the date is given", {**PLACED, "host_authority_notified_date": date(2026, 3, 2)}),
    Situation(TOLD, "the placement is in the borough", {"placed_out_of_borough": False}),
    Situation(TOLD, "the form does not ask", PLACED, without=("host_authority_notified_date",)),
    Situation(SERVED, "it was served that day", order(requested_date=date(2026, 3, 2), served_date=date(2026, 3, 2))),
    Situation(EXPIRES, "it runs out a year later", order(served_date=date(2026, 3, 2), expiry_date=date(2027, 3, 2))),
]


@pytest.mark.parametrize("situation", BROKEN, ids=str)
def test_is_broken_when(situation: Situation) -> None:
    is_broken(situation)


@pytest.mark.parametrize("situation", KEPT, ids=str)
def test_is_kept_when(situation: Situation) -> None:
    is_kept(situation)
