"""Opening a PDF: what kind it is, and one sentence for everything that can be wrong with it.

The one place where pypdf is opened, and where its stray exceptions end (about one bad file in ten
makes it raise something of Python's own).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from time import monotonic
from typing import TYPE_CHECKING, Any

from mase_docs.intake import limits
from mase_docs.intake.pdf_fields import PdfField, walk
from mase_docs.intake.pdf_looks import held_against_looks
from mase_docs.intake.pdf_notes import Note, notes
from mase_docs.intake.refusals import refuse
from mase_docs.silence import silence

if TYPE_CHECKING:
    from pypdf import PdfReader


@dataclass(frozen=True, slots=True)
class PdfForm:
    """What was found in a PDF.

    words      of its first pages, as a viewer would copy them; not looked for where the form's hidden name tells what it is
    xfa        whether it is an XFA form (a form language that left the PDF standard with PDF 2.0)
    reference  the number that a form which was sent back carries; "" on any other
    notes      what was written or drawn over its pages
    """

    fields: tuple[PdfField, ...]
    words: str
    xfa: bool
    reference: str = ""
    notes: tuple[Note, ...] = ()


def read_pdf(data: bytes) -> PdfForm:
    """The fields and words of a PDF. Raises InputRefusedError: AR7 password, AR27 damaged, AR28 too large for a form."""
    with _guarded():
        return _found(_opened(data))


def read_notes(data: bytes) -> tuple[Note, ...]:
    """What was written or drawn over the pages of a PDF. Raises InputRefusedError as `read_pdf` does."""
    with _guarded():
        return tuple(notes(_opened(data)))


def must_be_drawable(data: bytes) -> None:
    """Raises InputRefusedError AR28 where what draws a page unpacks to more than any form's: programs that draw have no limit."""
    with _guarded():
        for page in _opened(data).pages:
            for part in _drawing(page):
                _unpack(part)


def _drawing(page: Any) -> list[Any]:
    """What draws a page: its contents, and the pieces that they may call."""
    contents = page["/Contents"].get_object() if "/Contents" in page else []
    pieces = page["/Resources"].get_object().get("/XObject") if "/Resources" in page else None
    return [*(contents if isinstance(contents, list) else [contents]), *(pieces.get_object().values() if pieces is not None else [])]


def _unpack(reference: Any) -> None:
    part: Any = reference.get_object() if hasattr(reference, "get_object") else None
    if hasattr(part, "get_data") and part.get("/Subtype") != "/Image":
        part.get_data()


def read_xfa(data: bytes) -> bytes:
    """The packet of an XFA form (XFA 3.3, XML Data Package) that holds its data, or the whole package; b"" if there is neither.

    Raises InputRefusedError as `read_pdf` does.
    """
    from pypdf.generic import StreamObject

    with _guarded():
        form: Any = _opened(data).root_object["/AcroForm"]
        packets = form["/XFA"]
        if isinstance(packets, list):
            packets = dict(zip(packets[::2], packets[1::2], strict=False)).get("datasets")
        packet = packets.get_object() if packets is not None else None
        return packet.get_data() if isinstance(packet, StreamObject) else b""


@contextmanager
def _guarded() -> Iterator[None]:
    """pypdf within its limits and without a word, everything it raises turned into a refusal."""
    from pypdf import apply_configuration
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError

    with silence("pypdf"), apply_configuration(**limits.PDF):
        try:
            yield
        except (FileNotDecryptedError, DependencyError, NotImplementedError):
            raise refuse("AR7") from None
        except LimitReachedError:
            raise refuse("AR28") from None
        except (PyPdfError, *limits.PDF_STRAY):
            raise refuse("AR27") from None


def decrypted(data: bytes, passwords: Sequence[str]) -> bytes:
    """The PDF without its encryption; as it is where no password is needed to open it.

    Raises InputRefusedError: AR7 where no password fits, AR27 damaged, AR28 too large.
    """
    from pypdf import PdfWriter

    with _guarded():
        for password in ("", *passwords):
            reader = _unlocked(data, password)
            if reader and not password:
                return data
            if reader:
                plain = BytesIO()
                PdfWriter(clone_from=reader).write(plain)
                return plain.getvalue()
    raise refuse("AR7 wrong" if passwords else "AR7")


def _unlocked(data: bytes, password: str) -> PdfReader | None:
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(BytesIO(data))
    return None if reader.is_encrypted and reader.decrypt(password) == PasswordType.NOT_DECRYPTED else reader


def _opened(data: bytes) -> PdfReader:
    if not _is_whole(data):
        raise refuse("AR27")
    if _outside_streams(data) > limits.PDF_OUTSIDE_STREAMS:
        raise refuse("AR28")
    reader = _unlocked(data, "")
    if reader is None:
        raise refuse("AR7")
    if len(reader.pages) > limits.PDF_PAGES:
        raise refuse("AR28")
    return reader


def _found(reader: PdfReader) -> PdfForm:
    until = monotonic() + limits.PDF_SECONDS
    walked = walk(reader, until)
    fields = tuple(walked if _is_redrawn(reader) else held_against_looks(walked))
    named = any(f.name == "form_id" and f.value for f in fields)
    return PdfForm(fields, "" if named else _words(reader, until), _is_xfa(reader), _reference(reader), tuple(notes(reader)))


def _reference(reader: PdfReader) -> str:
    found = reader.metadata.get("/FormReference") if reader.metadata else None
    return found if isinstance(found, str) else ""


def _words(reader: PdfReader, until: float) -> str:
    """The words of the first pages; a page whose words cannot be got has none, which is no reason to refuse its fields."""
    from pypdf.errors import PyPdfError

    found = []
    for page in reader.pages[: limits.PDF_PAGES_OF_WORDS]:
        with suppress(PyPdfError, *limits.PDF_STRAY):
            found += [page.extract_text()] if monotonic() < until else []
    return "\n".join(found)


def _is_xfa(reader: PdfReader) -> bool:
    return "/XFA" in _acroform(reader)


def _is_redrawn(reader: PdfReader) -> bool:
    """Whether the file says that what is drawn in its fields is out of date (ISO 32000-2, table 224)."""
    return getattr(_acroform(reader).get("/NeedAppearances"), "value", False) is True


def _acroform(reader: PdfReader) -> dict[str, Any]:
    form = reader.root_object.get("/AcroForm")
    form = form.get_object() if form is not None else None
    return form if isinstance(form, dict) else {}


def _is_whole(data: bytes) -> bool:
    """Whether the end is there (ISO 32000-2, 7.5.5). A file cut short may still open, as it was before the answers were saved."""
    last = data.rfind(b"%%EOF")
    return last >= 0 and b" obj" not in data[last:]


def _outside_streams(data: bytes) -> int:
    """How many bytes stand outside streams: pypdf passes over streams, and reads the rest byte by byte."""
    *whole, rest = data.split(b"endstream")
    return len(rest) + sum(found if (found := piece.find(b"stream")) >= 0 else len(piece) for piece in whole)
