"""A first mapping for a coordinator's own register: what each heading most likely stands for, to be put right by them (docs/import.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from mase_docs.definition.values import as_text, parse
from mase_docs.intake.import_fields import COUNTED, JOINED, form_of, heading_key, is_in, nearest, target
from mase_docs.intake.register_grid import Grid
from mase_docs.intake.sheet import Book, Sheet, Value

HEAD = """# What the headings of this register stand for: a first attempt by mase-docs. Read every line, and put right what is wrong.
# How to: docs/import.md
"""
UNKNOWN = "# Not understood: say what each stands for, or move its heading to ignore."
RATHER = {"referrer_name": "referrer_agency"}
"""What a heading may stand for as well: so it is taken where most cells below it hold a choice there."""
LOOKED_AT = 40
"""The first rows of a sheet, in which its headings are looked for."""
LONGEST = 80
"""Longer texts are no headings."""
SEVERAL = ["{family_name}, {given_names}", "{given_names} {family_name}"]
"""The ways in which a whole name is written in one cell."""


@dataclass(frozen=True)
class Guess:
    """A heading, what it may stand for ("" where nothing is near), and how many of the cells below it that have words fit."""

    heading: str
    said: str
    filled: int
    fits: int

    @property
    def line(self) -> str:
        to = json.dumps(SEVERAL if "{" in self.said else self.said, ensure_ascii=False)
        remark = f"  # {self.fits} of {self.filled} cells understood" if self.fits < self.filled and "{" not in self.said else ""
        return f"{json.dumps(self.heading, ensure_ascii=False)} = {to}{remark}"


def suggested(book: Book, home: Home, today: date) -> str:
    """The text of a mapping: every sheet, and every heading with what it most likely stands for; those that aren't understood, and a second
    one for the same question, under a remark."""
    form = form_of(home)
    grids = {name.strip(): _grid(book.sheet(name), form) for name in book.entries if book.sheet(name).cells}
    read = {name: grid for name, grid in grids.items() if grid}
    told = {heading_key(guess.heading): guess for grid in read.values() for guess in _guesses(grid, form, home, today)}
    counted = [guess.heading for key, guess in told.items() if key in COUNTED]
    known, unknown = _apart([guess for key, guess in told.items() if key not in COUNTED], form)
    left = [name for name in grids if name not in read]
    parts = [HEAD, f"sheets = {_listed(list(read))}", f"ignore_sheets = {_listed(left)}", f"ignore = {_listed(counted)}", ""]
    parts += ["[columns]", *(guess.line for guess in known)]
    parts += ["", UNKNOWN, *(_open(guess) for guess in unknown)] if unknown else []
    return "\n".join(parts) + "\n"


def _listed(names: list[str]) -> str:
    return json.dumps(names, ensure_ascii=False)


def _open(guess: Guess) -> str:
    return f"# {json.dumps(guess.heading, ensure_ascii=False)} = {json.dumps(guess.said, ensure_ascii=False)}"


def _apart(guesses: list[Guess], form: Form) -> tuple[list[Guess], list[Guess]]:
    """Those to be mapped, and the others. A question that can't take two headings goes to the one whose cells fit best."""
    best: dict[str, Guess] = {}
    for guess in sorted(guesses, key=lambda guess: -guess.fits):
        best.setdefault(guess.said, guess)
    known = [guess for guess in guesses if guess.said and (best[guess.said] is guess or _takes_several(guess.said, form))]
    return known, [guess for guess in guesses if guess not in known]


def _takes_several(said: str, form: Form) -> bool:
    found = target(said)
    field = is_in(form, found.name, found.column) if found and not found.parts else None
    return bool(found and found.column) or (field is not None and field.type in JOINED)


def _grid(sheet: Sheet, form: Form) -> Grid | None:
    """The sheet with its headings: the first row in which most texts are like headings that are known, two at least."""
    rows: dict[int, set[str]] = {}
    for (row, _), text in sheet.words():
        if row <= LOOKED_AT and len(text) <= LONGEST and nearest(text, form)[0]:
            rows.setdefault(row, set()).add(heading_key(text))
    best = max(rows, key=lambda row: (len(rows[row]), -row), default=0)
    return Grid(sheet, frozenset(rows[best]), frozenset()) if best and len(rows[best]) > 1 else None


def _guesses(grid: Grid, form: Form, home: Home, today: date) -> Iterator[Guess]:
    for column in grid.columns:
        heading = " ".join(grid.called(column).split())
        raws = [grid.sheet.cells[row, column].value for row in grid.rows if column in grid.filled[row] and grid.kind(row) == "row"]
        likely = nearest(heading, form)[0]
        said = RATHER[likely] if likely in RATHER and _are_choices(RATHER[likely], raws, form, home) else likely
        yield Guess(heading, said, len(raws), sum(_is_understood(said, raw, form, home, today) for raw in raws))


def _are_choices(name: str, raws: list[Value], form: Form, home: Home) -> bool:
    """Whether most of some cells hold choices of a question."""
    codes = home.codes(form.fields[name].choices or "")
    return 2 * sum(codes.match(as_text(raw)) is not None for raw in raws) > len(raws)


def _is_understood(said: str, raw: Value, form: Form, home: Home, today: date) -> bool:
    found = target(said) if said else None
    field = is_in(form, found.name, found.column) if found and not found.parts else None
    return field is None or parse(field, raw, home, today).value is not None
