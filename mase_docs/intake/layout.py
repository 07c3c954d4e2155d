"""Our own Excel form when its names were lost: answers found by their labels and by how the blank is laid out.

A question's label stands left of its answer; above ticks and tables it has a row of its own. Rows and columns may have been put
in or taken out, and the sheet renamed: only words and what is beside them count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mase_docs.definition.codes import plain
from mase_docs.definition.form import Field, Form, Slot
from mase_docs.definition.home import Home
from mase_docs.definition.values import is_ticked
from mase_docs.intake.cells import Words, finding
from mase_docs.intake.finding import Finding, Findings, Key
from mase_docs.intake.sheet import At

REACH = 4
"""How many columns may have been put in between a label and its answer."""
HEADER_REACH = 8
"""How many rows below a table's label its columns' labels may stand."""


def share_found(form: Form, words: Words) -> float:
    """The share of a form's questions whose labels stand on a sheet."""
    labels = [f.label for f in form.fields.values() if _on_sheet(f)]
    return sum(bool(words.alone(label)) for label in labels) / len(labels) if labels else 0.0


def read_by_labels(form: Form, words: Words, home: Home) -> Findings:
    """What stands beside and below the labels of a form on a sheet; questions whose labels are gone are left out."""
    return dict(_Layout(form, words, home).findings())


@dataclass(frozen=True)
class _Layout:
    form: Form
    words: Words
    home: Home

    def findings(self) -> Iterator[tuple[Key, Finding]]:
        for field, at in self._labels:
            if field.type == "repeat":
                yield from self._table(field, at)
            elif field.type == "select_multiple":
                yield from self._ticks(field, at)
            else:
                yield (field.name, None), self._found((at[0], self.words.sheet.right_of(at)[1] + self._gap))

    def _found(self, at: At) -> Finding:
        """What stands at a place; nothing where a merged range that begins elsewhere lies over it: that holds another's words."""
        sheet = self.words.sheet
        return finding(sheet, at, "medium") if sheet.first(at) == at else Finding(None, sheet.place(at), "medium")

    @cached_property
    def _asked(self) -> list[Field]:
        return [f for f in self.form.fields.values() if _on_sheet(f)]

    @cached_property
    def _label_column(self) -> int:
        """The column in which most labels stand."""
        columns = Counter(at[1] for field in self._asked for at in self.words.alone(field.label))
        return columns.most_common(1)[0][0] if columns else 1

    @cached_property
    def _labels(self) -> list[tuple[Field, At]]:
        """Each question with where its label stands, top down. A section's bar that says the same is passed over."""
        found, row = [], 0
        for section in self.form.section:
            row = self._next(section.label, row) or row
            for field in filter(_on_sheet, section.field):
                here = self._next(field.label, row) or self._next(field.label, 0)
                row = here or row
                if here:
                    found.append((field, (here, self._label_column)))
        return found

    def _next(self, label: str, after: int) -> int | None:
        return next((row for row, column in self.words.alone(label) if column == self._label_column and row > after), None)

    @cached_property
    def _gap(self) -> int:
        """How many columns were put in between labels and answers: where most of the answers stand."""
        right = [self.words.sheet.right_of(at) for field, at in self._labels if field.type not in ("repeat", "select_multiple")]
        answered = [sum(self._is_answer((row, column + gap)) for row, column in right) for gap in range(REACH)]
        return answered.index(max(answered))

    def _is_answer(self, at: At) -> bool:
        value = self.words.sheet.cell(at).value
        return value not in (None, "") and not self._is_ours(plain(str(value)))

    def _is_ours(self, said: str) -> bool:
        """Whether words are the blank's own: a hint, or that an answer is required."""
        return said.startswith("required") or any(said == hint or said.startswith(f"{hint} ") for hint in self._hints)

    @cached_property
    def _hints(self) -> set[str]:
        return {plain(f.hint) for f in self._asked if f.hint}

    def _end(self, at: At) -> int:
        """The row where the next question begins."""
        return min((row for _, (row, _) in self._labels if row > at[0]), default=at[0] + 200)

    def _ticks(self, field: Field, at: At) -> Iterator[tuple[Key, Finding]]:
        rows = range(at[0] + 1, self._end(at))
        slots = list(self.home.slots_of(field, "xlsx"))
        options = {plain(self._option(slot)) for slot in slots}
        labels = [next((place for place in self.words.alone(self._option(slot)) if place[0] in rows), None) for slot in slots]
        reach = REACH if all(labels) else 1
        for slot, label in zip(slots, labels, strict=True):
            tick = self._tick_of(label, reach) if label else None
            if tick and self.words.at.get(tick) not in options:
                yield (slot.path, slot.option), self._found(tick)

    def _option(self, slot: Slot) -> str:
        return self.home.codes(slot.field.choices or "").label_of(slot.option or "")

    def _tick_of(self, label: At, reach: int) -> At:
        """The tick right of an option: the first mark before the next words, else the place right beside it.

        Where an option's own words are gone its tick may stand right of another's, so then only what is right beside counts.
        """
        row, column = self.words.sheet.right_of(label)
        for further in range(column, column + reach):
            value = self._found((row, further)).raw
            if value not in (None, ""):
                return (row, further) if further == column or is_ticked(value) else (row, column)
        return row, column

    def _table(self, field: Field, at: At) -> Iterator[tuple[Key, Finding]]:
        header, columns = self._header(field, at)
        if not columns:
            return
        slots = self._slots(field)
        for row, line in self._rows(field, range(header + 1, self._end(at))):
            for label, column in columns.items():
                for slot in slots.get((row, label), ()):
                    yield (slot.path, slot.option), self._found((line, column))

    def _slots(self, field: Field) -> dict[tuple[str | None, str], list[Slot]]:
        """The places of a table by row and column label."""
        found: dict[tuple[str | None, str], list[Slot]] = {}
        for slot in self.home.slots_of(field, "xlsx"):
            found.setdefault((slot.row, self._heading(slot)), []).append(slot)
        return found

    def _heading(self, slot: Slot) -> str:
        return f"{slot.field.label}: {self._option(slot)}" if slot.option else slot.field.label

    def _header(self, field: Field, at: At) -> tuple[int, dict[str, int]]:
        """The row of a table's column labels, and each label's column: of the rows below, the one with most of them."""
        labels = list(dict.fromkeys(self._heading(slot) for slot in self.home.slots_of(field, "xlsx")))
        rows = range(at[0] + 1, min(at[0] + 1 + HEADER_REACH, self._end(at)))
        found = [(row, {label: self._column(label, row) for label in labels}) for row in rows]
        standing = [(row, {label: column for label, column in columns.items() if column}) for row, columns in found]
        return max(standing, key=lambda line: len(line[1]), default=(0, {}))

    def _column(self, label: str, row: int) -> int:
        return next((column for line, column in self.words.alone(label) if line == row), 0)

    def _rows(self, field: Field, lines: range) -> Iterator[tuple[str, int]]:
        """The rows of a table with the lines they stand in, by what is written left of them. One that comes again is another table's."""
        known = {plain(said if field.keys else key): key for key, said in self.home.rows(field, "xlsx")}
        seen: set[str] = set()
        for line in lines:
            said = plain(str(self.words.sheet.cell((line, self._label_column)).value))
            if said in seen:
                return
            if said in known:
                seen.add(said)
                yield known[said], line


def _on_sheet(field: Field) -> bool:
    return field.asked and "xlsx" in field.media
