"""register subject-access, review, keep, dispose and certificate, as a coordinator runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from io import BytesIO
from os import close, environ, read, write
from pathlib import Path
from shutil import copytree
from zipfile import ZipFile

import pytest
from docx import Document

from tests.conftest import ROOT, Command

FORM = ROOT / "examples" / "month" / "01_school_group.xlsx"
NAME = "Quillfeather"
ONE = "MASE-2026-0001"
WHO = ("--because", "its time is up", "--approved-by", "Head of Safeguarding")
LATER = ("--today", "2100-01-01")


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two boroughs' homes, each with a register and one young person in it: one whose case is open, one whose is closed."""
    folder = tmp_path_factory.mktemp("homes")
    environment = {**environ, "XDG_DATA_HOME": str(folder / "no-home")}

    def run(home: str, *words: object) -> None:
        command = [sys.executable, "-P", "-m", "mase_docs", "--home", folder / home, *words]
        subprocess.run(list(map(str, command)), check=True, capture_output=True, cwd=folder, env=environment)

    run("open", "init", "--yes")
    run("open", "receive", FORM, "--accept", "practice", "--today", "2026-11-22")
    copytree(folder / "open", folder / "closed")
    run("closed", "case", "close", ONE, "--outcome", "risk_reduced_step_down", "--on", "2026-11-22")
    return folder


def of(home: str, mase_docs: Command, homes: Path, tmp_path: Path) -> Command:
    """The command with a copy of a home."""
    copytree(homes / home, tmp_path / "home")
    return partial(mase_docs, "--home", tmp_path / "home")


@pytest.fixture
def panel(mase_docs: Command, homes: Path, tmp_path: Path) -> Command:
    """The command with a home whose one case is open."""
    return of("open", mase_docs, homes, tmp_path)


@pytest.fixture
def closed(mase_docs: Command, homes: Path, tmp_path: Path) -> Command:
    """The command with a home whose one case is closed."""
    return of("closed", mase_docs, homes, tmp_path)


def test_subject_access_writes_the_paper_into_a_folder_and_says_no_name(panel: Command, tmp_path: Path) -> None:
    done = panel("register", "subject-access", ONE, "-o", tmp_path / "review", "--today", "2026-11-22")
    assert done.returncode == 0, done.stderr
    paper = tmp_path / "review" / f"subject_access_{ONE}.docx"
    assert NAME in "".join(cell.text for table in Document(str(paper)).tables for row in table.rows for cell in row.cells)
    assert NAME not in done.stdout + done.stderr
    assert b"Quillfeather" not in ZipFile(paper).read("docProps/core.xml")


def test_subject_access_as_json_is_one_object_and_the_look_is_in_the_history(panel: Command) -> None:
    found = json.loads(panel("register", "subject-access", ONE, "--json").stdout)
    assert found["asked"] == ONE
    assert NAME in json.dumps(found)
    again = json.loads(panel("register", "subject-access", ONE, "--json").stdout)
    history = next(section for section in again["sections"] if section["title"].startswith("Who looked"))
    told = [(fact["what"], fact["value"]) for entry in history["entries"] for fact in entry["facts"]]
    assert any("looked" in what and value == "subject-access" for what, value in told)


def test_subject_access_asks_where_it_should_go(panel: Command) -> None:
    done = panel("register", "subject-access", ONE)
    assert done.returncode == 2
    assert "-o" in done.stderr


def test_review_lists_references_and_no_names(panel: Command) -> None:
    assert panel("register", "review").stdout == ""
    listed = panel("register", "review", *LATER)
    assert listed.stdout.startswith(ONE)
    assert "BUT a case is open" in listed.stdout
    assert NAME not in listed.stdout + listed.stderr
    one = json.loads(panel("register", "review", "--json", "--until", "2100-01-01").stdout)
    assert (one["reference"], one["is_open"]) == (ONE, True)


def test_an_open_case_stays_whatever_is_said(panel: Command, tmp_path: Path) -> None:
    done = panel("register", "dispose", ONE, *WHO, "-o", tmp_path / "c.docx", "--before-due", "--yes")
    assert done.returncode == 4
    assert "has an open case" in done.stderr
    assert not (tmp_path / "c.docx").exists()


def test_what_is_not_due_stays_unless_that_is_said(closed: Command, tmp_path: Path) -> None:
    done = closed("register", "dispose", ONE, *WHO, "-o", tmp_path / "c.docx", "--yes")
    assert done.returncode == 4
    assert "--before-due" in done.stderr
    assert closed("show", ONE).returncode == 0


@pytest.mark.parametrize("words", [("keep", ONE, "--until", "2150-01-01"), ("dispose", ONE, "--approved-by", "A. Head", "-o", "c.docx")])
def test_a_reason_that_says_nothing_is_none(closed: Command, words: tuple[str, ...]) -> None:
    done = closed("register", *words, "--because", " ")
    assert done.returncode == 2
    assert "--because" in done.stderr


def test_what_is_kept_is_listed_as_kept(closed: Command) -> None:
    assert closed("register", "keep", ONE, "--until", "2150-01-01", "--because", "an inquiry").returncode == 0
    assert "BUT kept until 01/01/2150" in closed("register", "review", *LATER).stdout


def test_a_disposal_leaves_a_certificate_and_a_register_that_verifies(closed: Command, tmp_path: Path) -> None:
    done = closed("register", "dispose", ONE, *WHO, "-o", tmp_path / "certificate.docx", "--yes", "--before-due")
    assert done.returncode == 0, done.stderr
    assert NAME not in done.stdout + done.stderr
    assert closed("register", "verify").returncode == 0
    assert closed("show", ONE).returncode == 4
    assert closed("register", "certificate", ONE, "-o", tmp_path / "again.docx").returncode == 0
    text = words(tmp_path / "certificate.docx")
    assert words(tmp_path / "again.docx") == text
    assert ONE in text
    assert "Head of Safeguarding" in text
    assert all(said not in text for said in (NAME, "3 July 2011", "Łukasz"))
    assert NAME.encode() not in (tmp_path / "home" / "register.sqlite").read_bytes()


def test_two_references_of_one_person_are_one_disposal(panel: Command, tmp_path: Path) -> None:
    two = "MASE-2026-0002"
    assert (
        panel("receive", ROOT / "examples" / "month" / "02_school_group.pdf", "--accept", "tried", "--today", "2026-11-22").returncode == 0
    )
    assert panel("people", "same", ONE, two).returncode == 0
    assert panel("case", "close", ONE, "--outcome", "duplicate", "--on", "2026-11-22").returncode == 0
    done = panel("register", "dispose", ONE, two, *WHO, "-o", tmp_path / "c.docx", "--yes", "--before-due")
    assert (done.returncode, done.stderr.count("These go")) == (0, 1)
    assert all(reference in words(tmp_path / "c.docx") for reference in (ONE, two))


def words(paper: Path) -> str:
    document = Document(BytesIO(paper.read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_reason_that_names_somebody_is_refused(closed: Command, tmp_path: Path) -> None:
    reason = ("--because", f"{NAME} is 25 now", "--approved-by", "Head of Safeguarding")
    done = closed("register", "dispose", ONE, *reason, "-o", tmp_path / "c.docx", "--yes", "--before-due")
    assert done.returncode == 2
    assert "without names" in done.stderr
    assert closed("show", ONE).returncode == 0


def test_nobody_there_to_type_the_reference_again_means_no_disposal(closed: Command, tmp_path: Path) -> None:
    done = closed("register", "dispose", ONE, *WHO, "-o", tmp_path / "c.docx", "--before-due", stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert closed("show", ONE).returncode == 0


@pytest.mark.parametrize(("typed", "code"), [(ONE.lower(), 0), ("MASE-2026-0002", 2)])
@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of its own is not to be had there")
def test_the_reference_is_typed_again(closed: Command, tmp_path: Path, typed: str, code: int) -> None:
    import pty

    ours, theirs = pty.openpty()
    environment = {**environ, "XDG_DATA_HOME": str(tmp_path / "no-home")}
    words_of = ["--home", tmp_path / "home", "register", "dispose", ONE, *WHO, "-o", tmp_path / "c.docx", "--before-due"]
    command = [sys.executable, "-P", "-m", "mase_docs", *map(str, words_of)]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.DEVNULL, stderr=theirs, env=environment, cwd=tmp_path) as process:
        asked = b""
        while f"Type {ONE} to remove it".encode() not in asked:
            asked += read(ours, 1000)
        write(ours, f"{typed}\n".encode())
        assert process.wait(60) == code
    close(theirs)
    close(ours)
    assert b"1 case" in asked
    assert closed("show", ONE).returncode == (4 if code == 0 else 0)
