"""Makes templates/board_report.docx, the same bytes each time: python3 docs/developing/make_board_template.py

Like make_templates.py, from which it has its styles, it spares us doing by hand what could be done in Word. What the template may
show stands in mase_docs/documents/report.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm
from make_templates import ROOT, Look, Paper, _style, _write, paper, save

LABEL, NUMBER = 11.0, 3.0
STYLES = {
    "Figure row": Look(10, before=1, after=1, keep=True),
    "Figure total": Look(10, before=1, after=1, bold=True, keep=True),
    "Definition": Look(9, before=2, colour="404040"),
    "List Bullet": Look(11, after=3, line=1.1),
}


def board_report() -> Paper:
    made = paper("Board report", top=("{{ title }}", "{{ period }}"), foot="{{ panel.name }}, {{ panel.authority }}")
    for name, look in STYLES.items():
        _style(made.document, name, look)
    _front(made)
    _how_to_read(made)
    made.tag("for theme in themes")
    made.heading("{{ theme.title }}", 1)
    made.tag("for figure in theme.figures")
    _figure(made)
    made.tag("endfor")
    made.tag("endfor")
    return made


def _front(made: Paper) -> None:
    made.text("{{ title }}", "Title")
    made.text("{{ panel.full_name }}, {{ panel.authority }}", "Subtitle")
    made.facts(
        ("Period", "{{ period }}"),
        [
            "if board.group", ("For", "{{ board.group }}"), "endif",
            "if board.through", ("Through", "{{ board.through }}"), "endif",
            ("Made on", "{{ made_on }}"),
            ("Forms with errors, left out", "{{ left_out }}"),
        ],
        "The report",
    )  # fmt: skip


def _how_to_read(made: Paper) -> None:
    made.heading("How to read the figures", 1)
    made.text("No child, school or place is named in this report. Small numbers are hidden, because they could tell who is meant.")
    made.table(
        ("Shown", "Meaning"),
        (2.0, 15.0),
        "What the signs mean",
        ("{{ symbol.symbol }}", "{{ symbol.meaning }}"),
        loop="for symbol in symbols",
    )
    made.heading("How they are counted", 2)
    made.tag("for rule in rules")
    made.text("{{ rule }}", "List Bullet")
    made.tag("endfor")


def _figure(made: Paper) -> None:
    made.heading("{{ figure.heading }}", 2)
    made.tag("if figure.rows and figure.in_percent")
    _numbers(made, ("", "{{ figure.unit }}", "Per cent"), ("{{ row.label }}", "{{ row.number }}", "{{ row.percent }}"))
    made.tag("endif")
    made.tag("if figure.rows and not figure.in_percent")
    _numbers(made, ("", "{{ figure.unit }}"), ("{{ row.label }}", "{{ row.number }}"))
    made.tag("endif")
    made.tag("if not figure.rows")
    made.text("There are none in this period.")
    made.tag("endif")
    for label, tag in (("Counted", "{{ figure.numerator }}"), ("Out of", "{{ figure.denominator }}"), ("As", "{{ figure.counts }}")):
        made.said(label, tag)
        made.document.paragraphs[-1].style = "Definition"
        made.document.paragraphs[-1].paragraph_format.keep_with_next = label != "As"
    made.tag("for note in figure.notes")
    made.text("{{ note }}", "Definition")
    made.tag("endfor")


def _numbers(made: Paper, heads: tuple[str, ...], row: tuple[str, ...]) -> None:
    """The table of a figure: a head that is repeated, its rows, its total in bold."""
    table = made._table(("{{ figure.what }}", *heads[1:]), (LABEL, *[NUMBER] * (len(heads) - 1)), "The numbers of this figure")
    _to_the_right(table.rows[0].cells[1:])
    for words, style in (("figure.rows", "Figure row"), ("figure.total", "Figure total")):
        _write(made._row(table)[0], "{%tr for row in " + words + " %}", "Template tag")
        cells = made._row(table)
        for cell, content in zip(cells, row, strict=True):
            _write(cell, content, style)
        _to_the_right(cells[1:])
        _write(made._row(table)[0], "{%tr endfor %}", "Template tag")


def _to_the_right(cells: Any) -> None:
    for cell in cells:
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        cell.paragraphs[0].paragraph_format.right_indent = Cm(0.3)


def make(folder: Path) -> None:
    save(board_report(), "Board report", "board_report.docx", folder)


if __name__ == "__main__":
    make(ROOT / "templates")
