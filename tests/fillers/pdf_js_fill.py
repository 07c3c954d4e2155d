"""pdf.js, the viewer in Firefox, fills in a blank PDF and saves it with its own appearances."""

from __future__ import annotations

from pathlib import Path

from tests.fillers.node_programs import run
from tests.fillers.pdf_places import Answers


def fill_with_pdf_js(blank: Path, answers: Answers, out: Path) -> None:
    """Sets each answer and saves the form as `out`. Raises ValueError for a field that isn't there."""
    run("pdf_js_fill.mjs", {"blank": str(blank), "out": str(out), "answers": answers})
