"""What the register keeps of a completed form: `[[record]]` blocks, from questions to the columns of docs/record-model.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

ITEM = "*"
"""Stands for the item itself where a block makes a record of every item of a list."""


@dataclass(frozen=True, slots=True)
class Record:
    """One kind of record that a form's answers make.

    table     the table of the register
    each      the repeating question of which every row makes a record; then columns of the table come from columns of the repeat
    every     the question of which every item makes a record; "*" is the item
    same      the columns that are called as the question that fills them
    columns   column → the question that fills it, or several, whose answers are put together with their labels
    always    column → what every such record holds
    person    of a link: column of the other person → question; `name` is the whole name
    context   of a link: column of the context → question; `kind` is its kind, as it stands here
    needs     columns without which there is no record; any other that must be there is "not_known" where it isn't
    unless    answers that say nothing here ("none", "same as above"), in small letters and without punctuation
    known_by  columns by which a further form's record is found again and not kept twice; without the first of them, by all its columns
    held      columns that a further form adds to and never takes from: a "yes" that only a correction makes a "no"
    single    of a link: a person has one at a time, so a later one ends an earlier
    """

    table: str
    each: str = ""
    every: str = ""
    same: tuple[str, ...] = ()
    columns: dict[str, Any] = field(default_factory=dict)
    always: dict[str, str] = field(default_factory=dict)
    person: dict[str, str] = field(default_factory=dict)
    context: dict[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    known_by: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    single: bool = False

    @property
    def filled(self) -> dict[str, tuple[str, ...]]:
        """Column → the questions that fill it."""
        several = {column: tuple(asked) if isinstance(asked, list) else (asked,) for column, asked in self.columns.items()}
        return {**{name: (name,) for name in self.same}, **several}

    def named(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Everything that a question fills: the table, the column, and the questions."""
        yield from ((self.table, column, asked) for column, asked in self.filled.items())
        yield from (("person", column, (asked,)) for column, asked in self.person.items())
        yield from (("context", column, (asked,)) for column, asked in self.context.items() if column != "kind")


Tables = Mapping[str, Mapping[str, type]]
"""Table → column → what it holds: str, date, bool, int or list."""
