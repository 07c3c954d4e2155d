"""The blank as it was sent, beside what came back: whether the form still stands as it did, which words on it are its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from mase_docs import resources
from mase_docs.definition.codes import plain
from mase_docs.definition.form import Form, Slot
from mase_docs.definition.home import Home
from mase_docs.intake.answers import is_blank
from mase_docs.intake.finding import Finding, Findings, Key
from mase_docs.intake.sheet import At, Book, Sheet
from mase_docs.intake.workbook import Workbook

LONG, NEAR = 60, 80
"""A printed text of more characters than LONG may differ a little from the blank's (a coordinator's address): NEAR of 100 is enough."""


@dataclass(frozen=True)
class Sent:
    """One form as its blank is sent out."""

    form: Form
    home: Home

    @cached_property
    def _blank(self) -> Workbook | None:
        path = resources.find("forms", f"{self.form.id}_v{self.form.version}.xlsx", self.home.folder)
        return _opened(path) if path else None

    @cached_property
    def slots(self) -> list[Slot]:
        return list(self.home.slots(self.form, "xlsx"))

    @cached_property
    def _sheets(self) -> list[Sheet]:
        """The blank's sheets that have answers."""
        if not self._blank:
            return []
        names = {self._blank.names[slot.name.casefold()][0] for slot in self.slots if slot.name.casefold() in self._blank.names}
        return [self._blank.sheet(name) for name in names]

    def stands_in(self, book: Book) -> bool:
        """Whether every name still points to where it pointed, and every word from the first question on is where it was."""
        if not self._blank or any(book.names.get(name) != self._blank.names.get(name) for name in self._names):
            return False
        if any(sheet.name not in book.entries for sheet in self._sheets):
            return False
        first = min((self._blank.names[name][1][0] for name in self._names), default=1)
        stood = ((book.sheet(sheet.name), at, text) for sheet in self._sheets for at, text in sheet.words() if at[0] >= first)
        return all(now.cell(at).value == text for now, at, text in stood)

    @cached_property
    def _names(self) -> list[str]:
        return [slot.name.casefold() for slot in self.slots]

    def without_hints(self, findings: Findings) -> Findings:
        """The findings, emptied where a hint stands in an answer's place because columns were moved."""
        return {key: replace(found, raw=None) if self._is_hint(found) else found for key, found in findings.items()}

    def _is_hint(self, found: Finding) -> bool:
        return isinstance(found.raw, str) and plain(found.raw) in self._hints

    @cached_property
    def _hints(self) -> set[str]:
        """What stands beside the answers on the blank: a hint, or when an answer is required."""
        begin = tuple({plain(f.hint) for f in self.form.fields.values() if f.hint} | {"required"})
        return {text for text in self._printed if text.startswith(begin)}

    @cached_property
    def _printed(self) -> list[str]:
        """Every text of the blank, as often as it stands there."""
        return [plain(text) for sheet in self._sheets for _, text in sheet.words()]

    def written_elsewhere(self, book: Book, findings: Findings) -> list[str]:
        """Where something stands, on a sheet with answers, that is neither an answer nor the blank's own.

        The blank locks those cells, but a program that drops the lock lets people write over a hint or beside a box.
        """
        if not self._blank:
            return []
        answers = {found.place for found in findings.values()}
        names = dict.fromkeys(place.rpartition("!")[0] for place in answers)
        return [sheet.place(at) for name in names for sheet in [book.sheet(name)] for at in self._astray(sheet, answers)]

    def _astray(self, sheet: Sheet, answers: set[str]) -> Iterator[At]:
        """The blank's own words are not, as often as they stand on it: those first that stand where they stood."""
        left = Counter(self._printed)
        stood = {at for old in self._sheets for at, text in old.words() if sheet.cell(at).value == text}
        outside = [at for at, cell in sheet.cells.items() if not is_blank(cell.value) and sheet.place(sheet.first(at)) not in answers]
        for at in sorted(outside, key=lambda at: (at not in stood, at)):
            value = sheet.cells[at].value
            said = plain(value) if isinstance(value, str) else None
            if said is None or (said and left[said] < 1 and not self._is_near(said)):
                yield at
            elif said:
                left[said] -= 1

    def _is_near(self, said: str) -> bool:
        from rapidfuzz import fuzz

        return len(said) > LONG and any(fuzz.ratio(said, printed) >= NEAR for printed in self._long)

    @cached_property
    def _long(self) -> list[str]:
        return [text for text in set(self._printed) if len(text) > LONG]


@cache
def _opened(path: Path) -> Workbook:
    return Workbook(path.read_bytes())


def agreed(named: Findings, labelled: Findings) -> Findings:
    """What names and labels give together, on a form that doesn't stand as it was sent.

    Where only one of them leads to an answer, that; where both do, the one beside its label, to be confirmed. A name's answer whose
    label is gone is to be confirmed too; a name that leads to nothing there is a place that is gone.
    """
    return {**labelled, **dict(_agreed(named, labelled))}


def _agreed(named: Findings, labelled: Findings) -> Iterator[tuple[Key, Finding]]:
    for key, found in named.items():
        other = labelled.get(key)
        if other is None:
            yield from () if _is_empty(found) else [(key, replace(found, confidence="low"))]
        elif other.place == found.place or (_is_empty(other) and not _is_empty(found)):
            yield key, found
        else:
            yield key, other if _is_empty(found) else replace(other, confidence="low")


def _is_empty(found: Finding) -> bool:
    return not found.issues and is_blank(found.raw)
