"""The options that several commands share, each said once."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")


class Day(click.ParamType[date]):
    """A date as people type it: 2026-12-02 or 02/12/2026."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        found = next(filter(None, (_day(value, form) for form in DATE_FORMATS)), None)
        return found or self.fail("This is not a date. Write it as 2026-12-02 or 02/12/2026.", param, ctx)


class Words(click.ParamType[str]):
    """Words that say something: a reason that is empty is none."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return str(value).strip() or self.fail("Nothing is said here. Say it in words.", param, ctx)


def _day(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()
    except ValueError:
        return None


PATHS = click.Path(path_type=Path, allow_dash=True)
paths = click.argument("paths", nargs=-1, required=True, type=PATHS)
paths_if_any = click.argument("paths", nargs=-1, type=PATHS)
as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object a line on stdout, and nothing else there.")
output = click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The Word file to write.")
folder = click.option(
    "-o", "--output", "folder", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder to write into."
)
force = click.option("--force", is_flag=True, help="Replace what is already there.")
today = click.option("--today", type=Day(), default=date.today, show_default="today", help="The day to check against.")
meeting = click.option("--meeting", type=Day(), help="The meeting's date; ages are counted on it.")
include_invalid = click.option("--include-invalid", is_flag=True, help="Put forms with errors in too, marked as such.")


def _password_lines(ctx: click.Context, param: click.Parameter, path: Path | None) -> list[str]:
    """The lines of the file; each is tried where a file asks for a password."""
    if path is None:
        return []
    data = path.read_bytes()[:PASSWORD_BYTES]
    text = data.decode(encoding(data), "replace")
    return list(dict.fromkeys(line for line in text.splitlines() if line))[:PASSWORDS]


def encoding(data: bytes) -> str:
    """As Notepad, PowerShell and everything else write a text file: UTF-16 begins with its mark, and UTF-8 is seldom anything else."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


PASSWORDS, PASSWORD_BYTES = 50, 10_000
"""Trying a password on an Office file takes a tenth of a second, by design."""
password_file = click.option(
    "--password-file",
    "passwords",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    callback=_password_lines,
    help="A text file of passwords, one a line; each is tried on files that ask for one.",
)
earlier = click.option(
    "--earlier",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder of forms received before: a corrected form that comes again is known by it.",
)
