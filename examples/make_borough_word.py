"""Makes Northmere's own Word form, completed: an invented borough's, built as many real ones are, with python-docx.

    .venv/bin/python examples/make_borough_word.py

Tables with merged cells, boxes to tick as characters of three kinds, old form fields, words in place of an answer, a text box, a label and
its answer in one paragraph.
"""

from __future__ import annotations

import re
import sys
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

HERE = Path(__file__).resolve().parent
OUT = HERE / "boroughs/northmere_referral.docx"
MADE = datetime(2026, 10, 14)

REFERRER = [
    ("1. Person making this referral",),
    ("Name:", "Ann Bee", "Agency:", "School"),
    ("Job title:", "Designated safeguarding lead", "Telephone / e-mail:", "020 7946 0999 / ann.bee@northmere.example"),
]
CHILD = [
    ("2. The young person",),
    ("Surname:", "IMAGINED", "Forename(s):", "Kestrel-May"),
    ("D.O.B:", "FIELD dob 13/07/2011", "Gender:", "☒ Female   ☐ Male   ☐ Other"),
    ("Ethnicity:", "LIST ethnicity 1"),
    ("Address:", "14 Pretend Walk\nNorthmere"),
    ("Postcode:", "E8 1EA", "NHS No:", "Click here to enter text."),
    ("Looked after?", "Yes ☒   No ☐", "Placed out of borough? If so where", "Yes – Thurrock"),
]
CONCERNS = [
    ("3. Concerns (please tick all that apply)",),
    ("SYMBOL CSE", "☐ HSB", "☒ Missing from home"),
    ("☐ Gangs", "CHECK Trafficking", "☐ Sexual bullying"),
]
SIGNS = [
    ("4. SAFEGUARD – rate each sign N, L, M or H", "", ""),
    ("Sign", "Rating", "Evidence"),
    ("S", "L", ""),
    ("A", "H", "Five missing episodes since the summer"),
    ("F", "M", "Arguments at home"),
    ("E", "M", "Low mood"),
    ("G", "N", ""),
    ("U", "H", "A second telephone"),
    ("A2", "N/K", ""),
    ("R", "N", ""),
    ("D", "L", "Late for school"),
]
OTHERS = [
    ("Who", "Born or age", "Link"),
    ("“Jay”, full name not known", "approx 17", "older friend"),
    ("Tia Madeup", "22.02.2012", "classmate"),
]
END = [
    ("6. Level of risk agreed at the mapping meeting on 06.10.26",),
    ("☐ 1 Standard   ☒ 2 Medium   ☐ 3 High",),
    ("7. What has happened, and what do you want from MASE?",),
    ("Seen with an older group near the station.\nWe want one plan and one lead.",),
]


def main() -> None:
    document = Document()
    document.add_heading("London Borough of Northmere", 1)
    document.add_paragraph("Sexual exploitation: referral to the multi-agency meeting")
    boxed(document.add_paragraph(), "OFFICIAL-SENSITIVE when complete")
    document.add_paragraph("Date of referral: 14/10/2026")
    for rows in (REFERRER, CHILD, CONCERNS):
        table(document, rows)
        document.add_paragraph()
    table(document, SIGNS)
    document.add_paragraph("5. Friends and others involved")
    table(document, OTHERS)
    document.add_paragraph("Continue on a separate sheet if needed.")
    table(document, END)
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = MADE
    document.core_properties.comments = ""
    buffer = BytesIO()
    document.save(buffer)
    OUT.write_bytes(as_always(buffer.getvalue()))
    print(OUT.name)


def table(document: Any, rows: list[tuple[str, ...]]) -> None:
    """A table as wide as its widest row; of a shorter row the last cell reaches to the end."""
    wide = max(map(len, rows))
    made = document.add_table(len(rows), wide, style="Table Grid")
    for line, texts in zip(made.rows, rows, strict=True):
        texts = tuple(text for text in texts if text) if not any(texts[1:]) else texts
        if len(texts) < wide:
            line.cells[len(texts) - 1].merge(line.cells[wide - 1])
        for cell, text in zip(line.cells, texts, strict=False):
            write(cell.paragraphs[0], text)


def write(paragraph: Any, text: str) -> None:
    kind, _, rest = text.partition(" ")
    WRITERS.get(kind, lambda paragraph, _: paragraph.add_run(text))(paragraph, rest)


def element(kind: str, **values: str) -> Any:
    made = OxmlElement(kind)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def symbol(paragraph: Any, words: str) -> None:
    """A tick of the font Wingdings, as Word's Insert Symbol puts it in."""
    paragraph.add_run()._r.append(element("w:sym", font="Wingdings", char="F0FE"))
    paragraph.add_run(f" {words}")


def field(paragraph: Any, about: Any, name: str, code: str, result: str = "") -> None:
    """A form field of the days before content controls (Developer, Legacy Forms)."""
    data = element("w:ffData")
    data.extend([element("w:name", val=name), element("w:enabled"), about])
    begin = element("w:fldChar", fldCharType="begin")
    begin.append(data)
    instruction = element("w:instrText")
    instruction.text = f" {code} "
    for part in (begin, instruction, element("w:fldChar", fldCharType="separate")):
        paragraph.add_run()._r.append(part)
    paragraph.add_run(result)
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))


def typed(paragraph: Any, rest: str) -> None:
    name, text = rest.split()
    field(paragraph, element("w:textInput"), name, "FORMTEXT", text)


def listed(paragraph: Any, rest: str) -> None:
    name, chosen = rest.split()
    choices = element("w:ddList")
    words = ("Please select", "White British", "White and Black Caribbean")
    choices.extend([element("w:result", val=chosen), *(element("w:listEntry", val=word) for word in words)])
    field(paragraph, choices, name, "FORMDROPDOWN")


def checked(paragraph: Any, words: str) -> None:
    box = element("w:checkBox")
    box.extend([element("w:sizeAuto"), element("w:default", val="0"), element("w:checked")])
    field(paragraph, box, f"Check{words}", "FORMCHECKBOX")
    paragraph.add_run(f" {words}")


WRITERS = {"SYMBOL": symbol, "FIELD": typed, "LIST": listed, "CHECK": checked}


SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
}
FRAME = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="2880000" cy="360000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'


def boxed(paragraph: Any, words: str) -> None:
    """A text box, written twice as Word does: for itself and for older programs."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
    text = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    shape = f'<wps:cNvSpPr txBox="1"/><wps:spPr>{FRAME}</wps:spPr><wps:txbx>{text}</wps:txbx><wps:bodyPr/>'
    inline = '<wp:extent cx="2880000" cy="360000"/><wp:docPr id="1" name="Marking"/>'
    graphic = f'<a:graphic><a:graphicData uri="{SPACES["wps"]}"><wps:wsp>{shape}</wps:wsp></a:graphicData></a:graphic>'
    drawing = f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">{inline}{graphic}</wp:inline></w:drawing>'
    older = f'<w:pict><v:shape style="width:227pt;height:28pt"><v:textbox>{text}</v:textbox></v:shape></w:pict>'
    both = f'<mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{older}</mc:Fallback>'
    paragraph._p.append(parse_xml(f"<w:r {declared}><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"))


def as_always(data: bytes) -> bytes:
    """The same bytes every time: no moment of making, no picture of a first page."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, (2026, 10, 14, 0, 0, 0)), re.sub(rb"python-docx", b"", old.read(entry)), 8)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
