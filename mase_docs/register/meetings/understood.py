"""What was typed into minutes, understood: a choice, a day, a number, an agency; or a problem with its place and the nearest match."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from mase_docs.definition.codes import plain
from mase_docs.definition.dates import read_date
from mase_docs.definition.home import Home
from mase_docs.definition.types import show_date, show_yes_no
from mase_docs.definition.values import is_ticked
from mase_docs.model.edited import Typed
from mase_docs.problems import Problem
from mase_docs.register.meetings.minuted_words import problem

NOT_READ: Final = object()
"""Stands for what could not be understood: nothing is recorded from it, and it is named with its place."""
MINUTES = re.compile(r"(\d{1,3})(?:\s*(?:m|min|mins|minutes?)\.?)?", re.IGNORECASE)
YES, NO = {"yes", "signed", "asked", "asked for"}, {"no", "not signed", "not asked", "not asked for"}


@dataclass
class Understood:
    """Understands what was typed for a meeting; what it can't is among the problems."""

    home: Home
    today: date
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, code: str, place: str, **words: str) -> Any:
        self.problems.append(problem(code, place, **words))
        return NOT_READ

    def text(self, typed: Typed) -> Any:
        return typed.text.strip() or None

    def choice(self, codes: str) -> Callable[[Typed], Any]:
        """Understands one of a code list, by its label, code or alias."""
        return lambda typed: self._one_of(codes, typed, "RB1")

    def agency(self, typed: Typed) -> Any:
        return self._one_of("agency", typed, "RB4")

    def _one_of(self, codes: str, typed: Typed, code: str) -> Any:
        found = self.home.codes(codes)
        if not typed.text.strip():
            return None
        near = found.nearest(typed.text)
        nearest = f"; the nearest is “{near}”" if near else ""
        return found.match(typed.text) or self.wrong(code, typed.place, list=found.label, nearest=nearest)

    def day(self, typed: Typed) -> Any:
        if not typed.text.strip():
            return None
        read = read_date(typed.text.strip(), self.today)
        return read.value if isinstance(read.value, date) and read.confidence != "low" else self.wrong("RB2", typed.place)

    def minutes(self, typed: Typed) -> Any:
        if not typed.text.strip():
            return None
        found = MINUTES.fullmatch(typed.text.strip())
        return int(found[1]) if found else self.wrong("RB3", typed.place)

    def yes(self, typed: Typed) -> Any:
        said, ticked = plain(typed.text), is_ticked(typed.text)
        known = True if said in YES else False if said in NO else ticked
        return self.wrong("RB1", typed.place, list="Yes or no", nearest="") if known is None else known

    def shown(self, value: Any, codes: str = "") -> str:
        """A value in words; "" for nothing."""
        if isinstance(value, bool):
            return show_yes_no(value)
        if isinstance(value, date):
            return show_date(value)
        return "" if value is None else self.home.codes(codes).label_of(value) if codes else str(value)
