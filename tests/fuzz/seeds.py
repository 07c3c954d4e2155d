"""The good files that the fuzz run breaks: two of each kind where they are cheap, from different programs and places.

Those in the folder beside this file are examples/month/10_a_place.xlsx as Gnumeric saved it (tests/fillers/gnumeric_resave.py) and as
LibreOffice did (soffice --convert-to "xlsm:Calc MS Excel 2007 VBA XML").
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf

from mase_docs.definition.home import Home
from tests.conftest import ROOT

EXAMPLES = ROOT / "examples"
MONTH, ARRIVES, BOROUGHS, SAVED = EXAMPLES / "month", EXAMPLES / "arrives", EXAMPLES / "boroughs", Path(__file__).parent / "seeds"
PLACE, ELSEWHERE = MONTH / "10_a_place.xlsx", MONTH / "04_placed_elsewhere.xlsx"
EASTWICK = BOROUGHS / "eastwick_referral.pdf"
PASSWORDS = [(ARRIVES / "passwords.txt").read_text(encoding="utf-8").split("\n")[0]]


@dataclass(frozen=True)
class Seed:
    """A good file: where it stands, the folder of the borough that knows its form, and what is done to its bytes first."""

    path: Path
    folder: Path | None = None
    made: Callable[[bytes], bytes] = bytes

    @property
    def data(self) -> bytes:
        return _made(self)

    @property
    def home(self) -> Home:
        return _home(self.folder)


@cache
def _made(seed: Seed) -> bytes:
    return seed.made(seed.path.read_bytes())


@cache
def _home(folder: Path | None) -> Home:
    return Home(folder)


def unpacked(pdf: bytes) -> bytes:
    """A PDF with its objects and streams as plain text, so that what is broken is what they say."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(out, qdf=True, static_id=True)
    return out.getvalue()


def zipped(form: bytes) -> bytes:
    """Two forms in a zip archive, the second stored as it is."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("panel/one.xlsx", form)
        archive.writestr("panel/two.xlsx", ELSEWHERE.read_bytes(), zipfile.ZIP_STORED)
    return out.getvalue()


def page_of(mail: bytes) -> bytes:
    """The web page that a mail shows."""
    page = message_from_bytes(mail, policy=policy.default).get_body(["html"])
    return page.get_content().encode() if page else b""  # type: ignore[attr-defined]


SEEDS = {
    "xlsx": [Seed(PLACE), Seed(ELSEWHERE)],
    "xlsm": [Seed(SAVED / "libreoffice.xlsm")],
    "xlsb": [Seed(ARRIVES / "sheet_sheetjs.xlsb")],
    "xls": [Seed(ARRIVES / "sheet_libreoffice.xls"), Seed(SAVED / "gnumeric.xls")],
    "ods": [Seed(ARRIVES / "sheet_libreoffice.ods"), Seed(SAVED / "gnumeric.ods")],
    "pdf": [Seed(EASTWICK, BOROUGHS), Seed(EASTWICK, BOROUGHS, unpacked), Seed(MONTH / "09_clinic.pdf")],
    "pdf_flat": [Seed(ARRIVES / "pdf_printed_smaller.pdf"), Seed(ARRIVES / "pdf_printed_smaller.pdf", made=unpacked)],
    "pdf_xfa": [Seed(ARRIVES / "pdf_xfa.pdf", ARRIVES)],
    "pdf_scan": [Seed(ARRIVES / "pdf_scanned.pdf")],
    "docx": [Seed(ARRIVES / "word_form.docx"), Seed(BOROUGHS / "northmere_referral.docx", BOROUGHS)],
    "email": [Seed(ARRIVES / "mail_form_and_logo.eml")],
    "msg": [Seed(ARRIVES / "mail_forwarded.msg")],
    "mbox": [Seed(ARRIVES / "mailbox_one_twice.mbox")],
    "zip": [Seed(PLACE, made=zipped), Seed(ARRIVES / "zip_locked.zip")],
    "pasted": [Seed(ARRIVES / "mail_pasted_lines.eml"), Seed(ARRIVES / "mail_pasted_table.eml")],
    "html": [Seed(ARRIVES / "mail_pasted_table.eml", made=page_of)],
}
"""Kind → its good files."""
