"""docs/arrives.md is true: it names every kind of file there is, says what the code says, and the examples arrive as it tells."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from mase_docs.definition.home import Home
from mase_docs.intake import sniff
from mase_docs.intake.arriving import Passwords
from mase_docs.intake.as_json import as_json
from mase_docs.intake.explained import ALSO_OPENED, READ, kinds_told
from mase_docs.intake.reader import CARRIERS, READERS
from mase_docs.pipeline import read
from tests.conftest import ROOT

ARRIVES = ROOT / "examples" / "arrives"
FILES = sorted(path for path in ARRIVES.iterdir() if path.suffix not in (".json", ".txt", ".py"))
TURNED_OUT = {"pdf_flat", "pdf_scan", "pdf_xfa", "email_body"}


def test_the_page_is_what_the_code_says() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "developing" / "make_docs.py"))["PAGES"]["arrives.md"]()
    assert (ROOT / "docs" / "arrives.md").read_text(encoding="utf-8") == made, "docs/arrives.md is stale: run docs/developing/make_docs.py"


def test_the_page_names_every_kind_that_a_file_can_be() -> None:
    tables = (sniff.KINDS, sniff.OLE_STREAMS, sniff.OPEN_DOCUMENT, sniff.OFFICE)
    sniffed = {kind for table in tables for kind in table.values()} | {
        "html",
        "mbox",
        "email",
        "text",
        "unknown",
        "empty",
        "zeros",
        "zip",
        "pdf",
    }
    assert sniffed <= kinds_told()


def test_what_the_page_says_is_read_is_what_is_read() -> None:
    assert {*READERS, *CARRIERS, *TURNED_OUT} == {*READ, *(kind for kind in ALSO_OPENED if kind in CARRIERS)}


def test_there_is_an_example_of_every_kind_that_is_read() -> None:
    shown = {line["kind"] for path in FILES for line in expected(path)} | {"xlsx", "pdf"}
    carriers = {path.suffix.lstrip(".").replace("eml", "email") for path in FILES}
    assert set(READ) - shown - carriers <= {"xlsm", "docm", "html", "picture"}, "these are made by the tests"


def expected(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.with_name(f"{path.name}.expected.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.name))
def test_an_example_arrives_as_its_json_says(path: Path, home: Home) -> None:
    passwords = Passwords((ARRIVES / "passwords.txt").read_text(encoding="utf-8").split())
    assert [as_json(form, home) for form in read([path], home, passwords=passwords)] == expected(path)
