"""Makes templates/subject_access.docx, the same bytes each time: python3 docs/developing/make_subject_access_template.py

Like make_templates.py, from which it has its styles. What the template may show stands in mase_docs/documents/subject_access.py.
"""

from __future__ import annotations

from pathlib import Path

from docx.enum.section import WD_ORIENT
from docx.shared import Cm
from make_templates import ROOT, Look, Paper, _style, paper, save

SIDE = 25.7
STYLES = {"List Bullet": Look(11, after=3, line=1.1), "Source": Look(10, after=4, colour="404040", keep=True)}
DECISION = "Decision: disclose / withhold / exempt, why"


def subject_access() -> Paper:
    made = paper("Subject access", top=("{{ title }}", "Prepared on {{ made_on }}"), foot="For review before anything is disclosed")
    _on_its_side(made)
    for name, look in STYLES.items():
        _style(made.document, name, look)
    _front(made)
    made.tag("for section in sections")
    made.heading("{{ section.title }}", 1)
    made.tag("if section.lead")
    made.text("{{ section.lead }}", "Lead-in")
    made.tag("endif")
    made.tag("for entry in section.entries")
    _entry(made)
    made.tag("endfor")
    made.tag("endfor")
    return made


def _on_its_side(made: Paper) -> None:
    section = made.document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21.0)
    for line in (section.header.paragraphs[1], section.footer.paragraphs[0]):
        for stop in list(line.paragraph_format.tab_stops):
            stop.position = Cm(SIDE)


def _front(made: Paper) -> None:
    made.text("{{ title }}", "Title")
    made.text("{{ authority }}", "Subtitle")
    made.facts(
        ("Asked for by", "{{ reference }}"),
        [
            ("Cases", "{{ references }}"),
            ("Prepared on", "{{ made_on }}"),
            ("Prepared by", "{{ made_by }}"),
            ("Lines to decide on", "{{ count }}"),
            ("Reviewed by, and when", "…"),
        ],
        "The paper",
    )
    made.heading("Before you begin", 1)
    made.tag("for notice in notices")
    made.text("{{ notice }}", "List Bullet")
    made.tag("endfor")
    made.tag("for warning in warnings")
    made.text("{{ warning }}", "Warning")
    made.tag("endfor")


def _entry(made: Paper) -> None:
    made.heading("{{ entry.heading }}", 2)
    made.text("{{ entry.source }}", "Source")
    made.table(
        ("What", "What is recorded", "May be exempt", DECISION), (5.2, 9.0, 4.7, 6.8), "What is recorded, and the decision on it",
        ("{{ fact.what }}", "{{ fact.value }}", "{{ fact.marks }}", ""), loop="for fact in entry.facts",
    )  # fmt: skip


def make(folder: Path) -> None:
    save(subject_access(), "Subject access", "subject_access.docx", folder)


if __name__ == "__main__":
    make(ROOT / "templates")
