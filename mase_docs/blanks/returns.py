"""An agency's own form: as many prefilled blanks as its rows need, each as Excel and as PDF, with names that say nothing of anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mase_docs.blanks.prefilled import prefilled
from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from mase_docs.model.labels import COPY_FOR, file_name
from mase_docs.model.submission import Value

Kind = Literal["xlsx", "pdf"]
KINDS: tuple[Kind, ...] = ("xlsx", "pdf")
Row = Mapping[str, Value]
CUT = "…"
"""Ends words that are longer than their place."""


@dataclass(frozen=True)
class AgencyForm:
    """One form for one agency and meeting.

    form    its id; repeat: the question whose rows are filled in; name: what its files are called
    agency  the agency's code
    """

    home: Home
    form: str
    repeat: str
    name: str
    held_on: date
    agency: str

    def files(self, rows: Sequence[Row]) -> dict[str, bytes]:
        """The forms with these rows, by the names of their files; none where there are no rows."""
        definition = self.home.form(self.form)
        return {name: data for kind in KINDS for name, data in self._parts(definition, kind, rows)}

    def _parts(self, form: Form, kind: Kind, rows: Sequence[Row]) -> Iterator[tuple[str, bytes]]:
        room = len(self.home.rows(form.fields[self.repeat], kind))
        parts = [rows[first : first + room] for first in range(0, len(rows), room)]
        whose = f"{COPY_FOR} {self.home.codes('agency').label_of(self.agency)}"
        for number, part in enumerate(parts, 1):
            yield self._name(kind, number, len(parts)), prefilled(form, self.home, self._answers(form, kind, part), kind, whose)

    def _answers(self, form: Form, kind: Kind, rows: Sequence[Row]) -> dict[str, Value]:
        head: dict[str, Value] = {"agency": self.agency, "meeting_date": self.held_on}
        told = {f"{self.repeat}[{n}].{column}": value for n, row in enumerate(rows, 1) for column, value in row.items()}
        fitting = {path: shortened(value, form.at(path).length_on(kind)) for path, value in told.items() if value is not None}
        return {**head, **fitting}

    def _name(self, kind: Kind, number: int, parts: int) -> str:
        """`MASE_2026-12-02_actions_borough_police_1_of_2.xlsx`"""
        part = [f"{number}_of_{parts}"] if parts > 1 else []
        return file_name(self.home.profile.panel.name, f"{self.held_on:%Y-%m-%d}", self.name, self.agency, *part, kind=kind)


def shortened(value: Value, room: int | None) -> Value:
    """Words as far as there is room for them."""
    if not isinstance(value, str) or room is None or len(value) <= room:
        return value
    return value[: room - len(CUT)].rstrip() + CUT
