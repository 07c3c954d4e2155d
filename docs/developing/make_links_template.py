"""Makes templates/links.docx, the same bytes each time: python3 docs/developing/make_links_template.py

Like make_board_template.py; what the template may show stands in mase_docs/documents/links_paper.py.
"""

from __future__ import annotations

from pathlib import Path

from make_templates import ROOT, Look, Paper, _style, paper, save

STYLES = {"Picture": Look(11, before=4, after=8)}
READ = (
    "Each shape is a case or what cases have in common, and says which. Each line says how two of them are linked and how sure that is;"
    " read it from its start to its arrow. What only one case names is not shown. The tables under a picture have the same facts in words."
    " The picture of a large group is small on paper: enlarge it on the screen."
)


def links() -> Paper:
    made = paper("Links between cases", top=("{{ title }}", "{{ made_on }}"))
    for name, look in STYLES.items():
        _style(made.document, name, look)
    _front(made)
    made.tag("for group in groups")
    _group(made)
    made.tag("endfor")
    _alone(made)
    return made


def _front(made: Paper) -> None:
    made.text("{{ title }}", "Title")
    made.text("{{ panel.full_name }}, {{ panel.authority }}", "Subtitle")
    made.facts(
        ("Made on", "{{ made_on }}"),
        [
            ("Cases looked at", "{{ number_of_cases }}"),
            ("Groups of linked cases", "{{ number_of_groups }}"),
            ("Cases in these groups", "{{ number_of_linked_cases }}"),
        ],
        "The paper",
    )
    made.tag("if groups")
    made.heading("How to read the pictures", 1)
    made.text(READ)
    made.tag("endif")
    made.tag("if not groups")
    made.text("No two of these cases are known to be linked.", "Narrative")
    made.tag("endif")


def _group(made: Paper) -> None:
    made.heading("{{ group.heading }}", 1)
    made.text("{{ group.in_short }}", "Lead-in")
    made.text("{{ group.picture }}", "Picture")
    made.heading("Cases", 2)
    made.table(
        ("Case", "Status"), (8.5, 8.5), "Cases of the group", ("{{ case.label }}", "{{ case.status }}"), loop="for case in group.cases"
    )
    made.heading("Facts", 2)
    made.table(
        ("What joins them", "Fact", "How sure", "Who says so"), (4.2, 7.4, 2.4, 3.0), "Facts of the group",
        ("{{ fact.thing }}", "{{ fact.words }}", "{{ fact.sure }}", "{{ fact.sources }}"), loop="for fact in group.facts",
    )  # fmt: skip


def _alone(made: Paper) -> None:
    made.tag("if alone")
    made.heading("Linked with no other case", 1)
    made.table(
        ("Case", "Status"), (8.5, 8.5), "Cases linked with no other", ("{{ case.label }}", "{{ case.status }}"), loop="for case in alone"
    )
    made.tag("endif")


def make(folder: Path) -> None:
    save(links(), "Links between cases", "links.docx", folder)


if __name__ == "__main__":
    make(ROOT / "templates")
