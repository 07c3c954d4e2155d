"""A register that is a file, on disks that fill up, in folders that may not be written to, and as other programs left it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from mase_docs.errors import RegisterError
from mase_docs.register.records import Original, Person
from mase_docs.register.register import Register
from mase_docs.register.verify import verify
from tests.register.postgres_server import as_root
from tests.register.stores import BOROUGH, KEY, a_register, key_of, witness

FILES = ("sqlite", "sqlcipher")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


REQUIRED = bool(os.environ.get("MASE_DOCS_REQUIRE_ALL"))
"""Where everything is required, a disk that can't be mounted is a failure."""


def _may_mount() -> bool:
    return (
        as_root()
        and shutil.which("unshare") is not None
        and subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode == 0
    )


def _people(register: Register) -> list[str | None]:
    with register.reading() as session:
        assert verify(session, BOROUGH, register.seals) == []
        return list(session.scalars(select(Person.family_name)))


def _fill(register: Register) -> None:
    """More than there is room for, and a person before it."""
    with register.writing("receive") as writing:
        writing.add(Person(family_name="Too much"))
        for number in range(40):
            writing.add(Original(sha256=str(number), kind="pdf", data=os.urandom(100_000)))
            writing.session.flush()


@pytest.mark.skipif(not REQUIRED and not _may_mount(), reason="only root may mount a disk")
@pytest.mark.parametrize("kind", FILES)
def test_a_full_disk_is_said_and_nothing_is_half_written(small_disk: Path, kind: str) -> None:
    with a_register(kind, small_disk) as register:
        with pytest.raises(RegisterError, match="has no room left on its disk"):
            _fill(register)
        assert _people(register) == []
        with register.writing("receive") as writing:
            writing.add(Person(family_name="Kept"))
        assert _people(register) == ["Kept"]


@pytest.mark.skipif(not REQUIRED and not _may_mount(), reason="only root may mount a disk")
def test_a_disk_that_is_full_already_is_said_and_nothing_is_left_of_a_new_register(small_disk: Path) -> None:
    (small_disk / "much").write_bytes(b"x" * 1_990_000)
    with pytest.raises(RegisterError, match="has no room left on its disk"):
        a_register("sqlite", small_disk)
    assert not (small_disk / "register.sqlite").exists()


LIMITED = """
import resource, signal, sys
from mase_docs.register.register import Register
from mase_docs.errors import RegisterError
from tests.register.test_file import _fill
from tests.register.stores import KEY
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Register.open(sys.argv[1], "204", lambda: KEY) as register:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
    try:
        _fill(register)
    except RegisterError as error:
        print(error.message)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no such limit")
@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_may_not_grow_is_left_as_it_was(tmp_path: Path, kind: str) -> None:
    with a_register(kind, tmp_path) as register:
        done = subprocess.run([sys.executable, "-c", LIMITED, register.address], capture_output=True, text=True, check=True)
        assert "could not be written to its disk" in done.stdout
        assert _people(register) == []


READS = """
import os, sys
from sqlalchemy import select
from mase_docs.register.records import Person
from mase_docs.register.register import Register
from mase_docs.register import verify  # what is imported later could not be read by somebody else
import filelock, sqlcipher3
from mase_docs.errors import RegisterError
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
with Register.open(sys.argv[1], "204", lambda: sys.argv[2]) as register:
    with register.reading() as session:
        print(session.scalars(select(Person.family_name)).all())
    try:
        with register.writing("receive"):
            pass
    except RegisterError as error:
        print(error.message)
"""


@pytest.mark.skipif(os.name == "nt", reason="rights are otherwise there")
@pytest.mark.parametrize("kind", FILES)
def test_a_register_in_a_folder_that_may_not_be_written_to_can_be_read(kind: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with a_register(kind, folder) as register, register.writing("receive") as writing:
            writing.add(Person(family_name="Sample"))
        (folder / "register.sqlite.lock").unlink(missing_ok=True)
        (folder / "register.sqlite").chmod(0o444)
        folder.chmod(0o555)
        done = subprocess.run([sys.executable, "-c", READS, register.address, KEY], capture_output=True, text=True, check=True)
        folder.chmod(0o755)
    assert done.stdout.splitlines() == ["['Sample']", f"{folder} cannot be written to (Permission denied)."]


def test_a_new_register_is_for_its_owner_alone(tmp_path: Path) -> None:
    a_register("sqlite", tmp_path).engine.dispose()
    assert (tmp_path / "register.sqlite").stat().st_mode & 0o777 == 0o600


def test_a_register_is_made_once(tmp_path: Path) -> None:
    a_register("sqlite", tmp_path).engine.dispose()
    before = (tmp_path / "register.sqlite").read_bytes()
    with pytest.raises(RegisterError, match="is there already"):
        a_register("sqlite", tmp_path)
    assert (tmp_path / "register.sqlite").read_bytes() == before


def test_one_that_is_not_there_is_not_made_by_opening_it(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="There is no register at"):
        Register.open(str(tmp_path / "register.sqlite"), BOROUGH)
    with pytest.raises(RegisterError, match="is not there, or cannot be written to"):
        a_register("sqlite", tmp_path / "no" / "such")
    assert list(tmp_path.glob("register*")) == []


def test_the_register_of_another_borough_is_not_opened(tmp_path: Path) -> None:
    a_register("sqlite", tmp_path).engine.dispose()
    with pytest.raises(RegisterError, match="no register of borough 211"):
        Register.open(str(tmp_path / "register.sqlite"), "211")


@pytest.mark.parametrize("kind", FILES)
def test_no_write_ahead_log_is_kept_even_where_another_program_began_one(tmp_path: Path, kind: str) -> None:
    with a_register(kind, tmp_path) as register, register.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        connection.rollback()
        assert connection.connection.driver_connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] == "wal"  # type: ignore[union-attr]
    with (
        Register.open(str(tmp_path / "register.sqlite"), BOROUGH, key_of(kind), witness()) as register,
        register.writing("receive") as writing,
    ):
        writing.add(Person(family_name="Sample"))
        writing.session.flush()
        assert writing.session.connection().exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        assert {path.name for path in tmp_path.glob("register.sqlite-*")} == {"register.sqlite-journal"}


@pytest.mark.parametrize("kind", FILES)
def test_what_is_removed_is_overwritten_in_the_file(tmp_path: Path, kind: str) -> None:
    with a_register(kind, tmp_path) as register:
        with register.writing("receive") as writing:
            number = writing.add(Original(sha256="0", kind="txt", data=b"what was said" * 1000)).id
        with register.writing("dispose") as writing:
            writing.remove(writing.session.get_one(Original, (BOROUGH, number)))
    assert b"what was said" not in (tmp_path / "register.sqlite").read_bytes()


def test_foreign_keys_hold_for_whoever_comes_through_the_register(tmp_path: Path) -> None:
    with a_register("sqlite", tmp_path) as register:
        with pytest.raises(RegisterError, match="contradicts the register"), register.writing("receive") as writing:
            writing.add(Person(family_name="Sample", same_as=99))
        assert _people(register) == []


def test_the_register_is_one_that_any_sqlite_opens(tmp_path: Path) -> None:
    with a_register("sqlite", tmp_path) as register, register.writing("receive") as writing:
        writing.add(Person(family_name="Sample"))
    with sqlite3.connect(tmp_path / "register.sqlite") as other:
        assert other.execute("SELECT family_name FROM person").fetchall() == [("Sample",)]
        assert other.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
