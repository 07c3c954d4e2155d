"""What edited minutes say of each case and theme: the decision and what follows from it, and what each agency shared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from mase_docs.model.edited import Row, Typed
from mase_docs.model.minutes_layout import CASE, ITEMS_TIMED, THEME
from mase_docs.register.casework import case_life
from mase_docs.register.casework.case_life import open_case_of_place
from mase_docs.register.meetings.listing import DEFERRED, NEW, REVIEW, Listing
from mase_docs.register.meetings.noting import Noting
from mase_docs.register.records import Agency, Case, Discussion, Information, Meeting

CLOSES = {
    "close_risk_reduced": "risk_reduced_step_down",
    "close_moved": "moved_out_transferred",
    "close_turned_18_or_25": "turned_18_closed",
    "close_not_cse": "not_cse_reassessed",
    "transfer_to_authority": "moved_out_transferred",
    "not_eligible": "other",
}
"""Decision → the outcome with which it closes a case (codes: decision_case, case_outcome)."""
ASKS_REVIEW, ASKED_OF = "request_category_review_by_map", "the planning meeting"
TRENDS = "trends_locations"


@dataclass(frozen=True)
class Discussions:
    noting: Noting

    def read(self) -> None:
        for about in self.noting.abouts:
            if case := self.noting.case(about):
                self._case(about, case)
            elif self.noting.context(about):
                self._put(about, THEME, "decision_theme")
        for kind in ITEMS_TIMED:
            self._item(kind)

    def _case(self, about: str, case: Case) -> None:
        self._category(about)
        before = self._decided(about)
        self._put(about, CASE, "decision_case")
        now = self._there(about)
        if now is None or now.decision is None:
            self.noting.understood.wrong("RB15", "", about=case.reference)
        if now and self._decided(about) != before and self._is_latest(case):
            self._follows(case, now, before)

    def _decided(self, about: str) -> tuple[Any, ...]:
        """What other things follow from: the decision, the day of review, whether a category review was asked for."""
        row = self._there(about)
        return (row.decision, row.review_on, row.category_review) if row else (None, None, None)

    def _is_latest(self, case: Case) -> bool:
        """Whether no later meeting has heard a case: what minutes of long ago say doesn't undo what was decided since."""
        same = (Discussion.meeting_id == Meeting.id) & (Discussion.borough == Meeting.borough)
        later = select(Meeting.id).join(Discussion, same).where(
            Discussion.case_id == case.id, Meeting.held_on > self.noting.meeting.held_on
        )  # fmt: skip
        return self.noting.session.scalars(later.limit(1)).first() is None

    def _category(self, about: str) -> None:
        """A category that was typed over is refused (domain rule CA4)."""
        if typed := self.noting.touched(f"{about}_category"):
            self.noting.understood.wrong("CA4", typed.place)

    def _put(self, about: str, places: dict[str, str], codes: str) -> None:
        for ending, label in places.items():
            name = f"{about}_{ending}"
            typed = self.noting.touched(name)
            if typed and (typed.text.strip() or self._there(about)):
                listed = codes if ending == "decision" else ""
                self.noting.put(self._row(about), ending, name, self._understood(ending, codes), label.lower(), listed)

    def _understood(self, ending: str, codes: str) -> Callable[[Typed], Any]:
        understood = self.noting.understood
        ways: dict[str, Callable[[Typed], Any]] = {
            "decision": understood.choice(codes), "review_on": self._review_day, "category_review": understood.yes,
            "minutes_spent": understood.minutes,
        }  # fmt: skip
        return ways.get(ending, understood.text)

    def _review_day(self, typed: Typed) -> Any:
        """A day of review is not before the meeting, and not years away (domain rule DA7)."""
        day, held_on = self.noting.understood.day(typed), self.noting.meeting.held_on
        if not isinstance(day, date):
            return day
        most = self.noting.home.profile.timings.review_within_days
        if day < held_on:
            return self.noting.understood.wrong("DA7", typed.place)
        if day > held_on + timedelta(days=most):
            self.noting.understood.wrong("DA7 far", typed.place, days=str(most))
        return day

    def _there(self, about: str) -> Discussion | None:
        these = select(Discussion).where(Discussion.meeting_id == self.noting.meeting.id)
        case, context = self.noting.case(about), self.noting.context(about)
        own = Discussion.case_id == case.id if case else Discussion.context_id == (context.id if context else 0)
        return self.noting.session.scalars(these.where(own)).first()

    def _row(self, about: str) -> Discussion:
        """What was said of a case or theme at this meeting; begun where it isn't there."""
        there = self._there(about)
        if there:
            return there
        case, context = self.noting.case(about), self.noting.context(about)
        place = open_case_of_place(self.noting.session, context) if context else None
        return self.noting.writing.add(
            Discussion(
                meeting_id=self.noting.meeting.id,
                case_id=case.id if case else place.id if place else None,
                context_id=context.id if context else None,
                heard_under=self._heard_under(case) if case else TRENDS,
            )
        )

    def _heard_under(self, case: Case) -> str:
        listed = Listing(self.noting.session, self.noting.home.profile.ages, self.noting.meeting).heard
        return next((one.heard_under for one in listed if one.case.id == case.id), REVIEW if case.status == "review" else NEW)

    def _item(self, kind: str) -> None:
        name = f"item_{kind}_minutes_spent"
        typed = self.noting.touched(name)
        these = select(Discussion).where(
            Discussion.meeting_id == self.noting.meeting.id, Discussion.heard_under == kind,
            Discussion.case_id.is_(None), Discussion.context_id.is_(None),
        )  # fmt: skip
        there = self.noting.session.scalars(these).first()
        if typed and (typed.text.strip() or there):
            row = there or self.noting.writing.add(Discussion(meeting_id=self.noting.meeting.id, heard_under=kind))
            self.noting.put(row, "minutes_spent", name, self.noting.understood.minutes, "minutes spent")

    # what follows from a decision ────────────────────────────────────────────────────────────────────

    def _follows(self, case: Case, now: Discussion, before: tuple[Any, ...]) -> None:
        """What a decision brings with it; a case that was put off stays as it was."""
        decided, review_on, _ = before
        noting = self.noting
        if now.decision not in (None, DEFERRED):
            noting.writing.change(case, status=REVIEW_STATUS)
        if now.review_on != review_on or (now.decision and not decided and now.decision != DEFERRED):
            self._review(case, now.review_on)
        if (now.category_review or now.decision == ASKS_REVIEW) and case.review_asked_on != noting.meeting.held_on:
            case_life.ask_review(noting.writing, case, ASKED_OF, noting.meeting.held_on)
            noting.say("review of the category", case.reference, "", f"asked of {ASKED_OF}")
        if now.decision != decided:
            self._close_or_reopen(case, now.decision)

    def _review(self, case: Case, on: date | None) -> None:
        show, before = self.noting.understood.shown, case.next_review
        if self.noting.writing.change(case, next_review=on):
            self.noting.say("next review", case.reference, show(before), show(on))

    def _close_or_reopen(self, case: Case, decision: str | None) -> None:
        noting, outcome = self.noting, CLOSES.get(decision or "")
        on = min(noting.meeting.held_on, noting.writing.today)
        if outcome and case.closed_on is None:
            case_life.close(
                noting.writing, case, outcome, max(on, case.opened_on), reason=f"decided at the meeting of {noting.meeting.held_on}"
            )
            noting.say("case", case.reference, "open", f"closed: {noting.home.codes('case_outcome').label_of(outcome)}")
        elif not outcome and case.closed_on and (case.closing_reason or "").endswith(str(noting.meeting.held_on)):
            case_life.reopen(noting.writing, case)
            noting.say("case", case.reference, "closed", "open")


REVIEW_STATUS = "review"
"""What a case is once it was heard (codes: case_status)."""


@dataclass(frozen=True)
class Shares:
    """What each agency shared about each case: all of its rows together, in their order."""

    noting: Noting

    def read(self) -> None:
        told: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.noting.rows("information"):
            if agency := self._agency(row):
                told[row.about, agency].append(row)
        for (about, agency), rows in told.items():
            if self.noting.case(about):
                self._put(about, agency, rows)

    def _agency(self, row: Row) -> str | None:
        """Whose information a row has: by its key, else by the agency's name typed in it."""
        key = row.key.removeprefix(f"{row.about}_")
        if key.startswith("agency"):
            number = int(key.removeprefix("agency"))
            agency = self.noting.session.get(Agency, (self.noting.writing.borough, number))
            return agency.code if agency else None
        if key.startswith("named"):
            named = self.noting.session.get(Information, (self.noting.writing.borough, int(key.removeprefix("named"))))
            return named.agency if named else None
        words = row.cells.get("information")
        if not (words and words.text.strip()):
            return None
        typed = row.cells.get("agency")
        found = self.noting.understood.agency(typed) if typed and typed.text.strip() else self.noting.understood.wrong("RB17", row.place)
        return found if isinstance(found, str) else None

    def _put(self, about: str, agency: str, rows: list[Row]) -> None:
        noting, name = self.noting, f"{about}_shared_{agency}"
        words = "\n".join(cell.text.strip() for row in rows if (cell := row.cells.get("information")) and cell.text.strip())
        made = {f"{row.key}_information" for row in rows if row.key}
        touched = (
            not noting.known.is_as_made(name, words)
            if name in noting.known.slots
            else any(noting.touched(n) for n in made) or any(not row.key for row in rows)
        )
        if not touched:
            return
        self._record(about, agency, words, rows[0].place)
        noting.known.took(name, words)
        for one in made:
            noting.took(one)

    def _record(self, about: str, agency: str, words: str, place: str) -> None:
        noting, case = self.noting, self.noting.case(about)
        assert case
        these = select(Information).where(
            Information.meeting_id == noting.meeting.id, Information.case_id == case.id, Information.agency == agency
        )
        there = noting.session.scalars(these.order_by(Information.id)).all()
        before = "\n".join(row.information for row in there)
        if " ".join(before.split()) == " ".join(words.split()):
            return
        for row in there[1:] if words else there:
            noting.writing.remove(row)
        if words and there:
            noting.writing.change(there[0], information=words)
        elif words:
            noting.writing.add(Information(meeting_id=noting.meeting.id, case_id=case.id, agency=agency, information=words))
        label = noting.home.codes("agency").label_of(agency)
        noting.say(f"information from {label}", case.reference, before, words, place)
