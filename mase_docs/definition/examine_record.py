"""What the `[[record]]` blocks of a form can get wrong: tables and columns that the register hasn't, questions that the form hasn't."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from mase_docs.definition.build import Mistakes, did_you_mean
from mase_docs.definition.form import Field, Form
from mase_docs.definition.record import ITEM, Record, Tables

FITS: dict[type, tuple[str, ...]] = {date: ("date", "datetime"), bool: ("yes_no", "select_one"), int: ("integer",)}
"""What a column holds → the types of question that can fill it; text and lists take any."""
Said = Iterator[tuple[str, str]]


def examine_records(form: Form, tables: Tables | None, mistakes: Mistakes) -> None:
    """Notes every mistake of the form's records; `tables` are the register's, None where they aren't looked at.

    A borough's own form has its base's records, and need not ask every question that they name.
    """
    for number, record in enumerate(form.record, 1):
        found = list(_texts(record)) or [*_shape(record), *_repeats(record, form), *_asked(record, form), *_kept(record, form, tables)]
        for message, remedy in found:
            mistakes.add(f'record number {number}, table "{record.table}"', message, remedy)


def _texts(record: Record) -> Said:
    if not all(isinstance(name, str) for _, _, asked in record.named() for name in asked):
        yield "A column names the question that fills it, or a list of several.", 'Write it like columns = { measure = "step" }.'
    if not all(isinstance(value, str) for value in (*record.always.values(), record.context.get("kind", ""))):
        yield "What every record holds is a text.", 'Write it like always = { stage = "current" }.'


def _shape(record: Record) -> Said:
    if record.each and record.every:
        yield "A record is made of each row or of every item.", "Take out each or every."
    if (record.person or record.context) and record.table != "link":
        yield "Only a link has another end.", 'Take out person and context, or write table = "link".'
    if record.person and "name" not in record.person:
        yield "person doesn't say which person it is.", 'Write it like person = { name = "name" }.'
    if record.context and not {"name", "kind"} <= record.context.keys():
        yield "context doesn't say which context it is.", 'Write it like context = { kind = "school", name = "school_name" }.'


def _repeats(record: Record, form: Form) -> Said:
    for setting, name, kinds in (("each", record.each, ("repeat",)), ("every", record.every, ("text_list", "select_multiple"))):
        field = form.fields.get(name)
        if name and field is None and not form.based_on:
            yield f'{setting} names "{name}", which is not a field of this form.', did_you_mean(name, form.fields)
        elif field and field.type not in kinds and not form.based_on:
            yield f'"{name}" is not a question of type {" or ".join(kinds)}.', f"Name one that is, or take out {setting}."


def _asked(record: Record, form: Form) -> Said:
    there = fields_of(record, form)
    for _, column, asked in record.named():
        for name in asked:
            if name not in there and name != ITEM and not form.based_on and there:
                yield f'"{column}" is filled from "{name}", which is not asked there.', did_you_mean(name, there)
            if name == ITEM and not record.every:
                yield f'"{column}" is filled from an item, and there is no list.', 'Add every = "…" or name a question.'


def fields_of(record: Record, form: Form) -> Mapping[str, Field]:
    """The questions whose answers a record may hold: the columns of its repeat, else the form's."""
    if record.each:
        return {column.name: column for column in form.fields[record.each].column} if record.each in form.fields else {}
    return form.fields


def _kept(record: Record, form: Form, tables: Tables | None) -> Said:
    if tables is None:
        return
    if record.table not in tables:
        yield f'There is no table "{record.table}" in the register.', did_you_mean(record.table, tables)
        return
    fields = fields_of(record, form)
    named = [*record.named(), *((record.table, column, ()) for column in (*record.always, *record.needs, *record.known_by, *record.held))]
    for table, column, asked in named:
        if column not in tables[table] and (table == record.table or column != "name"):
            yield f'There is no column "{column}" in the table "{table}".', did_you_mean(column, tables[table])
            continue
        yield from _fits(column, tables[table].get(column, str), [fields[name] for name in asked if name in fields])


def _fits(column: str, holds: type, fields: list[Field]) -> Said:
    for field in fields:
        if field.type not in FITS.get(holds, (field.type,)):
            yield f'"{column}" cannot hold the answer to "{field.name}".', f"It takes a question of type {' or '.join(FITS[holds])}."
