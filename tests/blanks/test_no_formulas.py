"""Words of a borough's own that begin with = + - or @ are words on the blank, and never a formula."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from mase_docs.blanks.excel import build
from mase_docs.definition.home import Home

FORM = """
id = "own"
version = 1
code = "OWN"
title = "=TITLE()"
intro = "=HYPERLINK(1)"
checks = []

[[section]]
name = "only"
label = "=SECTION()"

[[section.field]]
name = "choice"
type = "select_one"
choices = "own"
label = "=1+1"
hint = "@SUM(1)"

[[section.field]]
name = "ticks"
type = "select_multiple"
choices = "own"
label = "+2"
"""
CODES = """
label = "Own"
source = "made up"
code = [
  { code = "a", label = "=cmd|' /C calc'!A0" },
  { code = "b", label = "-3" },
  { code = "c", label = "@now" },
]
"""


@pytest.fixture
def blank(tmp_path: Path) -> bytes:
    (tmp_path / "forms" / "codes").mkdir(parents=True)
    (tmp_path / "forms" / "own_v1.toml").write_text(FORM, encoding="utf-8")
    (tmp_path / "forms" / "codes" / "own.toml").write_text(CODES, encoding="utf-8")
    home = Home(tmp_path)
    return build(home.form("own"), home)


def test_they_stand_on_the_blank_as_words(blank: bytes) -> None:
    cells = [cell for sheet in openpyxl.load_workbook(BytesIO(blank)) for row in sheet.iter_rows() for cell in row]
    said = {cell.value: cell.data_type for cell in cells if isinstance(cell.value, str)}
    assert {said[words] for words in ("=1+1", "+2", "=TITLE()", "=cmd|' /C calc'!A0", "-3", "@now")} == {"s"}
    assert "f" not in said.values()


def test_no_cell_of_it_holds_a_formula(blank: bytes) -> None:
    with zipfile.ZipFile(BytesIO(blank)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sheets
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
