"""The one sentence for a form that was read, and still cannot be marked: it goes back as a list of questions."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from zipfile import BadZipFile

from lxml.etree import LxmlError

from mase_docs.errors import InputRefusedError
from mase_docs.silence import silence

STRAY = (
    *(ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, StopIteration, RuntimeError, OverflowError, OSError),
    *(EOFError, BadZipFile, zlib.error, struct.error, LxmlError),
)
"""What lxml, zipfile and pypdf raise for a file that is not as its format says (RecursionError is a RuntimeError)."""


@contextmanager
def marking() -> Iterator[None]:
    """Turns whatever goes wrong while a form is marked into InputRefusedError."""
    from pypdf.errors import PyPdfError

    try:
        with silence("pypdf"):
            yield
    except (*STRAY, PyPdfError):
        message = "This form was read, but is built in a way in which it cannot be marked."
        raise InputRefusedError("AR27", message, "Send the list of questions with a blank form.") from None
