"""Whatever is typed into a blank comes back as it was typed, but for what the rule of cleaning takes out, and nothing is added.

The rule of cleaning stands here a second time, in other words than the code's: line ends are one kind; what shows nothing goes, but for
joiners between two characters; then NFC (Unicode Standard Annex 15); single spaces; nothing at the ends.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from pypdf import PdfReader, PdfWriter

from mase_docs.blanks import excel, pdf, word
from mase_docs.definition.form import Medium, Slot
from mase_docs.definition.home import Home
from mase_docs.definition.words import explicit, is_placeholder
from mase_docs.intake.answers import compose
from mase_docs.intake.reader import READERS, _module
from mase_docs.model.submission import Answer

HOME, TODAY = Home(), date(2026, 11, 23)
FORM = HOME.form("context_referral")
BUILD = {"xlsx": excel.build, "pdf": pdf.build, "docx": word.build}
KEPT_AS_WORDS = ("text", "long_text", "name")
BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Fillers and the empty Braille sign: letters to Unicode, nothing to the eye."""
ODD = [
    *"\x00\x01\x07\x08\t\n\r\x0b\x0c\x1b\x1f\x7f\x85\u2028\u2029",
    *"\u00a0\u2003\u202f\u3000\ufeff\u200b\u00ad\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069\u061c",
    *"\u0300\u0308\u0338\u093f\ufe0f\U000e0067\U000e007f\U0001f468\U0001f3fd\U0001f1ec\U0001f1e7",
    *("\ud83d\ude00", "\ud800", "\udbff", "\udc00", "\udfff"),
    *"\ufffe\uffff\U0001fffe\ue000\U0010ffff\ufffd",
    *"=+-@'\"<>&%;{}[]()_x\\/|~`^",
    *BLANK_LETTERS,
]
MOJIBAKE = "ÃÂÄÅâ"
"""How UTF-8 that was read as Windows-1252 begins: that is put right, which tests/definition/test_values.py looks at."""
LANGUAGE = re.compile("\x1b(?=[A-Za-z])")
"""How a PDF says in the midst of a text which language it is in (ISO 32000-2, 7.9.2.2): that is no part of the text."""
PIECES = st.one_of(st.characters(exclude_categories=["Cs"], exclude_characters=MOJIBAKE), st.sampled_from(ODD))


@cache
def blank(medium: Medium) -> bytes:
    return BUILD[medium](FORM, HOME)


@cache
def slots(medium: Medium) -> list[Slot]:
    """The places that take words, in a table too."""
    return [slot for slot in HOME.slots(FORM, medium) if slot.field.type in KEPT_AS_WORDS]


@st.composite
def texts(draw: st.DrawFn, medium: Medium) -> dict[str, str]:
    """Something for every place, now and then as long as the place allows."""
    typed = {}
    for slot in slots(medium):
        most = slot.field.length_on(medium) or 200
        text = "".join(draw(st.lists(PIECES, max_size=24)))
        typed[slot.name] = LANGUAGE.sub("", (text * draw(st.sampled_from((1, 1, 1, most))))[:most])
    return typed


def cleaned(text: str) -> str:
    """The rule of cleaning."""
    text = whole(text)
    for end in ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"):
        text = text.replace(end, "\n")
    seen = "".join(character for character in text if character in "\n\t\u200c\u200d" or not _shows_nothing(character))
    lines = [" ".join(filter(None, (word.strip("\u200c\u200d") for word in line.split()))) for line in seen.split("\n")]
    return unicodedata.normalize("NFC", "\n".join(lines)).strip()


def whole(text: str) -> str:
    """A text in which two halves of a letter side by side are that letter."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _shows_nothing(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Cn") or character in BLANK_LETTERS


def meant(slot: Slot, text: str) -> object:
    """What an answer in words must come to: its own words, or what they are known to say."""
    said = cleaned(text)
    if not said or is_placeholder(said):
        return None
    known = explicit(said, slot.field.type == "name")
    return known or (" ".join(said.split()) if slot.field.type == "name" else said)


def read(medium: Medium, data: bytes) -> dict[str, Answer]:
    return compose(_module(READERS[medium]).read(data, HOME), HOME, TODAY)


def comes_back(medium: Medium, write: Callable[[Mapping[str, str]], bytes], typed: Mapping[str, str]) -> None:
    found = read(medium, write(typed))
    for slot in slots(medium):
        answer = found.get(slot.path)
        got = answer.value if answer else None
        assert got == meant(slot, typed[slot.name]), f"{slot.name}: {typed[slot.name]!r} was read as {got!r}"


def quick(examples: int) -> settings:
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )


# Excel

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def parts(medium: Medium) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(blank(medium))) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(changed: Mapping[str, bytes], medium: Medium) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in {**parts(medium), **changed}.items():
            package.writestr(name, data)
    return out.getvalue()


@cache
def cells() -> dict[str, str]:
    """Where each place stands in the workbook."""
    names = load_workbook(io.BytesIO(blank("xlsx"))).defined_names
    return {slot.name: next(iter(names[slot.name].destinations))[1].replace("$", "") for slot in slots("xlsx")}


def escaped(text: str) -> str:
    """A text as SpreadsheetML holds it: what XML cannot, and what looks like an escape, is escaped (ECMA-376 part 1, 22.9.2.19)."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def with_strings(typed: Mapping[str, str], shared: bool) -> bytes:
    """The blank with texts put in as its own XML, inline or in the shared table."""
    sheet, strings = etree.fromstring(parts("xlsx")[SHEET]), etree.fromstring(parts("xlsx")[STRINGS])
    by_place = {cell.get("r"): cell for cell in sheet.iter(f"{MAIN}c")}
    for name, text in typed.items():
        cell = by_place[cells()[name]]
        item = etree.SubElement(strings if shared else cell, f"{MAIN}{'si' if shared else 'is'}")
        etree.SubElement(item, f"{MAIN}t").text = escaped(text)
        cell.set("t", "s" if shared else "inlineStr")
        if shared:
            etree.SubElement(cell, f"{MAIN}v").text = str(len(strings) - 1)
    return packed({SHEET: etree.tostring(sheet), STRINGS: etree.tostring(strings)}, "xlsx")


@pytest.mark.parametrize("shared", [True, False], ids=["shared", "inline"])
def test_of_any_text_in_a_workbook_nothing_is_lost_and_nothing_added(shared: bool) -> None:
    @quick(30)
    @given(texts("xlsx"))
    def holds(typed: dict[str, str]) -> None:
        comes_back("xlsx", lambda texts: with_strings(texts, shared), typed)

    holds()


def with_openpyxl(typed: Mapping[str, str]) -> bytes:
    book = load_workbook(io.BytesIO(blank("xlsx")))
    for name, text in typed.items():
        cell = book["Referral"][cells()[name]]
        cell.value, cell.data_type = text, "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@quick(6)
@given(texts("xlsx"))
def test_of_any_text_typed_with_openpyxl_nothing_is_lost(typed: dict[str, str]) -> None:
    held = {name: NOT_IN_XML.sub("", ILLEGAL_CHARACTERS_RE.sub("", text)).replace("_x", "x") for name, text in typed.items()}
    comes_back("xlsx", with_openpyxl, held)


# PDF


def with_pikepdf(typed: Mapping[str, str], encode: Callable[[str], bytes]) -> bytes:
    """The blank with each field's value set as a text string (ISO 32000-2, 7.9.2.2)."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(blank("pdf"))) as document:
        fields = {str(field.T): field for field in document.Root.AcroForm.Fields}
        for name, text in typed.items():
            fields[name].V = pikepdf.String(encode(text))
        document.save(out)
    return out.getvalue()


ENCODED: dict[str, Callable[[str], bytes]] = {
    "UTF-16": lambda text: b"\xfe\xff" + text.encode("utf-16-be", "surrogatepass"),
    "UTF-8": lambda text: b"\xef\xbb\xbf" + whole(text).encode("utf-8", "ignore"),
}


@pytest.mark.parametrize("coding", ENCODED)
def test_of_any_text_in_a_pdf_nothing_is_lost_and_nothing_added(coding: str) -> None:
    @quick(25)
    @given(texts("pdf"))
    def holds(typed: dict[str, str]) -> None:
        comes_back("pdf", lambda texts: with_pikepdf(texts, ENCODED[coding]), typed)

    holds()


def with_pypdf(typed: Mapping[str, str]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(blank("pdf"))))
    for page in writer.pages:
        writer.update_page_form_field_values(page, dict(typed), auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@quick(4)
@given(texts("pdf"))
def test_of_any_text_typed_with_pypdf_nothing_is_lost(typed: dict[str, str]) -> None:
    comes_back("pdf", with_pypdf, {name: whole(text).encode("utf-8", "ignore").decode() for name, text in typed.items()})


# Word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT = "word/document.xml"


def with_controls(typed: Mapping[str, str]) -> bytes:
    """The blank with the content of each control as Word types it: one run, a break where a line ends, a tab where there is one."""
    document = etree.fromstring(parts("docx")[DOCUMENT])
    for control in document.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        text = typed.get(tag.get(f"{W}val", "")) if tag is not None else None
        if text:
            for hint in control.iterfind(f"{W}sdtPr/{W}showingPlcHdr"):
                hint.getparent().remove(hint)
            for content in control.iterfind(f"{W}sdtContent"):
                content[:] = [_run(text)]
    return packed({DOCUMENT: etree.tostring(document)}, "docx")


def _run(text: str) -> etree._Element:
    run = etree.Element(f"{W}r")
    for piece in re.split("([\t\n])", text):
        if piece in ("\t", "\n"):
            etree.SubElement(run, f"{W}{'tab' if piece == '	' else 'br'}")
        elif piece:
            etree.SubElement(run, f"{W}t").text = piece
    return run


@quick(30)
@given(texts("docx"))
def test_of_any_text_in_a_word_form_nothing_is_lost_and_nothing_added(typed: dict[str, str]) -> None:
    comes_back("docx", with_controls, {name: NOT_IN_XML.sub("", text) for name, text in typed.items()})
