"""SheetJS and exceljs, the two libraries with which web portals write workbooks, open completed forms and save them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.fillers.node_programs import run

BOOK_TYPES = {"xlsx": "xlsx", "xlsb": "xlsb", "xls": "biff8", "biff5.xls": "biff5", "ods": "ods"}
"""Ending → SheetJS's name of the format; biff5 is that of Excel 5 and 95."""


def resave_with_sheetjs(form: Path, outs: Mapping[str, Path]) -> None:
    """Saves the form in each format, by its ending."""
    run("sheetjs_resave.mjs", {"form": str(form), "outs": {BOOK_TYPES[kind]: str(out) for kind, out in outs.items()}})


def resave_with_exceljs(form: Path, out: Path) -> None:
    run("exceljs_resave.mjs", {"form": str(form), "out": str(out)})
