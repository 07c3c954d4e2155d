"""The key of an encrypted register, as its coordinator has to do with it: in a file, in the system's keyring, and another one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from subprocess import DEVNULL

import keyring
import pytest
from keyring.backends import fail
from keyrings.alt.file import PlaintextKeyring
from sqlalchemy import select

from mase_docs.cli import run
from mase_docs.errors import RegisterError
from mase_docs.register.care import rekeying
from mase_docs.register.records import History, Person
from mase_docs.register.register import Register
from mase_docs.register.stores.sqlite import is_protected
from tests.conftest import Command
from tests.register.stores import BOROUGH, KEY, a_register, witness

OLD, NEW = "the old key of four words", "and then another one"
OTHER = "6f" * 32


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A file with the old key and one with the new, as Notepad and PowerShell write them."""
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(f"{OLD}\r\n", "utf-8-sig")
    new.write_text(f"{NEW}\n", "utf-16")
    return old, new


def test_a_key_is_kept_in_the_keyring_and_then_asked_of_nobody(
    mase_docs: Command, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyrings.alt.file.PlaintextKeyring")
    mase_docs("--home", "h", "--key-file", files[0], "init", "--yes", "--encrypted")
    assert mase_docs("--home", "h", "--key-file", files[0], "register", "key", "store").returncode == 0
    assert mase_docs("--home", "h", "register", "verify", stdin=DEVNULL).returncode == 0


@pytest.fixture
def ring() -> Iterator[None]:
    """A keyring that is a plain file in the data home, in place of the system's."""
    before = keyring.get_keyring()
    keyring.set_keyring(PlaintextKeyring())
    yield
    keyring.set_keyring(before)


@pytest.mark.usefixtures("ring")
def test_a_key_is_changed_in_the_keyring_too_and_forgotten(
    files: tuple[Path, Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    old, new = (["--key-file", str(file)] for file in files)
    home = ["--home", str(tmp_path / "h")]
    verify, key = ["register", "verify"], ["register", "key"]
    codes = [
        run([*home, *old, "init", "--yes", "--encrypted"]),
        run([*home, *verify]),
        run([*home, *new, *key, "store"]),
        run([*home, *old, *key, "store"]),
        run([*home, *verify]),
        run([*home, *key, "change", "--new-key-file", new[1]]),
        run([*home, *verify]),
        run([*home, *key, "forget"]),
        run([*home, *verify]),
        run([*home, *old, *verify]),
        run([*home, *new, *verify]),
    ]
    assert codes == [0, 4, 4, 0, 0, 0, 0, 0, 4, 4, 0]
    said = capfd.readouterr()
    assert not [key for key in (OLD, NEW) if key in said.out + said.err]


def test_without_a_keyring_it_is_said_where_else_to_keep_the_key(
    files: tuple[Path, Path], tmp_path: Path, ring: None, capfd: pytest.CaptureFixture[str]
) -> None:
    keyring.set_keyring(fail.Keyring())
    home = ["--home", str(tmp_path / "h"), "--key-file", str(files[0])]
    run([*home, "init", "--yes", "--encrypted"])
    assert run([*home, "register", "key", "store"]) == 4
    assert "This system has no keyring that mase-docs could keep the key in." in capfd.readouterr().err
    assert run([*home[:2], "register", "verify"]) == 4


def test_a_short_key_makes_no_register(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "short.txt").write_text("secret")
    assert run(["--home", str(tmp_path / "h"), "--key-file", str(tmp_path / "short.txt"), "init", "--yes", "--encrypted"]) == 4
    assert capfd.readouterr().err.count("too short") == 1
    assert not (tmp_path / "h" / "register.sqlite").exists()


def test_all_of_a_register_has_the_new_key_and_nothing_is_left_of_the_copy(tmp_path: Path) -> None:
    register = a_register("sqlcipher", tmp_path)
    with register.writing("receive") as writing:
        writing.add(Person(family_name="Sample"))
    rekeying.rekey(register, lambda: OTHER)
    assert sorted(path.name for path in tmp_path.glob("*")) == ["data-home", "register.sqlite", "register.sqlite.lock"]
    with pytest.raises(RegisterError, match="the key is wrong"):
        Register.open(register.address, BOROUGH, lambda: KEY)
    with Register.open(register.address, BOROUGH, lambda: OTHER, witness()) as changed, changed.reading() as session:
        assert session.scalars(select(Person.family_name)).all() == ["Sample"]
        assert session.scalars(select(History.did)).all() == ["created", "added", "rekeyed"]


def test_a_copy_that_is_not_the_same_does_not_take_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_with_less(engine: object, copy: Path, key: object) -> None:
        copy.unlink()
        Register.create(str(copy), BOROUGH, lambda: OTHER, witness()).engine.dispose()

    register = a_register("sqlcipher", tmp_path)
    with register.writing("receive") as writing:
        writing.add(Person(family_name="Sample"))
    before = (tmp_path / "register.sqlite").read_bytes()
    monkeypatch.setattr(rekeying, "write_with_key", write_with_less)
    with pytest.raises(RegisterError, match="the key was not changed"):
        rekeying.rekey(register, lambda: OTHER)
    assert (tmp_path / "register.sqlite").read_bytes() == before


def test_a_register_without_a_key_gets_none_by_changing_it(tmp_path: Path) -> None:
    register = a_register("sqlite", tmp_path)
    with pytest.raises(RegisterError, match="it is not encrypted"):
        rekeying.rekey(register, lambda: OTHER)
    assert not is_protected(tmp_path / "register.sqlite")
