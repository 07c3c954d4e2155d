"""The labels of a form as people paste or retype them: with a number or bullet before, a hint or an asterisk behind, the answer beside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from mase_docs.definition.codes import plain
from mase_docs.definition.form import Field, Form
from mase_docs.definition.home import Home
from mase_docs.intake.finding import Key
from mase_docs.intake.pasted_lines import Line

LONGEST = 200
"""A label with its hint is shorter than this."""
BULLET = re.compile(r"\A[\s>•·▪◦●*\-–—]*(?:(?:Q\s?)?\d{1,3}[.)]\s+)?[*_\s]*")
SEPARATOR = re.compile(r"[*_]*\s*[:=\t]\s*[*_]*|\s+[-–—]+\s+|\?[*_]*\s*(?:[:–—-]\s*)?[*_]*|\s{2,}|\)\s+")
BRACKETED = re.compile(r"\s*\([^()]*\)?[\s*]*\Z")
REMARK = re.compile(r"required|required if.*|x is a tick|tick all that apply|every row that you begin needs.*|type in the white boxes.*")
"""What our blanks say of a box beside its hint (blanks/wording.py), as it is compared."""
PLAINLY_OURS = 30
"""From this length on, words that begin like the form's own are its own."""
ALIASES: dict[str, tuple[str, ...]] = {
    "family_name": ("Surname", "Last name", "Family name / surname"),
    "given_names": ("First name", "First names", "Forename", "Forenames", "Given name"),
    "known_as": ("Alias", "Aliases", "Known as", "AKA"),
    "dob": ("DOB", "D.O.B", "Birth date"),
    "ethnicity": ("Ethnic origin",),
    "nhs_number": ("NHS no",),
    "upn": ("UPN",),
    "home_postcode": ("Postcode",),
    "school_name": ("School",),
    "concern_types": ("Concerns", "Concern", "Type of concern"),
    "referral_date": ("Date of referral", "Referral date"),
    "referrer_name": ("Referrer", "Referred by", "Name of referrer"),
}
"""What people write for a label when they type the form out of their heads; a label of the form itself comes first."""


class Named(NamedTuple):
    """Words that are a label: what they ask for, and what stands behind them in the same place."""

    key: Key
    rest: str


@dataclass(frozen=True, eq=False)
class Labels:
    """The labels of one form."""

    form: Form
    home: Home

    @cached_property
    def _keys(self) -> dict[str, Key]:
        """Every label, of the questions and in full of every place ("Parents and carers, row 1: Name"), as it is compared."""
        asked = [field for field in self.form.fields.values() if field.asked]
        aliases = ((alias, field) for field in asked for alias in ALIASES.get(field.name, ()))
        known: dict[str, Key] = {plain(alias): (field.name, None) for alias, field in aliases}
        known |= {plain(slot.label): (slot.path, None) for slot in self.home.slots(self.form, "xlsx") if not slot.option}
        return known | {plain(field.label): (field.name, None) for field in asked}

    @cached_property
    def _required(self) -> set[str]:
        return {field.name for field in self.form.fields.values() if field.asked and field.required}

    def share(self, lines: list[Line]) -> float:
        """The share of the questions which must be answered whose labels stand at the head of a line or cell."""
        named = {found.key[0] for line in lines for piece in line.pieces if (found := self.named(piece.text))}
        return len(named & self._required) / len(self._required) if self._required else 0.0

    def named(self, text: str) -> Named | None:
        """The question whose label a text is or begins with."""
        for words, rest in heads(text):
            if key := self._keys.get(words):
                return Named(key, rest)
        return None

    def column(self, repeat: Field, text: str) -> tuple[Field, str] | None:
        """The column of a table whose label a text is or begins with."""
        columns = {plain(column.label): column for column in repeat.column}
        return next(((columns[words], rest) for words, rest in heads(text) if words in columns), None)

    def row(self, repeat: Field, text: str) -> tuple[str, str] | None:
        """The row of a table that a text names: by its words where rows are fixed, else "2", "2." or "Row 2", and what follows."""
        if not repeat.keys:
            found = re.match(r"\s*(?:(?:row|person|no\.?)\s*)?(\d{1,2})(?:\s*[.):]|\s*\Z)\s*", text, re.IGNORECASE)
            return (found[1].lstrip("0") or "1", text[found.end() :]) if found else None
        known = {plain(said): code for code, said in self.home.rows(repeat, "xlsx")}
        return next(((known[words], rest) for words, rest in heads(text) if words in known), None)

    def option(self, field: Field, text: str) -> str | None:
        """The choice that a text is, by its code, label or another word for it."""
        return self.home.codes(field.choices).match(BULLET.sub("", text)) if field.choices else None

    def is_part_of_one(self, text: str) -> bool:
        """Whether a text is the beginning of a label that a program broke into two lines."""
        said = plain(BULLET.sub("", text))
        return len(said) > 12 and said in self._beginnings

    @cached_property
    def _beginnings(self) -> set[str]:
        """Every label without its last words."""
        labels = [label.split() for label in self._keys]
        return {" ".join(words[:number]) for words in labels for number in range(1, len(words))}

    def is_ours(self, text: str) -> bool:
        """Whether words are the form's own: a title, a section's bar, a hint, its stamp, that an answer is required."""
        said = plain(text)
        if not said or REMARK.fullmatch(said):
            return True
        return said.startswith(self._own_words) and any(_is_said(said, ours) for ours in self._own_words)

    @cached_property
    def _own_words(self) -> tuple[str, ...]:
        form = self.form
        fields = [f for field in form.fields.values() for f in (field, *field.column)]
        words = [form.title, form.intro, form.stamp, *(s.label for s in form.section), *(s.hint for s in form.section)]
        return tuple({plain(text) for text in (*words, *(f.hint for f in fields)) if text})


def heads(text: str) -> Iterator[tuple[str, str]]:
    """(words as they are compared, the rest) for every head of a text that could be its label, the longest first."""
    start = BULLET.match(text)
    body = text[start.end() :] if start else text
    ends = [(found.start(), found.end()) for found in SEPARATOR.finditer(body[:LONGEST])]
    for end, begin in sorted({(min(len(body), LONGEST), len(body)), *ends}, reverse=True):
        for head in dict.fromkeys((body[:end], BRACKETED.sub("", body[:end]))):
            if words := plain(head):
                yield words, body[begin:].strip()


def _is_said(said: str, ours: str) -> bool:
    """Whether words are the form's own, alone or with a remark behind; a short one may also begin what somebody writes."""
    rest = said.removeprefix(ours)
    return rest != said and (not rest or bool(REMARK.fullmatch(rest.strip())) or (rest[0] == " " and len(ours) >= PLAINLY_OURS))
