"""openpyxl fills in a blank as a case system's export would: by name, dates as real dates, words wherever they are put."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path


def fill_with_openpyxl(blank: Path, answers: Mapping[str, str | bool], out: Path) -> None:
    """Writes each answer into the cell of its name (True is a tick) and saves. KeyError for a name that isn't there."""
    from openpyxl import load_workbook

    workbook = load_workbook(blank)
    for name, typed in answers.items():
        sheet, cell = next(iter(workbook.defined_names[name].destinations))
        workbook[sheet][cell.replace("$", "")] = (
            "X" if typed is True else _real(str(typed), workbook[sheet][cell.replace("$", "")].number_format)
        )
    workbook.save(out)


def _real(typed: str, number_format: str) -> str | datetime:
    """A real date where the cell is for dates and one was typed; else the words."""
    for pattern in ("%d/%m/%Y", "%d/%m/%Y %H:%M") if "yy" in number_format else ():
        try:
            return datetime.strptime(typed, pattern)
        except ValueError:
            continue
    return typed
