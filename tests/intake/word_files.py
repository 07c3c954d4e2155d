"""Small Word documents made by hand, element by element, and real ones after other programs have saved them."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

from tests.intake.files import package, relations, types_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SPACES = (
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
)
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
TEXT = "<w:text/>"
TICK = '<w14:checkbox><w14:checked w14:val="{}"/><w14:checkedState w14:val="2612"/><w14:uncheckedState w14:val="2610"/></w14:checkbox>'


def word(body: str, main: str = TYPE, space: str = W, **parts: str) -> bytes:
    """A document with this inside its body; further parts of word/ by their names, each related by its name."""
    related = relations(*((name, f"{name}.xml") for name in parts))
    return package(
        {
            "[Content_Types].xml": types_of(main),
            "_rels/.rels": relations(("officeDocument", "word/document.xml")),
            "word/document.xml": f'<w:document xmlns:w="{space}" {SPACES}><w:body>{body}</w:body></w:document>',
            "word/_rels/document.xml.rels": related,
            **{f"word/{name}.xml": f'<w:{name} xmlns:w="{space}">{inside}</w:{name}>' for name, inside in parts.items()},
        }
    )


def ours(body: str, main: str = TYPE, space: str = W, reference: str = "", **parts: str) -> bytes:
    """The same as our referral form says of itself that it is."""
    said = {"FormId": "referral", "FormVersion": "1", **({"FormReference": reference} if reference else {})}
    custom = "".join(f'<property name="{name}"><v>{value}</v></property>' for name, value in said.items())
    made = members(word(body, main, space, **parts))
    kind = PROPERTIES.replace("custom-p", "relationships/custom-p")
    last = f'<Relationship Id="c" Type="{kind}" Target="custom.xml"/></Relationships>'
    rels = made["_rels/.rels"].decode().replace("</Relationships>", last)
    return package({**made, "_rels/.rels": rels, "custom.xml": f'<Properties xmlns="{PROPERTIES}">{custom}</Properties>'})


def members(data: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def p(*inside: str) -> str:
    return f"<w:p>{''.join(inside)}</w:p>"


def r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(*paragraphs: str, about: str = "") -> str:
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{''.join(paragraphs) or p()}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def control(tag: str, inside: str, kind: str = TEXT, empty: bool = False) -> str:
    showing = "<w:showingPlcHdr/>" if empty else ""
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/>{showing}{kind}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'


def saved_by_libreoffice(data: bytes, folder: Path, *formats: str) -> bytes:
    """The document after LibreOffice has saved it as each of the formats in turn, with a profile of its own."""
    file = folder / "form.docx"
    file.write_bytes(data)
    for number, kind in enumerate(formats):
        out = folder / str(number)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        subprocess.run(["soffice", profile, "--headless", "--convert-to", kind, "--outdir", out, file], check=True, capture_output=True)
        file = out / f"form.{kind}"
    return file.read_bytes()


def saved_by_pandoc(data: bytes, folder: Path) -> bytes:
    """The document as pandoc writes it anew: text and tables, no controls."""
    (folder / "form.docx").write_bytes(data)
    subprocess.run(["pandoc", folder / "form.docx", "-o", folder / "again.docx"], check=True, capture_output=True)
    return (folder / "again.docx").read_bytes()
