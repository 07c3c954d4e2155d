"""The register in open formats: every table as CSV, as JSON, and all of them in one Excel workbook, with a page that says what is what.

The same rows give the same bytes. JSON is exact; CSV and the workbook are for reading and sorting in Excel, and what they have
otherwise than the register is counted and said.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mase_docs.model.tables import Cell, Table
from mase_docs.packs.open_workbook import Trimmed, workbook

README = "README.txt"
RUNS = ("=", "+", "-", "@", "\t", "\r")
"""What Excel takes for a formula when it opens a CSV file (https://owasp.org/www-community/attacks/CSV_Injection)."""
WORDS = """\
THE REGISTER OF BOROUGH {borough}, IN OPEN FORMATS

These files name children. They are not encrypted: keep them where only those who may see them can, and delete them when they have
served. mase-docs wrote them from the register as it was after row {seq} of its history ({at}).

json/        Every table, exact: a list of rows, each with a value a column; null where there is none. UTF-8.
csv/         The same for Excel and other programs: comma, quotes where needed (RFC 4180), UTF-8 with a byte order mark, first row the
             names of the columns. Several values in a cell stand with "; " between them. An apostrophe was put before
             {guarded} that a spreadsheet would have run as formulas (they begin with = + - or @).
register.xlsx  The same in one workbook, a sheet a table; every cell is text or a number, and no formula is in it.
             The history is in the sheet "history of the register": Excel keeps the name "history" for itself.
             {trimmed}
originals/   The completed forms, byte for byte as they arrived; csv/original.csv has their SHA-256.

Dates are ISO 8601: 2026-11-22. Columns called answers, problems, information and detail hold JSON. Codes are those of the forms.

{tables}
"""


@dataclass(frozen=True)
class Opened:
    """Name → bytes of every file but the originals, and what the workbook has otherwise than the register."""

    files: Iterator[tuple[str, bytes]]
    trimmed: Trimmed


def files_of(tables: list[Table], borough: str) -> Opened:
    """Every file but the originals, one after the other."""
    book, trimmed = workbook(tables)
    return Opened(_files(tables, borough, book, trimmed), trimmed)


def _files(tables: list[Table], borough: str, book: bytes, trimmed: Trimmed) -> Iterator[tuple[str, bytes]]:
    yield "register.xlsx", book
    for table in tables:
        yield f"json/{table.name}.json", as_json(table)
        yield f"csv/{table.name}.csv", as_csv(table)
    yield README, readme(tables, borough, trimmed).encode()


def as_json(table: Table) -> bytes:
    """A list of objects, one a row and line."""
    rows = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, default=date.isoformat) for row in rows)
    return f"[\n{lines}\n]\n".encode()


def as_csv(table: Table) -> bytes:
    """RFC 4180, for Excel: with a byte order mark, without which it takes UTF-8 for the system's own letters; nothing in it runs."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_guarded(cell) for cell in row] for row in table.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_text(cell: Cell) -> str:
    """A cell in CSV."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "; ".join(cell) if isinstance(cell, list) else "" if cell is None else str(cell)


def _guarded(cell: Cell) -> str:
    return f"'{as_text(cell)}" if _would_run(cell) else as_text(cell)


def _would_run(cell: Cell) -> bool:
    return isinstance(cell, str | list) and as_text(cell).startswith(RUNS)


def readme(tables: list[Table], borough: str, trimmed: Trimmed) -> str:
    """What each file is, and what the workbook has otherwise."""
    history = next(table for table in tables if table.name == "history")
    newest = dict(zip(history.columns, history.rows[-1], strict=True)) if history.rows else {"seq": 0, "at": "never"}
    guarded = sum(_would_run(cell) for table in tables for row in table.rows for cell in row)
    return WORDS.format(
        borough=borough, seq=newest["seq"], at=newest["at"], guarded=f"{guarded} cell{'' if guarded == 1 else 's'}",
        trimmed=trimmed, tables="\n".join(f"{table.name:<16} {len(table.rows):>7}  {table.about}" for table in tables),
    )  # fmt: skip
