"""Makes templates/action_log.docx, the same bytes each time: python3 docs/developing/make_action_log_template.py

Like make_templates.py, from which it has its styles. What the template may show stands in mase_docs/documents/action_log.py.
"""

from __future__ import annotations

from pathlib import Path

from make_subject_access_template import _on_its_side
from make_templates import ROOT, Paper, paper, save

COLUMNS = {
    "number": ("No.", 2.4), "about": ("Case or theme", 2.9), "action": ("Action", 4.4), "agency": ("Lead agency", 2.6),
    "lead_person": ("Lead person", 2.1), "due": ("Due", 2.5), "status": ("Status", 2.7), "told": ("Evidence, or why not", 3.0),
    "carried": ("Carried", 1.7), "overdue": ("Days late", 1.4),
}  # fmt: skip


def action_log() -> Paper:
    made = paper("Action log", top=("{{ title }} · {{ made_on }}", "{{ copy }}"))
    _on_its_side(made)
    made.text("{{ title }}", "Title")
    made.text("{{ panel_in_full }}, {{ authority }}", "Subtitle")
    made.facts(("Made on", "{{ made_on }}"), [("Shown", "{{ shown }}"), ("How many", "{{ count }}")], "The log")
    made.heading("Actions", 1)
    made.tag("if not actions")
    made.text("There is no action to show.")
    made.tag("endif")
    made.tag("if actions")
    made.table(
        tuple(head for head, _ in COLUMNS.values()), tuple(width for _, width in COLUMNS.values()), "Actions",
        tuple("{{ action." + name + " }}" for name in COLUMNS), loop="for action in actions",
    )  # fmt: skip
    made.tag("endif")
    return made


def make(folder: Path) -> None:
    save(action_log(), "Action log", "action_log.docx", folder)


if __name__ == "__main__":
    make(ROOT / "templates")
