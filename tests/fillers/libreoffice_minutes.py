"""LibreOffice edits minutes as people do: types in and beside the places, adds, copies and deletes rows, tracks changes, comments.

Tests call `edit_with_libreoffice`. LibreOffice's own scripting (UNO) lives in the system's Python, so this same file is run by that as a
script: one LibreOffice edits all of the documents, one after the other.
"""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from pathlib import Path
from tempfile import TemporaryDirectory

CORRECTIONS = (
    "CapitalAtStartSentence", "TwoCapitalsAtStart", "UseReplacementTable", "ReplaceSingleQuote", "ReplaceDoubleQuote", "SetInetAttribute",
    "ChangeUnderlineWeight", "ChangeToEnEmDash", "ChangeOrdinalNumber", "RemoveDoubleSpaces", "AddNonBreakingSpace",
)  # fmt: skip
"""What LibreOffice puts right by itself while somebody types: all of it is turned off, so that a test knows what it typed."""
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Common/AutoCorrect">{}</item></oor:items>
"""
FILTERS = {"docx": "MS Word 2007 XML", "odt": "writer8"}


def edit_with_libreoffice(jobs: list[dict], patience: int = 300) -> None:
    """Edits documents. A job says which to `open`, where to `save` it (by the ending, after saving it as the formats of `by` and opening
    that again), and what to `do`: a list of edits, each a verb of `Edits` with what it is given.

    Raises ValueError with LibreOffice's last words where an edit can't be done.
    """
    from tests.fillers.libreoffice_fill import python_with_uno

    python = python_with_uno()
    if python is None:
        raise FileNotFoundError("LibreOffice and python3-uno are needed")
    done = subprocess.run([python, __file__], input=json.dumps(jobs).encode(), capture_output=True, timeout=patience)
    if done.returncode:
        raise ValueError(done.stderr.decode(errors="replace").strip())


# ── from here on run by the Python that has UNO ─────────────────────────────────────────────────────────────────────────


def main(jobs: list[dict]) -> None:
    from libreoffice_fill import PATIENCE, connect

    off = "".join(f'<prop oor:name="{name}" oor:op="fuse"><value>false</value></prop>' for name in CORRECTIONS)
    with TemporaryDirectory() as profile:
        (Path(profile) / "user").mkdir()
        (Path(profile) / "user" / "registrymodifications.xcu").write_text(SETTINGS.format(off), encoding="utf-8")
        pipe = f"mase{uuid.uuid4().hex}"
        own = f"-env:UserInstallation={Path(profile).as_uri()}"
        command = ["soffice", own, "--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;"]
        office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        desktop, context = connect(pipe)
        try:
            for job in jobs:
                work(desktop, context, Path(profile), **job)
        finally:
            desktop.terminate()
            office.wait(PATIENCE)


def work(desktop, context, folder: Path, open: str, save: str, do: list, by: tuple = ()) -> None:
    from libreoffice_fill import settings

    file = Path(open)
    for kind in by:
        document = desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, settings(Hidden=True))
        file = folder / f"{uuid.uuid4().hex}.{kind}"
        document.storeToURL(file.as_uri(), settings(FilterName=FILTERS[kind]))
        document.close(True)
    document = desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, settings(Hidden=True))
    edits = Edits(document, context)
    for verb, *given in do:
        getattr(edits, verb)(*given)
    document.storeToURL(Path(save).as_uri(), settings(FilterName=FILTERS[Path(save).suffix[1:]]))
    document.close(True)


class Edits:
    """What a person does, in one document; places are named by their bookmarks."""

    def __init__(self, document, context) -> None:
        self.document = document
        self.dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        self.cursor = document.CurrentController.ViewCursor

    def press(self, command: str, **given: str) -> None:
        from libreoffice_fill import settings

        self.dispatcher.executeDispatch(self.document.CurrentController.Frame, f".uno:{command}", "", 0, settings(**given))

    def write(self, text: str) -> None:
        """Types where the cursor is, or over what is selected; lines are ended with Enter and Shift at once."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self.press("InsertLinebreak")
            if line:
                self.press("InsertText", Text=line)

    def anchor(self, name: str):
        return self.document.Bookmarks.getByName(name).Anchor

    def cell(self, name: str):
        return self.anchor(name).Cell

    def place(self, name: str) -> tuple[int, int]:
        """The column and the row of a place in its table, from 0."""
        said = self.cell(name).CellName
        letters = said.rstrip("0123456789")
        return ord(letters) - ord("A"), int(said[len(letters) :]) - 1

    # verbs ────────────────────────────────────────────────────────────────────────────────────────

    def type(self, name: str, text: str) -> None:
        """Selects what stands in a place and types over it."""
        self.document.CurrentController.select(self.anchor(name))
        self.write(text)

    def type_over_cell(self, name: str, text: str) -> None:
        """Selects all that stands in the cell and types over it."""
        self.cursor.gotoRange(self.cell(name).Start, False)
        self.cursor.gotoEnd(True)
        self.write(text)

    def type_before(self, name: str, text: str) -> None:
        self.cursor.gotoRange(self.cell(name).Start, False)
        self.write(text)

    def type_behind(self, name: str, text: str) -> None:
        self.cursor.gotoRange(self.cell(name).End, False)
        self.write(text)

    def type_inside(self, name: str, text: str) -> None:
        """Clicks into the control, before what it shows, and types."""
        self.cursor.gotoRange(self.anchor(name).Start, False)
        self.cursor.goRight(1, False)
        self.write(text)

    def empty(self, name: str) -> None:
        self.cursor.gotoRange(self.cell(name).Start, False)
        self.cursor.gotoEnd(True)
        self.press("Delete")

    def add_row(self, name: str, texts: list[str]) -> None:
        """A row at the end of the table of a place."""
        table = self.anchor(name).TextTable
        table.Rows.insertByIndex(table.Rows.Count, 1)
        self._fill(table, table.Rows.Count - 1, texts)

    def insert_row(self, name: str, texts: list[str]) -> None:
        """A row below that of a place, as the menu makes it."""
        self.cursor.gotoRange(self.cell(name).Start, False)
        self.press("InsertRowsAfter")
        self._fill(self.anchor(name).TextTable, self.place(name)[1] + 1, texts)

    def _fill(self, table, row: int, texts: list[str]) -> None:
        for column, text in enumerate(texts):
            if text:
                self.cursor.gotoRange(table.getCellByPosition(column, row).Start, False)
                self.write(text)

    def copy_row(self, name: str) -> None:
        """Copies the row of a place and puts the copy in before it."""
        table, row = self.anchor(name).TextTable, self.place(name)[1]
        self.cursor.gotoRange(table.getCellByPosition(0, row).Start, False)
        self.press("EntireRow")
        self.press("Copy")
        self.cursor.gotoRange(table.getCellByPosition(0, row).Start, False)
        self.press("PasteRowsBefore")

    def delete_row(self, name: str) -> None:
        self.cursor.gotoRange(self.cell(name).Start, False)
        self.press("DeleteRows")

    def delete_table(self, name: str) -> None:
        self.cursor.gotoRange(self.cell(name).Start, False)
        self.press("DeleteTable")

    def tick(self, name: str) -> None:
        """Ticks the control. What it shows is only brought up to date where somebody clicks, so a copy of its row has no tick."""
        for portion in self._portions(name):
            if portion.TextPortionType == "ContentControl" and portion.ContentControl.Checkbox:
                portion.ContentControl.Checked = True

    def _portions(self, name: str):
        paragraphs = self.cell(name).createEnumeration()
        while paragraphs.hasMoreElements():
            portions = paragraphs.nextElement().createEnumeration()
            while portions.hasMoreElements():
                yield portions.nextElement()

    def track(self) -> None:
        self.document.RecordChanges = True

    def comment(self, name: str, text: str) -> None:
        note = self.document.createInstance("com.sun.star.text.textfield.Annotation")
        note.Content = text
        self.cell(name).insertTextContent(self.cell(name).End, note, False)

    def paragraph(self, before: str, text: str) -> None:
        """A paragraph of its own before the one with some words."""
        self.cursor.gotoRange(self._found(before).Start, False)
        self.cursor.gotoStartOfLine(False)
        self.write(text)
        self.press("InsertPara")

    def delete_paragraph(self, words: str) -> None:
        self.document.CurrentController.select(self._found(words))
        self.press("Delete")
        self.press("Delete")

    def _found(self, words: str):
        wanted = self.document.createSearchDescriptor()
        wanted.SearchString = words
        return self.document.findFirst(wanted)


if __name__ == "__main__":
    main(json.load(sys.stdin))
