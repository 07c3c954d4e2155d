"""What a reader found → answers: values by their types, ticks gathered, rows kept, a borough's own wording put into ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from mase_docs.definition.codes import plain
from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.definition.values import CHOSEN, Parsed, as_text, is_ticked, parse, ticked_in
from mase_docs.definition.words import clean, explicit, is_placeholder, unseen
from mase_docs.intake.finding import Finding, Findings, Reading, least, rows_of
from mase_docs.intake.refusals import warning
from mase_docs.intake.splitting import split_all
from mase_docs.model.submission import Answer
from mase_docs.problems import Problem


def compose(reading: Reading, home: Home, today: date) -> dict[str, Answer]:
    """The answers of a reading by path, in the form's order.

    A place that was found and is blank is an answer without value and without raw, so that a check can name the place; of a
    numbered row only what holds something is kept, whole.
    """
    findings = split_all(reading.form, reading.findings, home)
    return dict(Composer(reading.form, findings, home, today, reading.date1904).answers())


def taken_out(reading: Reading) -> list[Problem]:
    """AR24, where characters that cannot be seen are taken out of the answers of a reading: how many, and where the first is."""
    found = ((finding.place, unseen(finding.raw)) for finding in reading.findings.values() if isinstance(finding.raw, str))
    counted = [(place, number) for place, number in found if number]
    return [warning("AR24", sum(number for _, number in counted), place=counted[0][0])] if counted else []


@dataclass(frozen=True)
class Composer:
    """Composes the answers of one reading."""

    form: Form
    findings: Findings
    home: Home
    today: date
    date1904: bool

    def answers(self) -> Iterator[tuple[str, Answer]]:
        for path, field in self._paths():
            found = self._by_path.get(path, {})
            if None in found:
                yield path, self._typed(path, field, found[None])
            elif found:
                yield path, self._ticked(field, {str(code): finding for code, finding in found.items()})

    @cached_property
    def _by_path(self) -> dict[str, dict[str | None, Finding]]:
        gathered: dict[str, dict[str | None, Finding]] = {}
        for (path, option), finding in self.findings.items():
            gathered.setdefault(path, {})[option] = finding
        return gathered

    def _paths(self) -> Iterator[tuple[str, Field]]:
        for field in self.form.fields.values():
            if field.type != "repeat":
                yield field.name, field
                continue
            for row in self._rows(field):
                yield from ((f"{field.name}[{row}].{column.name}", column) for column in field.column)

    def _rows(self, repeat: Field) -> list[str]:
        found = list(rows_of(self.findings, repeat.name))
        if repeat.keys:
            return [c.code for c in self.home.codes(repeat.keys).code if c.code in found]
        return sorted((row for row in found if f"{repeat.name}[{row}]" in self._begun), key=int)

    @cached_property
    def _begun(self) -> Counter[str]:
        """The rows that hold something, with how many places of them do: `linked_people[2]`."""
        rows = ((path.rpartition(".")[0], option, found) for (path, option), found in self.findings.items() if "[" in path)
        return Counter(row for row, option, found in rows if found.issues or _holds_something(found.raw, bool(option)))

    def _says_no_one(self, path: str, field: Field, raw: object) -> bool:
        """Whether a row's name is all that it holds and no name: "None" under "Other children at home"."""
        return field.type == "name" and self._begun[path.rpartition(".")[0]] == 1 and bool(explicit(clean(as_text(raw))))

    def _typed(self, path: str, field: Field, finding: Finding) -> Answer:
        """The answer that stands in one place; a formula's or an error's remains are kept as raw only."""
        if "TY5" in finding.issues and finding.raw is None:
            return Answer(None, None, finding.place, "low", finding.issues)
        parsed = parse(field, in_our_words(field, finding.raw), self.home, self.today, self.date1904)
        if "TY5" in finding.issues and str(finding.raw).startswith("#"):
            parsed = Parsed(None, "low")
        if self._says_no_one(path, field, finding.raw):
            parsed = Parsed(explicit(clean(as_text(finding.raw))), "medium")
        sure = least(parsed.confidence, finding.confidence)
        said = as_text(finding.raw if finding.whole is None else finding.whole) or None
        return Answer(parsed.value, said, finding.place, sure, (*finding.issues, *parsed.issues), parsed.nearest)

    def _ticked(self, field: Field, ticks: dict[str, Finding]) -> Answer:
        """The answer that several tick boxes give together; a mark that is no tick counts as one, to be confirmed (TY3)."""
        marks = {code: is_ticked(finding.raw) for code, finding in ticks.items()}
        chosen = [code for code, mark in marks.items() if mark is not False]
        seen = [issue for finding in ticks.values() for issue in finding.issues]
        if not chosen:
            return Answer(None, None, next(iter(ticks.values())).place, "low" if seen else "high", tuple(dict.fromkeys(seen)))
        sure = "low" if None in marks.values() else least(*(ticks[code].confidence for code in chosen))
        issues = tuple(dict.fromkeys([*seen, *(["TY3"] if None in marks.values() else [])]))
        raw = "; ".join(self.home.codes(field.choices).label_of(code) for code in chosen) if field.choices else "; ".join(chosen)
        together = Answer(None, raw, ", ".join(ticks[code].place for code in chosen), sure, issues)
        if field.type == "select_multiple":
            return replace(together, value=chosen)
        return replace(together, value=chosen[0]) if len(chosen) == 1 else replace(together, confidence="low", issues=(*issues, "CO12"))


def _holds_something(raw: object, tick: bool) -> bool:
    return is_ticked(raw) is not False if tick else not is_blank(raw)


def is_blank(raw: object) -> bool:
    """Whether nothing was answered: an empty place, or what the form said before anyone wrote."""
    text = clean(as_text(raw))
    return not text or is_placeholder(text)


def in_our_words(field: Field, raw: object) -> object:
    """What stood there, put into our form's words by the `values` and the `separator` of a borough's own form."""
    text = clean(as_text(raw))
    if field.type in CHOSEN:
        text = ticked_in(text, field.type == "select_multiple")
    for theirs, ours in field.locate.get("values", {}).items():
        if plain(theirs) == plain(text):
            return ours
    separator = field.locate.get("separator")
    return text.replace(separator, ";") if separator else raw
