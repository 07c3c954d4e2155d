"""PDFs that cannot be read: each is refused for what it is, in one sentence, quickly and in little memory."""

from __future__ import annotations

import logging
import subprocess
import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

from mase_docs.definition.home import Home
from mase_docs.errors import InputRefusedError
from mase_docs.intake.pdf import read
from mase_docs.intake.pdf_open import read_pdf
from tests.intake.handmade_pdf import form, pdf, text_field

FORM = Path(__file__).parents[2] / "examples/boroughs/eastwick_referral.pdf"


def reason(data: bytes) -> str:
    with pytest.raises(InputRefusedError) as refused:
        read(data, Home())
    assert refused.value.message.endswith(".")
    assert refused.value.remedy.endswith(".")
    return refused.value.code


@pytest.mark.parametrize("tenths", range(10))
def test_a_pdf_cut_short_is_refused_as_damaged(tenths: int) -> None:
    whole = FORM.read_bytes()
    assert reason(b"%PDF-1.4\n" + whole[9 : len(whole) * tenths // 10]) == "AR27"


def test_a_pdf_that_lacks_only_its_last_bytes_is_refused_as_damaged() -> None:
    assert reason(FORM.read_bytes()[:-12]) == "AR27"


def test_a_save_cut_short_is_not_read_as_the_blank_it_was_before() -> None:
    blank = form(text_field("dob", b"()"))
    saved = PdfWriter(BytesIO(blank), incremental=True)
    saved.update_page_form_field_values(saved.pages[0], {"dob": "3 July 2011"}, auto_regenerate=False)
    out = BytesIO()
    saved.write(out)
    assert len(out.getvalue()) > len(blank)
    assert reason(out.getvalue()[: len(blank) + 100]) == "AR27"


@pytest.mark.needs("qpdf")
@pytest.mark.parametrize("length", ["40", "128", "256"])
def test_a_pdf_that_needs_a_password_is_refused(length: str, tmp_path: Path) -> None:
    assert reason(encrypted(tmp_path, "secret", length)) == "AR7"


@pytest.mark.needs("qpdf")
@pytest.mark.parametrize("length", ["40", "128", "256"])
def test_a_pdf_with_only_an_owner_password_opens_without_asking(length: str, tmp_path: Path) -> None:
    found = {f.name: f.value for f in read_pdf(encrypted(tmp_path, "", length)).fields}
    assert found["Text6"] == "Sélassié-Whyte"


def encrypted(folder: Path, password: str, length: str) -> bytes:
    weak = ["--allow-weak-crypto"] if length != "256" else []
    out = folder / "locked.pdf"
    subprocess.run(["qpdf", *weak, "--encrypt", password, "owner", length, "--", str(FORM), str(out)], check=True)
    return out.read_bytes()


@pytest.mark.needs("qpdf", "pdftk", "pdftocairo")
@pytest.mark.parametrize(
    "program",
    [
        lambda source, target: ["qpdf", "--flatten-annotations=all", source, target],
        lambda source, target: ["pdftk", source, "output", target, "flatten"],
        lambda source, target: ["pdftocairo", "-pdf", source, target],
    ],
    ids=["qpdf", "pdftk", "printed"],
)
def test_a_flattened_or_printed_form_is_refused_as_such(program: Callable[[str, str], list[str]], tmp_path: Path) -> None:
    subprocess.run(program(str(FORM), str(tmp_path / "flat.pdf")), check=True)
    assert reason((tmp_path / "flat.pdf").read_bytes()) == "AR4"


@pytest.mark.needs("pdftoppm")
def test_a_scan_is_refused_as_a_picture(tmp_path: Path) -> None:
    subprocess.run(["pdftoppm", "-r", "50", "-png", str(FORM), str(tmp_path / "page")], check=True)
    scan = BytesIO()
    canvas = Canvas(scan)
    canvas.drawImage(str(next(tmp_path.glob("*.png"))), 0, 0, 595, 842)
    canvas.save()
    assert reason(scan.getvalue()) == "AR5"


def test_an_xfa_form_is_refused_as_one() -> None:
    assert reason(form(acroform="/XFA 20 0 R", extra={20: b"<</Length 6>>stream\n<xdp/>\nendstream"})) == "AR6"


def test_a_static_xfa_form_is_read_by_its_fields() -> None:
    found = read_pdf(form(text_field("topmostSubform[0].dob[0]", b"(x)"), acroform="/XFA 20 0 R", extra={20: "null"}))
    assert found.xfa
    assert [f.value for f in found.fields] == ["x"]


def test_a_fillable_pdf_that_nobody_knows_is_refused_by_name_of_what_it_is() -> None:
    assert reason(form(text_field("colour", b"(blue)"))) == "AR15"


def test_an_unknown_version_is_refused() -> None:
    assert reason(form(text_field("form_id", b"(referral)"), text_field("form_version", b"(99)"))) == "AR15"


def _stream(data: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), more, packed)


def _paged(kids: str, contents: bytes = b"null", more: dict[int, str | bytes] | None = None) -> bytes:
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 7 0 R>>>>>>"
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    tree = f"<</Type/Pages/Count 1/Kids[{kids}]>>"
    return pdf({1: "<</Type/Catalog/Pages 2 0 R>>", 2: tree, 3: page, 5: contents, 7: font, **(more or {})})


HURTFUL: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zeros after the header": ("AR28", lambda: b"%PDF-1.4\n" + bytes(24_000_000) + b"%%EOF\n"),
    "spaces before the end": ("AR28", lambda: b"%PDF-1.4\n" + b" " * 24_000_000 + b"startxref\n9\n%%EOF\n"),
    "a page tree that bites its tail": ("AR27", lambda: _paged("2 0 R")),
    "five thousand pages": ("AR28", lambda: _paged(" ".join(["3 0 R"] * 5000))),
    "a page that unpacks to 300 MB": ("AR28", lambda: _paged("3 0 R", _stream(bytes(300_000_000)))),
    "a page of a million operators": ("AR28", lambda: _paged("3 0 R", _stream(b"BT /F 9 Tf (a) Tj ET\n" * 1_000_000))),
    "an answer that unpacks to 200 MB": ("AR28", lambda: form(text_field("a", b"20 0 R"), extra={20: _stream(b"A" * 200_000_000)})),
    "an answer in half a million brackets": ("AR27", lambda: form(text_field("a", b"[" * 500_000 + b"]" * 500_000))),
    "a drop-down of a million choices": ("AR28", lambda: form(f"<</Subtype/Widget/FT/Ch/T(e)/Opt[{'(abc)' * 1_000_000}]>>")),
    "ten thousand fields": ("AR28", lambda: form(*[b"<</FT/Tx/T(%d)>>" % n for n in range(10_000)])),
    "a long answer in hexadecimal": ("AR28", lambda: form(text_field("a", b"<" + b"41" * 10_000_000 + b">"))),
    "a table of objects that lies about its size": (
        "AR27",
        lambda: b"%PDF-1.5\n1 0 obj\n" + _stream(bytes(40_000_000), b"/Type/XRef/W[1 2 1]/Size 10000000/Root 2 0 R")
        + b"\nendobj\nstartxref\n9\n%%EOF\n",
    ),
}  # fmt: skip

CHILD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
from mase_docs.definition.home import Home
from mase_docs.errors import InputRefusedError
from mase_docs.intake.pdf import read
try:
    read(sys.stdin.buffer.read(), Home())
except InputRefusedError as refused:
    print(refused.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of memory and time are set by resource")
@pytest.mark.parametrize("name", HURTFUL)
def test_a_file_made_to_hurt_is_refused_within_ten_seconds_and_512_megabytes(name: str) -> None:
    code, make = HURTFUL[name]
    done = subprocess.run([sys.executable, "-c", CHILD], input=make(), capture_output=True, timeout=30)
    assert (done.stdout.decode().strip(), done.stderr.decode()) == (code, "")


def test_what_pypdf_repairs_is_not_talked_about(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    broken = FORM.read_bytes().replace(b"startxref\n", b"startxref\n9")
    with caplog.at_level(logging.DEBUG):
        assert {f.name: f.value for f in read_pdf(broken).fields}["Text5"] == "Daniyar"
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")
