"""pdf-lib, which many web portals use, fills in a blank PDF."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from tests.fillers.node_programs import run
from tests.fillers.pdf_places import Answers


def fill_with_pdf_lib(blank: Path, answers: Answers, out: Path) -> None:
    """Sets each answer, draws it with an embedded font and saves the form as `out`. Raises ValueError for a field that isn't there."""
    font = files("mase_docs.blanks.fonts") / "PanelSans-Regular.ttf"
    run("pdf_lib_fill.mjs", {"blank": str(blank), "out": str(out), "font": str(font), "answers": answers})
