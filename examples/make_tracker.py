"""Makes an invented coordinator's register in examples/import, as messy as real ones are, and what must be read from it.

    .venv/bin/python examples/make_tracker.py [--expected-only]

Nobody in it exists. Read the differences of tracker.expected.json against the rows below before committing them.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import openpyxl  # noqa: E402
from openpyxl.comments import Comment  # noqa: E402
from openpyxl.styles import Font, PatternFill  # noqa: E402
from openpyxl.utils import get_column_letter  # noqa: E402
from openpyxl.worksheet.properties import PageSetupProperties  # noqa: E402
from openpyxl.worksheet.worksheet import Worksheet  # noqa: E402

from mase_docs.definition.home import Home  # noqa: E402
from mase_docs.intake.as_json import plain_json  # noqa: E402
from mase_docs.intake.import_mapping import load  # noqa: E402
from mase_docs.intake.register_file import rows  # noqa: E402
from mase_docs.intake.register_sheet import Imported  # noqa: E402

OUT = HERE / "import"
TRACKER, MAPPING, EXPECTED = OUT / "tracker.xlsx", OUT / "mapping.toml", OUT / "tracker.expected.json"
MADE = datetime(2026, 11, 2)
TODAY = date(2026, 11, 23)
AMBER, GREY = PatternFill("solid", fgColor="FFE0A3"), PatternFill("solid", fgColor="D9D9D9")

CURRENT = ["No.", "Ref", "Name", "DOB", "M/F", "Date\nrecd", "Referred by", "New / Rev", "Concern", "Cat", "School", "SW", "Associates",
           "Oct update", "Nov update", "Next review"]  # fmt: skip
IN_CURRENT: list[list[Any]] = [
    [1, "MASE-2026-0003", "SAMPLE, Testa", datetime(2011, 7, 13), "F", datetime(2026, 9, 2), "CSC", "New", "CSE/Missing", "Cat 2",
     "Plainfield Academy", "A. Worker", "Notta Realname; Kay", "Strategy meeting held.", None, datetime(2026, 12, 7)],
    [2, "MASE-2026-0004", "Madeup, Ima", "3 Feb 2012", "Girl", "14/09/2026", "School", "new", "CSE", "Amber", "Plainfield Academy",
     "A. Worker", None, "School to share the timetable.", "Shared.", "07.12.26"],
    [3, None, "Notta Realname", "21.5.10", "m", "Mon 14 September 2026", "YOT", "Review", "HSB + Gangs", "n/k", "n/k", "n/k",
     "Testa Sample", None, None, "2026-12-07"],
    ["New cases since the September meeting"],
    [4, "MASE-2026-0006", "Ample, Exa", 40555, "F", "1st Oct 2026", "met police", "Rev", "Missing; CCE", "3", "EHE", "B. Invented",
     None, None, "Returned home 1 Nov.", "tbc"],
    [5, "MASE-2026-0007", "Surname, Onlya", "Sept 2011", "F", "05/10/2026", "CAHMS", "New", "CSE", "Red", "Inventa School", None, None,
     None, None, None],
    CURRENT,
    [6, None, None, "01/02/2013", "M", "06/10/2026", "GP", "New", "CSE", "1", None, None, None, "Rang: no name yet.", None, None],
    [7, "MASE-2026-0009", "O'Nemo, Zoë Ann", datetime(2009, 11, 30), "F", datetime(2026, 10, 12), "Housing", "New", "Domestic violence",
     "1", "Nowhere College", "C. Fiction", "Uncle (no name given)", None, None, datetime(2026, 12, 7)],
    [],
    ["Total", None, None, None, None, None, None, 6],
]  # fmt: skip
CLOSED = ["Ref", "Name", "DOB", "M/F", "Date recd", "Referred by", "Concern", "Date opened", "Date closed", "Outcome", "Why"]
IN_CLOSED: list[list[Any]] = [
    ["MASE-2013-0002", "Longago, Una", "03/04/97", "F", "12/02/2013", "social services", "CSE", "12/02/2013", "May 2014", "Aged out",
     "Now 18."],
    ["MASE-2024-0011", "Gone, Adam", datetime(2008, 6, 1), "M", "4/3/24", "YOT", "Gangs", datetime(2024, 3, 4), datetime(2024, 11, 25),
     "Moved", "Family moved to another county."],
    ["MASE-2024-0015", "Gone, Eve", "1 June 2010", "F", "4.3.24", "YOT", "Gangs", "4.3.24", "25/11/24", "Moved",
     "Family moved to another county."],
    ["MASE-2025-0001", "Safe, Ivy", "2011-01-09", "F", "10 January 2025", "School", "Missing", None, "n/k", "Risk reduced", "Better."],
    ["MASE-2025-0008", "Still, Olly", "9/9/2010", "M", "8 July 2025", "Homerton A&E", "CSE", "8 July 2025", None, "NFA",
     "Police took no action; the panel did."],
]  # fmt: skip


def main() -> None:
    OUT.mkdir(exist_ok=True)
    if "--expected-only" not in sys.argv:
        tracker().save(TRACKER)
    home = Home()
    told = [_as_json(row) for row in rows(TRACKER, load(MAPPING, home), home, TODAY)]
    EXPECTED.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(len(told), "rows told in", EXPECTED.name)


def tracker() -> openpyxl.Workbook:
    """The workbook: titles above the headings, a remark across, the headings again after a page, a total, colours, a hidden row."""
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = MADE
    current = book.active
    assert isinstance(current, Worksheet)
    current.title = "Current"
    _titled(current, "MASE TRACKER – CURRENT CASES", "Invented. Updated after each meeting")
    for line in (CURRENT, *IN_CURRENT):
        current.append(line)
    current.merge_cells("A8:P8")
    current.row_dimensions[9].hidden = True
    current["C6"].fill = AMBER
    current["J9"].comment = Comment("From the MAP in October", "Coordinator")
    closed = book.create_sheet("CLOSED ")
    _titled(closed, "Closed cases", None)
    for line in (CLOSED, *IN_CLOSED):
        closed.append(line)
    _widened(current)
    _widened(closed)
    lists = book.create_sheet("Lists")
    lists.append(["New"])
    lists.append(["Rev"])
    lists.sheet_state = "hidden"
    return book


def _titled(sheet: Worksheet, title: str, below: str | None) -> None:
    """A title across the sheet, a line below it, an empty line, and headings to come."""
    sheet["A1"], sheet["A1"].font, sheet["A1"].fill = title, Font(bold=True, size=14), GREY
    sheet.merge_cells("A1:H1")
    sheet["A2"] = below
    sheet["A3"] = None


def _widened(sheet: Worksheet) -> None:
    for number in range(1, sheet.max_column + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 17
        sheet.cell(4, number).font = Font(bold=True)
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _as_json(row: Imported) -> dict[str, Any]:
    """What a person compares with the rows above."""
    answers = {path: answer for path, answer in row.submission.answers.items() if answer.raw is not None}
    return {
        "source": row.submission.source.name,
        "sha256": row.submission.source.sha256,
        "form": row.submission.form,
        "answers": {path: plain_json(answer.value) for path, answer in answers.items()},
        "raw": {path: answer.raw for path, answer in answers.items()},
        "places": {path: answer.place for path, answer in answers.items()},
        "doubtful": [path for path, answer in answers.items() if answer.confidence == "low"],
        "case": {name: plain_json(value) for name, value in row.case.items()},
        "problems": [str(problem) for problem in row.submission.problems],
    }


if __name__ == "__main__":
    main()
