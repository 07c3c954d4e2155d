"""PDFs written object by object, for what no program writes twice the same way."""

from __future__ import annotations


def pdf(objects: dict[int, str | bytes], trailer: str = "") -> bytes:
    """A whole PDF of numbered objects; object 1 is its catalogue."""
    out, offsets = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", {}
    for number, body in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body if isinstance(body, bytes) else body.encode("latin-1"))
    start, size = len(out), max(objects) + 1
    rows = [b"%010d 00000 n \n" % offsets[n] if n in offsets else b"0000000000 65535 f \n" for n in range(size)]
    out += b"xref\n0 %d\n" % size + b"".join(rows)
    return out + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer.encode(), start)


def form(*fields: str | bytes, extra: dict[int, str | bytes] | None = None, acroform: str = "", page: str = "") -> bytes:
    """A one-page form whose fields are objects 10, 11, … each a widget unless it says /Kids; `extra` are further objects."""
    bodies = {10 + n: _bytes(f) for n, f in enumerate(fields)}
    listed = " ".join(f"{n} 0 R" for n in bodies)
    shown = [*bodies, *(extra or {})]
    return pdf(
        {
            1: f"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[{listed}]{acroform}>>>>",
            2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[{' '.join(f'{n} 0 R' for n in shown)}]{page}>>",
            **bodies,
            **(extra or {}),
        }
    )


def _bytes(body: str | bytes) -> bytes:
    return body if isinstance(body, bytes) else body.encode("latin-1")


def text_field(name: str, value: str | bytes, more: str = "") -> bytes:
    """A text field whose /V is written exactly so."""
    return b"<</Type/Annot/Subtype/Widget/FT/Tx/T(%s)/V %s/Rect[10 10 99 30]%s>>" % (name.encode(), _bytes(value), more.encode())


def tick(name: str, entries: str, states: str = "/Yes null/Off null") -> str:
    """A check box with these states, and /V and /AS as given."""
    return f"<</Type/Annot/Subtype/Widget/FT/Btn/T({name}){entries}/AP<</N<<{states}>>>>/Rect[10 10 20 20]>>"
