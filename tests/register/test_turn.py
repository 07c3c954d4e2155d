"""One writer at a time on a register that is a file, and whoever waits too long is told whom for."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mase_docs.errors import RegisterError
from mase_docs.register.records import Person
from mase_docs.register.register import Register
from mase_docs.register.stores.turn import turn
from tests.register.stores import a_register

HOLDS = """
import sys, time
from pathlib import Path
from mase_docs.register.stores.turn import turn
with turn(Path(sys.argv[1]), "anna", "receive"):
    print("mine", flush=True)
    time.sleep(60)
"""


@contextmanager
def _held(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process has its turn, and keeps it."""
    with subprocess.Popen([sys.executable, "-c", HOLDS, str(path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "mine\n"
        try:
            yield holder
        finally:
            holder.kill()


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with a_register("sqlite", tmp_path) as made:
        yield made


def _file(register: Register) -> Path:
    assert register.file is not None
    return register.file


def test_who_waits_too_long_is_told_who_writes_where_and_since_when(register: Register) -> None:
    register.patience = 0.2
    with _held(_file(register)), pytest.raises(RegisterError) as refused, register.writing("receive"):
        pass
    host, day = os.uname().nodename, time.strftime("%d/%m/%Y")
    assert refused.value.message.startswith(f"anna on {host} (receive, since ")
    assert refused.value.message.endswith(f" on {day}) is writing to the register.")


def test_what_is_there_can_be_read_meanwhile(register: Register) -> None:
    with _held(_file(register)), register.reading() as session:
        assert session.query(Person).all() == []


def test_the_turn_of_a_program_that_was_killed_is_free_at_once(register: Register) -> None:
    register.patience = 0
    with _held(_file(register)) as holder:
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        assert _file(register).with_name("register.sqlite.held-by").exists(), "the note of the killed one is still there"
        with register.writing("receive") as writing:
            writing.add(Person(family_name="Sample"))


def test_the_note_is_gone_when_the_turn_is_over(register: Register) -> None:
    with register.writing("receive"):
        assert "tester" in _file(register).with_name("register.sqlite.held-by").read_text()
    assert sorted(path.name for path in _file(register).parent.glob("register*")) == ["register.sqlite", "register.sqlite.lock"]


@pytest.mark.parametrize("note", ["", "{", "[]", '{"who": "anna"}'])
def test_a_note_that_says_nothing_is_no_failure(tmp_path: Path, note: str) -> None:
    path = tmp_path / "register.sqlite"
    with turn(path, "anna", "receive"):
        path.with_name("register.sqlite.held-by").write_text(note)
        with pytest.raises(RegisterError, match=r"^Somebody is writing"), turn(path, "amir", "receive", patience=0):
            pass


def test_a_program_of_another_kind_that_writes_to_the_file_is_waited_for_and_named_so(register: Register) -> None:
    other = sqlite3.connect(_file(register), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with _impatient(register), pytest.raises(RegisterError, match="is being written to by another program"), register.writing("receive"):
        pass
    other.close()
    with register.writing("receive"):
        pass


@contextmanager
def _impatient(register: Register) -> Iterator[None]:
    """SQLite itself doesn't wait."""
    with register.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    yield
