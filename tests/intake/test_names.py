"""What a file is called inside a mail or an archive can neither lead out of a folder nor hide what the file is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mase_docs.intake.names import LONGEST, claims, hides, is_disguised, safe_name, visible


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("form.xlsx", "form.xlsx"),
        ("Zoë – Łuk's form (2).xlsx", "Zoë – Łuk's form (2).xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\gil\\form.xlsx", "form.xlsx"),
        ("\\\\server\\share\\form.xlsx", "form.xlsx"),
        ("form.xlsx/", "file"),
        ("..", "file"),
        ("", "file"),
        ("\u202e\u200b", "file"),
        ("form\u202exslx.exe", "formxslx.exe"),
        ("fo\u200brm\u00ad.xl\u2060sx", "form.xlsx"),
        ("form\x00.xlsx", "form.xlsx"),
        ("form.pdf" + " " * 80 + ".exe", "form.pdf .exe"),
        ("form.xlsx. . .", "form.xlsx"),
        ("form.xlsx:hidden.exe", "form.xlsx_hidden.exe"),
        ("a*b?.xlsx", "a_b_.xlsx"),
        ("CON", "_CON"),
        ("nul.xlsx", "_nul.xlsx"),
        ("LPT1 .pdf", "_LPT1 .pdf"),
        ("console.xlsx", "console.xlsx"),
        ("Zoe\u0308.xlsx", "Zoë.xlsx"),
    ],
)
def test_a_name_is_cleaned(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_ending() -> None:
    assert safe_name("a" * 500 + ".xlsx") == "a" * (LONGEST - 5) + ".xlsx"
    assert len(safe_name("a" * 500 + "." + "b" * 500)) == LONGEST


@given(some.text(max_size=300))
def test_no_name_whatever_leads_out_of_its_folder_or_holds_what_cannot_be_seen(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= LONGEST + 1
    assert not set(safe) & set('/\\<>:"|?*')
    assert safe not in (".", "..")
    assert visible(safe) == safe


@pytest.mark.parametrize("name", ["form\u202exslx.exe", "form\u200b.xlsx", "form.pdf     .exe", "form\x07.xlsx", "\u3164.xlsx"])
def test_a_name_that_hides_something_is_told(name: str) -> None:
    assert hides(name)


@pytest.mark.parametrize("name", ["form.xlsx", "a  b.xlsx", "form\r\n .xlsx", "Zoe\u0308.xlsx", "C:\\form.xlsx", "", "form .xlsx"])
def test_a_name_that_is_only_odd_hides_nothing(name: str) -> None:
    assert not hides(name)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("form.pdf", "xlsx"), ("form.xlsx", "html"), ("form.XLS", "html"), ("form.docx", "docm"), ("logo.png", "pdf"), ("form.txt", "zip")],
)
def test_a_name_that_claims_another_kind_is_told(name: str, kind: str) -> None:
    assert is_disguised(name, kind)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("form.xlsx", "xlsx"),
        ("form.xlsx", "encrypted"),
        ("form.xlsx", "rights"),
        ("form.PDF ", "pdf_scan"),
        ("form.xlsx", "zeros"),
        ("form", "xlsx"),
        ("form.dat", "xlsx"),
        ("form.v2", "pdf"),
        ("monday.eml", "email"),
    ],
)
def test_a_name_that_claims_nothing_else_is_not(name: str, kind: str) -> None:
    assert not is_disguised(name, kind)


def test_what_an_ending_claims() -> None:
    assert claims("form.pdf") == frozenset({"pdf", "pdf_flat", "pdf_scan", "pdf_xfa", "rights"})
    assert claims("form") is None
