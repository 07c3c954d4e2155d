"""The demo's three invented months: what a coordinator does from one meeting to the next, said in a line each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mase_docs.commands import talk
from mase_docs.resources import folder as shipped

if TYPE_CHECKING:
    from mase_docs.definition.home import Home
    from mase_docs.pipeline import Occasion
    from mase_docs.register.register import Register
    from mase_docs.register.writing import Witness


@dataclass(frozen=True)
class Month:
    """One month: the folder of its forms, the days on which things are done, and the agencies that get a copy of the minutes.

    script is what people write in it: examples/make_meetings.py has that typed.
    """

    forms: str
    received_on: date
    reminded_on: date
    returned_on: date
    held_on: date
    extracts: list[str]
    script: dict[str, Any]


def months() -> list[Month]:
    """The months of examples/months.toml."""
    own = ("forms", "received_on", "reminded_on", "returned_on", "held_on", "extracts")
    with (shipped("examples") / "months.toml").open("rb") as file:
        told = tomllib.load(file)["month"]
    return [Month(**{name: month[name] for name in own}, script=month) for month in told]


class Clock:
    """The days of the demo, whatever day it is: a second passes with each look; salts are counted, so that every demo is alike."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 20, 9, tzinfo=UTC)
        self._salts = count(1)

    def set(self, day: date) -> None:
        self.at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)

    def _now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def witness(self) -> Witness:
        from mase_docs.register.writing import Witness

        return Witness("demo", self._now, lambda: f"{next(self._salts):032x}")


@dataclass
class Months:
    """The months, one after the other, into a folder. What agencies return and what people type into minutes is shipped beside them."""

    register: Register
    home: Home
    folder: Path
    clock: Clock

    def run(self) -> None:
        for month in months():
            self.month(month)

    def month(self, month: Month) -> None:
        """From the forms that come in to the copies that go out."""
        talk.result(f"\n   The meeting of {month.held_on:%d/%m/%Y}")
        for step in (self._receive, self._remind, self._take_back, self._hold, self._read_back, self._copy):
            step(month)

    def returns(self, month: Month, reminders: Path) -> Path:
        """The folder of what agencies sent back."""
        return shipped("examples") / "meetings" / str(month.held_on) / "returns"

    def typed(self, month: Month, minutes: Path) -> bytes:
        """The minutes as people gave them back."""
        return (shipped("examples") / "meetings" / str(month.held_on) / "minutes_typed.docx").read_bytes()

    def into(self, month: Month, *names: str) -> Path:
        return self.folder.joinpath(str(month.held_on), *names)

    def on(self, month: Month, day: date) -> Occasion:
        from mase_docs.pipeline import Occasion

        self.clock.set(day)
        return Occasion(self.home, day, month.held_on)

    def _receive(self, month: Month) -> None:
        from mase_docs.register.meetings import meetings

        occasion = self.on(month, month.received_on)
        said = self._received(shipped("examples") / month.forms, occasion)
        with self.register.writing("meeting add") as writing:
            meetings.add(writing, month.held_on, self.home)
        talk.result(f"   forms received: {said}")

    def _received(self, inbox: Path, occasion: Occasion) -> str:
        from mase_docs.commands.receive import summary
        from mase_docs.pipeline import check, read, receive

        originals: dict[str, bytes] = {}
        forms = check(read([inbox], self.home, occasion.today, keep=originals), self.home, occasion.today, occasion.meeting)
        return summary(list(receive(forms, originals, self.register, occasion)))

    def _remind(self, month: Month) -> None:
        from mase_docs import cycle
        from mase_docs.files import write

        folder = self.into(month, "reminders")
        reminders = cycle.remind(self.register, self.on(month, month.reminded_on), folder, force=True)
        for one in reminders.found:
            for name, data in one.files.items():
                write(folder / one.reminder.code / name, data, force=True)
        talk.result(f"   reminders: {len(reminders.found)} agencies, a folder each, with draft e-mail, forms and calendar invite")

    def _take_back(self, month: Month) -> None:
        returns = self.returns(month, self.into(month, "reminders"))
        said = self._received(returns, self.on(month, month.returned_on)) if returns.is_dir() else "none."
        talk.result(f"   forms that agencies sent back: {said}")

    def _hold(self, month: Month) -> None:
        from mase_docs import cycle
        from mase_docs.commands.merging import in_short
        from mase_docs.files import write

        for name in ("agenda", "minutes"):
            made = cycle.paper(name, self.register, self.on(month, month.returned_on))
            write(self.into(month, "chair", f"{name}.docx"), made.data, force=True)
        talk.result(f"   agenda, and minutes to type into: {in_short(made.sitting)}")

    def _read_back(self, month: Month) -> None:
        from mase_docs import cycle
        from mase_docs.commands.readback import lines, summary
        from mase_docs.files import write

        typed = self.typed(month, self.into(month, "chair", "minutes.docx"))
        write(self.into(month, "chair", "minutes_typed.docx"), typed, force=True)
        found = cycle.readback(typed, self.register, self.on(month, month.held_on + timedelta(days=1)))
        said = [*lines(found), "", *(str(problem) for problem in found.problems)]
        write(self.into(month, "chair", "readback.txt"), "\n".join(said).encode() + b"\n", force=True)
        talk.result(f"   minutes as typed in LibreOffice, read back: {summary(found, dry_run=False)}")

    def _copy(self, month: Month) -> None:
        from mase_docs import cycle
        from mase_docs.files import write

        occasion = self.on(month, month.held_on + timedelta(days=1))
        for agency in month.extracts:
            copied = cycle.extract(self.register, agency, occasion)
            write(self.into(month, "copies", agency, "minutes.docx"), copied.files[""], force=True)
        notes = cycle.case_notes(self.register, occasion, lambda name: None)
        for name, data in notes.files.items():
            write(self.into(month, "case_notes", name), data, force=True)
        log = cycle.action_log("xlsx", self.register, replace(occasion, meeting=None), ended=True)
        write(self.into(month, "chair", "actions.xlsx"), log, force=True)
        talk.result(f"   copies for {', '.join(month.extracts)}; {len(notes.files)} case notes; the action log")
