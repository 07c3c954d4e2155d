"""One answer of a borough's own form that holds several, taken apart by the patterns its definition gives (docs/own-form.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.definition.own_form import names_in, patterns_of
from mase_docs.definition.values import as_text
from mase_docs.definition.words import clean, explicit, is_placeholder
from mase_docs.intake.finding import Finding, Findings, Key, least, split_key

LONGEST = 5000
"""Longer texts are not taken apart: every * and free part of a pattern multiplies the work."""

SHAPES = {
    "date": r"\d{1,4}\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{2,4}|\d{1,2}(?:st|nd|rd|th)?\s+[a-z]+\.?,?\s+\d{2,4}",
    "integer": r"\d+",
    "yes_no": r"yes|no|y|n|not known|unknown|n/k|n/a",
    "email": r"[^\s<>]+@[^\s<>]+",
    "phone": r"[+(\d][\d\s()+.-]{5,}\d(?:\s*(?:ext?\.?|x)\s*\d+)?",
    "postcode": r"[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}",
    "nhs_number": r"\d(?:[\s-]?\d){9}",
}
"""What a part of a type looks like; a choice is one of its list's words, anything else any words."""
ANY_WORDS = r"\S.*?"
PIECES = re.compile(r"(\{\w+\}|\*)")


def split_all(form: Form, findings: Findings, home: Home) -> Findings:
    """The findings with every text that holds several answers taken apart, and lists of rows laid out as rows.

    An answer that has a place of its own, and something in it, is never replaced by a part of another.
    """
    lists = {f.name: f for f in form.fields.values() if f.type == "repeat" and (f.name, None) in findings}
    found = {key: finding for key, finding in findings.items() if key[0] not in lists}
    for name, repeat in lists.items():
        found.update(_as_rows(repeat, findings[(name, None)]))
    for number, table in enumerate(form.split):
        rule = _Rule(number, table, form, home)
        for key, source in list(rule.sources(found)):
            rule.apply(key, source, found)
    return found


def _as_rows(repeat: Field, whole: Finding) -> Findings:
    """A list in one place, as rows of which it gives the first column; where it cannot be told, what is odd about it is the first row's."""
    separator = re.escape(repeat.locate.get("separator", ";"))
    pieces = [piece.strip() for piece in re.split(rf"{separator}|\n", clean(as_text(whole.raw)))]
    said = [piece for piece in pieces if piece] or [None] * bool(whole.issues)
    return {(f"{repeat.name}[{n}].{repeat.column[0].name}", None): replace(whole, raw=piece) for n, piece in enumerate(said, 1)}


@dataclass(frozen=True)
class _Rule:
    """One [[split]] of a form."""

    number: int
    table: dict[str, Any]
    form: Form
    home: Home

    @property
    def _from(self) -> tuple[str, str]:
        """The repeat and the column that the text stands in, or "" and the field."""
        repeat, _, name = self.table.get("from", "").rpartition(".")
        return repeat, name

    def sources(self, found: Findings) -> Iterator[tuple[Key, Finding]]:
        """The texts to take apart: a place of its own, an answer, or a column's answer in every row."""
        repeat, name = self._from
        for key, finding in found.items():
            row = re.fullmatch(rf"{re.escape(repeat)}\[\w+\]\.{re.escape(name)}", key[0]) if repeat else None
            if key == split_key(self.number) or (name and key == (name, None)) or row:
                yield key, finding

    def apply(self, key: Key, source: Finding, found: Findings) -> None:
        """Puts the parts of one text among the findings; the text stays where it is an answer of its own that no part is meant for."""
        start = key[0][: key[0].rfind(".") + 1]
        parts = {f"{start}{name}": part for name, part in self._taken_apart(source).items()}
        if not parts:
            return
        if key == split_key(self.number):
            del found[key]
        elif key[0].removeprefix(start) in names_in(self.table):
            found[key] = replace(source, raw=None)
        for path, part in parts.items():
            if (path, None) not in found or not clean(as_text(found[(path, None)].raw)):
                found[(path, None)] = part

    def _taken_apart(self, source: Finding) -> dict[str, Finding]:
        """The part of each field; for the first of them the whole with TY4 where no pattern fits (nothing if `optional`)."""
        text = clean(as_text(source.raw))
        names = names_in(self.table)
        if not text or is_placeholder(text):
            return {} if self.table.get("optional") else {name: replace(source, raw=None) for name in names}
        sure = replace(source, whole=source.raw, confidence=least(source.confidence, self.table.get("confidence", "high")))
        parts = self._parts(text)
        if parts is not None:
            return {name: replace(sure, raw=raw) for name, raw in {**parts, **self.table.get("set", {})}.items()}
        issues = source.issues if explicit(text) else (*source.issues, "TY4")
        return {} if self.table.get("optional") else {names[0]: replace(source, issues=issues)}

    def _parts(self, text: str) -> dict[str, str] | None:
        if len(text) > LONGEST:
            return None
        fits = (shape.fullmatch(text) for shape in self._shapes)
        return next((found.groupdict() for found in fits if found), None)

    @cached_property
    def _shapes(self) -> list[re.Pattern[str]]:
        return [re.compile(self._shape(pattern), re.IGNORECASE | re.DOTALL) for pattern in patterns_of(self.table)]

    def _shape(self, pattern: str) -> str:
        """A pattern as a regular expression: {field} takes what its type may hold, * anything; spaces and dashes are lenient."""
        return rf"\s*{''.join(self._piece(piece) for piece in PIECES.split(pattern))}\s*"

    def _piece(self, piece: str) -> str:
        if piece == "*":
            return ".*?"
        if piece.startswith("{"):
            return f"(?P<{piece[1:-1]}>{self._part(self._field(piece[1:-1]))})"
        if piece.isspace():
            return r"\s+"
        return "".join(_literal(word) for word in re.split(r"(\s+)", piece))

    def _field(self, name: str) -> Field:
        repeat, _ = self._from
        return next(c for c in self.form.fields[repeat].column if c.name == name) if repeat else self.form.fields[name]

    def _part(self, field: Field) -> str:
        if not field.choices or field.or_other:
            return SHAPES.get(field.type, ANY_WORDS)
        codes = self.home.codes(field.choices).code
        words = {word for c in codes for word in (c.code, c.label, *c.aliases)} | set(field.locate.get("values", {}))
        one = "|".join(_words(word) for word in sorted(words, key=len, reverse=True))
        return rf"(?:{one})(?:\s*[-–—:(]\s*(?:{one})\)?)?"


@lru_cache(4000)
def _words(text: str) -> str:
    return r"\s+".join(_literal(word) for word in text.split())


def _literal(text: str) -> str:
    """What is written in a pattern, whichever dash or apostrophe was typed and however much space."""
    if not text.strip():
        return r"\s*" if text else ""
    return re.sub("['’]", "['’]", re.sub(r"\\?[-–—]", "[-–—]", re.escape(text)))
