"""A file that is no form gets one sentence that says what it is and one that says what to ask for, quickly and in little memory."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from mase_docs.definition.home import Home
from mase_docs.intake.arriving import read_path
from mase_docs.intake.reader import read_source
from mase_docs.intake.refusals import REFUSALS
from mase_docs.model.submission import Submission
from tests.intake.files import SHEET_TYPE, ole, overlapping_zip, package, random_bytes, relations, types_of, workbook, workbook_parts

TODAY = date(2026, 11, 21)
BIG = b"<c/>" * 3_000_000
LETTER = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>Dear all</w:t></w:r></w:p></w:body></w:document>"
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
STRICT = relations(("officeDocument", "xl/workbook.xml")).replace(
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships"
)


def encoded(encoding: str, text: str) -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode()


SHEET = "xl/worksheets/sheet1.xml"
FILES: dict[str, tuple[bytes, str, str, str]] = {
    "empty": (b"", "empty", "AR26", "empty"),
    "only zeros": (bytes(5000), "zeros", "AR27", "zeros"),
    "random bytes": (random_bytes(), "unknown", "AR30", "not a form"),
    "an encrypted workbook": (ole("EncryptionInfo", "EncryptedPackage"), "encrypted", "AR1", "password"),
    "an old workbook with nothing in it": (ole("Workbook"), "xls", "AR27", "damaged"),
    "an old Word document": (ole("WordDocument"), "doc", "AR30", "Word"),
    "a Word document": (package({"[Content_Types].xml": types_of(WORD), "word/document.xml": LETTER}), "docx", "AR15", "not a form"),
    "a Strict workbook of nothing known": (package({**workbook_parts(""), "_rels/.rels": STRICT}), "xlsx", "AR15", "not a form"),
    "a binary workbook without its parts": (
        package({"[Content_Types].xml": types_of("application/vnd.ms-excel.sheet.binary.macroEnabled.main")}),
        "xlsb",
        "AR27",
        "damaged",
    ),
    "an OpenDocument sheet without contents": (
        package({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        "ods",
        "AR27",
        "damaged",
    ),
    "a zip archive": (package({"form.xlsx": "x"}), "zip", "AR30", "zip"),
    "a web page called .xlsx": (b"\xef\xbb\xbf <!DOCTYPE html><html><table>", "html", "AR30", "web page"),
    "plain text": ("Name: Zoë\nAge: 15\n".encode(), "text", "AR30", "plain text"),
    "a table of commas": (b"name,dob\nAnn,2011-07-03\n", "text", "AR30", "plain text"),
    "a photograph": (b"\xff\xd8\xff\xe0" + random_bytes(), "picture", "AR30", "picture"),
    "a rich-text document": (b"{\\rtf1\\ansi Hello}", "rtf", "AR30", "rich-text"),
    "a truncated workbook": (workbook("")[:700], "zip", "AR27", "damaged"),
    "a truncated PDF": (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "pdf", "AR27", "damaged"),
    "a workbook of nothing known": (workbook('<row><c t="str"><v>Hello</v></c></row>'), "xlsx", "AR15", "not a form that is known"),
    "a sheet that is no XML": (workbook("</oops>"), "xlsx", "AR27", "damaged"),
    "a workbook without its sheet": (package({k: v for k, v in workbook_parts("").items() if k != SHEET}), "xlsx", "AR27", "damaged"),
    "a sheet larger than a form's": (workbook("", **{SHEET: BIG}), "zip", "AR28", "larger"),
    "a tight bomb": (package({**workbook_parts(""), "bomb": bytes(3_000_000)}), "zip", "AR28", "larger"),
    "too many parts": (package({str(n): "" for n in range(1200)}), "zip", "AR28", "larger"),
    "parts that overlap": (overlapping_zip(), "zip", "AR28", "no office program"),
    "entities": (workbook("", **{SHEET: '<!DOCTYPE x [<!ENTITY a "aa">]><worksheet>&a;</worksheet>'}), "xlsx", "AR28", "no office program"),
    "entities in UTF-16": (
        workbook("", **{SHEET: '<!DOCTYPE x [<!ENTITY a "aa">]><worksheet>&a;</worksheet>'.encode("utf-16")}),
        "xlsx",
        "AR28",
        "no office",
    ),
    "an odd encoding": (workbook("", **{SHEET: encoded("utf-7", "<worksheet/>")}), "xlsx", "AR28", "no office program"),
    "endless merged ranges": (
        workbook("", "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 20_000 + "</mergeCells>"),
        "xlsx",
        "AR28",
        "larger",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_form_is_refused_in_one_sentence(name: str, home: Home) -> None:
    data, kind, code, said = FILES[name]
    started = time.perf_counter()
    found = read_source("form.xlsx", data, home, TODAY)
    assert time.perf_counter() - started < 5
    assert (found.source.kind, found.form, found.answers) == (kind, None, {})
    assert [(p.severity, p.code) for p in found.problems] == [("error", code)]
    assert said in found.problems[0].message
    assert found.problems[0].remedy


def test_every_refusal_is_one_sentence_and_one_thing_to_do() -> None:
    for said, asked in REFUSALS.values():
        assert said.endswith(".")
        assert said.count(". ") == 0
        assert asked.endswith(".")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_workbook_with_names_twice_is_not_opened(home: Home) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml", "xl/workbook.xml"):
            archive.writestr(name, types_of(SHEET_TYPE))
    assert codes(read_source("a.xlsx", out.getvalue(), home, TODAY)) == ["AR28"]


def test_every_workbook_cut_short_anywhere_is_refused_and_nothing_is_raised(home: Home) -> None:
    whole = workbook('<row><c t="str"><v>Hello</v></c></row>')
    for length in range(0, len(whole), 37):
        assert read_source("a.xlsx", whole[:length], home, TODAY).form is None


def test_a_workbook_with_any_byte_changed_is_refused_or_read_and_nothing_is_raised(home: Home) -> None:
    whole = bytearray(workbook('<row><c t="str"><v>Hello</v></c></row>'))
    for place in range(0, len(whole), 5):
        changed = bytes(whole[:place]) + bytes([whole[place] ^ 0x55]) + bytes(whole[place + 1 :])
        assert read_source("a.xlsx", changed, home, TODAY).problems


def codes(found: Submission) -> list[str]:
    return [problem.code for problem in found.problems]


def test_what_cannot_be_opened_is_said(tmp_path: Path, home: Home) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert codes(read_path(tmp_path / "pipe", home, TODAY)) == ["AR32"]
    assert codes(read_path(tmp_path, home, TODAY)) == ["AR32"]
    assert codes(read_path(tmp_path / "not there.xlsx", home, TODAY)) == ["AR32"]


MEASURE = """
import resource, sys, time
from datetime import date
from pathlib import Path
from mase_docs.definition.home import Home
from mase_docs.intake.arriving import read_path
resource.setrlimit(resource.RLIMIT_AS, (512 * 2**20, 512 * 2**20))
started = time.perf_counter()
found = read_path(Path(sys.argv[1]), Home(), date(2026, 11, 21))
assert time.perf_counter() - started < 10
print(found.problems[0].code, found.problems[0].message)
"""


@pytest.mark.parametrize(
    ("head", "size", "said"),
    [(b"", 100_000_000, "AR27 There is nothing but zeros"), (b"%PDF-1.7\n", 3_000_000_000, "AR28"), (b"PK\x03\x04", 100_000_000, "AR28")],
)
def test_a_huge_file_is_refused_at_once_and_in_little_memory(head: bytes, size: int, said: str, tmp_path: Path) -> None:
    huge = tmp_path / "huge"
    with huge.open("wb") as file:
        file.write(head)
        file.truncate(size)
    done = subprocess.run([sys.executable, "-c", MEASURE, huge], capture_output=True, text=True, check=False)
    assert done.stdout.startswith(said), done.stderr


@pytest.mark.parametrize("name", ["a sheet larger than a form's", "a tight bomb", "endless merged ranges"])
def test_a_file_made_to_hurt_is_refused_in_little_memory(name: str, tmp_path: Path) -> None:
    (tmp_path / "bad.xlsx").write_bytes(FILES[name][0])
    done = subprocess.run([sys.executable, "-c", MEASURE, tmp_path / "bad.xlsx"], capture_output=True, text=True, check=False)
    assert done.stdout.startswith("AR28"), done.stderr


def test_the_first_bytes_say_what_a_file_is_and_not_its_name(home: Home) -> None:
    assert read_source("form.pdf", workbook(""), home, TODAY).source.kind == "xlsx"


def test_a_source_carries_the_name_and_the_hash_of_its_bytes(home: Home) -> None:
    source = read_source("form.xlsx", b"", home, TODAY).source
    assert (source.name, source.sha256[:8]) == ("form.xlsx", "e3b0c442")
