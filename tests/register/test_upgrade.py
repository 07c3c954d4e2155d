"""A register of an older version: refused with what to do, copied, upgraded, proved."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from mase_docs.errors import OutputExistsError, RegisterError
from mase_docs.register.care.backup import packed
from mase_docs.register.care.packed import Packed
from mase_docs.register.care.restore import Restore, put
from mase_docs.register.care.sealed import opened
from mase_docs.register.care.upgrade import Upgraded, upgrade
from mase_docs.register.register import Register
from mase_docs.register.stores import schema
from tests.register.care import exported, filled, names, proved
from tests.register.stores import BOROUGH, a_register, an_address, key_of, witness

PASSPHRASE = "four invented words more"
NOW, LATER = schema.CURRENT, f"{int(schema.CURRENT) + 1:04}"
NEWER = '''"""A later version."""
import sqlalchemy as sa
from alembic import op

revision, down_revision = "{later}", "{now}"


def upgrade() -> None:
    op.add_column("person", sa.Column("shoe_size", sa.Text))
'''


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on this is a mase_docs whose tables have one version more."""
    shutil.copytree(schema.SCRIPTS, tmp_path / "later" / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "later" / "migrations" / "versions" / f"v{LATER}_later.py").write_text(NEWER.format(later=LATER, now=NOW))
    monkeypatch.setattr(schema, "SCRIPTS", tmp_path / "later" / "migrations")
    monkeypatch.setattr(schema, "CURRENT", LATER)


@pytest.fixture
def old(register: Register) -> Register:
    """A register with rows, as this version makes it."""
    return filled(register)


def _upgraded(register: Register, kind: str, folder: Path) -> Upgraded | None:
    return upgrade(register.address, BOROUGH, key_of(kind), lambda: PASSPHRASE, folder / "before.age", witness("upgrader"))


def test_an_older_register_is_refused_with_what_to_do(old: Register, kind: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("later")
    with pytest.raises(RegisterError, match=r"older mase-docs.*mase-docs register upgrade"):
        Register.open(old.address, BOROUGH, key_of(kind))


def test_an_older_register_is_copied_and_upgraded_and_nothing_in_it_changes(
    old: Register, kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    before = exported(old)
    file = old.file.read_bytes() if old.file else b""
    request.getfixturevalue("later")
    done = _upgraded(old, kind, tmp_path)
    assert done
    assert (done.before, done.after, done.faults) == (NOW, LATER, [])
    with Register.open(old.address, BOROUGH, key_of(kind), witness()) as register:
        assert "shoe_size" in {column["name"] for column in inspect(register.engine).get_columns("person")}
        assert exported(register, without_newest=1) == before
        assert proved(register).faults == []
    if file:
        assert (done.copy.name, done.copy.read_bytes()) == (f"register.sqlite.before-{LATER}", file)
        assert done.copy.stat().st_mode == Path(old.address).stat().st_mode
    else:
        assert Packed(opened(done.copy.read_bytes(), PASSPHRASE)).manifest.version == NOW
    assert _upgraded(old, kind, tmp_path) is None


def test_where_there_is_nothing_to_do_nothing_is_done(old: Register, kind: str, tmp_path: Path) -> None:
    before = proved(old).seal, names(tmp_path)
    assert _upgraded(old, kind, tmp_path) is None
    assert (proved(old).seal, names(tmp_path)) == before


def test_a_copy_that_is_there_already_is_not_replaced_and_the_register_stays_as_it_is(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    register = filled(a_register("sqlite", tmp_path))
    request.getfixturevalue("later")
    (tmp_path / f"register.sqlite.before-{LATER}").write_bytes(b"last year's")
    before = (tmp_path / "register.sqlite").read_bytes()
    with pytest.raises(OutputExistsError, match="already there"):
        _upgraded(register, "sqlite", tmp_path)
    assert (tmp_path / "register.sqlite").read_bytes() == before


def test_a_backup_of_an_older_version_becomes_a_register_of_this_one(old: Register, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    data, before = packed(old), exported(old)
    request.getfixturevalue("later")
    put(Packed(data), Restore(str(tmp_path / "new.sqlite"), BOROUGH))
    with Register.open(str(tmp_path / "new.sqlite"), BOROUGH) as register:
        assert exported(register, without_newest=1) == before
        assert proved(register).faults == []


@pytest.mark.needs("initdb")
def test_a_server_takes_no_backup_of_an_older_version_and_says_the_way_round(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    with filled(a_register("sqlite", tmp_path)) as register:
        data = packed(register)
    request.getfixturevalue("later")
    with pytest.raises(RegisterError, match="Restore it into a file first"):
        put(Packed(data), Restore(an_address("postgresql", tmp_path), BOROUGH))


def test_a_register_of_a_newer_version_is_left_alone(old: Register, kind: str, tmp_path: Path) -> None:
    with old.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RegisterError, match="newer mase-docs"):
        _upgraded(old, kind, tmp_path)
