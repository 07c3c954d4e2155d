"""What is required and still blank: the box is yellow and a word stands beside it; both go when there is an answer.

Conditional formats do it, so no cell holds a formula and the word is there on paper and for a screen reader too.
"""

from __future__ import annotations

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle

from mase_docs.blanks.colours import WHITE
from mase_docs.blanks.excel_look import AMBER, AMBER_INK
from mase_docs.blanks.excel_paper import Paper, Spot
from mase_docs.blanks.wording import as_offered
from mase_docs.definition.form import Field


def show_required(paper: Paper) -> None:
    """Adds the conditional formats."""
    for asked in paper.form.fields.values():
        if asked.asked and "xlsx" in asked.media:
            _boxes(paper, asked)
            if asked.name in paper.statuses:
                _word(paper, asked)


def _boxes(paper: Paper, asked: Field) -> None:
    when = _when(paper, asked)
    for spot in paper.spots_of(asked):
        missing = _missing_here(paper, asked, spot, when)
        if missing:
            _format(paper, spot.area, missing, fill=AMBER)


def _missing_here(paper: Paper, asked: Field, spot: Spot, when: str | None) -> str | None:
    """The condition under which one box is shown as still to be filled; None if it never is."""
    if asked.type != "repeat":
        return None if when is None else _all(when, missing(paper, asked))
    if spot.slot.field not in _needed(asked):
        return None
    begun = [f"LEN({'&'.join(_row_of(paper, asked, spot))})>0"] if spot.slot.field.required else []
    first = when is not None and (asked.keys or spot.slot.row == "1")
    due = [_all(when or "", "TRUE" if asked.keys else missing(paper, asked))] if first else []
    return f"AND(OR({','.join(begun + due)}),{_blank(spot)})" if begun or due else None


def _needed(asked: Field) -> tuple[Field, ...]:
    """The columns of a table that a row cannot do without: those that are required, else the first."""
    return tuple(column for column in asked.column if column.required) or asked.column[:1]


def _row_of(paper: Paper, asked: Field, spot: Spot) -> list[str]:
    return [other.anchor for other in paper.spots_of(asked) if other.slot.row == spot.slot.row]


def _word(paper: Paper, asked: Field) -> None:
    cell, gone = paper.statuses[asked.name], f"NOT({missing(paper, asked)})"
    _format(paper, cell, gone, ink=WHITE)
    when = _when(paper, asked)
    if when:
        _format(paper, cell, _all(when, missing(paper, asked)), fill=AMBER, ink=AMBER_INK, bold=True)


def missing(paper: Paper, asked: Field) -> str:
    """The condition that a question has no answer: no tick of many, no row begun, a rating left out of fixed rows."""
    spots = paper.spots_of(asked)
    if asked.keys:
        return f"OR({','.join(_blank(s) for s in spots if s.slot.field in _needed(asked))})"
    return f"LEN(TRIM({'&'.join(s.anchor for s in spots)}))=0"


def _blank(spot: Spot) -> str:
    return f"LEN(TRIM({spot.anchor}))=0"


def _all(when: str, condition: str) -> str:
    return f"AND({when},{condition})" if when else condition


def _when(paper: Paper, asked: Field) -> str | None:
    """The condition under which a question is required: "" always, None never or when this form cannot tell."""
    if asked.required:
        return ""
    others = [paper.form.fields[name] for name in asked.required_when]
    if not others or not all(o.asked and "xlsx" in o.media and o.type != "repeat" for o in others):
        return None
    return f"AND({','.join(_is_one_of(paper, o, asked.required_when[o.name]) for o in others)})"


def _is_one_of(paper: Paper, other: Field, values: list[object]) -> str:
    spots = paper.spots_of(other)
    if other.type == "select_multiple":
        tests = [f"LEN({s.anchor})>0" for s in spots if s.slot.option in values]
    else:
        tests = [f"{spots[0].anchor}={_quoted(as_offered(other, value, paper.home))}" for value in values]
    return f"OR({','.join(tests) or 'FALSE'})"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _format(paper: Paper, area: str, formula: str, fill: str | None = None, ink: str | None = None, bold: bool | None = None) -> None:
    worn = DifferentialStyle(
        fill=PatternFill("solid", bgColor=fill) if fill else None,
        font=Font(color=ink, bold=bold) if ink else None,
    )
    paper.sheet.conditional_formatting.add(area, Rule("expression", dxf=worn, formula=[formula]))
