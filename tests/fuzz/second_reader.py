"""What another program finds at the place of an answer: python-calamine in a cell, plain search in the data of an XFA form."""

from __future__ import annotations

import re
import subprocess
import sys

from mase_docs.columns import column_number
from mase_docs.model.submission import Answer

CELL = re.compile(r"(.+)!([A-Z]{1,3})(\d+)\Z")
VALUE = re.compile(r"[\w.\[\]]+\.(\w+)\Z")
UNTICKED = ("", "0", "Off", "No", "False")
CALAMINE = """
import io, sys
from python_calamine import CalamineWorkbook
sheet = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())).get_sheet_by_name(sys.argv[1])
sys.stdout.buffer.write(str(sheet.to_python(skip_empty_area=False)[int(sys.argv[2]) - 1][int(sys.argv[3]) - 1]).encode())
"""
"""In a process of its own: it aborts on some files."""
PATIENCE = 30


def agrees(old: Answer, new: Answer, data: bytes) -> bool:
    """Whether a broken file, read by that other means, holds what was read from it, where the answer stood before."""
    if isinstance(old.value, list) or isinstance(new.value, list):
        now, before = ({place for place in answer.place.split(", ") if answer.raw} for answer in (new, old))
        return all((found(place, data) not in UNTICKED) == (place in now) for place in now ^ before)
    return bool(old.place) and new.place == old.place and _same(found(new.place, data), new.raw or "")


def _same(one: str, other: str) -> bool:
    return one.removesuffix(".0").split() == other.removesuffix(".0").split()


def found(place: str, data: bytes) -> str:
    """What stands at a place; "?" where this means cannot tell."""
    if cell := CELL.fullmatch(place):
        command = [sys.executable, "-c", CALAMINE, cell[1], cell[3], str(column_number(cell[2]))]
        done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE)
        return "?" if done.returncode else done.stdout.decode()
    value = VALUE.fullmatch(place)
    said = value and re.search(rb"<%s>([^<]*)<" % value[1].encode(), data)
    return said[1].decode("utf-8", "replace") if said else "?"
