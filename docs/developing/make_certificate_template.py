"""Makes templates/certificate.docx, the same bytes each time: python3 docs/developing/make_certificate_template.py

Like make_templates.py, from which it has its styles. What the template may show stands in mase_docs/documents/certificate.py.
"""

from __future__ import annotations

from pathlib import Path

from docx.shared import Pt
from make_templates import ROOT, Look, Paper, _style, paper, save


def certificate() -> Paper:
    made = paper(
        "Certificate of disposal", top=("{{ title }}", "{{ on }}"), foot="No name, no date of birth and no answer is in this paper"
    )
    _style(made.document, "List Bullet", Look(11, after=3, line=1.1))
    made.text("{{ title }}", "Title")
    made.text("{{ panel_in_full }}, {{ authority }}", "Subtitle")
    made.facts(
        ("Disposed of on", "{{ on }}"),
        [
            ("Because", "{{ because }}"),
            ("Approved by", "{{ approved_by }}"),
            ("Done by", "{{ done_by }}"),
            ("Signed", "…"),
        ],
        "The disposal",
    )
    made.tag("for record in records")
    made.heading("{{ record.references }}", 1)
    made.facts(("Rule", "{{ record.rule }}"), [("From the years", "{{ record.years }}")], "The record")
    made.text("These went:", "Lead-in")
    made.document.paragraphs[-1].paragraph_format.space_before = Pt(8)
    made.table(
        ("What was removed", "How many"), (13.6, 3.4), "What was removed", ("{{ count.what }}", "{{ count.number }}"),
        loop="for count in record.counts",
    )  # fmt: skip
    made.tag("endfor")
    made.heading("What is not gone by this", 1)
    made.tag("for line in still_there")
    made.text("{{ line }}", "List Bullet")
    made.tag("endfor")
    made.heading("How it can be proved", 1)
    made.text(
        "Row {{ seq }} of the register's history says all this and goes by the hash below; {{ emptied }} older rows were emptied of what "
        "they told and still stand in the chain. mase-docs register verify finds the history whole."
    )
    made.text("{{ hash }}")
    return made


def make(folder: Path) -> None:
    save(certificate(), "Certificate of disposal", "certificate.docx", folder)


if __name__ == "__main__":
    make(ROOT / "templates")
