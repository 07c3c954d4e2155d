"""A register that is one file: SQLite, or SQLCipher where a key protects it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, QueuePool, create_engine, event
from sqlalchemy.engine import Connection

from mase_docs.errors import RegisterError

PLAIN = b"SQLite format 3\0"
"""The first bytes of a file that no key protects (https://www.sqlite.org/fileformat.html, 1.3)."""
Key = Callable[[], str]
PRAGMAS = ("foreign_keys = ON", "journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON", "temp_store = MEMORY")
"""Foreign keys hold; a rollback journal, which is safe on a network share, where a write-ahead log is not
(https://www.sqlite.org/wal.html); what is removed is overwritten; what is sorted never lies in a file beside it."""


def is_protected(path: Path) -> bool:
    """Whether a register file cannot be read without its key."""
    with path.open("rb") as file:
        return file.read(len(PLAIN)) not in (PLAIN, b"")


def engine(path: Path, key: Key | None) -> Engine:
    """The engine of a register file, which may be new; with a key, of one that is protected by it."""
    module, connect = (sqlite3, _plain(path)) if key is None else _protected(path, key)
    made = create_engine("sqlite://", module=module, creator=connect, poolclass=QueuePool, hide_parameters=True)
    event.listen(made, "begin", _begin)
    return made


def _plain(path: Path) -> Callable[[], Any]:
    return lambda: _prepared(sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30))


def _protected(path: Path, key: Key) -> tuple[Any, Callable[[], Any]]:
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        message = "This register is encrypted, and what opens it is not installed."
        raise RegisterError(message, 'Install it with: pip install "mase-docs[encrypted]"') from None
    known: list[str] = []

    def connect() -> Any:
        known[:] = known or [_some(key())]
        connection = dbapi2.connect(str(path), check_same_thread=False, isolation_level=None, timeout=30)
        connection.execute("PRAGMA cipher_log_level = NONE")  # else it writes to stderr what it thinks of a wrong key
        text = _as_text(known[0]).replace("'", "''")
        connection.execute(f"PRAGMA key = '{text}'")
        return _prepared(connection)

    return dbapi2, connect


def _some(key: str) -> str:
    """The key, if it is one: with an empty one SQLCipher would encrypt nothing, and say nothing."""
    if not key or "\0" in key:
        raise RegisterError("An empty key protects nothing.", "Give the register's key.")
    return key


def _as_text(key: str) -> str:
    """64 hexadecimal digits are the key itself, anything else a passphrase that SQLCipher makes one of (PBKDF2, 256,000 rounds)."""
    return f"x'{key}'" if len(key) == 64 and all(c in "0123456789abcdefABCDEF" for c in key) else key


def _prepared(connection: Any) -> Any:
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    """A writer takes its lock at once: two that began by reading could never both go on."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")


def write_with_key(made: Engine, copy: Path, key: Key) -> None:
    """Writes all of a protected register into another, empty file, which another key protects
    (https://www.zetetic.net/sqlcipher/sqlcipher-api/#sqlcipher_export)."""
    with made.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("ATTACH DATABASE ? AS other KEY ?", (str(copy), _as_text(_some(key()))))
        connection.exec_driver_sql("SELECT sqlcipher_export('other')")
    made.dispose()
