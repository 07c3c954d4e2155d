"""Backups of the register: whole, encrypted, proved; and what a restore does with good ones and with bad ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from sqlalchemy import text

from mase_docs.errors import OutputExistsError, RegisterError
from mase_docs.register.care.backup import Backup, back_up, packed
from mase_docs.register.care.packed import MANIFEST, Packed, pack
from mase_docs.register.care.restore import Restore, put, restore
from mase_docs.register.records import Person
from mase_docs.register.register import Register
from mase_docs.register.stores.sqlite import is_protected
from mase_docs.register.writing import Witness
from tests.register.care import FORM, exported, filled, names, proved
from tests.register.stores import BOROUGH, KINDS, START, a_register, an_address, key_of, witness

PASSPHRASE = "four invented words more"
LATER = Witness("restorer", lambda: START + timedelta(days=2))
NEXT = dict(zip(KINDS, [*KINDS[1:], KINDS[0]], strict=True))


def to(address: object, kind: str = "sqlite", **more: object) -> Restore:
    return replace(Restore(str(address), BOROUGH, lambda _: key_of(kind), LATER), **more)  # type: ignore[arg-type]


def opened(address: object, kind: str = "sqlite", borough: str = BOROUGH) -> Register:
    return Register.open(str(address), borough, key_of(kind), LATER)


@cache
def _made() -> tuple[bytes, Backup, bytes]:
    """A register that is a file, a real backup of it, and what stands in that: made once, each takes seconds by design."""
    with TemporaryDirectory() as folder, filled(a_register("sqlite", Path(folder))) as register:
        made = back_up(register, Path(folder) / "backup.age", PASSPHRASE)
        return Path(register.address).read_bytes(), made, made.path.read_bytes()


@pytest.fixture
def backup(tmp_path: Path) -> Backup:
    """A real one, with the register that it was made of beside it."""
    register, made, data = _made()
    (tmp_path / "register.sqlite").write_bytes(register)
    (tmp_path / "backup.age").write_bytes(data)
    return replace(made, path=tmp_path / "backup.age")


@pytest.mark.needs("initdb")
def test_a_register_moves_into_another_kind_of_store_and_exports_the_same_to_the_byte(
    register: Register, kind: str, tmp_path: Path
) -> None:
    data = packed(filled(register))
    address = an_address(NEXT[kind], tmp_path, "moved")
    put(Packed(data), to(address, NEXT[kind]))
    with opened(address, NEXT[kind]) as moved:
        assert exported(moved, without_newest=1) == exported(register)
        assert proved(moved).faults == []
        assert [(restored.seq, restored.lost) for restored in proved(moved).restored] == [(proved(register).seal + 1, 0)]


def test_a_moved_register_gives_numbers_that_were_never_given(register: Register, kind: str, tmp_path: Path) -> None:
    put(Packed(packed(filled(register))), to(tmp_path / "moved.sqlite"))
    with opened(tmp_path / "moved.sqlite") as moved, moved.writing("test") as writing:
        assert writing.add(Person(family_name="Further")).id == 3


def test_the_same_rows_are_packed_to_the_same_bytes(tmp_path: Path) -> None:
    with filled(a_register("sqlite", tmp_path)) as one:
        one.witness = LATER
        assert packed(one) == packed(one)


def test_300_forms_are_backed_up_and_come_back(tmp_path: Path) -> None:
    forms = {f"{n:064x}": os.urandom(20_000) for n in range(300)}
    with a_register("sqlite", tmp_path) as register:
        from mase_docs.register.records import Original

        with register.writing("test") as writing:
            for fingerprint, data in forms.items():
                writing.add(Original(sha256=fingerprint, kind="pdf", data=data))
        made = back_up(register, tmp_path / "backup.age", PASSPHRASE)
        before = exported(register)
    assert made.path.stat().st_size > 6_000_000
    restore(made.path, PASSPHRASE, to(tmp_path / "again.sqlite", "sqlcipher"))
    assert is_protected(tmp_path / "again.sqlite")
    with opened(tmp_path / "again.sqlite", "sqlcipher") as again:
        assert exported(again, without_newest=1) == before


def test_a_backup_says_in_the_history_that_it_was_made_and_holds_that_itself(backup: Backup, tmp_path: Path) -> None:
    with opened(tmp_path / "register.sqlite") as register, register.engine.connect() as connection:
        newest = connection.execute(text("SELECT seq, did, who FROM history ORDER BY seq DESC")).first()
    assert newest == (backup.manifest.seal[0], "backing_up", "tester")
    assert backup.recorded
    assert backup.holds


def test_a_backup_shows_nothing_and_other_programs_can_open_it(backup: Backup) -> None:
    import pyrage

    data = backup.path.read_bytes()
    assert b"Sample" not in data
    with ZipFile(BytesIO(pyrage.passphrase.decrypt(data, PASSPHRASE))) as archive:
        assert json.loads(archive.read(MANIFEST))["counts"]["person"] == 1
        assert archive.read(next(name for name in archive.namelist() if name.startswith("originals/"))) == FORM


def test_a_backup_replaces_no_file(backup: Backup, tmp_path: Path) -> None:
    before = backup.path.read_bytes()
    with opened(tmp_path / "register.sqlite") as register, pytest.raises(OutputExistsError):
        back_up(register, backup.path, PASSPHRASE)
    assert backup.path.read_bytes() == before


def test_a_passphrase_that_could_be_guessed_is_not_taken(tmp_path: Path) -> None:
    with a_register("sqlite", tmp_path) as register, pytest.raises(RegisterError, match="too short"):
        back_up(register, tmp_path / "backup.age", "short")
    assert names(tmp_path) == {"register.sqlite"}


DAMAGES = {
    "its first letter": lambda data: b"b" + data[1:],
    "its salt": lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:],
    "its middle": lambda data: data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :],
    "its end missing": lambda data: data[:-1],
}


def test_a_backup_with_one_byte_altered_lost_or_added_is_not_restored(backup: Backup, tmp_path: Path) -> None:
    for name, damage in DAMAGES.items():
        backup.path.write_bytes(damage(_made()[2]))
        with pytest.raises(RegisterError) as said:
            restore(backup.path, PASSPHRASE, to(tmp_path / "new.sqlite"))
        assert "altered" in said.value.message, name
    assert names(tmp_path) == {"register.sqlite", "backup.age"}


def test_the_wrong_passphrase_is_said_and_nothing_is_left(backup: Backup, tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="passphrase is not that of this backup"):
        restore(backup.path, "four other words entirely", to(tmp_path / "new.sqlite"))
    assert names(tmp_path) == {"register.sqlite", "backup.age"}


def test_what_is_no_backup_is_said(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(RegisterError, match="no backup of a register"):
        restore(tmp_path / "letter.txt", PASSPHRASE, to(tmp_path / "new.sqlite"))


def _changed(data: bytes, **values: object) -> bytes:
    """A backup's zip with other things in its manifest."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, json.dumps(json.loads(content) | values) if name == MANIFEST else content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"version": "9999"}, "newer mase-docs"),
        ({"format": 2}, "newer mase-docs"),
        ({"borough": "205"}, "backup of borough 205"),
        ({"counts": {"person": 7}}, "not whole"),
        ({"sha256": {}}, "not whole"),
    ],
)
def test_a_backup_that_is_not_for_this_register_is_refused(values: dict[str, object], words: str, tmp_path: Path) -> None:
    with filled(a_register("sqlite", tmp_path)) as register:
        data = _changed(packed(register), **values)
    with pytest.raises(RegisterError, match=words):
        put(Packed(data), to(tmp_path / "new.sqlite"))
    assert names(tmp_path) == {"register.sqlite"}


def test_a_register_that_is_there_is_moved_aside_with_all_that_belongs_to_it_and_never_removed(tmp_path: Path) -> None:
    with filled(a_register("sqlite", tmp_path)) as register:
        data = packed(register)
    path, journal = tmp_path / "register.sqlite", tmp_path / "register.sqlite-journal"
    before = path.read_bytes()
    journal.write_bytes(b"left by another program")
    with pytest.raises(RegisterError, match="is there already"):
        put(Packed(data), to(path))
    assert (path.read_bytes(), journal.exists()) == (before, True)
    done = put(Packed(data), to(path, replace=True))
    assert done.aside
    assert done.aside.read_bytes() == before
    assert Path(f"{done.aside}-journal").read_bytes() == b"left by another program"
    assert not journal.exists()
    with opened(path) as restored:
        assert proved(restored).faults == []


def test_a_register_that_was_altered_is_backed_up_as_it_is_and_comes_back_only_when_that_is_asked_for(tmp_path: Path) -> None:
    with filled(a_register("sqlite", tmp_path)) as register:
        with register.engine.begin() as connection:
            connection.execute(text("UPDATE person SET family_name = 'Other' WHERE id = 1"))
            connection.execute(text("UPDATE history SET who = 'nobody' WHERE seq = 2"))
        data = packed(register)
    assert not Packed(data).holds
    with pytest.raises(RegisterError, match="altered behind mase-docs' back") as said:
        put(Packed(data), to(tmp_path / "new.sqlite"))
    assert "Other" not in str(said.value)
    assert names(tmp_path) == {"register.sqlite"}
    done = put(Packed(data), to(tmp_path / "new.sqlite", with_faults=True))
    assert [str(fault) for fault in done.faults] == [
        "context, row 1: cannot be proved: what the history says of it was altered",
        "history, row 2: altered",
        "person, row 1: altered (family_name)",
    ]


def test_a_register_that_cannot_be_written_to_any_more_is_backed_up_all_the_same(tmp_path: Path) -> None:
    from mase_docs.register.stores.turn import turn

    with filled(a_register("sqlite", tmp_path)) as register, turn(tmp_path / "register.sqlite", "somebody", "test"):
        register.patience = 0.1
        made = back_up(register, tmp_path / "backup.age", PASSPHRASE)
    assert made.holds
    assert not made.recorded


@pytest.mark.parametrize("nonsense", ["detail = 7", "who = x'00'"])
def test_nonsense_in_the_history_stops_no_backup(nonsense: str, tmp_path: Path) -> None:
    with filled(a_register("sqlite", tmp_path)) as register:
        with register.engine.begin() as connection:
            connection.execute(text(f"UPDATE history SET {nonsense} WHERE seq = 2"))
        assert not Packed(packed(register)).holds


def test_what_cannot_be_read_at_all_is_said_with_what_to_do(tmp_path: Path) -> None:
    with filled(a_register("sqlite", tmp_path)) as register:
        with register.engine.begin() as connection:
            connection.execute(text("UPDATE person SET dob = 'nonsense'"))
        with pytest.raises(RegisterError, match="Keep a copy of the register's own file") as said:
            packed(register)
    assert "nonsense" not in str(said.value)


def test_without_what_encrypts_the_extra_is_named_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    with filled(a_register("sqlite", tmp_path)) as register:
        before = proved(register).seal
        with pytest.raises(RegisterError, match=r"pip install \"mase-docs\[encrypted\]\""):
            back_up(register, tmp_path / "backup.age", PASSPHRASE)
        assert proved(register).seal == before
    assert names(tmp_path) == {"register.sqlite"}


# On a server


@pytest.mark.needs("initdb")
def test_on_a_server_only_the_boroughs_own_rows_are_in_the_backup_and_others_are_untouched(tmp_path: Path) -> None:
    address = an_address("postgresql", tmp_path)
    with Register.create(address, BOROUGH, None, witness()) as ours, Register.create(address, "205", None, witness()) as theirs:
        data = Packed(packed(filled(ours)))
        with theirs.writing("test") as writing:
            writing.add(Person(family_name="Neighbour"))
        assert {row["borough"] for table in data.manifest.counts for row in data.rows(table)} == {BOROUGH}
        with pytest.raises(RegisterError, match="is there already"):
            put(data, to(address))
        other = an_address("postgresql", tmp_path)
        Register.create(other, "205", None, LATER).engine.dispose()
        put(data, to(other))
        with opened(other) as moved, opened(other, borough="205") as neighbour:
            assert proved(moved).faults == proved(neighbour).faults == []
            assert exported(moved, without_newest=1) == exported(ours)


@pytest.mark.needs("initdb")
def test_a_backup_is_of_one_state_whatever_is_written_meanwhile(tmp_path: Path) -> None:
    address = an_address("postgresql", tmp_path)
    with filled(Register.create(address, BOROUGH, None, witness())) as register, register.reading() as session:
        session.execute(text("SELECT count(*) FROM chain"))
        with opened(address) as other, other.writing("test") as writing:
            writing.add(Person(family_name="Meanwhile"))
        found = Packed(pack(session, BOROUGH, datetime.now(UTC), protected=False))
    assert found.holds
    assert found.manifest.counts["person"] == 1


# What verify says of restores


def test_what_a_restore_took_away_is_said_by_every_verify_from_then_on(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    with filled(a_register("sqlite", tmp_path)) as register:
        data, seal = packed(register), proved(register).seal
        for n in range(3):
            with register.writing("test") as writing:
                writing.add(Person(family_name=f"Lost {n}"))
    put(Packed(data), to(path, replace=True))
    for _ in range(2):
        with opened(path) as restored:
            with restored.writing("test") as writing:
                writing.add(Person(family_name="Later"))
            proof = proved(restored)
        assert proof.faults == []
        assert [(told.seq, told.lost, told.who) for told in proof.restored] == [(seal + 1, seal + 3, "restorer")]
        assert f"does not have rows {seal + 1} to {seal + 3} of the history that this computer had seen" in str(proof.restored[0])


def test_a_practice_restore_somewhere_else_disturbs_neither_register(tmp_path: Path) -> None:
    with filled(a_register("sqlite", tmp_path)) as register:
        put(Packed(packed(register)), to(tmp_path / "practice.sqlite"))
        register.witness = Witness("tester", lambda: START + timedelta(days=3))
        for name in ("First", "Second"):
            with register.writing("test") as writing:
                writing.add(Person(family_name=name))
        assert (proved(register).faults, proved(register).restored) == ([], [])
    with opened(tmp_path / "practice.sqlite") as practice:
        assert [told.lost for told in proved(practice).restored] == [0]
        assert proved(practice).faults == []


def test_an_older_file_put_in_the_registers_place_is_found_also_after_it_was_written_to_again(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    with filled(a_register("sqlite", tmp_path)) as register:
        older = path.read_bytes()
        with register.writing("test") as writing:
            writing.add(Person(family_name="Gone"))
        seal = proved(register).seal
    path.write_bytes(older)
    with opened(path) as swapped:
        assert [str(fault) for fault in proved(swapped).faults] == [f"history, row {seal}: removed: this computer has its seal"]
        with swapped.writing("test") as writing:
            writing.add(Person(family_name="Other"))
        assert [str(fault) for fault in proved(swapped).faults] == [f"history, row {seal}: is not the row that this computer sealed"]


def test_a_restore_that_was_made_up_or_taken_out_of_the_history_is_found(tmp_path: Path) -> None:
    with filled(a_register("sqlite", tmp_path)) as register:
        put(Packed(packed(register)), to(tmp_path / "new.sqlite"))
    with opened(tmp_path / "new.sqlite") as restored:
        seq = proved(restored).seal
        with restored.engine.begin() as connection:
            before = connection.execute(text("SELECT seq, hash FROM history WHERE seq = :n"), {"n": seq - 1}).one()
            connection.execute(text("UPDATE history SET did = 'looked' WHERE seq = :n"), {"n": seq})
        assert str(proved(restored).faults[0]) == f"history, row {seq}: altered"
        with restored.engine.begin() as connection:
            connection.execute(text("DELETE FROM history WHERE seq = :n"), {"n": seq})
            connection.execute(text("UPDATE chain SET seq = :seq, hash = :hash"), before._asdict())
        assert proved(restored).restored == []


# Interrupted


def _command(home: Path, **options: object) -> subprocess.Popen[str]:
    (home / "passphrase.txt").write_text(PASSPHRASE)
    words = [sys.executable, "-P", "-m", "mase_docs", "--home", home, "register", "backup", "-o", home / "backup.age"]
    words += ["--passphrase-file", home / "passphrase.txt"]
    return subprocess.Popen([*map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)  # type: ignore[call-overload,no-any-return]


def test_killed_while_it_is_written_no_half_backup_has_the_real_name(tmp_path: Path) -> None:
    filled(a_register("sqlite", tmp_path)).engine.dispose()
    process = _command(tmp_path)
    while not (begun := list(tmp_path.glob(".writing-*"))) and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    assert begun
    assert not (tmp_path / "backup.age").exists()
    assert all(b"Sample" not in path.read_bytes() for path in begun)
    with opened(tmp_path / "register.sqlite") as register:
        assert proved(register).faults == []


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_where_the_disk_takes_no_more_there_is_no_backup_and_nothing_is_left(tmp_path: Path) -> None:
    import resource

    filled(a_register("sqlite", tmp_path)).engine.dispose()
    process = _command(tmp_path, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)))
    _, said = process.communicate()
    assert process.returncode in (1, 4)
    assert "Traceback" not in said
    assert "defect" not in said
    assert {name for name in names(tmp_path) if name.endswith(".age") or name.startswith(".writing")} == set()


def test_a_restore_that_was_killed_leaves_no_register_and_the_next_one_nothing_of_it(tmp_path: Path) -> None:
    with filled(a_register("sqlite", tmp_path)) as register:
        data = packed(register)
    (tmp_path / ".restoring-new.sqlite-x1y2").write_bytes(b"half of it")
    (tmp_path / ".restoring-new.sqlite-x1y2-journal").write_bytes(b"and its journal")
    put(Packed(data), to(tmp_path / "new.sqlite"))
    assert names(tmp_path) == {"register.sqlite", "new.sqlite"}
