"""A folder with everything that goes wrong in it: each bad file gets one sentence, the rest go through, in bounded time and memory."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from mase_docs.blanks import excel
from mase_docs.definition.home import Home
from tests.conftest import ROOT, Command

SECONDS, MEGABYTES = 10, 512
WATCHED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""
"""Runs a command and says, as the last line of stderr, how many kilobytes it took at most. In a process of its own, because Linux counts
what the process that starts another holds itself, and all its earlier children."""


def blank() -> bytes:
    home = Home()
    return excel.build(home.form("referral"), home)


def encrypted() -> bytes:
    import msoffcrypto

    locked = BytesIO()
    msoffcrypto.OfficeFile(BytesIO(blank())).encrypt("a password", locked)
    return locked.getvalue()


def xfa_only() -> bytes:
    import pikepdf

    pdf, out = pikepdf.new(), BytesIO()
    pdf.add_blank_page()
    pdf.Root.AcroForm = pdf.make_indirect(pikepdf.Dictionary(Fields=[], XFA=pikepdf.Stream(pdf, b"<xdp:xdp xmlns:xdp='x'/>")))
    pdf.save(out)
    return out.getvalue()


def image_only() -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("L", (1240, 1754), 230).save(out, "PDF", resolution=150)
    return out.getvalue()


def month(name: str) -> bytes:
    return (ROOT / "examples" / "month" / name).read_bytes()


BAD: dict[str, Callable[[], bytes]] = {
    "empty.xlsx": lambda: b"",
    "empty.pdf": lambda: b"",
    "truncated.xlsx": lambda: month("01_school_group.xlsx")[:9000],
    "truncated.pdf": lambda: month("02_school_group.pdf")[:9000],
    "encrypted.xlsx": encrypted,
    "web page renamed.xlsx": lambda: b"<html><body><table><tr><td>Family name</td></tr></table></body></html>",
    "words renamed.pdf": lambda: b"Family name: not a PDF at all\n" * 40,
    "xfa.pdf": xfa_only,
    "picture.pdf": image_only,
    "zeros.xlsx": lambda: bytes(100 * 1024 * 1024),
    "zeros.pdf": lambda: bytes(100 * 1024 * 1024),
}


def measured(*words: object) -> tuple[int, str, str, float, float]:
    """Exit code, stdout, stderr, seconds and peak megabytes of the real command, in a process of its own."""
    started = time.monotonic()
    command = [sys.executable, "-c", WATCHED, sys.executable, "-P", "-m", "mase_docs", *map(str, words)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as process:
        out, err = process.communicate(timeout=60)
    said, _, kilobytes = err.rstrip().rpartition("\n")
    return process.returncode, out, said, time.monotonic() - started, int(kilobytes) / 1024


@pytest.mark.skipif(os.name == "nt", reason="measures memory the POSIX way")
@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_not_a_form_gets_one_sentence_and_what_to_ask_for(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(BAD[name]())
    code, out, err, seconds, _ = measured("read", "--json", tmp_path / name)
    said = json.loads(out)
    assert (code, said["form"], said["answers"]) == (3, None, {}), err
    [problem] = [problem for problem in said["problems"] if problem["severity"] == "error"]
    assert problem["message"].count(".") >= 1
    assert len(problem["message"]) < 200
    assert problem["remedy"]
    assert "Traceback" not in err
    assert seconds < SECONDS


@pytest.mark.skipif(os.name == "nt", reason="measures memory the POSIX way")
def test_no_bad_file_takes_more_than_512_megabytes(tmp_path: Path) -> None:
    for name, make in BAD.items():
        (tmp_path / name).write_bytes(make())
    *_, megabytes = measured("read", "--json", tmp_path)
    assert megabytes < MEGABYTES


def test_the_good_forms_among_bad_files_all_go_through(mase_docs: Command, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    shutil.copytree(ROOT / "examples" / "month", inbox)
    for name, make in BAD.items():
        (inbox / name).write_bytes(make())
    done = mase_docs("read", "--json", inbox)
    seen = {line["source"]: line["form"] for line in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 3
    assert {name for name, form in seen.items() if form is None} == {*BAD, "16_old_version.xlsx"}
    assert len(seen) == len(BAD) + 16


def test_the_minutes_are_made_of_the_good_forms_and_say_how_many_were_left_out(mase_docs: Command, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    shutil.copytree(ROOT / "examples" / "month", inbox)
    (inbox / "empty.pdf").write_bytes(b"")
    done = mase_docs("--home", inbox, "minutes", inbox, "--today", "2026-11-23", "-o", "minutes.docx")
    assert done.returncode == 3
    assert (tmp_path / "minutes.docx").is_file()
    assert "10 of 17 forms are in it" in done.stderr


def test_two_files_too_big_to_load_are_two_files_left_out(mase_docs: Command, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("one.pdf", "two.pdf"):
        (inbox / name).write_bytes(b"%PDF-1.7\n" + bytes(60 * 1024 * 1024))
    done = mase_docs("minutes", inbox, "-o", "minutes.docx")
    assert done.stdout.count("refused") == 2
    assert "The same file again" not in done.stderr
