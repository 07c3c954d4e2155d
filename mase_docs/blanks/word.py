"""The blank Word form: tables of labels and content controls, everything else locked."""

from __future__ import annotations

from collections.abc import Iterator

from mase_docs.blanks import wording
from mase_docs.blanks.word_look import styles
from mase_docs.blanks.word_package import package
from mase_docs.blanks.word_questions import WIDTH, Asker, section
from mase_docs.blanks.word_xml import paragraph, root
from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from mase_docs.word_xml import Node, R, run, w

HOW_TO = (
    "Click on grey words and type, or choose from the list that opens; click on a box to tick it. Everything else is locked. "
    "Where it says “Required” an answer is needed: if you don't know, write Not known."
)
PAGE = (11906, 16838)
THE_END = "This is the end of the form. Please save it and send it as the first page says."
EDGE = 540
"""From the edge of the page to the marking."""


def build(form: Form, home: Home) -> bytes:
    """The blank of a form as .docx; the same bytes every time for the same definition.

    Every slot of `home.slots(form, "docx")` is a content control with that tag, and nothing else is. No macros, no author.
    """
    marking = wording.marking(form)
    parts = {
        "word/document.xml": _document(form, home),
        "word/styles.xml": styles(form.language),
        "word/header1.xml": root("hdr", paragraph("Header", run(marking))),
        "word/footer1.xml": root("ftr", _foot(form.stamp, marking)),
    }
    return package(parts, form)


def _document(form: Form, home: Home) -> bytes:
    numbers = {slot.name: number for number, slot in enumerate(home.slots(form, "docx"), 1)}
    return root("document", w("body", *_body(Asker(form, home, numbers)), _page()))


def _body(ask: Asker) -> Iterator[Node]:
    yield paragraph("Title", run(ask.form.title))
    for text in filter(None, (" ".join(ask.form.intro.split()), HOW_TO)):
        yield paragraph("Intro", run(text))
    for part in ask.form.section:
        fields = [field for field in part.field if field.asked and "docx" in field.media]
        if fields:
            yield from section(ask, part, fields)
    # a page may not end in a table: Word would put an empty paragraph after it
    yield paragraph("TheEnd", run(THE_END))


def _page() -> Node:
    side = (PAGE[0] - WIDTH) // 2
    margins = w("pgMar", top=1077, right=side, bottom=1020, left=side, header=EDGE, footer=EDGE, gutter=0)
    ends = [_reference("header", "rIdHeader"), _reference("footer", "rIdFooter")]
    return w("sectPr", *ends, w("pgSz", w=PAGE[0], h=PAGE[1]), margins)


def _reference(which: str, relation: str) -> Node:
    made = w(f"{which}Reference", type="default")
    made.set(f"{{{R}}}id", relation)
    return made


def _foot(stamp: str, marking: str) -> Node:
    """Stamp, marking and page number at the left, the middle and the right."""
    tab = w("r", w("tab"))
    foot = paragraph(
        "Footer", run(stamp), tab, run(marking, "Marking"), w("r", w("tab")), run("Page "), _field("PAGE"), run(" of "), _field("NUMPAGES")
    )
    foot[0].append(w("tabs", w("tab", val="center", pos=WIDTH // 2), w("tab", val="right", pos=WIDTH)))
    return foot


def _field(code: str) -> Node:
    return w("fldSimple", run("1"), instr=f" {code} ")
