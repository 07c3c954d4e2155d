"""docs/arrives.md is true: it names every kind of file there is, says what the code says, and the examples arrive as it tells."""

from __future__ import annotations

import json
import os
import runpy
import shutil
from datetime import date
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
FILES = sorted(path for path in ARRIVES.iterdir() if path.is_file() and path.suffix not in (".json", ".txt"))
TODAY = date(2026, 11, 23)
TYPED = {  # what was typed into an example, as the month's own expected result says: told without any of the readers at work here
    "mail_form_and_logo.eml": "10_a_place.xlsx",
    "mail_forwarded.msg": "10_a_place.xlsx",
    "mail_pasted_lines.eml": "09_clinic.pdf",
    "mail_pasted_table.eml": "10_a_place.xlsx",
    "mailbox_one_twice.mbox": "10_a_place.xlsx",
    "pdf_flattened_gs.pdf": "12_impossible_date.pdf",
    "pdf_printed_smaller.pdf": "10_a_place.xlsx",
    "pdf_scanned.pdf": "10_a_place.xlsx",
    "sheet_gnumeric.xlsx": "01_school_group.xlsx",
    "sheet_libreoffice.ods": "10_a_place.xlsx",
    "sheet_libreoffice.xls": "10_a_place.xlsx",
    "sheet_sheetjs.xlsb": "10_a_place.xlsx",
    "sheet_strict.xlsx": "08_both_roles.xlsx",
    "word_controls_lost.docx": "01_school_group.xlsx",
    "word_form.docx": "01_school_group.xlsx",
    "word_libreoffice_odt.docx": "01_school_group.xlsx",
    "zip_locked.zip": "10_a_place.xlsx",
}
NOT_AS_TYPED = {  # a scan may miss a word, and LibreOffice moves line breaks: each is of low sureness
    "pdf_scanned.pdf": {"information_source"},
    "word_libreoffice_odt.docx": {"reason_for_referral", "home_address"},
}
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


def arrived(path: Path) -> list[dict[str, Any]]:
    home, passwords = Home(ARRIVES), Passwords((ARRIVES / "passwords.txt").read_text(encoding="utf-8").splitlines())
    return [as_json(form, home) for form in read([path], home, TODAY, passwords)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.name))
def test_an_example_arrives_as_its_json_says(path: Path) -> None:
    if path.name == "pdf_scanned.pdf" and not shutil.which("tesseract") and not os.environ.get("MASE_DOCS_REQUIRE_ALL"):
        pytest.skip("tesseract is not installed")
    assert arrived(path) == expected(path)


@pytest.mark.parametrize("name", TYPED)
def test_what_was_typed_into_an_example_is_what_its_json_says(name: str) -> None:
    [form] = [line for line in expected(ARRIVES / name) if line["form"]]
    typed = json.loads((ROOT / "examples" / "month" / f"{TYPED[name]}.expected.json").read_text(encoding="utf-8"))["answers"]
    other = {question for question in typed if typed[question] != form["answers"][question]}
    assert other == NOT_AS_TYPED.get(name, set())
    assert all(form["confidence"].get(question, "low") == "low" for question in other)


def test_every_example_of_our_own_forms_is_held_against_what_was_typed() -> None:
    assert {path.name for path in FILES} - TYPED.keys() == {"pdf_xfa.pdf"}, "a form of Westmere's own"
