"""Makes the workbooks of other programs in examples/arrives, out of the month's forms.

    .venv/bin/python examples/make_arrives_sheets.py     (needs LibreOffice with python3-uno, Gnumeric, node and npm)

Each is a form of examples/month, so what must be read from it is what was typed there. The Strict one is made by openpyxl in the way of
Excel, which cannot be had here.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from tests.fillers.gnumeric_resave import resave_with_gnumeric  # noqa: E402
from tests.fillers.imitated_exports import strict_like  # noqa: E402
from tests.fillers.libreoffice_resave import resave_with_libreoffice  # noqa: E402
from tests.fillers.sheet_libraries_resave import resave_with_sheetjs  # noqa: E402

MONTH, OUT = HERE / "month", HERE / "arrives"
FROM = {
    "sheet_libreoffice.xls": "10_a_place.xlsx",
    "sheet_libreoffice.ods": "10_a_place.xlsx",
    "sheet_sheetjs.xlsb": "10_a_place.xlsx",
    "sheet_gnumeric.xlsx": "01_school_group.xlsx",
    "sheet_strict.xlsx": "08_both_roles.xlsx",
}
"""File → the form of the month that it is."""


def main() -> None:
    with TemporaryDirectory() as name:
        folder, place = Path(name), MONTH / "10_a_place.xlsx"
        resave_with_libreoffice([place], folder, ["xls", "ods"])
        for kind in ("xls", "ods"):
            (folder / f"10_a_place.{kind}").rename(folder / f"sheet_libreoffice.{kind}")
        resave_with_sheetjs(place, {"xlsb": folder / "sheet_sheetjs.xlsb"})
        resave_with_gnumeric(MONTH / FROM["sheet_gnumeric.xlsx"], folder / "sheet_gnumeric.xlsx", "xlsx")
        (folder / "sheet_strict.xlsx").write_bytes(strict_like((MONTH / FROM["sheet_strict.xlsx"]).read_bytes()))
        for file in FROM:
            (OUT / file).write_bytes((folder / file).read_bytes())
            print(file, (OUT / file).stat().st_size)


if __name__ == "__main__":
    main()
