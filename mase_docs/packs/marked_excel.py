"""The sender's own workbook with a coloured box and a note at each answer that is asked about; everything else stays as it was.

ECMA-376 part 1: cells 18.3.1.4, styles 18.8, comments 18.7; part 4, 14.2 for the drawing that old-style notes need. Notes of the old
style are used because Excel of every age, LibreOffice and Google Sheets show them. Macros are left as they are and never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mase_docs.columns import column_number
from mase_docs.packs.excel_notes import Notes
from mase_docs.packs.excel_styles import Styles
from mase_docs.packs.grid import Area, Grid, cells_of
from mase_docs.packs.marks import Mark
from mase_docs.packs.package import Package, namespace, relation_types
from mase_docs.packs.reference import put_reference
from mase_docs.packs.refused import marking

PLACE = re.compile(r"(.+?)!([A-Z]{1,3})([0-9]{1,7})(?:, .*)?\Z", re.DOTALL)
"""Of several boxes that are ticked the first counts."""


def marked(data: bytes, marks: Sequence[Mark], reference: str, author: str = "MASE") -> bytes:
    """The workbook with the marks; those of an earlier time are taken away first. Marks whose place isn't in it are passed over.

    `author` is whose the notes are: the panel. Raises InputRefusedError where the file can't be marked.
    """
    with marking():
        package = Package(data)
        styles = Styles(package)
        wanted = {found: mark for mark in marks if (found := PLACE.match(mark.place))}
        for name, part in sheets(package).items():
            sheet = Grid(package.edit(part))
            notes = Notes(package, part, author)
            notes.clear()
            styles.clear(sheet.root)
            for place, mark in wanted.items():
                if place[1] == name:
                    _mark(sheet, notes, styles, sheet.area((int(place[3]), column_number(place[2]))), mark)
            notes.write()
        put_reference(package, reference)
        return package.written()


def _mark(sheet: Grid, notes: Notes, styles: Styles, area: Area, mark: Mark) -> None:
    for at in cells_of(area):
        cell = sheet.cell(at)
        cell.set("s", str(styles.marked(int(cell.get("s", "0")), mark.severity)))
    notes.add(area, mark.comment, sheet)


def sheets(package: Package) -> dict[str, str]:
    """Name of a sheet → its part."""
    root = package.edit(package.main)
    targets = package.targets(package.main, "/worksheet")
    key = f"{{{relation_types(namespace(root))}}}id"
    return {e.get("name", ""): targets[e.get(key, "")] for e in root.iter(f"{{{namespace(root)}}}sheet") if e.get(key) in targets}
