"""Whatever is typed into minutes is recorded as it was typed, or named with its place; and read twice, it changes nothing more."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from mase_docs.register.meetings.understood import Understood
from mase_docs.register.records import Action, Discussion, Information
from mase_docs.register.register import Register
from tests.register.minuting import HELD, HOME, Minutes, made, two_cases
from tests.register.stores import a_register
from tests.register.tampering import faults

SEEDS = range(120)
WORDS = (
    "Visit the park", "Ring the school", "Meet “her” & him <soon>", "Łódź – مرحبا", "مرحبا", "שלום", "Write\nto the board", "a",
    "Café visit" * 9,
)  # fmt: skip
DECISIONS = ("Accepted: monitor", "accepted with actions", "DEFERRED TO THE NEXT MEETING", "Closed: moved away", "perhaps", "Yes?", "")
AGENCIES = ("Borough Police", "police", "Young Hackney", "CSC", "Empower", "Nobody Known", "", "yung hackny")
DAYS = ("2/12/2026", "2 December 2026", "2026-12-09", "soon", "31/2/2027", "1/10/2026", "")


@dataclass
class Typist:
    """Types at random into minutes, and remembers what."""

    minutes: Minutes
    random: Random
    actions: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    shared: list[tuple[str, str, str, str]] = field(default_factory=list)
    slots: dict[str, str] = field(default_factory=dict)

    def type(self) -> None:
        for case in ("case1", "case2"):
            self._slot(f"{case}_decision", DECISIONS)
            self._slot(f"{case}_review_on", DAYS)
            self._slot(f"{case}_reasons", WORDS)
            self._slot(f"{case}_minutes_spent", ("12", "7 min", "long", ""))
            for number in (1, 2):
                self._filled(f"{case}_new{number}", case)
            for _ in range(self.random.randint(0, 3)):
                self._added(case)
                self._information(case)
        self._added("other")

    def _slot(self, name: str, pool: tuple[str, ...]) -> None:
        if self.random.random() < 0.7:
            self.slots[name] = self.random.choice(pool)
            self.minutes.type(**{name: self.slots[name]})

    def _cells(self) -> dict[str, str]:
        pick = self.random.choice
        return {"action": pick(WORDS), "agency": pick(AGENCIES), "lead_person": pick(("", "Sam Made-Up")), "due": pick(DAYS)}

    def _filled(self, key: str, about: str) -> None:
        if self.random.random() < 0.5:
            cells = self._cells()
            self.minutes.cell(key, **cells)
            self.actions.append((about, cells, f"row {key}"))

    def _added(self, about: str) -> None:
        cells = self._cells()
        self.minutes.add_row(about, "actions", number="", **cells)
        self.actions.append((about, cells, self.minutes.rows[-1].place))

    def _information(self, about: str) -> None:
        agency, words = self.random.choice(AGENCIES), self.random.choice(WORDS)
        self.minutes.add_row(about, "information", agency=agency, information=words)
        self.shared.append((about, agency, words, self.minutes.rows[-1].place))


def rows_of(register: Register, kind: Any) -> list[Any]:
    with register.reading() as session:
        found = list(session.scalars(select(kind).order_by(kind.id)))
        session.expunge_all()
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_all_that_is_typed_is_recorded_or_named_and_twice_changes_nothing(seed: int, tmp_path: Path) -> None:
    with a_register("sqlite", tmp_path) as register:
        two_cases(register)
        typist = Typist(made(register), Random(seed))
        typist.type()
        found = typist.minutes.read_back()
        named = {(problem.place, problem.code) for problem in found.problems}
        the_slots_are_right(typist, rows_of(register, Discussion), named)
        the_actions_are_right(typist, rows_of(register, Action), named)
        the_information_is_right(typist, rows_of(register, Information), named)
        again = typist.minutes.read_back()
        assert again.changes == []
        assert sorted(map(str, again.problems)) == sorted(str(p) for p in found.problems if p.code != "RB8")
        assert faults(register) == []


def the_slots_are_right(typist: Typist, rows: list[Discussion], named: set[tuple[str | None, str]]) -> None:
    by_case = {f"case{row.case_id}": row for row in rows}
    ways = {"decision": "RB1", "review_on": "RB2", "minutes_spent": "RB3"}
    for name, typed in typist.slots.items():
        case, _, ending = name.partition("_")
        value = getattr(by_case[case], ending) if case in by_case else None
        meant = understood(ending, typed)
        refused = (f"place {name}", ways.get(ending, "")) in named or (f"place {name}", "DA7") in named
        assert value == meant or (refused and value is None), (name, typed, value, meant)
        assert refused == ((meant is None and bool(typed)) or meant == "early"), (name, typed)


def understood(ending: str, typed: str) -> Any:
    """What a text means, None for nothing and for what can't be understood; "early" for a day before the meeting."""
    found = Understood(HOME, HELD)
    from mase_docs.model.edited import Typed

    ways = {"decision": found.choice("decision_case"), "review_on": found.day, "minutes_spent": found.minutes}
    value = ways.get(ending, found.text)(Typed(typed, ""))
    if found.problems:
        return None
    return "early" if isinstance(value, date) and value < HELD else value


def the_actions_are_right(typist: Typist, rows: list[Action], named: set[tuple[str | None, str]]) -> None:
    typed = {
        (about, *(" ".join(cells[c].casefold().split()) for c in sorted(cells))): (about, cells, place)
        for about, cells, place in reversed(typist.actions)
    }
    assert len(rows) == len(typed)
    agencies = HOME.codes("agency")
    for about, cells, place in typed.values():
        meant = agencies.match(cells["agency"]) if cells["agency"] else None
        due = understood("review_on", cells["due"])
        day = None if due == "early" else due
        same = [r for r in rows if r.action == cells["action"].strip() and key_of(r) == about and (r.agency, r.due) == (meant, day)]
        assert same, (cells, place)
        assert ((place, "RB4") in named) == bool(cells["agency"] and not meant)
        assert ((place, "RB2") in named) == bool(cells["due"] and due is None)
        assert ((place, "DA7") in named) == (due == "early")


def key_of(action: Action) -> str:
    return f"case{action.case_id}" if action.case_id else "other"


def the_information_is_right(typist: Typist, rows: list[Information], named: set[tuple[str | None, str]]) -> None:
    expected: dict[tuple[str, str], list[str]] = {}
    for about, agency, words, place in typist.shared:
        code = HOME.codes("agency").match(agency) if agency else None
        if code:
            expected.setdefault((about, code), []).append(words)
        else:
            assert {(place, "RB4"), (place, "RB17")} & named, (agency, place)
    assert {(f"case{row.case_id}", row.agency): row.information for row in rows} == {key: "\n".join(said) for key, said in expected.items()}
