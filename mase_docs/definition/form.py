"""A form as it is written in `forms/*.toml`: sections of fields, and the slots that its blanks offer for answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal
from zlib import crc32

from mase_docs.definition.record import Record
from mase_docs.model.control import in_short

Medium = Literal["xlsx", "pdf", "docx"]
FilledBy = Literal["referrer", "social_worker", "police", "map_chair", "health", "education", "agency", "coordinator", "tool"]
MEDIA: tuple[Medium, ...] = ("xlsx", "pdf", "docx")
RETURNS = ("action_return", "intelligence_return")
"""The forms that agencies send back before a meeting: they refer nobody."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question. The words are XLSForm's: type, name, label, hint, required, choices.

    required_when   {other field: the values that make this one required}; every entry must hold
    unknown         whether "not known" counts as an answer to a required question
    or_other        whether an answer outside the code list is kept as text (XLSForm's or_other)
    max_length      in characters, on every medium; pdf_max_length where the box on paper is smaller
    filled_by       who knows it: referrer, social_worker, police, map_chair, health, education, agency; never on a blank: coordinator, tool
    media           the blanks it stands on
    rows            for a repeat: how many rows each blank offers
    keys            for a repeat with fixed rows: the code list that names them
    column          for a repeat: its columns, each a Field
    locate          where a borough's own form holds the answer (docs/own-form.md)
    """

    name: str
    type: str
    label: str
    hint: str = ""
    required: bool = False
    required_when: dict[str, list[Any]] = field(default_factory=dict)
    unknown: bool = True
    choices: str | None = None
    or_other: bool = False
    max_length: int | None = None
    pdf_max_length: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    filled_by: FilledBy = "referrer"
    media: tuple[Medium, ...] = MEDIA
    rows: dict[str, int] = field(default_factory=dict)
    keys: str | None = None
    column: tuple[Field, ...] = ()
    locate: dict[str, Any] = field(default_factory=dict)

    @property
    def asked(self) -> bool:
        """Whether the question is for the people outside who fill the form in."""
        return self.filled_by not in ("coordinator", "tool")

    def length_on(self, medium: Medium) -> int | None:
        return (self.pdf_max_length if medium == "pdf" else None) or self.max_length


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    label: str
    hint: str = ""
    field: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """One place on a blank that takes one answer (or one tick of a select_multiple).

    name   the defined name in Excel, the field name in PDF, the tag of a content control in Word: `dob`, `linked_people_2_dob`,
           `concern_types_cse`
    path   the answer's path: `dob`, `linked_people[2].dob`, `concern_types`
    label  in full, as a screen reader would say it
    """

    name: str
    path: str
    field: Field
    label: str
    option: str | None = None
    repeat: Field | None = None
    row: str | None = None

    @property
    def alias(self) -> str:
        """The label as a content control of Word carries it."""
        return in_short(self.label)

    @property
    def bookmark(self) -> str:
        """The name as a bookmark of Word carries it, which holds 40 characters: what is longer ends in its check sum instead."""
        return self.name if len(self.name) <= 40 else f"{self.name[:31]}_{crc32(self.name.encode()):08x}"


@dataclass(frozen=True, eq=False)
class Form:
    """One version of one form. A published version is never edited; a change is a new file.

    id, version   `referral`, 1
    code          what is printed on every page with the version: `MASE-REF`
    checks        the named rules (docs/checks.md) that this form is held against
    recognise     for a borough's own form: how a file is known to be it (docs/own-form.md)
    split         for a borough's own form: one answer that holds several
    based_on      for a borough's own form: the form whose fields it reads, as `referral_v1`
    record        what the register keeps of the answers; a borough's own form has its base's before its own
    """

    id: str
    version: int
    title: str
    code: str = ""
    intro: str = ""
    language: str = "en-GB"
    marking: str = "OFFICIAL-SENSITIVE"
    checks: tuple[str, ...] = ()
    section: tuple[Section, ...] = ()
    recognise: dict[str, Any] = field(default_factory=dict)
    split: tuple[dict[str, Any], ...] = ()
    based_on: str = ""
    record: tuple[Record, ...] = ()

    @property
    def stamp(self) -> str:
        """What is printed on every page and tells which blank this is: `MASE-REF 1`."""
        return f"{self.code} {self.version}"

    @property
    def kind(self) -> str:
        """Which form it is, whatever its version; of a borough's own form, the one that it is based on: `referral`."""
        return self.based_on.rpartition("_v")[0] or self.id

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Every question by its name, in the form's order."""
        return {f.name: f for section in self.section for f in section.field}

    def at(self, path: str) -> Field:
        """The question that a path answers: `dob`, or the column of `linked_people[2].dob`. KeyError if there is none."""
        name, _, column = path.partition("[")
        found = self.fields[name]
        return next(c for c in found.column if c.name == column.split("].", 1)[1]) if column else found

    def label_at(self, path: str, row_labels: dict[str, str] | None = None) -> str:
        """The question in words: `Date of birth`, or `People linked to this young person, row 2: Date of birth`."""
        if "[" not in path:
            return self.fields[path].label
        name, rest = path.split("[", 1)
        row = rest.split("]", 1)[0]
        said = (row_labels or {}).get(row) or (f"row {row}" if row.isdigit() else row)
        return f"{self.fields[name].label}, {said}: {self.at(path).label}"
