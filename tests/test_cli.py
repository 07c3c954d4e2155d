"""The command line as scripts rely on it: stdout and stderr kept apart, exit codes, nothing overwritten, standard input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Command

MONTH = ROOT / "examples" / "month"
CLEAN, WRONG = MONTH / "01_school_group.xlsx", MONTH / "12_impossible_date.pdf"
HOME = ("--home", MONTH)


def test_json_is_one_object_a_line_and_nothing_else_on_stdout(mase_docs: Command) -> None:
    done = mase_docs(*HOME, "check", "--json", CLEAN, WRONG)
    assert [json.loads(line)["source"] for line in done.stdout.splitlines()] == [CLEAN.name, WRONG.name]
    assert done.stderr == ""


def test_problems_go_to_stderr_and_verdicts_to_stdout(mase_docs: Command) -> None:
    done = mase_docs(*HOME, "check", WRONG, "--today", "2026-11-23")
    assert done.stdout.startswith("1 error")
    assert f"{WRONG.name}: error TY1 · page 2, dob" in done.stderr
    assert "→ Ask the referrer" in done.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("read", CLEAN), 0),
        (("check", CLEAN), 0),
        (("check", WRONG), 3),
        (("read", WRONG), 0),
        (("read", MONTH / "16_old_version.xlsx"), 3),
        (("read", "nothing-here"), 2),
        (("read",), 2),
        (("no-such-command",), 2),
        (("check", CLEAN, "--meeting", "32/13/2026"), 2),
        (("report", CLEAN, "--from", "2026-12-01", "--to", "2026-11-01", "-o", "x.docx"), 2),
        (("forms", "check", ROOT / "forms" / "referral_v1.toml"), 0),
        (("forms", "check", ROOT / "setup.cfg"), 3),
        (("forms", "build", "no-such-form", "-o", "x"), 2),
    ],
    ids=lambda value: " ".join(getattr(word, "name", str(word)) for word in value) if isinstance(value, tuple) else str(value),
)
def test_exit_codes(words: tuple[object, ...], code: int, mase_docs: Command) -> None:
    done = mase_docs(*HOME, *words)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_there_is_left_alone_unless_forced(mase_docs: Command, tmp_path: Path) -> None:
    target = tmp_path / "minutes.docx"
    target.write_bytes(b"last month's")
    done = mase_docs(*HOME, "minutes", CLEAN, "-o", target)
    assert (done.returncode, target.read_bytes()) == (6, b"last month's")
    assert "--force" in done.stderr
    assert mase_docs(*HOME, "minutes", CLEAN, "-o", target, "--force").returncode == 0
    assert target.read_bytes() != b"last month's"


def test_a_form_left_out_is_named_on_the_screen_and_on_the_papers_last_page(mase_docs: Command, tmp_path: Path) -> None:
    import docx

    done = mase_docs(*HOME, "minutes", CLEAN, WRONG, "--today", "2026-11-23", "-o", "minutes.docx")
    cells = [cell.text for table in docx.Document(str(tmp_path / "minutes.docx")).tables for row in table.rows for cell in row.cells]
    assert WRONG.name in done.stdout
    assert any(text.startswith(f"{WRONG.name} (SHA-256 ") for text in cells)


def test_a_file_given_twice_is_in_the_papers_once(mase_docs: Command, tmp_path: Path) -> None:
    (tmp_path / "copy of it.xlsx").write_bytes(CLEAN.read_bytes())
    done = mase_docs(*HOME, "agenda", CLEAN, MONTH / ".." / MONTH.name / CLEAN.name, "copy of it.xlsx", "-o", "agenda.docx")
    assert done.returncode == 0
    assert done.stderr.strip() == "agenda.docx: 1 of 3 forms are in it. The same file again: 2."


def test_forms_outside_a_reports_period_are_not_said_to_be_in_it(mase_docs: Command, tmp_path: Path) -> None:
    import docx

    done = mase_docs(*HOME, "report", CLEAN, WRONG, "--from", "2020-01-01", "--to", "2020-02-01", "-o", "report.docx")
    assert done.stderr.splitlines()[-1] == "report.docx: 0 of 2 forms are in it. Left out: see above. Dated outside the period: 1."
    front = {row.cells[0].text: row.cells[1].text for row in docx.Document(str(tmp_path / "report.docx")).tables[0].rows}
    assert front["Forms with errors, left out"] == "0"


def test_a_broken_template_of_the_boroughs_own_is_exit_code_5_and_no_file(mase_docs: Command, tmp_path: Path) -> None:
    import docx

    document = docx.Document(str(ROOT / "templates" / "minutes.docx"))
    document.add_paragraph("{{ panel.chiar }}")
    (tmp_path / "home" / "templates").mkdir(parents=True)
    document.save(str(tmp_path / "home" / "templates" / "minutes.docx"))
    done = mase_docs("--home", tmp_path / "home", "minutes", CLEAN, "-o", "minutes.docx")
    assert done.returncode == 5
    assert "chiar" in done.stderr
    assert not (tmp_path / "minutes.docx").exists()


def test_a_form_is_read_from_standard_input(mase_docs: Command) -> None:
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-P", "-m", "mase_docs", "read", "--json", "-"], input=CLEAN.read_bytes(), capture_output=True)
    assert json.loads(done.stdout)["form"] == "referral"


def test_a_document_is_the_same_whatever_the_order_of_the_forms(mase_docs: Command, tmp_path: Path) -> None:
    forms = sorted(MONTH.glob("0*.xlsx"))
    for name, paths in (("a.docx", forms), ("b.docx", list(reversed(forms)))):
        mase_docs(*HOME, "minutes", *paths, "--today", "2026-11-23", "-o", name)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_init_writes_a_profile_that_loads_and_leaves_one_alone(mase_docs: Command, tmp_path: Path) -> None:
    home = tmp_path / "borough"
    assert mase_docs("--home", home, "init", "--yes").returncode == 0
    assert mase_docs("--home", home, "check", CLEAN).returncode in (0, 3)
    assert mase_docs("--home", home, "init", "--yes").returncode == 6


def test_init_asks_and_writes_what_was_answered(mase_docs: Command, tmp_path: Path) -> None:
    panel = ["MACE", "Multi-Agency Child Exploitation panel", "Nowhere", "London Borough of Nowhere", "999"]
    answers = "\n".join([*panel, "Nowhere Safeguarding Partnership", "mace@nowhere.example", ""])
    done = mase_docs("--home", tmp_path / "borough", "init", input=answers)
    assert done.returncode == 0, done.stderr
    listed = mase_docs("--home", tmp_path / "borough", "forms", "list")
    assert "Referral to MACE" in listed.stdout


def test_a_profile_with_mistakes_has_every_mistake_named(mase_docs: Command, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "mase.toml").write_text('[ages]\nuper = 25\nunder = "eighteen"\n', encoding="utf-8")
    done = mase_docs("--home", tmp_path / "home", "check", CLEAN)
    assert done.returncode == 3
    assert "uper" in done.stderr
    assert "a whole number" in done.stderr


def test_no_colour_where_it_is_not_wanted(mase_docs: Command) -> None:
    assert "\x1b" not in mase_docs(*HOME, "check", WRONG).stderr


def test_doctor_says_what_is_there(mase_docs: Command) -> None:
    said = mase_docs("doctor").stdout
    assert "found    reportlab" in said
    assert "mase-docs init" in said


def test_whoever_stops_reading_what_is_said_is_no_failure(tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-m", "mase_docs", "--home", str(MONTH), "read", str(CLEAN)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0
