"""Other people's programs, filling blanks in as a person would: what they write is what our readers must understand."""

from tests.fillers.libreoffice_fill import fill_with_libreoffice
from tests.fillers.pdf_js_fill import fill_with_pdf_js
from tests.fillers.pdf_lib_fill import fill_with_pdf_lib
from tests.fillers.pdf_places import Answers, as_shown
from tests.fillers.pdfium_fill import fill_with_pdfium
from tests.fillers.qpdf_fill import fill_with_qpdf

__all__ = ["Answers", "as_shown", "fill_with_libreoffice", "fill_with_pdf_js", "fill_with_pdf_lib", "fill_with_pdfium", "fill_with_qpdf"]
