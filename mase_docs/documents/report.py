"""What the template of the board report shows: figures that are safe to leave the panel, each with its definition. No name, no place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from mase_docs.definition.home import Home
from mase_docs.definition.types import show_date
from mase_docs.model.figures import HIDDEN, NOT_AVAILABLE, RULES, SMALL, Figure, Row, masked

SYMBOLS = {
    HIDDEN: f"A number from {min(SMALL)} to {max(SMALL)} that is not shown, or another number that would give one away.",
    "0": "None. Nought is shown as it is, unless it would give a hidden number away.",
    NOT_AVAILABLE: "The number is not available.",
}
COUNTS = {"flow": "What happened in the period (flow).", "stock": "How things stood on the last day of the period (stock)."}


def context(
    figures: Sequence[Figure], home: Home, period_from: date | None, period_to: date | None, today: date, left_out: int
) -> dict[str, Any]:
    """The values of `templates/board_report.docx`.

    figures   as they may be shown, in the order of the report
    period    both days belong to it; None where there is no limit
    left_out  how many forms could not be counted because they have errors
    """
    return {
        "panel": {"name": home.profile.panel.name, "full_name": home.profile.panel.full_name, "authority": home.profile.panel.authority},
        "board": _board(home),
        "title": title(home),
        "marking": home.profile.documents.report_marking.upper(),
        "period": period(period_from, period_to),
        "made_on": show_date(today),
        "left_out": masked(left_out),
        "symbols": [{"symbol": symbol, "meaning": meaning} for symbol, meaning in SYMBOLS.items()],
        "rules": list(RULES),
        "themes": [
            {"title": theme, "figures": [_figure(figure) for figure in group]}
            for theme, group in groupby(figures, key=lambda figure: figure.definition.theme)
        ],
    }


def must_show(figures: Iterable[Figure]) -> list[str]:
    """What the finished report is proved to show: the heading of every figure."""
    return [_heading(figure) for figure in figures]


def title(home: Home) -> str:
    """The title of the report, also of the file: "MASE: report to the … Board"."""
    return f"{home.profile.panel.name}: report to the {home.profile.panel.board}"


def period(period_from: date | None, period_to: date | None) -> str:
    """The period in words."""
    if period_from and period_to:
        return f"{show_date(period_from)} to {show_date(period_to)}"
    if period_from:
        return f"From {show_date(period_from)}"
    return f"Up to {show_date(period_to)}" if period_to else "All referrals handed in"


def _board(home: Home) -> dict[str, str]:
    panel = home.profile.panel
    return {"name": panel.board, "group": panel.board_group, "through": panel.reports_through}


def _heading(figure: Figure) -> str:
    return f"{figure.id}. {figure.title}"


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "heading": _heading(figure),
        "what": figure.definition.by,
        "unit": figure.columns[0],
        "rows": [_row(row) for row in figure.rows],
        "total": [_row(figure.total)] if figure.total else [],
        "in_percent": any(row.cells[0].percent for row in figure.rows),
        "numerator": figure.definition.numerator,
        "denominator": figure.definition.denominator,
        "counts": COUNTS[figure.definition.counts],
        "notes": [note for note in (figure.note, figure.definition.note) if note],
    }


def _row(row: Row) -> dict[str, str]:
    """A row with its first number; a percentage that isn't shown reads as hidden, so that no cell of the table is empty."""
    cell = row.cells[0]
    return {"label": row.label, "number": cell.shown, "percent": cell.percent or HIDDEN}
