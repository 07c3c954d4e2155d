"""The places, schools and peer groups of a meeting: those that two open cases share, and those referred in their own right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from mase_docs.definition.home import Home
from mase_docs.definition.types import show_date
from mase_docs.model.sitting import ActionSaid, Discussed, Theme
from mase_docs.model.submission import EXPLICIT, Submission
from mase_docs.register.casework.answers import as_it_stands
from mase_docs.register.links.mentions import SUBJECT, Mentions, mentions
from mase_docs.register.records import Case, Context, Discussion, Involvement, Link, Meeting

KINDS = {"school": "School", "place": "Place", "online": "Online space", "peer_group": "Peer group"}


@dataclass(frozen=True)
class Themes:
    """The themes of one meeting, those referred in their own right first, then the most shared."""

    session: Session
    home: Home
    meeting: Meeting
    actions: list[ActionSaid]

    def told(self) -> tuple[Theme, ...]:
        found = [self._theme(number) for (table, number), thing in self._found.things.items() if table == "context" and thing.kind in KINDS]
        kept = [theme for theme in found if theme]
        return tuple(sorted(kept, key=lambda theme: (not theme.asked, -len(theme.labels), theme.kind, theme.name)))

    @cached_property
    def _found(self) -> Mentions:
        return mentions(self.session, self.meeting.held_on)

    def _theme(self, number: int) -> Theme | None:
        parts = self._found.parts[("context", number)]
        own = [case for case, part in parts.items() if SUBJECT in part.roles]
        others = [self._found.cases[case] for case in parts if case not in own]
        if len(others) < 2 and not own:
            return None
        thing, key = self._found.things[("context", number)], f"theme{number}"
        said = self._referred(self._found.cases[own[0]]) if own else {}
        return Theme(
            key=key,
            name=thing.name,
            kind=KINDS[thing.kind] + (", referred in its own right" if own else ""),
            labels=tuple(case.label for case in others),
            evidence="\n".join([*said.get("evidence", []), *self._evidence(number, others)])
            or "Named on forms; nothing more is said of it.",
            agencies="; ".join(dict.fromkeys([*said.get("agencies", []), *self._agencies(others)])) or None,
            asked="\n".join(said.get("asked", [])) or None,
            owner=", ".join(said.get("owner", [])) or None,
            progress=self._progress(number, key),
            discussed=discussed(self._discussion(number, self.meeting)),
            set_here=tuple(a for a in self.actions if a.theme == key and a.set_on == self.meeting.held_on),
        )

    def _referred(self, case: Case) -> dict[str, list[str]]:
        """What the form says that referred it."""
        form = as_it_stands(self.session, case, self.home)
        return {
            "evidence": [*self._said(form, "what_seen", "times"), *(f"Tried: {words}" for words in self._said(form, "tried"))],
            "agencies": self._said(form, "information_holders"),
            "asked": self._said(form, "asked"),
            "owner": self._said(form, "owner_name", "owner_agency"),
        }

    def _said(self, form: Submission, *names: str) -> list[str]:
        fields = self.home.form(str(form.form), form.version).fields
        known = [(fields[name], value) for name in names if (value := form.value(name)) and name in fields and value not in EXPLICIT]
        return [self.home.show(field, value) for field, value in known]

    def _evidence(self, number: int, cases: list[Case]) -> Iterator[str]:
        same = select(Context.id).where((Context.id == number) | (Context.same_as == number))
        references = {case.id: case.reference for case in cases}
        links = select(Link).where(Link.context_id.in_(same), Link.case_id.in_(references), Link.evidence.is_not(None)).order_by(Link.id)
        yield from dict.fromkeys(f"{references[link.case_id]}: {link.evidence}" for link in self.session.scalars(links))

    def _agencies(self, cases: list[Case]) -> list[str]:
        codes = self.home.codes("agency")
        involved = select(Involvement.agency).where(Involvement.case_id.in_([case.id for case in cases])).order_by(Involvement.id)
        return [codes.label_of(agency) for agency in self.session.scalars(involved)]

    def _discussion(self, number: int, meeting: Meeting) -> Discussion | None:
        these = select(Discussion).where(Discussion.context_id == number, Discussion.meeting_id == meeting.id)
        return self.session.scalars(these).first()

    def _progress(self, number: int, key: str) -> str | None:
        same = (Discussion.meeting_id == Meeting.id) & (Discussion.borough == Meeting.borough)
        before = select(Meeting, Discussion).join(Discussion, same).where(
            Discussion.context_id == number, Meeting.held_on < self.meeting.held_on
        )  # fmt: skip
        last = self.session.execute(before.order_by(Meeting.held_on.desc())).first()
        actions = [a for a in self.actions if a.theme == key and a.set_on != self.meeting.held_on]
        return progress(last[0].held_on if last else None, last[1] if last else None, actions, self.home, "decision_theme")


def progress(on: date | None, discussion: Discussion | None, actions: list[ActionSaid], home: Home, codes: str) -> str | None:
    """What was decided the last time, and what came of the actions, in words; None where there was no last time."""
    decided = discussion.decision if discussion else None
    said = [f"{show_date(on)}: {home.codes(codes).label_of(decided)}"] if on and decided else []
    states = home.codes("action_status")
    return "\n".join([*said, *(f"{a.number}: {states.label_of(a.status).lower()}" for a in actions)]) or None


def discussed(row: Discussion | None) -> Discussed:
    """What the minutes say so far."""
    if row is None:
        return Discussed()
    names = ("decision", "reasons", "response", "category_review", "disruption_considered", "review_on", "filed_by", "minutes_spent")
    return Discussed(**{name: getattr(row, name) for name in names})
