"""How the cells of the answer sheet look: calm colours, boxed answers, hints smaller and grey."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from mase_docs.blanks.colours import BLUE, FAINT, GREY, INK, NAVY, PALE, WHITE

FONT = "Arial"
LINE_COLOUR, RULE_COLOUR = "7F93A2", "D5DEE4"
AMBER, AMBER_INK = "FFF3D1", "7A4300"


@dataclass(frozen=True, slots=True)
class Look:
    """`boxed`: a frame all round (an answer); `ruled`: only a thin line above (what divides one question from the next)."""

    size: float = 10
    bold: bool = False
    italic: bool = False
    ink: str = INK
    fill: str | None = None
    boxed: bool = False
    ruled: bool = False
    across: str = "left"
    down: str = "center"
    wrap: bool = True
    shrink: bool = False
    indent: int = 0
    number_format: str = "General"
    locked: bool = True


TITLE = Look(size=15, bold=True, ink=WHITE, fill=NAVY, wrap=False, indent=1)
STAMP = Look(size=9, ink=WHITE, fill=NAVY, across="right", wrap=False, indent=1)
INTRO = Look(size=10, fill=PALE, indent=1)
BAR = Look(size=12, bold=True, ink=WHITE, fill=BLUE, wrap=False, indent=1)
BAR_HINT = Look(size=9, ink=GREY, italic=True, indent=1)
LABEL = Look(bold=True, ruled=True, indent=1)
HINT = Look(size=9, ink=GREY, ruled=True, indent=1)
RULED = Look(ruled=True)
STATUS = Look(size=8.5, bold=True, ink=AMBER_INK, across="center", ruled=True)
STATUS_IF = Look(size=8.5, ink=GREY, across="center", ruled=True)
HEADING = Look(size=9, bold=True, fill=PALE, boxed=True, across="center")
ROW_LABEL = Look(size=9, ink=INK, across="right", indent=1)
OPTION = Look(size=9.5, boxed=True, fill=FAINT, indent=1)
ANSWER = Look(boxed=True, fill=WHITE, indent=1, locked=False, number_format="@")
LONG_ANSWER = Look(boxed=True, fill=WHITE, indent=1, down="top", locked=False, number_format="@")
CELL = Look(size=9, boxed=True, fill=WHITE, locked=False, number_format="@")
TICK = Look(boxed=True, bold=True, fill=WHITE, across="center", wrap=False, locked=False, number_format="@")


def put_on(cell: Cell, look: Look) -> None:
    """Gives one cell a look."""
    cell.font = Font(name=FONT, size=look.size, bold=look.bold, italic=look.italic, color=look.ink)
    # indent works only with a side named, so `across` is never left to the program
    cell.alignment = Alignment(
        horizontal=look.across, vertical=look.down, wrap_text=look.wrap and not look.shrink, shrink_to_fit=look.shrink, indent=look.indent
    )
    cell.border = _border(look)
    cell.protection = Protection(locked=look.locked)
    cell.number_format = look.number_format
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=look.fill)


def _border(look: Look) -> Border:
    side = Side("thin", color=LINE_COLOUR)
    if look.boxed:
        return Border(left=side, right=side, top=side, bottom=side)
    return Border(top=Side("thin", color=RULE_COLOUR)) if look.ruled else Border()
