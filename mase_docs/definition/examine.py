"""What a definition can still get wrong when each of its tables is well formed: names, types, code lists, conditions and words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from mase_docs.definition.build import Mistakes, did_you_mean
from mase_docs.definition.codes import Code, CodeList, plain
from mase_docs.definition.form import MEDIA, Field, Form
from mase_docs.definition.profile import Profile
from mase_docs.definition.record import Tables
from mase_docs.definition.types import TYPES
from mase_docs.definition.wording import Part, unknown_words
from mase_docs.model.submission import EXPLICIT

NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
CODE = re.compile(r"(?!chair\Z)[a-z0-9_-]+\Z", re.IGNORECASE)
"""Of an agency: its copies stand in a folder of that name, and `chair` is whom the papers with everything in them are for."""
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]\Z")
CELL = re.compile(r"([a-z]{1,3}[0-9]+|[rc])\Z")
"""What Excel takes for a cell, and so refuses as a name."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a form is held against. codes: a code list by its name, None if there is none; checks: the named rules (None: not looked
    at); words: the profile's, for what stands in { }; tables: the register's (None: not looked at)."""

    codes: Callable[[str], CodeList | None]
    checks: set[str] | None
    words: Mapping[str, str]
    tables: Tables | None = None


def examine_form(form: Form, known: Known, mistakes: Mistakes) -> None:
    """Notes every mistake of a form."""
    once([f'section "{section.name}"' for section in form.section], mistakes)
    once([f'field "{field.name}"' for section in form.section for field in section.field], mistakes)
    for block, part in _parts(form):
        _examine_words(block, part, known, mistakes)
        if isinstance(part, Field):
            _examine_field(block, part, form, known, mistakes)
    for name in sorted(set(form.checks) - known.checks if known.checks is not None else ()):
        mistakes.add("checks", f'There is no rule "{name}".', did_you_mean(name, known.checks or ()))


def examine_codes(codes: Iterable[Code], mistakes: Mistakes) -> None:
    """Notes every code that stands twice, and every word that means two of them."""
    meant: dict[str, str] = {}
    once([f'code "{c.code.lower()}"' for c in codes], mistakes)
    for code in codes:
        for word in sorted({plain(w) for w in (code.code, code.label, *code.aliases)}):
            if not word:
                mistakes.add(
                    f'code "{code.code}"', "One of its words has neither letter nor digit.", "Take it out: nobody's answer could match it."
                )
            elif meant.setdefault(word, code.code) not in (code.code, code.code.lower()):
                mistakes.add(f'code "{code.code}"', f'"{word}" also means "{meant[word]}".', "Take it out of one of them.")


def examine_profile(profile: Profile, mistakes: Mistakes) -> None:
    """Notes a week that no month has, a time that is none, and an agency whose code none can have."""
    if not 1 <= profile.meetings.week <= 5:
        mistakes.add("the profile, meetings, week", "No month has such a week.", "Write 1 to 4, or 5 for the last.")
    if not TIME.match(profile.meetings.time):
        mistakes.add("the profile, meetings, time", "This is not a time.", 'Write hours and minutes, like "10:00" or "14:30".')
    for code in (agency.code for agency in profile.agency if not CODE.match(agency.code)):
        mistakes.add(f'the profile, agency "{code}"', "No agency can have this code.", 'Use letters, digits and _, and not "chair".')


def once(blocks: list[str], mistakes: Mistakes) -> None:
    """Notes every block that stands twice."""
    for block in sorted({b for b in blocks if blocks.count(b) > 1}):
        mistakes.add(block, "There are two of it.", "Rename or remove one: a name is used once.")


def _parts(form: Form) -> Iterator[tuple[str, Part]]:
    """The form, its sections, questions and columns, each with what it is called in a message."""
    yield "the form", form
    for section in form.section:
        block = f'section "{section.name}"'
        yield block, section
        for field in section.field:
            yield f'{block}, field "{field.name}"', field
            yield from ((f'{block}, field "{field.name}", column "{column.name}"', column) for column in field.column)


def _examine_words(block: str, part: Part, known: Known, mistakes: Mistakes) -> None:
    for word in unknown_words(part, known.words):
        right = f"In {{ }} write one of: {', '.join(known.words)}. A brace itself is {{{{ or }}}}."
        mistakes.add(block, f'"{{{word}}}" stands for nothing.', right)


def _examine_field(block: str, field: Field, form: Form, known: Known, mistakes: Mistakes) -> None:
    once([f'{block}, column "{column.name}"' for column in field.column], mistakes)
    for found in (_name, _type, _lists, _rows, _numbers):
        for message, remedy in found(field, known):
            mistakes.add(block, message, remedy)
    for message, remedy in (*_conditions(field, form, known), *_ticks(field, form, known)):
        mistakes.add(block, message, remedy)


Said = Iterator[tuple[str, str]]


def _name(field: Field, known: Known) -> Said:
    if not NAME.match(field.name):
        yield "A name is small letters, digits and _ and begins with a letter.", "Rename it."
    elif CELL.match(field.name):
        yield "Excel takes this name for a cell.", "Rename it: add a word or an _."
    if not field.label.strip():
        yield "The label says nothing.", "Write the question."


def _type(field: Field, known: Known) -> Said:
    if field.type not in TYPES:
        yield f'"{field.type}" is not a type of question.', did_you_mean(field.type, TYPES)
    elif TYPES[field.type].needs_choices and not field.choices:
        yield f"A {field.type} needs a code list.", 'Add choices = "…".'
    if (field.type == "repeat") != bool(field.column):
        yield "A repeat has columns, and only a repeat.", 'Use type = "repeat" with [[section.field.column]] blocks.'


def _lists(field: Field, known: Known) -> Said:
    for name in filter(None, (field.choices, field.keys)):
        if known.codes(name) is None:
            yield f'There is no code list "{name}".', f"Write forms/codes/{name}.toml or mend the name."


def _rows(field: Field, known: Known) -> Said:
    for medium, number in field.rows.items():
        if medium not in MEDIA or not isinstance(number, int) or number < 1:
            yield "rows says how many rows each blank has.", "Write it like rows = { xlsx = 6, pdf = 2 }."


def _numbers(field: Field, known: Known) -> Said:
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        yield "The minimum is above the maximum.", "Exchange them."
    if any(length is not None and length < 1 for length in (field.max_length, field.pdf_max_length)):
        yield "No answer is as short as that.", "Write a length of 1 or more."


def _conditions(field: Field, form: Form, known: Known) -> Said:
    """A borough's own form may inherit conditions on questions that it doesn't ask."""
    for name, values in field.required_when.items():
        other = form.fields.get(name)
        if other is None and not form.based_on:
            yield f'required_when names "{name}", which is not a field of this form.', did_you_mean(name, form.fields)
        elif not isinstance(values, list):
            yield "required_when gives each field a list of values.", f'Write it like required_when = {{ {name} = ["…"] }}.'
        elif other is not None:
            yield from _values(other, values, known)


def _values(other: Field, values: list[object], known: Known) -> Said:
    codes = known.codes(other.choices) if other.choices and not other.or_other else None
    right = [True, False, *EXPLICIT] if other.type == "yes_no" else [*codes.by_code, *EXPLICIT] if codes else values
    for value in values:
        if value not in right:
            yield f'required_when gives "{other.name}" a value that it never has.', did_you_mean(str(value), map(str, right))


def _ticks(field: Field, form: Form, known: Known) -> Said:
    """A tick is named by its question and its code, and so may meet the name of another question."""
    codes = known.codes(field.choices) if field.type == "select_multiple" and field.choices else None
    for code in codes.code if codes else ():
        if f"{field.name}_{code.code.lower()}" in form.fields:
            yield f'Its tick "{code.code}" would have the name of another field.', f"Rename the field {field.name}_{code.code.lower()}."
