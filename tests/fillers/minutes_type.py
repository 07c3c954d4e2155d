"""LibreOffice types into minutes as a person would: clicks into a place, types; adds a row, deletes one, writes between the lines.

Tests and examples call `type_minutes`. Like libreoffice_fill.py, this file is also run as a script by the Python that has UNO.
"""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

if __package__:
    from tests.fillers.libreoffice_fill import PATIENCE, connect, python_with_uno, settings
else:  # run as a script, by a Python that has none of the project's libraries
    from libreoffice_fill import PATIENCE, connect, python_with_uno, settings

FORMAT = "MS Word 2007 XML"


def type_minutes(minutes: bytes, edits: list[dict[str, Any]]) -> bytes:
    """The minutes as LibreOffice saves them after the edits, one after the other:

    {"into": name, "type": text}             instead of what stands in a place; a tick is ticked
    {"below": name, "cells": {"B": text}}    a new row at the end of the table that a place stands in
    {"delete_row_of": name}                  the row that a place stands in
    {"after": words, "type": text}           a new paragraph behind the first one that holds the words
    """
    return type_all([(minutes, edits)])[0]


def type_all(several: list[tuple[bytes, list[dict[str, Any]]]]) -> list[bytes]:
    """The same for several documents, in one LibreOffice."""
    python = python_with_uno()
    if python is None:
        raise FileNotFoundError("LibreOffice and python3-uno are needed")
    with TemporaryDirectory() as folder:
        work = []
        for number, (minutes, edits) in enumerate(several):
            given, out = Path(folder) / f"{number}.docx", Path(folder) / f"{number}.out.docx"
            given.write_bytes(minutes)
            work.append({"given": given.as_uri(), "out": out.as_uri(), "edits": edits})
        done = subprocess.run([python, __file__], input=json.dumps(work).encode(), capture_output=True, timeout=PATIENCE * 4)
        if done.returncode:
            raise ValueError(done.stderr.decode(errors="replace").strip().splitlines()[-1])
        return [(Path(folder) / f"{number}.out.docx").read_bytes() for number in range(len(several))]


# ── from here on run by the Python that has UNO ─────────────────────────────────────────────────────────────────────────


def main(work: list[dict[str, Any]]) -> None:
    with TemporaryDirectory() as profile:
        pipe = f"mase{uuid.uuid4().hex}"
        own = f"-env:UserInstallation={Path(profile).as_uri()}"
        command = ["soffice", own, "--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;"]
        office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        desktop, context = connect(pipe)
        try:
            for one in work:
                edit(desktop, context, one)
        finally:
            desktop.terminate()
            office.wait(PATIENCE)


def edit(desktop: Any, context: Any, one: dict[str, Any]) -> None:
    document = desktop.loadComponentFromURL(one["given"], "_blank", 0, settings(Hidden=True))
    desk = Desk(document, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context))
    for step in one["edits"]:
        desk.do(step)
    document.storeToURL(one["out"], settings(FilterName=FORMAT))
    document.close(True)


class Desk:
    """One document on the desk."""

    def __init__(self, document: Any, dispatcher: Any) -> None:
        self.document, self.dispatcher = document, dispatcher
        self.places = document.getBookmarks()

    def do(self, step: dict[str, Any]) -> None:
        if "into" in step:
            self.type_over(self.place(step["into"]), step["type"])
        elif "below" in step:
            self.add_row(step["below"], step["cells"])
        elif "delete_row_of" in step:
            self.delete_row(step["delete_row_of"])
        else:
            self.write_after(step["after"], step["type"])

    def place(self, name: str) -> Any:
        if not self.places.hasByName(name):
            sys.exit(f"there is no place {name}")
        return self.places.getByName(name).getAnchor()

    def type_over(self, place: Any, text: str) -> None:
        """Selects what stands there, and types."""
        controller = self.document.CurrentController
        controller.getViewCursor().gotoRange(place, False)
        self.dispatcher.executeDispatch(controller.Frame, ".uno:InsertText", "", 0, settings(Text=text))

    def add_row(self, name: str, cells: dict[str, str]) -> None:
        table = self.place(name).TextTable
        rows = table.getRows()
        rows.insertByIndex(rows.getCount(), 1)
        for column, text in cells.items():
            self.type_over(table.getCellByName(f"{column}{rows.getCount()}").getText(), text)

    def delete_row(self, name: str) -> None:
        place = self.place(name)
        place.TextTable.getRows().removeByIndex(int("".join(filter(str.isdigit, place.Cell.CellName))) - 1, 1)

    def write_after(self, words: str, text: str) -> None:
        search = self.document.createSearchDescriptor()
        search.SearchString = words
        found = self.document.findFirst(search)
        if found is None:
            sys.exit("the words to write after are not there")
        cursor = found.getText().createTextCursorByRange(found.getEnd())
        cursor.gotoEndOfParagraph(False)
        found.getText().insertControlCharacter(cursor, 0, False)
        found.getText().insertString(cursor, text, False)


if __name__ == "__main__":
    main(json.load(sys.stdin))
