"""Nothing that a child's form says reaches stderr, a log or a file name."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from mase_docs.blanks import excel
from mase_docs.definition.home import Home
from tests.conftest import Command
from tests.fillers.openpyxl_fill import fill_with_openpyxl
from tests.fillers.qpdf_fill import fill_with_qpdf

MARKER = "Xmarkerx"
COMMANDS = [
    ("read", "{file}"),
    ("check", "{file}"),
    ("agenda", "{file}", "-o", "out.docx"),
    ("minutes", "{file}", "-o", "out.docx"),
    ("minutes", "{file}", "-o", "out.docx", "--include-invalid"),
    ("report", "{file}", "-o", "out.docx"),
]


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An Excel and a PDF form with the marker typed into every place that takes words."""
    home, folder = Home(), tmp_path_factory.mktemp("marked")
    form = home.form("referral")
    blank = {"xlsx": folder / "blank.xlsx", "pdf": folder / "blank.pdf"}
    blank["xlsx"].write_bytes(excel.build(form, home))
    from mase_docs.blanks import pdf

    blank["pdf"].write_bytes(pdf.build(form, home))
    made = {"xlsx": folder / "form.xlsx", "pdf": folder / "form.pdf"}
    fill_with_openpyxl(blank["xlsx"], {s.name: f"{MARKER} {n}" for n, s in enumerate(home.slots(form, "xlsx"))}, made["xlsx"])
    words = {
        s.name: f"{MARKER} {n}"
        for n, s in enumerate(home.slots(form, "pdf"))
        if not s.option and not s.field.choices and s.field.type != "yes_no"
    }
    fill_with_qpdf(blank["pdf"], words, made["pdf"])
    return made


@pytest.mark.parametrize("medium", ["xlsx", "pdf"])
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_answer_reaches_stderr(words: tuple[str, ...], medium: str, marked: dict[str, Path], mase_docs: Command) -> None:
    done = mase_docs(*(word.format(file=marked[medium]) for word in words))
    assert done.returncode in (0, 3)
    assert MARKER.casefold() not in done.stderr.casefold()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("medium", ["xlsx", "pdf"])
def test_what_check_says_on_the_screen_repeats_no_answer(medium: str, marked: dict[str, Path], mase_docs: Command) -> None:
    done = mase_docs("check", marked[medium])
    assert "error" in done.stdout
    assert MARKER.casefold() not in (done.stdout + done.stderr).casefold()


def test_an_unexpected_failure_is_one_line_without_what_it_was_about(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from mase_docs import cli, pipeline

    def fails(*_: object) -> None:
        raise KeyError(MARKER)

    monkeypatch.setattr(pipeline, "read", fails)
    assert cli.run(["read", "."]) == 1
    said = capsys.readouterr().err
    assert MARKER not in said
    assert said.count("\n") == 1
    assert "KeyError" in said


def test_a_document_carries_no_answer_in_its_properties(marked: dict[str, Path], mase_docs: Command, tmp_path: Path) -> None:
    import docx

    mase_docs("minutes", marked["xlsx"], "--include-invalid", "--today", date(2026, 11, 23), "-o", "minutes.docx")
    properties = docx.Document(BytesIO((tmp_path / "minutes.docx").read_bytes())).core_properties
    told = " ".join(
        str(getattr(properties, name)) for name in ("author", "title", "subject", "keywords", "comments", "last_modified_by", "category")
    )
    assert MARKER not in told
