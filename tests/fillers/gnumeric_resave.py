"""Gnumeric's ssconvert opens a completed form and saves it in another format."""

from __future__ import annotations

import subprocess
from pathlib import Path

EXPORTERS = {
    "xlsx": "Gnumeric_Excel:xlsx",
    "xls": "Gnumeric_Excel:excel_biff8",
    "biff7.xls": "Gnumeric_Excel:excel_biff7",
    "ods": "Gnumeric_OpenCalc:odf",
}
"""Ending → the name of Gnumeric's exporter; biff7 is Excel 95's format."""
PATIENCE = 60


def resave_with_gnumeric(form: Path, out: Path, kind: str) -> None:
    """Saves the form as `out`, in the format of that ending."""
    subprocess.run(["ssconvert", "-T", EXPORTERS[kind], str(form), str(out)], check=True, capture_output=True, timeout=PATIENCE)
