"""Completed forms to be marked, and how they are read before and after."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from functools import cache
from pathlib import Path

from lxml import etree

from mase_docs.definition.home import Home
from mase_docs.intake.reader import read_source
from mase_docs.model.submission import Submission
from mase_docs.packs.marks import Mark, marks
from mase_docs.validation.check import check
from tests.conftest import ROOT

TODAY = date(2026, 11, 23)
MONTH = ROOT / "examples" / "month"
REFERENCE = "MASE-2026-0007"
HOSTILE = ["=1+1", "+44 20 7946 0000", "-2+3", "@SUM(A1)", "Łukasz “Ł” <b>&amp;</b>", "one\ntwo", "00123", "{{ 7*7 }}", "_x000D_"]


@cache
def completed(path: Path, home: Home) -> Submission:
    return of_bytes(path.name, path.read_bytes(), home)


def of_bytes(name: str, data: bytes, home: Home) -> Submission:
    """The form in some bytes, with everything found wrong."""
    form = read_source(name, data, home, TODAY)
    form.problems = check(form, home, TODAY)
    return form


def asked(form: Submission, home: Home) -> list[Mark]:
    assert form.form
    return marks(form.problems, home.form(form.form, form.version), home)


def at(form: Submission, *paths: str) -> list[Mark]:
    """A mark at each of some answers."""
    return [Mark(path, form.answers[path].place, path, f"Please look at “{path}” again.", "warning") for path in paths]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def plain(part: bytes) -> bytes:
    """XML in the one way of writing that is the same for all that mean the same."""
    return bytes(etree.tostring(etree.fromstring(part), method="c14n"))
