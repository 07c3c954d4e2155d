"""Completed forms as they arrive once they were printed to PDF, flattened, shrunk, turned or cut, by real programs."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path

import pypdfium2
from pypdf import PageObject, PdfReader, PdfWriter, Transformation

A4, LETTER = (595.0, 842.0), (612.0, 792.0)


def by_ghostscript(form: Path, out: Path) -> None:
    subprocess.run(["gs", "-q", "-sDEVICE=pdfwrite", "-dPreserveAnnots=false", "-o", out, form], check=True)


def by_ghostscript_on_letter(form: Path, out: Path) -> None:
    fit = ["-sPAPERSIZE=letter", "-dFIXEDMEDIA", "-dPDFFitPage"]
    subprocess.run(["gs", "-q", "-sDEVICE=pdfwrite", "-dPreserveAnnots=false", *fit, "-o", out, form], check=True)


def by_pdftk(form: Path, out: Path) -> None:
    subprocess.run(["pdftk", form, "output", out, "flatten"], check=True)


def by_qpdf(form: Path, out: Path) -> None:
    subprocess.run(["qpdf", "--generate-appearances", "--flatten-annotations=all", form, out], check=True)


def by_pdfium(form: Path, out: Path) -> None:
    """As Chrome does before it prints."""
    document = pypdfium2.PdfDocument(form)
    document.init_forms()
    for page in document:
        page.flatten()
    document.save(out)
    document.close()


def shrunk(page: PageObject, paper: tuple[float, float] = A4, scale: float = 0.93, right: float = 25, up: float = 11) -> PageObject:
    """The page as "fit to page" prints it: smaller, and a little aside."""
    return _drawn(page, paper, Transformation().scale(scale).translate(right, up))


def on_its_head(page: PageObject) -> PageObject:
    """The page as a sheet that lay the wrong way round: everything on it is turned."""
    return _drawn(page, A4, Transformation().rotate(180).translate(*A4))


def lying(page: PageObject) -> PageObject:
    """The page on paper turned by a quarter, so that its text runs upwards."""
    return _drawn(page, A4[::-1], Transformation().rotate(90).translate(A4[1], 0))


def two_on_one(left: PageObject, right: PageObject) -> PageObject:
    sheet = _drawn(left, (842.0, 595.0), Transformation().scale(0.7))
    sheet.merge_transformed_page(right, Transformation().scale(0.7).translate(421, 0))
    return sheet


def _drawn(page: PageObject, paper: tuple[float, float], move: Transformation) -> PageObject:
    sheet = PageObject.create_blank_page(None, *paper)
    sheet.merge_transformed_page(page, move)
    return sheet


def with_pages(data: bytes, change: Callable[[list[PageObject]], Iterable[PageObject]]) -> bytes:
    """The PDF of the pages that `change` makes of a PDF's."""
    writer, out = PdfWriter(), BytesIO()
    for page in change(list(PdfReader(BytesIO(data)).pages)):
        writer.add_page(page)
    writer.write(out)
    return out.getvalue()
