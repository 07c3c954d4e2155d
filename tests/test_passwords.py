"""Forms that a password protects: opened with the right one, refused in one sentence without it, and the password shown nowhere."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import pytest

from tests.conftest import ROOT, Command

MONTH = ROOT / "examples" / "month"
EXCEL, PDF = MONTH / "10_a_place.xlsx", MONTH / "09_clinic.pdf"
PASSWORD = "correct Łódź battery"


def locked_workbook() -> bytes:
    import msoffcrypto

    out = BytesIO()
    msoffcrypto.OfficeFile(BytesIO(EXCEL.read_bytes())).encrypt(PASSWORD, out)
    return out.getvalue()


def locked_pdf(user: str = PASSWORD, revision: int = 6) -> bytes:
    import pikepdf

    out = BytesIO()
    with pikepdf.open(PDF) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="only the owner", user=user, R=revision))
    return out.getvalue()


def locked_zip() -> bytes:
    import pyzipper

    out = BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(PASSWORD.encode())
        archive.writestr(EXCEL.name, EXCEL.read_bytes())
    return out.getvalue()


LOCKED = {"form.xlsx": (locked_workbook, EXCEL), "form.pdf": (locked_pdf, PDF), "forms.zip": (locked_zip, EXCEL)}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    for name, (make, _) in LOCKED.items():
        (tmp_path / "inbox" / name).write_bytes(make())
    return tmp_path / "inbox"


def answers(plain: Path) -> object:
    return json.loads(plain.with_name(f"{plain.name}.expected.json").read_text(encoding="utf-8"))["answers"]


def test_the_right_password_among_several_opens_each_file(mase_docs: Command, inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "passwords").write_text(f"not this one\n\n{PASSWORD}\n", encoding="utf-8")
    done = mase_docs("--home", MONTH, "read", "--json", "--password-file", tmp_path / "passwords", inbox)
    seen = {line["source"].split(" › ")[0]: line["answers"] for line in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 0, done.stderr
    assert seen == {name: answers(plain) for name, (_, plain) in LOCKED.items()}


@pytest.mark.parametrize("code_page", ["utf-8-sig", "utf-16", "cp1250"])
def test_a_password_file_from_notepad_is_understood(mase_docs: Command, tmp_path: Path, code_page: str) -> None:
    import msoffcrypto

    with EXCEL.open("rb") as plain, (tmp_path / "form.xlsx").open("wb") as out:
        msoffcrypto.OfficeFile(plain).encrypt("plain words", out)
    (tmp_path / "passwords").write_bytes("plain words\r\n".encode(code_page))
    assert mase_docs("read", tmp_path / "form.xlsx", "--password-file", tmp_path / "passwords").returncode == 0


def test_without_a_password_each_file_is_refused_in_one_sentence(mase_docs: Command, inbox: Path) -> None:
    done = mase_docs("read", "--json", inbox)
    problems = [line["problems"] for line in map(json.loads, done.stdout.splitlines())]
    assert done.returncode == 3
    assert [len(found) for found in problems] == [1, 1, 1]
    assert all("password" in found[0]["message"] and "--password-file" in found[0]["remedy"] for found in problems)


def test_a_wrong_password_is_said_to_be_wrong(mase_docs: Command, inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "passwords").write_text("guess\n")
    done = mase_docs("read", inbox, "--password-file", tmp_path / "passwords")
    assert done.stderr.count("None of the passwords given opens this") == 3
    assert "guess" not in done.stdout + done.stderr


@pytest.mark.parametrize("revision", [3, 4, 6])
def test_a_pdf_that_only_its_owner_may_change_just_opens(mase_docs: Command, tmp_path: Path, revision: int) -> None:
    import pikepdf

    with pikepdf.open(PDF) as pdf:
        keeping = pikepdf.Permissions(modify_form=False, extract=False)
        weak = {"aes": False, "metadata": False} if revision < 4 else {}
        pdf.save(tmp_path / "form.pdf", encryption=pikepdf.Encryption(owner="owner", user="", R=revision, allow=keeping, **weak))
    done = mase_docs("--home", MONTH, "read", "--json", tmp_path / "form.pdf")
    assert json.loads(done.stdout)["answers"] == answers(PDF)


def test_the_password_is_given_on_no_command_line(mase_docs: Command) -> None:
    assert mase_docs("read", "x", "--password", "secret").returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_on_a_terminal_the_password_is_asked_for_once_for_all_files(inbox: Path) -> None:
    said = typed_at(["read", str(inbox)], ["wrong", PASSWORD])
    assert said.count("asks for a password") == 2
    assert "refused" not in said
    assert PASSWORD not in said


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_an_empty_line_leaves_the_file_locked_and_goes_on(inbox: Path) -> None:
    said = typed_at(["read", str(inbox / "form.xlsx"), str(EXCEL)], [""])
    assert "is protected with a password" in said
    assert said.count("refused") == 1
    assert EXCEL.name in said


def typed_at(words: list[str], lines: list[str]) -> str:
    """What a terminal shows while someone types a line at each question."""
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "MASE_DOCS_HOME": str(MONTH), "PYTHONIOENCODING": "utf-8", "COLUMNS": "120"}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "mase_docs", *words], stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    )
    os.close(theirs)
    shown, waiting, until = b"", list(lines), time.monotonic() + 60
    while time.monotonic() < until:
        if not select.select([ours], [], [], 1)[0]:
            continue
        try:
            shown += os.read(ours, 65536)
        except OSError:
            break
        if waiting and shown.count(b"asks for a password") > len(lines) - len(waiting):
            os.write(ours, waiting.pop(0).encode() + b"\n")
    process.wait(timeout=30)
    os.close(ours)
    return shown.decode("utf-8", "replace")
