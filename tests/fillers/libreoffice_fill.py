"""LibreOffice fills in a blank Excel form: each answer typed into its named cell, then saved as .xlsx.

Tests and examples call `fill_with_libreoffice`. LibreOffice's own scripting (UNO) lives in the system's Python, so this same file is
run by that as a script: it starts LibreOffice with a profile of its own, set to British dates, and talks to it through a pipe.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
import uuid
from pathlib import Path
from tempfile import TemporaryDirectory

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>en-GB</value></prop></item>
</oor:items>
"""
PATIENCE = 120
"""Seconds to wait for LibreOffice, which is slow the first time."""


def python_with_uno() -> str | None:
    """The Python that can talk to LibreOffice (Debian: package python3-uno); None if there is none."""
    candidates = [shutil.which("python3", path="/usr/bin"), shutil.which("python3"), sys.executable]
    works = (p for p in candidates if p and subprocess.run([p, "-c", "import uno"], capture_output=True).returncode == 0)
    return next(works, None) if shutil.which("soffice") else None


def fill_with_libreoffice(blank: Path, answers: dict[str, str], out: Path) -> None:
    """Types each text into the cell of that name and saves the workbook as `out`.

    The texts are taken as typed at the keyboard: 03/07/2011 in a date cell becomes a date, 07 in a text cell stays 07.
    Raises ValueError where a name is not in the workbook or the cell takes no text (it is locked).
    """
    python = python_with_uno()
    if python is None:
        raise FileNotFoundError("LibreOffice and python3-uno are needed")
    done = subprocess.run(
        [python, __file__, str(blank.resolve()), str(out.resolve())],
        input=json.dumps(answers).encode(),
        capture_output=True,
        timeout=PATIENCE * 2,
    )
    if done.returncode:
        raise ValueError(done.stderr.decode(errors="replace").strip().splitlines()[-1])


# ── from here on run by the Python that has UNO ─────────────────────────────────────────────────────────────────────────


def main(blank: str, out: str, answers: dict[str, str]) -> None:
    with TemporaryDirectory() as profile:
        (Path(profile) / "user").mkdir()
        (Path(profile) / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
        pipe = f"mase{uuid.uuid4().hex}"
        own = f"-env:UserInstallation={Path(profile).as_uri()}"
        command = ["soffice", own, "--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;"]
        office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        desktop, context = connect(pipe)
        # a copy, so that a lock file never stands beside the blank
        copy = shutil.copy(blank, Path(profile) / "form.xlsx")
        try:
            fill(desktop, context, copy, out, answers)
        finally:
            desktop.terminate()
            office.wait(PATIENCE)


def connect(pipe: str):
    import uno
    from com.sun.star.connection import NoConnectException

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context), context
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def fill(desktop, context, blank: Path, out: str, answers: dict[str, str]) -> None:
    document = desktop.loadComponentFromURL(blank.as_uri(), "_blank", 0, settings(Hidden=True))
    dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    for name, text in answers.items():
        type_in(document, dispatcher, name, text)
    document.storeToURL(Path(out).as_uri(), settings(FilterName="Calc MS Excel 2007 XML"))
    document.close(True)


def type_in(document, dispatcher, name: str, text: str) -> None:
    if not document.NamedRanges.hasByName(name):
        sys.exit(f"there is no name {name}")
    cell = document.NamedRanges.getByName(name).getReferredCells().getCellByPosition(0, 0)
    if cell.CellProtection.IsLocked and cell.Spreadsheet.isProtected():
        sys.exit(f"the cell {name} takes no text")
    document.CurrentController.select(cell)
    dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:EnterString", "", 0, settings(StringName=text))


def settings(**values):
    from com.sun.star.beans import PropertyValue

    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], json.load(sys.stdin))
