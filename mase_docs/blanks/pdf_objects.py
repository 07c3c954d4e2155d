"""pypdf's objects written shortly, and the two that every field shares: the font and the marks of ticks and circles."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from mase_docs.blanks.pdf_type import ASCENT, DESCENT, DIFFERENCES, LETTERS, REGULAR, encoding, face

FONT_NAME = "Wingdings"
"""What the fields call their font. PDFium (Chrome, Edge, Foxit) tries a field's own font for every letter only under this name;
under any other it takes a system font for letters beyond Windows-1252, or drops them (CPDF_BAFontMap, seen in 5.15)."""


class Name(str):
    """A PDF name, to tell it from a text."""


def obj(value: Any) -> PdfObject:
    """The PDF object for a Python value."""
    if isinstance(value, PdfObject):
        return value
    if isinstance(value, Name):
        return NameObject(f"/{value}")
    if isinstance(value, bool):
        return BooleanObject(value)
    if isinstance(value, int):
        return NumberObject(value)
    if isinstance(value, float):
        return FloatObject(round(value, 2))
    if isinstance(value, str):
        return TextStringObject(value)
    if isinstance(value, bytes):
        return ByteStringObject(value)
    if isinstance(value, dict):
        return DictionaryObject({NameObject(f"/{key}"): obj(item) for key, item in value.items()})
    return ArrayObject([obj(item) for item in value])


def put(target: PdfObject, **entries: Any) -> None:
    """Sets entries of a dictionary, given or referred to."""
    dictionary = target.get_object()
    assert isinstance(dictionary, DictionaryObject)
    dictionary.update({NameObject(f"/{key}"): obj(value) for key, value in entries.items()})


def plain_stream(writer: PdfWriter, data: bytes, **entries: Any) -> IndirectObject:
    """A stream of its own, as it is (metadata stays readable to programs that know no PDF)."""
    plain = StreamObject()
    plain._data = data
    put(plain, **entries)
    return writer._add_object(plain)


def stream(writer: PdfWriter, data: bytes, **entries: Any) -> IndirectObject:
    """A stream of its own, compressed."""
    plain = StreamObject()
    plain._data = data
    packed = plain.flate_encode()
    put(packed, **entries)
    return writer._add_object(packed)


def font(writer: PdfWriter) -> IndirectObject:
    """The font of the fields: simple TrueType, whole, with the encoding of `pdf_type` (ISO 32000-1, 9.6.6.4), because viewers
    can type only into a font with one byte a letter."""
    widths, places = face().charWidths, encoding()
    codes = range(min(places), 256)
    simple = {
        "Type": Name("Font"),
        "Subtype": Name("TrueType"),
        "BaseFont": Name(REGULAR),
        "FirstChar": codes.start,
        "LastChar": 255,
        "Widths": [round(widths.get(ord(places[code]), 0)) if code in places else 0 for code in codes],
        "FontDescriptor": _descriptor(writer),
        "Encoding": {"Type": Name("Encoding"), "BaseEncoding": Name("WinAnsiEncoding"), "Differences": _differences()},
        "ToUnicode": stream(writer, _to_unicode(places)),
    }
    return writer._add_object(obj(simple))


def _descriptor(writer: PdfWriter) -> IndirectObject:
    data, measures = (files(__package__) / "fonts" / f"{REGULAR}.ttf").read_bytes(), face()
    heights = {"Ascent": ASCENT, "Descent": DESCENT, "CapHeight": round(measures.capHeight)}
    shape = {"Flags": 32, "ItalicAngle": 0, "StemV": int(measures.stemV), "FontBBox": [round(edge) for edge in measures.bbox]}
    file = stream(writer, data, Length1=len(data))
    return writer._add_object(obj({"Type": Name("FontDescriptor"), "FontName": Name(REGULAR), **shape, **heights, "FontFile2": file}))


def _differences() -> list[int | Name]:
    listed: list[int | Name] = []
    for code, letter in DIFFERENCES.items():
        if code - 1 not in DIFFERENCES:
            listed.append(code)
        listed.append(Name(LETTERS[letter]))
    return listed


def _to_unicode(places: dict[int, str]) -> bytes:
    """The CMap that gives the letter of each code (ISO 32000-1, 9.10.3), in blocks of at most a hundred."""
    pairs = [f"<{code:02X}> <{ord(letter):04X}>" for code, letter in places.items()]
    blocks = [pairs[n : n + 100] for n in range(0, len(pairs), 100)]
    lines = [line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")]
    head = ["/CIDInit /ProcSet findresource begin 12 dict begin begincmap", "/CMapName /Fields def /CMapType 2 def"]
    space = ["1 begincodespacerange <00> <FF> endcodespacerange"]
    return "\n".join([*head, *space, *lines, "endcmap CMapName currentdict /CMap defineresource pop end end"]).encode()


INK = "0.09 0.2 0.3"
TICK = f"{INK} RG 1.6 w 1 J 1 j 2.2 5.4 m 4.4 2.6 l 8.4 8.2 l S".encode()
DOT = f"{INK} rg 8.05 5.25 m 8.05 6.8 6.8 8.05 5.25 8.05 c 3.7 8.05 2.45 6.8 2.45 5.25 c 2.45 3.7 3.7 2.45 5.25 2.45 c ".encode()
DOT += b"6.8 2.45 8.05 3.7 8.05 5.25 c f"
"""A tick and a dot in a square of 10.5 points, as paths: no symbol font is needed."""


def appearance(writer: PdfWriter, drawing: bytes) -> IndirectObject:
    return stream(writer, drawing, Type=Name("XObject"), Subtype=Name("Form"), BBox=[0, 0, 10.5, 10.5], Resources={})
