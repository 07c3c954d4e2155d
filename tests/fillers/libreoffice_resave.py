"""LibreOffice opens completed forms and saves each in every format that it has for sheets.

Like libreoffice_fill, this file is also the script that the system's Python runs, because LibreOffice's own scripting lives there.
"""

from __future__ import annotations

import subprocess
import sys
import uuid
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

FILTERS = {
    "xlsx": "Calc MS Excel 2007 XML",
    "xls": "MS Excel 97",
    "ods": "calc8",
    "fods": "OpenDocument Spreadsheet Flat XML",
}
"""Ending → the name of LibreOffice's filter."""
PATIENCE = 240


def resave_with_libreoffice(forms: Sequence[Path], folder: Path, formats: Sequence[str] = tuple(FILTERS), password: str = "") -> None:
    """Saves each form into the folder under its own name, once for each format; with a password the first as `locked.xls` too."""
    from tests.fillers.libreoffice_fill import python_with_uno

    python = python_with_uno()
    if python is None:
        raise FileNotFoundError("LibreOffice and python3-uno are needed")
    command = [python, __file__, str(folder.resolve()), ",".join(formats), password, *(str(form.resolve()) for form in forms)]
    done = subprocess.run(command, capture_output=True, timeout=PATIENCE)
    if done.returncode:
        raise ValueError(done.stderr.decode(errors="replace").strip())


# ── from here on run by the Python that has UNO ─────────────────────────────────────────────────────────────────────────


def main(folder: str, formats: list[str], password: str, forms: list[str]) -> None:
    from libreoffice_fill import connect, settings

    with TemporaryDirectory() as profile:
        pipe = f"mase{uuid.uuid4().hex}"
        own = f"-env:UserInstallation={Path(profile).as_uri()}"
        command = ["soffice", own, "--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;"]
        office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        desktop, _ = connect(pipe)
        try:
            for number, form in enumerate(map(Path, forms)):
                document = desktop.loadComponentFromURL(form.as_uri(), "_blank", 0, settings(Hidden=True, ReadOnly=True))
                for kind in formats:
                    document.storeToURL((Path(folder) / f"{form.stem}.{kind}").as_uri(), settings(FilterName=FILTERS[kind]))
                    if password and not number:
                        locked = settings(FilterName=FILTERS[kind], Password=password)
                        document.storeToURL((Path(folder) / f"locked.{kind}").as_uri(), locked)
                document.close(True)
        finally:
            desktop.terminate()
            office.wait(PATIENCE)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2].split(","), sys.argv[3], sys.argv[4:])
