"""LiveCycle (XFA) forms whose fields are empty: their data is read where their names are known, else they are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from mase_docs.definition.home import Home
from mase_docs.errors import InputRefusedError
from mase_docs.intake import pdf
from tests.intake.handmade_pdf import form

DATA = """<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><form1><Page1><Surname>Quillon</Surname>
<Born>2011-07-03</Born><Worries><body xmlns="http://www.w3.org/1999/xhtml"><p>Out <b>late</b>.</p><p>Twice.</p></body></Worries>
<Missing>1</Missing><Other>0</Other></Page1><Row><Name>A. Carer</Name></Row><Row><Name>B. Carer</Name></Row><Unread>more</Unread>
</form1></xfa:data></xfa:datasets>"""
DEFINITION = """
id = "westmere_referral"
version = 1
title = "Westmere Council: referral"
based_on = "referral_v1"
[recognise]
pdf_fields = ["form1.Page1.Surname", "form1.Page1.Born"]
[[section]]
name = "all"
label = "All"
[[section.field]]
name = "family_name"
label = "Surname"
pdf = "form1.Page1.Surname"
[[section.field]]
name = "dob"
label = "Born"
pdf = "form1.Page1.Born"
[[section.field]]
name = "reason_for_referral"
label = "Worries"
pdf = "form1.Page1.Worries"
[[section.field]]
name = "concern_types"
label = "Kinds"
pdf_ticks = { "form1.Page1.Missing" = "missing", "form1.Page1.Other" = "other" }
[[section.field]]
name = "home_address"
label = "Carer"
pdf = "form1.Row[1].Name"
"""


def xfa(packet: str, whole: bool = False) -> bytes:
    stream = f"<</Length {len(packet.encode())}>>stream\n{packet}\nendstream".encode()
    acroform = "/XFA 20 0 R" if whole else "/XFA[(template)21 0 R(datasets)20 0 R]"
    return form(acroform=acroform, extra={20: stream, 21: b"<</Length 6>>stream\n<tem/>\nendstream"})


@pytest.fixture
def borough(tmp_path: Path) -> Home:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "westmere_referral_v1.toml").write_text(DEFINITION, encoding="utf-8")
    return Home(tmp_path)


@pytest.mark.parametrize(
    "data", [xfa(DATA), xfa(f'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/">{DATA}</xdp:xdp>', whole=True)], ids=["packets", "whole"]
)
def test_a_boroughs_xfa_form_is_read_by_the_paths_of_its_data(data: bytes, borough: Home) -> None:
    reading = pdf.read(data, borough)
    assert {key: finding.raw for key, finding in reading.findings.items()} == {
        ("family_name", None): "Quillon",
        ("dob", None): "2011-07-03",
        ("reason_for_referral", None): "Out late.\nTwice.",
        ("concern_types", "missing"): "1",
        ("concern_types", "other"): "0",
        ("home_address", None): "B. Carer",
    }
    assert {finding.confidence for finding in reading.findings.values()} == {"medium"}
    assert reading.kind == "pdf_xfa"
    assert [(problem.code, problem.severity) for problem in reading.problems] == [("AR6", "warning"), ("AR33", "warning")]


def code_of_refusal(data: bytes, home: Home) -> str:
    with pytest.raises(InputRefusedError) as refused:
        pdf.read(data, home)
    return refused.value.code


def test_an_xfa_form_that_nobody_described_is_refused_as_one() -> None:
    assert code_of_refusal(xfa(DATA), Home()) == "AR6"


def test_an_xfa_form_without_data_is_refused_as_one(borough: Home) -> None:
    assert code_of_refusal(xfa("<xfa:datasets xmlns:xfa='http://www.xfa.org/schema/xfa-data/1.0/'/>"), borough) == "AR6"
    assert code_of_refusal(form(acroform="/XFA[(template)21 0 R]", extra={21: "null"}), borough) == "AR6"


@pytest.mark.parametrize(
    ("packet", "code"),
    [
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>' + DATA.replace("Quillon", "&b;"), "AR28"),
        (DATA.replace("<form1>", "<form1>" + "<a>" * 200).replace("</form1>", "</a>" * 200 + "</form1>"), "AR28"),
        (DATA.replace("<Unread>more</Unread>", "<a/>" * 6000), "AR28"),
        (DATA[:-30], "AR27"),
    ],
    ids=["an external entity", "too deep", "too many values", "cut short"],
)
def test_hostile_and_damaged_data_is_refused(packet: str, code: str, borough: Home) -> None:
    assert code_of_refusal(xfa(packet), borough) == code
