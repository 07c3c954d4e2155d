"""The parts around a Word form's pages: settings, properties, placeholders, and how the package holds together (ECMA-376 part 2)."""

from __future__ import annotations

from xml.sax.saxutils import escape

from mase_docs.blanks.package import Parts, zipped
from mase_docs.blanks.word_look import fonts, theme
from mase_docs.blanks.word_xml import root
from mase_docs.definition.form import Form
from mase_docs.word_xml import w

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."

TYPES = {
    "word/document.xml": f"{WORD_TYPE}document.main+xml",
    "word/styles.xml": f"{WORD_TYPE}styles+xml",
    "word/settings.xml": f"{WORD_TYPE}settings+xml",
    "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "word/fontTable.xml": f"{WORD_TYPE}fontTable+xml",
    "word/header1.xml": f"{WORD_TYPE}header+xml",
    "word/footer1.xml": f"{WORD_TYPE}footer+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
RELATIONS = {
    "_rels/.rels": (
        ("rId1", f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
        ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("rId3", f"{OFFICE}/relationships/extended-properties", "docProps/app.xml"),
        ("rId4", f"{OFFICE}/relationships/custom-properties", "docProps/custom.xml"),
    ),
    "word/_rels/document.xml.rels": (
        ("rIdStyles", f"{OFFICE}/relationships/styles", "styles.xml"),
        ("rIdSettings", f"{OFFICE}/relationships/settings", "settings.xml"),
        ("rIdTheme", f"{OFFICE}/relationships/theme", "theme/theme1.xml"),
        ("rIdFonts", f"{OFFICE}/relationships/fontTable", "fontTable.xml"),
        ("rIdHeader", f"{OFFICE}/relationships/header", "header1.xml"),
        ("rIdFooter", f"{OFFICE}/relationships/footer", "footer1.xml"),
    ),
}
"""The relations of each part that has some: id, type, target."""
CORE = (
    f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>{title}</dc:title><dc:subject>{stamp}</dc:subject><dc:language>{language}</dc:language></cp:coreProperties>"
)
APP = f'<Properties xmlns="{OFFICE}/extended-properties"><Application>mase_docs</Application></Properties>'
FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The one format id of custom properties (ECMA-376 part 1, 22.3.2.2)."""


def package(parts: Parts, form: Form) -> bytes:
    """The finished file from its pages, styles, header and footer; the same bytes for the same parts."""
    whole = parts | {
        "[Content_Types].xml": _plain(_types()),
        "word/settings.xml": _settings(form.language),
        "word/theme/theme1.xml": theme(),
        "word/fontTable.xml": fonts(),
        "docProps/core.xml": _plain(CORE.format(title=escape(form.title), stamp=escape(form.stamp), language=escape(form.language))),
        "docProps/app.xml": _plain(APP),
        "docProps/custom.xml": _plain(_custom({"FormId": form.id, "FormVersion": str(form.version)})),
        **{name: _plain(_relations(list(relations))) for name, relations in RELATIONS.items()},
    }
    return zipped(whole)


def _plain(text: str) -> bytes:
    return (HEAD + text).encode()


def _settings(language: str) -> bytes:
    """Only the controls can be filled in ("Filling in forms", 17.15.1.29): a guard against slips without a password.

    LibreOffice keeps to it as well. A group control around the pages (17.5.2.17) would say the same to Word, but nothing to LibreOffice.
    """
    mode = w("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)
    return root(
        "settings",
        w("documentProtection", edit="forms", enforcement=1),
        w("defaultTabStop", val=720),
        w("characterSpacingControl", val="doNotCompress"),
        w("compat", mode),
        w("themeFontLang", val=language),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


def _custom(properties: dict[str, str]) -> str:
    kinds = f'xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes"'
    each = "".join(
        f'<property fmtid="{FMTID}" pid="{number}" name="{name}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    return f"<Properties {kinds}>{each}</Properties>"


def _types() -> str:
    usual = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    usual += '<Default Extension="xml" ContentType="application/xml"/>'
    each = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in TYPES.items())
    return f'<Types xmlns="{PACKAGE}/content-types">{usual}{each}</Types>'


def _relations(relations: list[tuple[str, str, str]]) -> str:
    each = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in relations)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'
