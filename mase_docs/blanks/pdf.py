"""The blank PDF form: laid out from the definition, drawn with reportlab, given its fields and tags with pypdf."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from mase_docs.blanks import wording
from mase_docs.blanks.colours import BLUE, GREY, INK
from mase_docs.blanks.pdf_page import ROOM, WIDTH, Drawn, Edges, draw
from mase_docs.blanks.pdf_questions import Asker
from mase_docs.blanks.pdf_repeats import repeat
from mase_docs.blanks.pdf_rows import Grid, Question
from mase_docs.blanks.pdf_sheet import Shape, Strip, Tag, Words, pages
from mase_docs.blanks.pdf_type import BOLD, Style
from mase_docs.blanks.prefilled import NO_ANSWERS, Answers
from mase_docs.definition.form import Field, Form, Section
from mase_docs.definition.home import Home

if TYPE_CHECKING:
    from pypdf import PdfWriter

    from mase_docs.blanks.pdf_widgets import Widgets

TITLE, INTRO, BAR, SECTION_HINT = Style(16, BOLD, INK), Style(9, ink=INK), Style(10.5, BOLD, "FFFFFF"), Style(8.5, ink=GREY)
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def build(form: Form, home: Home, answers: Answers = NO_ANSWERS, whose: str = "") -> bytes:
    """The blank form of a definition as a fillable, tagged PDF; the same bytes every time.

    Every slot of `home.slots(form, "pdf")` is a field of that name, and nothing else is (but the hidden form_id and form_version).
    What `answers` and `whose` are is said in prefilled.py.
    """
    document = Tag("Document")
    set_out = pages(_strips(form, home, document), ROOM)
    title = wording.titled(f"{form.title} ({form.stamp})", whose)
    plain, drawn = draw(set_out, Edges(wording.marking(form), form.stamp, wording.copy_line(form, whose)), title, form.language)
    return _finished(plain, drawn, document, form, title, lambda made: _fill_in(made, form, home, answers))


def _fill_in(made: Widgets, form: Form, home: Home, answers: Answers) -> None:
    from mase_docs.blanks import pdf_prefilled

    pdf_prefilled.fill_in(made, form, home, answers)


def _strips(form: Form, home: Home, document: Tag) -> Iterator[Strip]:
    yield from _opening(form, document)
    ask = Asker(form, home, ROOM - 120)
    for section in form.section:
        fields = [field for field in section.field if field.asked and "pdf" in field.media]
        if fields:
            part = document.add("Sect")
            yield from _section_head(section, part)
            yield from _questions(ask, fields, part)


def _questions(ask: Asker, fields: list[Field], part: Tag) -> Iterator[Strip]:
    for repeats, run in groupby(fields, key=lambda field: field.type == "repeat"):
        asked: list[Question] = [(field, list(ask.home.slots_of(field, "pdf"))) for field in run]
        if repeats:
            for field, slots in asked:
                yield from repeat(ask, field, slots, WIDTH, part)
        else:
            yield from Grid(WIDTH).rows(ask, asked, part)


def _opening(form: Form, document: Tag) -> Iterator[Strip]:
    yield _paragraph(form.title, TITLE, document.add("H1"), 4)
    if form.intro:
        yield _paragraph(form.intro, INTRO, document.add("P"), 4)


def _paragraph(text: str, style: Style, tag: Tag, below: float) -> Strip:
    words = Words(0, 0, tuple(style.wrap(text, WIDTH)), style, tag)
    return Strip(words.height + below, [words], keep=True)


def _section_head(section: Section, part: Tag) -> Iterator[Strip]:
    words = Words(6, 3.6, tuple(BAR.wrap(section.label, WIDTH - 12)), BAR, part.add("H2"))
    yield Strip(words.height + 9.4, [Shape(0, 2, WIDTH, words.height + 3.4, BLUE), words], keep=True)
    if section.hint:
        yield _paragraph(section.hint, SECTION_HINT, part.add("P"), 4)


def _finished(plain: bytes, drawn: Drawn, document: Tag, form: Form, title: str, fill: Callable[[Widgets], None]) -> bytes:
    from pypdf import PdfWriter

    from mase_docs.blanks import pdf_tags, pdf_widgets

    writer = PdfWriter(clone_from=BytesIO(plain))
    widgets = pdf_widgets.add(writer, drawn, form.id, form.version)
    fill(widgets)
    pdf_tags.add(writer, document, drawn, widgets)
    _describe(writer, title, form.language)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _describe(writer: PdfWriter, title: str, language: str) -> None:
    """The language and title, where viewers, screen readers and PDF/UA look for them."""
    from mase_docs.blanks.pdf_objects import Name, plain_stream, put

    words = XMP.format(title=escape(title), language=escape(language)).encode()
    metadata = plain_stream(writer, words, Type=Name("Metadata"), Subtype=Name("XML"))
    put(writer.root_object, Lang=language, Metadata=metadata, ViewerPreferences={"DisplayDocTitle": True})
    writer.metadata = {"/Title": title, "/Producer": "mase_docs"}
    writer.pdf_header = "%PDF-1.7"
