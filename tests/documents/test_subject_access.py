"""The paper of a subject access: every fact with room for a decision, nothing decided; and the certificate that names nobody."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from mase_docs import resources
from mase_docs.definition.home import Home
from mase_docs.documents import certificate, subject_access
from mase_docs.merge.word import render
from mase_docs.model.certificate import STILL_THERE, Certificate, Disposed
from mase_docs.model.subject_access import NOTICE, THIRD_PARTY, Entry, Fact, Section, SubjectAccess

SAID = Entry(
    "What it says",
    "Perpetua Invented, Children in Need",
    "1 May 2026",
    "MASE-2026-0007, form.xlsx",
    (Fact("First language", "Testish"), Fact("Linked person", "Friend <Sample> {{ x }}", "as typed", (THIRD_PARTY,))),
)
FOUND = SubjectAccess(
    "MASE-2026-0007", ("MASE-2026-0007",), "22 November 2026", "tester", ("Do not disclose: a reason",), (Section("A form", "", (SAID,)),)
)
DONE = Certificate(
    (Disposed(("MASE-2026-0007",), "not looked after: until age 25 (due in 2036)", "2026 to 2026", {"person": 1, "referral": 2}),),
    "2036-05-01 09:30", "its time is up", "Head of Safeguarding", "tester", 9, 40, "ab" * 32,
)  # fmt: skip
TEMPLATES = {"subject_access": "make_subject_access_template", "certificate": "make_certificate_template"}


def written(name: str, home: Home) -> bytes:
    """The finished paper of that template."""
    if name == "certificate":
        context, must_show = certificate.context(DONE, home), certificate.must_show(DONE)
    else:
        context, must_show = subject_access.context(FOUND, home), subject_access.must_show(FOUND)
    return render(resources.folder("templates") / f"{name}.docx", context, must_show, title=context["title"])


def rows(paper: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in Document(BytesIO(paper)).tables for row in table.rows]


def lines(paper: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(paper)).paragraphs]


def test_the_paper_says_first_that_nothing_is_decided(home: Home) -> None:
    text = lines(written("subject_access", home))
    assert [text.index(notice) for notice in NOTICE] == sorted(text.index(notice) for notice in NOTICE)
    assert text.index(NOTICE[-1]) < text.index("Do not disclose: a reason") < text.index("A form")


def test_every_fact_has_an_empty_place_for_the_decision(home: Home) -> None:
    found = [row for row in rows(written("subject_access", home)) if len(row) == 4]
    assert found[0][3] == "Decision: disclose / withhold / exempt, why"
    assert found[1:] == [
        ["First language", "Testish", "–", ""],
        ["Linked person", "Friend <Sample> {{ x }}\n(Written as: as typed)", THIRD_PARTY, ""],
    ]


def test_every_source_is_named(home: Home) -> None:
    assert "Said by Perpetua Invented, Children in Need. 1 May 2026. MASE-2026-0007, form.xlsx." in lines(written("subject_access", home))


def test_the_json_has_the_notices_and_everything(home: Home) -> None:
    said = subject_access.as_json(FOUND)
    assert said["notices"] == list(NOTICE)
    assert said["sections"][0]["entries"][0]["facts"][1]["marks"] == (THIRD_PARTY,)


def test_the_certificate_says_what_went_who_approved_it_and_how_to_prove_it(home: Home) -> None:
    paper = written("certificate", home)
    for row in (["Approved by", "Head of Safeguarding"], ["Done by", "tester"], ["People", "1"], ["Forms", "2"]):
        assert row in rows(paper)
    assert "ab" * 32 in lines(paper)
    assert set(STILL_THERE) <= set(lines(paper))


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_name_is_in_the_properties(name: str, home: Home) -> None:
    properties = Document(BytesIO(written(name, home))).core_properties
    assert properties.author == ""
    assert "Sample" not in properties.title


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("checker", [["openxml-audit"], ["ooxml-integrity", "check"]])
def test_the_checkers_find_nothing(checker: list[str], name: str, home: Home, tmp_path: Path) -> None:
    made = tmp_path / "paper.docx"
    made.write_bytes(written(name, home))
    for file in (made, resources.folder("templates") / f"{name}.docx"):
        program = Path(sys.executable).parent / checker[0]
        said = subprocess.run([program, *checker[1:], file], capture_output=True, encoding="utf-8", timeout=120)
        assert said.returncode == 0, said.stdout
        assert "Errors: 0" in said.stdout or "0 error(s), 0 warning(s)" in said.stdout


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_templates_are_as_their_scripts_make_them(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(resources.folder("templates").parent / "docs" / "developing")
    import_module(TEMPLATES[name]).make(tmp_path)
    made, shipped = tmp_path / f"{name}.docx", resources.folder("templates") / f"{name}.docx"
    assert made.read_bytes() == shipped.read_bytes(), f"run docs/developing/{TEMPLATES[name]}.py"
