"""Makes templates/extract.docx, the same bytes each time: python3 docs/developing/make_extract_template.py

Like make_templates.py, from which it has its styles. What the template may show stands in mase_docs/documents/extract.py.
"""

from __future__ import annotations

from pathlib import Path

from make_templates import ROOT, Paper, paper, save

LEFT_OUT = (
    "This copy shows the cases that {{ agency }} works with or was asked to act on, what {{ agency }} itself shared, what the panel decided"
    " and what {{ agency }} is to do. What other agencies shared and are to do is left out, and so are their cases."
)
ACTIONS = (
    ("No.", "Action", "Lead person", "Due"), (2.4, 8.4, 3.4, 2.8), "Actions of the agency",
    ("{{ action.number }}", "{{ action.action }}", "{{ action.lead_person }}", "{{ action.due }}"),
)  # fmt: skip


def extract() -> Paper:
    made = paper("Copy of the minutes", top=("{{ running }}", "{{ copy }}"), foot="Not to be copied or passed on")
    _front(made)
    _attendance(made)
    made.heading("Cases", 1)
    made.tag("if not cases")
    made.text("No case of {{ agency }} was heard at this meeting.")
    made.tag("endif")
    made.tag("for case in cases")
    _case(made)
    made.tag("endfor")
    _themes(made)
    _outstanding(made)
    return made


def _front(made: Paper) -> None:
    made.text("{{ title }}", "Title")
    made.text("{{ panel_in_full }}, {{ authority }}", "Subtitle")
    made.facts(
        ("Meeting", "{{ meeting_date }}"),
        [
            ("Room or online link", "{{ venue }}"),
            ("Chair", "{{ chair }}"),
            ("Minutes taken by", "{{ minute_taker }}"),
            ("Version", "{{ version }}"),
            ("Copy made on", "{{ prepared }}"),
            "if keep_until", ("To be deleted by", "{{ keep_until }}"), "endif",
        ],
        "The meeting",
    )  # fmt: skip
    made.said("In this copy", "{{ summary }}")
    made.text(LEFT_OUT)
    made.heading("Confidentiality", 1)
    made.text("{{ confidentiality }}")


def _attendance(made: Paper) -> None:
    made.heading("Who attended", 1)
    made.tag("if not present")
    made.text("The minutes do not say who attended.")
    made.tag("endif")
    made.tag("if present")
    made.table(
        ("Agency", "Attendance", "Name"), (6.2, 5.8, 5.0), "Who attended",
        ("{{ one.agency }}", "{{ one.attendance }}", "{{ one.name }}"), loop="for one in present",
    )  # fmt: skip
    made.tag("endif")
    made.tag("if observers")
    made.heading("Observers", 2)
    made.table(("Name", "From"), (8.5, 8.5), "Observers", ("{{ one.name }}", "{{ one.agency }}"), loop="for one in observers")
    made.tag("endif")


def _case(made: Paper) -> None:
    made.heading("{{ case.heading }}", 2)
    made.facts(
        ("{{ case.label }}", "At this meeting"),
        [
            ("Heard as", "{{ case.heard_as }}"),
            ("Decision", "{{ case.decision }}"),
            "if case.reasons", ("Reasons", "{{ case.reasons }}"), "endif",
            "if case.category_review", ("Review of the category", "{{ case.category_review }}"), "endif",
            ("Review on", "{{ case.review_on }}"),
        ],
        "What was decided",
    )  # fmt: skip
    made.heading("What {{ agency }} shared", 3)
    made.tag("if case.information")
    made.text("{{ case.information }}", "Narrative")
    made.tag("endif")
    made.tag("if not case.information")
    made.text("Nothing is recorded.")
    made.tag("endif")
    _actions(made, "case")


def _actions(made: Paper, of: str) -> None:
    """The agency's own actions in a case or theme."""
    made.heading("Actions of {{ agency }}", 3)
    made.tag(f"if {of}.actions")
    made.table(*ACTIONS, loop=f"for action in {of}.actions")
    made.tag("endif")
    made.tag(f"if not {of}.actions")
    made.text("None was set at this meeting.")
    made.tag("endif")


def _themes(made: Paper) -> None:
    made.tag("if themes")
    made.heading("Places, schools and groups", 1)
    made.tag("for theme in themes")
    made.heading("{{ theme.heading }}", 2)
    made.facts(
        ("{{ theme.kind }}", "At this meeting"),
        [("Decision", "{{ theme.decision }}"), ("Review on", "{{ theme.review_on }}")],
        "What was decided",
    )
    _actions(made, "theme")
    made.tag("endfor")
    made.tag("endif")


def _outstanding(made: Paper) -> None:
    made.heading("All that {{ agency }} has still to do", 1)
    made.tag("if outstanding")
    made.text("Of this meeting and of those before. Tell the coordinator when an action is done, or why it cannot be.", "Lead-in")
    made.table(
        ("No.", "Case or place", "Action", "Lead person", "Due", "Status"), (2.4, 2.9, 4.3, 2.5, 2.6, 2.3), "Outstanding actions",
        tuple("{{ action." + name + " }}" for name in ("number", "about", "action", "lead_person", "due", "status")),
        loop="for action in outstanding",
    )  # fmt: skip
    made.tag("endif")
    made.tag("if not outstanding")
    made.text("Nothing is outstanding.")
    made.tag("endif")


def make(folder: Path) -> None:
    save(extract(), "Copy of the minutes", "extract.docx", folder)


if __name__ == "__main__":
    make(ROOT / "templates")
