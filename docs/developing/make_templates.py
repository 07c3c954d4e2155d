"""Makes templates/agenda.docx and templates/minutes.docx, the same bytes each time: python3 docs/developing/make_templates.py

The templates are ordinary Word documents: open one, change what you like, save it. This script only spares us doing that by hand,
and keeps every table, heading and margin alike. What a template may show stands in mase_docs/documents/catalogue.py.
"""

from __future__ import annotations

import sys
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from mase_docs.merge.normalise import normalise  # noqa: E402
from mase_docs.model.minutes_layout import CASE, ITEM, MEETING, TABLES, THEME  # noqa: E402

FONT, INK, NAVY, GREY, PALE = "Arial", "000000", "1F3864", "595959", "E9ECF2"
WIDTH, TURNED = 17.0, 25.7
"""Between the margins of an A4 page, upright and turned."""
COPY = "Copy ……  issued to ……………………"


@dataclass(frozen=True)
class Look:
    """How a style looks: size, space before and after in points; kept with what follows, or its lines with each other; a rule below."""

    size: int
    before: int = 0
    after: int = 0
    line: float = 1.0
    bold: bool = False
    colour: str = INK
    keep: bool = False
    whole: bool = False
    rule: bool = False
    centred: bool = False


STYLES = {
    "Normal": Look(11, after=6, line=1.1),
    "Title": Look(20, after=2, bold=True, colour=NAVY, keep=True),
    "Subtitle": Look(11, after=10, colour=GREY),
    "Heading 1": Look(14, before=18, after=6, bold=True, colour=NAVY, keep=True, rule=True),
    "Heading 2": Look(12, before=14, after=4, bold=True, colour=NAVY, keep=True),
    "Heading 3": Look(11, before=10, after=3, bold=True, keep=True),
    "Narrative": Look(11, before=4, after=6, line=1.1),
    "Lead-in": Look(11, after=6, line=1.1, keep=True),
    "Warning": Look(11, before=2, after=6, bold=True),
    "Table text": Look(10, before=2, after=2, whole=True),
    "Table label": Look(10, before=2, after=2, bold=True, whole=True),
    "Table head": Look(10, before=2, after=2, bold=True, keep=True),
    "Template tag": Look(8, colour="7F7F7F"),
    "Marking": Look(11, bold=True, centred=True),
    "Running line": Look(9, colour=GREY),
}
ROOM = "…"
"""What stands where people write: short enough to type over, plain enough to leave."""

TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Papers">
  <w:name w:val="Papers"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>
  <w:tblPr><w:tblBorders>
    <w:top w:val="single" w:sz="8" w:space="0" w:color="{NAVY}"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>
  </w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr>
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/></w:tcPr></w:tblStylePr>
</w:style>"""


@dataclass
class Paper:
    """A template being written."""

    document: Any

    def heading(self, text: str, level: int) -> None:
        self.document.add_paragraph(text, style=f"Heading {level}")

    def text(self, text: str, style: str = "Normal") -> None:
        self.document.add_paragraph(text, style=style)

    def tag(self, words: str) -> None:
        """A tag that stands for its whole paragraph, in grey so that whoever edits the template sees what it is."""
        self.document.add_paragraph("{%p " + words + " %}", style="Template tag")

    def said(self, label: str, tag: str) -> None:
        """A bold label and what it introduces, as one paragraph."""
        paragraph = self.document.add_paragraph(style="Narrative")
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(tag)

    def facts(self, heads: tuple[str, str], rows: list[Any], name: str, together: int = 99) -> None:
        """A table of labels and what belongs to them; its first row is repeated on a new page, and so many rows stay together.
        A row given as text is a tag."""
        table = self._table(heads, (5.0, 12.0), name, first_column=True)
        for number, row in enumerate(rows, 1):
            cells = self._row(table)
            if isinstance(row, str):
                _write(cells[0], "{%tr " + row + " %}", "Template tag")
            else:
                _write(cells[0], row[0], "Table label")
                cells[0].paragraphs[0].paragraph_format.keep_with_next = True if number < min(len(rows), together) else None
                _fill(cells[1], row[1])

    def table(
        self,
        heads: tuple[str, ...],
        widths: tuple[float, ...],
        name: str,
        *rows: tuple[Any, ...],
        loop: str = "",
        blank: int = 0,
        whole: bool = False,
    ) -> None:
        """A table of a head, rows (looped over, where `loop` says so) and blank rows to write in; a `whole` one stands on one page, with
        what follows it."""
        table = self._table(heads, widths, name)
        if loop:
            _write(self._row(table)[0], "{%tr " + loop + " %}", "Template tag")
        for row in rows:
            for cell, content in zip(self._row(table), row, strict=True):
                _fill(cell, content)
                if whole:
                    cell.paragraphs[0].paragraph_format.keep_with_next = True
        if loop:
            _write(self._row(table)[0], "{%tr endfor %}", "Template tag")
        for _ in range(blank):
            self._row(table, height=0.85)

    def turned(self, top: tuple[str, str], foot: str = COPY) -> None:
        """From here on the page lies on its side; the last paragraph is the last of the pages before."""
        section = self._new_section()
        section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21.0)
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        _header(section.header, *top, width=TURNED)
        _footer(section.footer, foot, width=TURNED)

    def upright(self) -> None:
        """From here on the page stands again, with the header and footer of the first pages."""
        section = self._new_section()
        first = self.document.sections[0]
        section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, first.page_width, first.page_height
        for reference in reversed([e for e in first._sectPr if e.tag in (qn("w:headerReference"), qn("w:footerReference"))]):
            section._sectPr.insert(0, deepcopy(reference))

    def _new_section(self) -> Any:
        last = self.document.paragraphs[-1]
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        empty = self.document.paragraphs[-1]._p
        last._p.get_or_add_pPr().append(empty.pPr.sectPr)
        empty.getparent().remove(empty)
        return section

    def _table(self, heads: tuple[str, ...], widths: tuple[float, ...], name: str, first_column: bool = False) -> Any:
        table = self.document.add_table(1, len(heads))
        table.style, table.autofit = "Papers", False
        _look(table, first_column, name)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            _write(cell, head, "Table head")
        _set(table.rows[0]._tr.get_or_add_trPr(), "w:cantSplit", "w:tblHeader")
        return table

    def _row(self, table: Any, height: float = 0) -> list[Any]:
        """A row; its paragraphs stay whole on a page. Told that of the row (w:cantSplit), LibreOffice 7.4 leaves out the rows after it,
        where it stands by chance as the last on its page."""
        row = table.add_row()
        if height:
            row.height = Cm(height)
        for cell, column in zip(row.cells, table.columns, strict=True):
            cell.width = column.width
        return list(row.cells)


@dataclass(frozen=True)
class Lines:
    """Several paragraphs in one cell, each with a style of its own where it is given with one."""

    lines: tuple[str | tuple[str, str], ...]


def _fill(cell: Any, content: Any) -> None:
    if isinstance(content, Lines):
        lines = [
            line if isinstance(line, tuple) else (line, "Template tag" if line.startswith("{%p") else "Table text")
            for line in content.lines
        ]
        _write(cell, *lines[0])
        for line, style in lines[1:]:
            cell.add_paragraph(line, style=style)
    elif isinstance(content, tuple):
        _link(cell.paragraphs[0], *content)
    else:
        _write(cell, content)


def _write(cell: Any, text: str, style: str = "Table text") -> None:
    cell.paragraphs[0].style = style
    cell.paragraphs[0].add_run(text)


def _link(paragraph: Any, text: str, anchor: str) -> None:
    """A link within the document."""
    paragraph.style = "Table text"
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    run = paragraph.add_run(text)
    run.font.color.rgb, run.font.underline = RGBColor.from_string(NAVY), True
    link.append(run._r)
    paragraph._p.append(link)


def _look(table: Any, first_column: bool, name: str) -> None:
    """Which parts of the table style apply, and what a screen reader says of the table."""
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    for attribute in list(look.attrib):
        del look.attrib[attribute]
    look.set(qn("w:val"), "00A0" if first_column else "0020")
    indent = parse_xml(f'<w:tblInd {nsdecls("w")} w:w="85" w:type="dxa"/>')
    properties.insert_element_before(indent, "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption")
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), name)
    look.addnext(caption)


def _set(properties: Any, *names: str) -> None:
    for name in names:
        properties.append(OxmlElement(name))


TOP = ("{{ title }} · {{ meeting_date }}", "{{ copy }}")


def paper(title: str, top: tuple[str, str] = TOP, foot: str = COPY) -> Paper:
    """An empty document of ours: A4, its styles, the marking and the page number on every page.

    top   the line under the marking, left and right
    foot  the line beside the page number
    """
    document = Document()
    body = document.element.body
    for element in list(body)[:-1]:
        body.remove(element)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.6)
    section.header_distance = section.footer_distance = Cm(1.0)
    _styles(document)
    _header(section.header, *top)
    _footer(section.footer, foot)
    _language(document)
    document.core_properties.title = title
    return Paper(document)


def _styles(document: Any) -> None:
    document.styles.element.append(parse_xml(TABLE_STYLE))
    for style in document.styles:
        if style.type == 1 and style.element.rPr is not None:
            _own_font(style.element.rPr)
    for name, look in STYLES.items():
        _style(document, name, look)


def _style(document: Any, name: str, look: Look) -> None:
    style = document.styles[name] if name in document.styles else _new_style(document, name)
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(look.size), look.bold, False
    style.font.color.rgb = RGBColor.from_string(look.colour)
    _own_font(style.element.get_or_add_rPr())
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing, form.keep_with_next = Pt(look.before), Pt(look.after), look.line, look.keep
    if look.whole:
        form.keep_together = True
    if look.centred:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _border(style.element.get_or_add_pPr(), look.rule)


def _new_style(document: Any, name: str) -> Any:
    style = document.styles.add_style(name, 1)
    style.base_style, style.quick_style = document.styles["Normal"], True
    return style


def _own_font(properties: Any) -> None:
    """The font by its name for every script, not by the theme."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        return
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    spacing = properties.find(qn("w:spacing"))
    if spacing is not None:
        properties.remove(spacing)


def _border(properties: Any, rule: bool) -> None:
    old = properties.find(qn("w:pBdr"))
    if old is not None:
        properties.remove(old)
    if rule:
        border = parse_xml(f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="2" w:color="A6A6A6"/></w:pBdr>')
        properties.insert_element_before(border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _header(header: Any, left: str, right: str, width: float = WIDTH) -> None:
    header.paragraphs[0].style = "Marking"
    header.paragraphs[0].add_run("{{ marking }}")
    _running(header.add_paragraph(style="Running line"), left, right, width)


def _footer(footer: Any, left: str, width: float = WIDTH) -> None:
    line = footer.paragraphs[0]
    line.style = "Running line"
    _running(line, left, "Page ", width)
    _field(line, "PAGE")
    line.add_run(" of ")
    _field(line, "NUMPAGES")
    footer.add_paragraph("{{ marking }}", style="Marking")


def _running(paragraph: Any, left: str, right: str, width: float) -> None:
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(width), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{left}\t{right}")


def _field(paragraph: Any, name: str) -> None:
    for kind, content in (("begin", None), (None, f" {name} "), ("separate", None), ("text", "1"), ("end", None)):
        run = paragraph.add_run("1" if kind == "text" else "")
        if kind is None:
            run._r.append(parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve">{content}</w:instrText>'))
        elif kind != "text":
            run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))


def _language(document: Any) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    settings = document.settings.element
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "en-GB")


def save(made: Paper, title: str, name: str, folder: Path) -> None:
    out = BytesIO()
    made.document.save(out)
    (folder / name).write_bytes(normalise(out.getvalue(), title))


EACH_CASE = [
    "if case.handling", ("Take care", "{{ case.handling }}"), "endif",
    "if case.open_questions", ("Still to be put right", "{{ case.open_questions }}"), "endif",
    "if case.why", ("Why it is heard", "{{ case.why }}"), "endif",
    ("Age and sex", "{{ case.age_and_sex }}"),
    ("Concerns", "{{ case.concern_types }}"),
    ("How involved", "{{ case.subject_role }}"),
]  # fmt: skip
LAST_TIME = ['if item.kind == "review_cases"', ("Category last time", "{{ case.category_before }}"), "endif"]
ALSO = [("Model of exploitation", "{{ case.models }}"), ("School or work", "{{ case.school }}")]
PROGRESS = ['if item.kind == "review_cases"', ("Progress since last time", "{{ case.progress }}"), "endif"]

EACH_THEME = [
    "if theme.open_questions", ("Still to be put right", "{{ theme.open_questions }}"), "endif",
    ("What happens", "{{ theme.evidence }}"),
    ("Agencies that know of it", "{{ theme.agencies }}"),
    "if theme.not_involved", ("Agencies not yet involved", "{{ theme.not_involved }}"), "endif",
    "if theme.asked", ("Asked of the panel", "{{ theme.asked }}"), "endif",
    "if theme.owner", ("Owner until the meeting", "{{ theme.owner }}"), "endif",
    "if theme.progress", ("Progress since last time", "{{ theme.progress }}"), "endif",
]  # fmt: skip
LABEL = 4.9
"""The width of a column in which a case's label stands on one line."""
SLOT = Look(9, after=6, colour=GREY, keep=True)
"""How the time of an item looks, beneath its heading."""


def agenda() -> Paper:
    made = paper("Agenda")
    _style(made.document, "Slot", SLOT)
    _front(
        made,
        [("Time", "{{ time }}"), ("Room or online link", "{{ venue }}"), ("Chair", "{{ chair }}"), ("Papers prepared", "{{ prepared }}")],
    )
    _times(made)
    _index(made)
    made.tag("for item in items")
    made.heading("{{ item.number }}. {{ item.title }}", 1)
    _when(made, "item.minutes", "{{ item.minutes }}", "Slot")
    _when(made, "item.empty", "{{ item.empty }}")
    _kind(made, "attendance", _expected)
    _kind(made, "confidentiality", _confidentiality)
    _kind(made, "last_minutes", _to_agree)
    _kind(made, "actions", _outstanding)
    _cases(made, _agenda_case)
    _themes(made, _agenda_theme)
    _tables(made, room=False)
    _kind(made, "figures", _figures)
    made.tag("endfor")
    _left_out(made)
    return made


def minutes() -> Paper:
    made = paper("Minutes")
    places = [(label, "{{ meeting." + ending + " }}") for ending, label in MEETING.items()]
    _front(made, [*places, ("Prepared on", "{{ prepared }}")])
    _index(made)
    made.tag("for item in items")
    made.heading("{{ item.number }}. {{ item.title }}", 1)
    _when(made, "item.empty", "{{ item.empty }}")
    _kind(made, "attendance", _attendance)
    _kind(made, "confidentiality", _statement)
    _kind(made, "last_minutes", _last_minutes)
    _kind(made, "actions", _previous_actions)
    _cases(made, _minutes_case)
    _themes(made, _minutes_theme)
    _tables(made, room=True)
    made.tag("if item.timed")
    for ending, label in ITEM.items():
        made.said(label, "{{ item.slots." + ending + " }}")
    made.tag("endif")
    _kind(made, "figures", _figures)
    made.tag("endfor")
    made.heading("Other actions", 1)
    made.text(
        "Actions that belong to no single case or theme. Each begins with a verb and has one lead agency, one person and one date.",
        "Lead-in",
    )
    _laid_out(made, "actions", "other_actions")
    _left_out(made)
    return made


def _front(made: Paper, rows: list[Any]) -> None:
    made.text("{{ heading }}", "Title")
    made.text("{{ panel_in_full }}, {{ borough }}", "Subtitle")
    made.facts(("Meeting", "{{ meeting_date }}"), rows, "The meeting")
    made.said("In these papers", "{{ received }}")


def _times(made: Paper) -> None:
    """The time by what it is for, and a warning where the meeting is too short for it."""
    made.heading("Time", 1)
    made.table(("What for", "Minutes"), (13.6, 3.4), "Time", ("{{ line.what }}", "{{ line.minutes }}"), loop="for line in times")
    _when(made, "time_warning", "{{ time_warning }}", "Warning")


def _index(made: Paper) -> None:
    made.tag("if index")
    made.heading("Cases in these papers", 1)
    made.table(
        ("Case", "Young person", "New or review", "Category or level", "Minutes"), (5.0, 3.5, 2.6, 4.2, 1.7), "Cases in these papers",
        (("{{ case.label }}", "case"), "{{ case.name }}", "{{ case.status }}", "{{ case.category }}", "{{ case.minutes }}"),
        loop="for case in index",
    )  # fmt: skip
    made.tag("endif")


def _when(made: Paper, condition: str, text: str, style: str = "Normal") -> None:
    made.tag(f"if {condition}")
    made.text(text, style)
    made.tag("endif")


def _kind(made: Paper, kind: str, write: Any) -> None:
    made.tag(f'if item.kind == "{kind}"')
    write(made)
    made.tag("endif")


COLUMNS: dict[str, tuple[float, ...]] = {
    "attendance": (3.6, 3.1, 2.9, 2.9, 2.35, 2.15),
    "observers": (7.0, 7.0, 3.0),
    "previous": (2.4, 3.4, 5.2, 3.1, 3.2, 3.0, 2.3, 3.1),
    "information": (4.2, 4.8, 8.0),
    "actions": (2.4, 6.0, 3.3, 3.1, 2.2),
}
"""The widths of the columns of the tables that people write in."""


def _laid_out(made: Paper, table: str, rows: str) -> None:
    """A table of the minutes as model/minutes_layout.py has it."""
    layout = TABLES[table]
    cells = tuple("{{ row." + column + " }}" for column in layout.heads)
    made.table(tuple(layout.heads.values()), COLUMNS[table], layout.caption, cells, loop=f"for row in {rows}")


def _expected(made: Paper) -> None:
    made.text("Each agency's single point of contact is expected; who can't come names a representative.", "Lead-in")
    made.table(
        ("Agency", "Named contact", "Deputy", "For this meeting"), (6.1, 3.1, 3.0, 4.8), "Who is expected",
        ("{{ agency.name }}", "{{ agency.spoc }}", "{{ agency.deputy }}", "{{ agency.coming }}"), loop="for agency in agencies",
    )  # fmt: skip


def _confidentiality(made: Paper) -> None:
    made.text("{{ confidentiality }}")


def _to_agree(made: Paper) -> None:
    made.text("To agree the minutes of the meeting held on {{ last_meeting }}, and to take matters arising.")


def _outstanding(made: Paper) -> None:
    _when(made, "not from_register", "These papers are made from forms alone: the outstanding actions stand in the last minutes.")
    _when(made, "from_register and not outstanding", "No action is outstanding.")
    made.tag("for agency in outstanding")
    made.heading("{{ agency.agency }}", 2)
    marks = (
        *("{%p if action.status %}", "{{ action.status }}", "{%p endif %}"),
        *("{%p if action.for_chair %}", ("{{ action.for_chair }}", "Table label"), "{%p endif %}"),
    )
    todo = Lines(("{{ action.action }}", *marks))
    made.table(
        ("No.", "Case or theme", "Action", "Lead person", "Due"), (2.4, 3.7, 5.1, 2.6, 3.2), "Outstanding actions of an agency",
        ("{{ action.number }}", "{{ action.about }}", todo, "{{ action.lead_person }}", "{{ action.due }}"),
        loop="for action in agency.actions",
    )  # fmt: skip
    made.tag("endfor")
    _ended(made)


def _ended(made: Paper) -> None:
    made.tag("if ended")
    made.heading("Ended since the last meeting", 2)
    made.table(
        ("No.", "Case or theme", "Action", "Lead agency", "How it ended"), (2.4, 3.6, 4.2, 2.9, 3.9), "Ended since the last meeting",
        ("{{ action.number }}", "{{ action.about }}", "{{ action.action }}", "{{ action.agency }}", "{{ action.ended }}"),
        loop="for action in ended",
    )  # fmt: skip
    made.tag("endif")


def _cases(made: Paper, write: Any) -> None:
    made.tag("for case in item.cases")
    made.heading("{{ case.heading }}", 2)
    _bookmark(made.document.paragraphs[-1], "case")
    write(made)
    made.tag("endfor")


def _bookmark(paragraph: Any, name: str) -> None:
    paragraph._p.insert(1, parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="1" w:name="{name}"/>'))
    paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="1"/>'))


def _agenda_case(made: Paper) -> None:
    made.facts(
        ("{{ case.label }}", "{{ case.status }} · referred {{ case.received }}"),
        [
            *EACH_CASE, ("Category or level", "{{ case.category_now }}"), *LAST_TIME, *ALSO, *PROGRESS,
            ("Agencies involved", "{{ case.agencies_in_detail }}"),
            "if case.shared", ("Shared by agencies", "{{ case.shared }}"), "endif",
            ("Help in place", "{{ case.current_interventions }}"),
            ("Help proposed", "{{ case.proposed_interventions }}"),
            ("Case manager", "{{ case.case_manager }}"),
            ("Presented by", "{{ case.presenter_name }}"),
            ("Linked cases", "{{ case.linked_cases }}"),
            ("Time", "{{ case.minutes }} minutes"),
        ],
        "The case in short", together=8,
    )  # fmt: skip
    made.said("What has happened", "{{ case.reason_for_referral }}")
    made.said("What is in the way", "{{ case.barriers }}")
    made.said("Asked of the panel", "{{ case.ask }}")


def _minutes_case(made: Paper) -> None:
    made.facts(
        ("{{ case.label }}", "{{ case.status }} · referred {{ case.received }}"),
        [
            *EACH_CASE, ("Category or level", "{{ case.slots.category }}"), *LAST_TIME, *ALSO, *PROGRESS,
            ("All involved under 18", "{{ case.peer_on_peer }}"),
            ("Places", "{{ case.places }}"),
            ("Linked cases", "{{ case.linked_cases }}"),
            ("Warning signs", "{{ case.warning_signs }}"),
            ("Police position", "{{ case.police }}"),
            ("Consent and lawful basis", "{{ case.consent }}"),
        ],
        "The case in short", together=8,
    )  # fmt: skip
    made.said("What has happened", "{{ case.reason_for_referral }}")
    made.said("Risks", "{{ case.professional_judgement }}")
    made.said("Strengths", "{{ case.strengths_protective_factors }}")
    made.said("The young person's view", "{{ case.child_views }}")
    made.said("Asked of the panel", "{{ case.ask }}")
    made.heading("Information shared, by agency", 3)
    _laid_out(made, "information", "case.information")
    made.heading("Decision", 3)
    places = [(label, "{{ case.slots." + ending + " }}") for ending, label in CASE.items()]
    made.facts(("{{ case.label }}", "At this meeting"), places, "Decision")
    made.heading("Actions", 3)
    _laid_out(made, "actions", "case.actions")


def _themes(made: Paper, write: Any) -> None:
    made.tag('if item.kind == "trends"')
    made.tag("for theme in item.rows")
    made.heading("{{ theme.name }}", 2)
    write(made)
    made.tag("endfor")
    made.tag("if item.known")
    made.heading("Told by agencies, about no one case", 2)
    made.table(
        ("Agency", "Received", "What they know"), (4.4, 3.0, 9.6), "Told by agencies",
        ("{{ known.agency }}", "{{ known.received }}", "{{ known.information }}"), loop="for known in item.known",
    )  # fmt: skip
    made.tag("endif")
    made.tag("endif")


def _agenda_theme(made: Paper) -> None:
    made.facts(("{{ theme.kind }}", "{{ theme.linked }}"), [*EACH_THEME, ("Time", "{{ theme.minutes }} minutes")], "The theme in short")


def _minutes_theme(made: Paper) -> None:
    places = [(label, "{{ theme.slots." + ending + " }}") for ending, label in THEME.items()]
    made.facts(("{{ theme.kind }}", "{{ theme.linked }}"), [*EACH_THEME, *places], "The theme in short")
    made.heading("Actions", 3)
    _laid_out(made, "actions", "theme.actions")


ITEMS: dict[str, tuple[tuple[str, float, str], ...]] = {
    "out_of_borough": (
        ("Case", 3.6, "label"), ("Placed in", 2.4, "host"), ("Placement", 3.1, "placement"), ("Area told on", 2.2, "told"),
        ("What that area says", 3.7, "liaison"), ("Next contact", 2.0, ""),
    ),
    "cross_border": (("Case", 3.4, "label"), ("Boroughs", 4.2, "boroughs"), ("What is known", 4.9, "detail"), ("Joint work", 4.5, "")),
    "nfa": (("Case", 3.4, "label"), ("NFA on", 2.6, "when"), ("Reason", 4.6, "reason"), ("Owner", 2.8, "owner"), ("Plan", 3.6, "")),
    "harming": (
        ("Case", 3.4, "label"), ("HSB level", 2.8, "level"), ("Interventions", 4.4, "interventions"), ("School", 3.4, "school"),
        ("Safety plan", 3.0, ""),
    ),
    "disruption": (
        ("Case", 3.4, "label"), ("Measure", 3.0, "measure"), ("Person or place", 2.8, "target"), ("Asked for", 2.8, "asked"),
        ("Made", 2.5, "made"), ("Breached", 2.5, "breached"),
    ),
    "panels": (("Case", 3.4, "label"), ("Panel", 4.8, "panel"), ("Last heard", 3.0, "when"), ("Outcome", 5.8, "outcome")),
}  # fmt: skip
"""Item → its table: heads, widths, and what is printed; "" where only the meeting can say."""


def _tables(made: Paper, room: bool) -> None:
    """The tables of the items; with room for what only the meeting can say, or without those columns."""
    for kind, columns in ITEMS.items():
        made.tag(f'if item.kind == "{kind}" and item.rows')
        shown = [column for column in columns if room or column[2]]
        widths = tuple(width for _, width, _ in shown) if room else _widened(shown)
        row = tuple("{{ row." + name + " }}" if name else ROOM for _, _, name in shown)
        made.table(tuple(c[0] for c in shown), widths, shown[1][0], row, loop="for row in item.rows")
        made.tag("endif")


def _widened(columns: list[tuple[str, float, str]]) -> tuple[float, ...]:
    """The widths where a case's label stands on one line, and the other columns share the rest."""
    others = [width for _, width, _ in columns[1:]]
    return (LABEL, *(width * (WIDTH - LABEL) / sum(others) for width in others))


def _figures(made: Paper) -> None:
    made.table(
        ("Figures for the month", "Number"), (13.6, 3.4), "Figures for the month", ("{{ figure.what }}", "{{ figure.number }}"),
        loop="for figure in figures", whole=True,
    )  # fmt: skip
    made.tag("if not_heard")
    made.heading("Open cases not heard at this meeting", 2)
    made.table(
        ("Case", "Why"), (5.4, 11.6), "Open cases not heard at this meeting", ("{{ case.label }}", "{{ case.why }}"),
        loop="for case in not_heard",
    )  # fmt: skip
    made.tag("endif")
    made.said("Any other business", ROOM)
    made.said("Next meeting", "{{ next_meeting }}")


def _statement(made: Paper) -> None:
    made.text("{{ confidentiality }}")
    made.said("Read out by the chair, and signed by all present", ROOM)


def _last_minutes(made: Paper) -> None:
    """Where there are previous actions, their table is so wide that the pages after this lie on their side."""
    made.said("Minutes of the meeting held on", "{{ last_meeting }}")
    made.said("Corrections", ROOM)
    made.tag("if not previous")
    made.said("Matters arising", ROOM)
    made.tag("endif")
    made.tag("if previous")
    made.said("Matters arising", ROOM)
    made.turned(TOP)
    made.tag("endif")


def _attendance(made: Paper) -> None:
    made.text("Where somebody came for another, say for whom; where an agency sent information in place of coming, say when.", "Lead-in")
    _laid_out(made, "attendance", "attendance")
    made.heading("Observers", 2)
    _laid_out(made, "observers", "observers")


def _previous_actions(made: Paper) -> None:
    _when(made, "from_register and not previous", "No action was outstanding.")
    made.tag("if previous")
    _laid_out(made, "previous", "previous")
    made.text("“Not possible” is for what changed circumstances prevented, “not done” for what the agency didn't do.", "Narrative")
    made.upright()
    made.tag("endif")
    made.tag("if not from_register")
    made.text("These minutes are made from forms alone: the outstanding actions stand in the last minutes.", "Lead-in")
    made.table(
        ("No.", "Action", "Lead agency", "Status, and how it is known or why not"), (2.4, 6.0, 3.6, 5.0), "Actions of the last minutes",
        blank=4,
    )  # fmt: skip
    made.tag("endif")
    _ended(made)


def _left_out(made: Paper) -> None:
    reasons = Lines(("{%p for reason in form.reasons %}", "{{ reason.code }}: {{ reason.message }} {{ reason.remedy }}", "{%p endfor %}"))
    made.tag("if left_out")
    made.heading("Forms left out of these papers", 1)
    made.document.paragraphs[-1].paragraph_format.page_break_before = True
    made.text("Each has open questions, to be put to the agency that sent it. Take this page out of any copy but the chair's.", "Lead-in")
    made.table(
        ("Form", "Kind", "What has to be put right"), (5.6, 1.6, 9.8), "Forms left out",
        ("{{ form.which }}", "{{ form.kind }}", reasons), loop="for form in left_out",
    )  # fmt: skip
    made.tag("endif")


def make(folder: Path) -> None:
    save(agenda(), "Agenda", "agenda.docx", folder)
    save(minutes(), "Minutes", "minutes.docx", folder)


if __name__ == "__main__":
    make(ROOT / "templates")
