"""Meetings for the tests, as the register tells them. All of it is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from mase_docs.definition.home import Home
from mase_docs.documents.meeting import from_forms
from mase_docs.model.sitting import ActionSaid, Attended, Discussed, Hearing, Meeting, NotHeard, Shared, Sitting, Theme
from tests.documents.forms import month

ON, LAST, NEXT = date(2026, 5, 6), date(2026, 4, 1), date(2026, 6, 3)
WORK = (
    "Visit the family with the school nurse and agree a safe contact",
    "Map the peer group",
    "Ask the licensing team about the takeaway on the High Street and report what they say",
    "Send the return interviews of the last three months",
)
THEME = Theme(
    "theme4",
    "Canal steps",
    "Place",
    labels=("MASE-2026-0007 / ZŁ / 16F",),
    evidence="MASE-2026-0007: groups after dark",
    agencies="Housing; Borough Police",
)


def sitting(cases: int = 3, actions: int = 2, **more: Any) -> Sitting:
    """A meeting of so many cases, with so many outstanding actions, two that ended, and minutes that have begun to say something."""
    forms = from_forms(month(cases), Home())
    heard = tuple(_heard(number, hearing, forms.agencies[0]) for number, hearing in enumerate(forms.hearings, 7))
    made = Sitting(
        meeting=Meeting(ON, venue="Town Hall, room 3", chair="Rowan Ames", minute_taker="Lin Osei"),
        paper=17,
        agencies=tuple(_attended(n, agency) for n, agency in enumerate(forms.agencies)),
        observers=(Attended("observer1", "", "Neighbouring borough", name="Kit Vale", statement_signed=True),),
        hearings=heard,
        themes=(THEME,),
        outstanding=tuple(_action(n, forms.agencies) for n in range(actions)),
        ended=(
            action("A-2026-0080", status="done", completed_on=date(2026, 4, 18), evidence="Letter on file"),
            action("A-2026-0081", status="not_possible_changed_circumstances", reason_not_done="The young person moved home."),
        ),
        general=(action("A-2026-0092", about="All", action="Write to the licensing team"),),
        not_heard=(NotHeard("MASE-2026-0101 / KM / 16F", "Received after forms closed"),),
        spent={"disruption": 10},
        last_on=LAST,
        next_on=NEXT,
    )
    return replace(made, **more)


def action(number: str, **more: Any) -> ActionSaid:
    said: dict[str, Any] = {"about": "MASE-2026-0007 / ZŁ / 16F", "action": "Write to the school", "agency": "Young Hackney"}
    return ActionSaid(f"action{int(number[-4:])}", number, **{**said, **more})


def _action(n: int, agencies: tuple[Attended, ...]) -> ActionSaid:
    late = max(0, 70 - 3 * n)
    return action(
        f"A-2026-{n + 1:04}",
        about="Canal steps" if n % 3 else f"MASE-2026-{n:04} / ZŁ / 16F",
        action=WORK[n % 4],
        agency=agencies[n // 4 % len(agencies)].agency,
        lead_person=("Sam Hill", "PC Lowe", None)[n % 3],
        due=ON - timedelta(days=late),
        days_overdue=late,
        status=("open", "in_progress", "not_done_by_agency", "open")[n % 4],
        times_carried=n % 3,
    )


def _heard(number: int, hearing: Hearing, police: Attended) -> Hearing:
    reference = f"MASE-2026-{number:04}"
    first = number == 7
    return replace(
        hearing,
        key=f"case{number}",
        reference=reference,
        why="Review due on 1 May 2026" if hearing.heard_under == "review_cases" else "Received on 9 April 2026",
        linked="None found",
        shared=(Shared(police.key, police.code, police.agency, "Seen near the station.", date(2026, 4, 30)),) if number % 2 else (),
        discussed=Discussed("accept_actions", "Risk has risen.", None, True, None, date(2026, 7, 1), "P. Raman", 12)
        if first
        else Discussed(),
        set_here=(action("A-2026-0091", action="Visit the family", due=date(2026, 5, 30)),) if first else (),
    )


def _attended(n: int, agency: Attended) -> Attended:
    came = ("spoc", "representative", "apology_with_information", "apology", None)[n % 5]
    return replace(agency, spoc="Dana Whitlock", attendance=came, information_on=date(2026, 4, 30) if n % 5 == 2 else None)
