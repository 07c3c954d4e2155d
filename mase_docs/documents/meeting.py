"""What agenda and minutes have in common: the head, the standing items in either layout, the figures and the forms left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from mase_docs.definition.home import Home
from mase_docs.definition.types import show_date
from mase_docs.documents import actions, links
from mase_docs.documents.case import Case, cases, counted, hearings, joined
from mase_docs.documents.items import EMPTY, EXPECTED, ROWS, THEMES_FIRST, TITLES, Row
from mase_docs.documents.slots import Slots
from mase_docs.documents.timing import Timing, timing
from mase_docs.model.control import Control
from mase_docs.model.minutes_layout import ITEMS_TIMED
from mase_docs.model.sitting import Attended, Sitting, Theme
from mase_docs.model.submission import Submission

Layout = Literal["case-first", "theme-first"]
FILES = {"xlsx": "Excel", "pdf": "PDF"}
COPY = "Chair and coordinator copy: full details"


@dataclass(frozen=True)
class Papers:
    """One meeting's papers: the meeting, the forms that they are made from where there is no register, and those left out."""

    sitting: Sitting
    submissions: tuple[Submission, ...]
    home: Home
    on: date | None
    today: date
    layout: Layout
    left_out: tuple[Submission, ...] = ()

    @cached_property
    def cases(self) -> list[Case]:
        return cases(self.sitting.hearings, self.home, self.on or self.today)

    @cached_property
    def places(self) -> list[links.Place]:
        return links.places(self.submissions, self.home)

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        return links.themes(self.cases, self.places) if self.sitting.themes is None else self.sitting.themes

    @cached_property
    def timing(self) -> Timing:
        return timing(self.cases, len(self.themes), self.home.profile.documents)

    @cached_property
    def slots(self) -> Slots:
        return Slots(self.home)

    @property
    def from_register(self) -> bool:
        return self.sitting.meeting is not None

    @cached_property
    def in_words(self) -> dict[int, Row]:
        """Number → the case as templates know it."""
        linked = {} if self.from_register else links.linked(self.cases)
        return {case.number: self._case(case, linked.get(case.number)) for case in self.cases}

    def _case(self, case: Case, linked: str | None) -> Row:
        hearing = case.hearing
        return {
            **case.words(),
            "linked_cases": hearing.linked or linked or "None found",
            "slots": self.slots.case(case),
            "information": self.slots.information(case, self.sitting.agencies),
            "actions": self.slots.actions("case", hearing.key, hearing.set_here),
        }

    def head(self, paper: str) -> Row:
        """What stands on the first page and at the top and bottom of every page."""
        panel = self.home.profile.panel
        title = f"{panel.name} {paper}"
        return {
            "title": title, "heading": Control(f"paper{self.sitting.paper}", "Title", "fixed", title) if self.sitting.paper else title,
            "panel": panel.name, "panel_in_full": panel.full_name, "borough": panel.borough, "authority": panel.authority,
            "marking": panel.marking.upper(), "copy": COPY, "prepared": show_date(self.today),
            "meeting_date": show_date(self.on) if self.on else "Date to be confirmed", **self._meeting(),
            "from_register": self.from_register, "received": self.received(),
            "times": self.timing.table(), "time_warning": self.timing.warning(),
            "index": [self.in_words[case.number] for case in self.cases],
            "confidentiality": self.home.profile.documents.confidentiality,
            "left_out": [left_out(s) for s in self._refused],
        }  # fmt: skip

    def _meeting(self) -> Row:
        """When and where it is, and who leads it; "…" stands where that isn't known and people write."""
        meeting, rhythm, documents = self.sitting.meeting, self.home.profile.meetings, self.home.profile.documents
        known = {
            "venue": (meeting.venue if meeting else None) or rhythm.venue, "chair": meeting.chair if meeting else None,
            "last_meeting": show_date(self.sitting.last_on) if self.sitting.last_on else None,
            "next_meeting": show_date(self.sitting.next_on) if self.sitting.next_on else None,
        }  # fmt: skip
        begins = (meeting.started if meeting else None) or rhythm.time
        return {"time": f"{begins}, {documents.meeting_minutes} minutes", **{name: said or "…" for name, said in known.items()}}

    @property
    def _refused(self) -> list[Submission]:
        return sorted(self.left_out, key=lambda s: (s.source.name, s.source.sha256))

    def received(self) -> str:
        """What is in the papers and what became of the rest. It is proved to stand in the document."""
        if self.from_register:
            return self._heard()
        there, out = len(self.submissions), len(self.left_out)
        taken = f"{there} {'is' if there == 1 else 'are'} in these papers" if there else "none is in these papers"
        refused = f"{out} {'is' if out == 1 else 'are'} left out (see the last page)" if out else "none is left out"
        return f"{counted(there + out, 'form').capitalize()} received: {taken}, {refused}."

    def _heard(self) -> str:
        reviews, others = sum(case.is_review for case in self.cases), len(self.sitting.not_heard)
        new = len(self.cases) - reviews
        heard = f"{counted(new, 'new case')} and {counted(reviews, 'review')}".capitalize()
        rest = f"{counted(others, 'other case')} {'is' if others == 1 else 'are'} open and not on this list (see the last item)"
        return f"{heard}; {rest if others else 'no other case is open'}."

    def roll(self) -> Row:
        """Who is expected and who comes; what the minutes say of it."""
        agencies, observers = self.sitting.agencies, self.sitting.observers
        return {
            "agencies": [_expected(agency) for agency in agencies], "attendance": self.slots.attendance(agencies),
            "observers": self.slots.observers(observers), "meeting": self.slots.meeting(self.sitting),
        }  # fmt: skip

    def actions(self) -> Row:
        """What is outstanding, for the agenda by agency and for the minutes in one table; what has ended; what belongs to no case."""
        sitting = self.sitting
        ended = [actions.said(action, sitting, self.home) for action in sitting.ended]
        previous = [{**actions.said(action, sitting, self.home), **self.slots.previous(action)} for action in sitting.outstanding]
        other = self.slots.actions("other", "other", sitting.general)
        return {"outstanding": actions.outstanding(sitting, self.home), "previous": previous, "ended": ended, "other_actions": other}

    def items(self, titles: dict[str, str] | None = None) -> list[Row]:
        """The standing items, numbered, each with its cases or rows, or with the sentence that there are none."""
        kinds = [kind for kind in TITLES if self.layout == "case-first" or kind not in THEMES_FIRST]
        if self.layout == "theme-first":
            kinds[kinds.index("new_cases") : kinds.index("new_cases")] = THEMES_FIRST
        return [self._item(number, kind, {**TITLES, **(titles or {})}[kind]) for number, kind in enumerate(kinds, 1)]

    def _item(self, number: int, kind: str, title: str) -> Row:
        heard = [self.in_words[case.number] for case in self.cases if kind == _heard_under(case)]
        rows = [self._theme(theme) for theme in self.themes] if kind == "trends" else ROWS[kind](self) if kind in ROWS else []
        return {
            "number": str(number),
            "kind": kind,
            "title": title,
            "minutes": self.timing.said(kind),
            "cases": heard,
            "rows": rows,
            "known": self._known() if kind == "trends" else [],
            "empty": "" if heard or rows else EMPTY.get(kind, ""),
            "timed": kind in ITEMS_TIMED,
            "slots": self.slots.item(kind, self.sitting.spent.get(kind)),
        }

    def _known(self) -> list[Row]:
        """What agencies told of places, groups and patterns, of no one case."""
        return [
            {"agency": one.agency, "received": show_date(one.received_on) if one.received_on else None, "information": one.information}
            for one in self.sitting.shared
        ]

    def _theme(self, theme: Theme) -> Row:
        named = f"{counted(len(theme.labels), 'case')}: {'; '.join(theme.labels)}" if theme.labels else "No case names it"
        return {
            "name": theme.name, "kind": theme.kind, "linked": named, "evidence": theme.evidence, "agencies": theme.agencies,
            "not_involved": self._not_involved(theme),
            "asked": theme.asked, "owner": theme.owner, "open_questions": theme.open_questions, "progress": theme.progress,
            "minutes": str(self.home.profile.documents.theme_minutes), "slots": self.slots.theme(theme),
            "actions": self.slots.actions("theme", theme.key, theme.set_here),
        }  # fmt: skip

    def _not_involved(self, theme: Theme) -> str:
        """The agencies of the panel that nobody says know of it."""
        known = (theme.agencies or "").split("; ")
        return "; ".join(agency.agency for agency in self.sitting.agencies if agency.agency not in known)

    def figures(self) -> list[Row]:
        """The month's plain numbers. This copy is restricted: nothing is suppressed."""
        categories = Counter(case.said("cse_category") or "No CSE category given" for case in self.cases)
        forms = {"Forms received": len(self.submissions) + len(self.left_out), "Forms left out of these papers": len(self.left_out)}
        said = {
            **({} if self.from_register else forms),
            "New cases": sum(not case.is_review for case in self.cases),
            "Review cases": sum(case.is_review for case in self.cases),
            **dict(sorted(categories.items())),
            "Placed out of borough": len(ROWS["out_of_borough"](self)),
            "May be harming others": len(ROWS["harming"](self)),
            "Places, schools and peer groups before the panel": len(self.themes),
            **({"Actions outstanding": len(self.sitting.outstanding)} if self.from_register else {}),
        }
        return [{"what": what, "number": str(number)} for what, number in said.items()]

    def not_heard(self) -> list[Row]:
        return [{"label": case.label, "why": case.why} for case in self.sitting.not_heard]


def must_show(context: Row) -> list[str]:
    """What a complete paper shows, whatever its template: each case's label, each theme, each action, and how many forms or cases there
    are."""
    trends = [row["name"] for item in context["items"] if item["kind"] == "trends" for row in item["rows"]]
    numbers = [action["number"] for action in (*context["previous"], *context["ended"])]
    return [context["received"], *(case["label"] for case in context["index"]), *trends, *numbers]


def left_out(submission: Submission) -> Row:
    """A form that is not in the papers: its file, and why. A file name may hold a child's, as this copy does on every page."""
    errors = [problem for problem in submission.problems if problem.severity == "error"]
    return {
        "which": f"{submission.source.name} (SHA-256 {submission.source.sha256[:8]}…)",
        "kind": FILES.get(submission.source.kind, submission.source.kind),
        "reasons": [{"code": p.code, "message": p.message, "remedy": p.remedy} for p in errors],
    }


def _heard_under(case: Case) -> str:
    return "review_cases" if case.is_review else "new_cases"


def _expected(agency: Attended) -> Row:
    """An agency with its contacts, and what is known of its coming."""
    came = EXPECTED.get(agency.attendance or "", "Not yet known")
    who = f"{came}: {agency.name}" if agency.name else came
    sent = f"information received on {show_date(agency.information_on)}" if agency.information_on else None
    return {
        "name": agency.agency, "group": agency.group, "spoc": agency.spoc or "Not named", "deputy": agency.deputy or "Not named",
        "coming": joined(who, sent),
    }  # fmt: skip


def from_forms(submissions: Iterable[Submission], home: Home) -> Sitting:
    """The meeting as forms alone tell it, without a register."""
    committed = [agency for agency in home.profile.agency if agency.committed]
    agencies = (
        Attended(f"agency{n}", a.code, a.name, a.group, spoc=a.spoc or None, deputy=a.deputy or None) for n, a in enumerate(committed, 1)
    )
    return Sitting(agencies=tuple(agencies), hearings=hearings(submissions, home))
