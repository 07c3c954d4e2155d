"""The history's arithmetic: how a change is written down, and how each row is tied to the one before it.

A row's hash is the SHA-256 of everything in it but the detail, which stands in it by a SHA-256 of its own: so the detail can be emptied
when a person's data is disposed of, and the chain still holds. Every detail begins with a random salt: what was in an emptied one
cannot be found by trying likely values.
"""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import Any

from mase_docs.register.records import History, Kept

FIRST = "0" * 64
"""What the first row has in place of the hash of a row before it."""
HASHED = ("borough", "seq", "at", "who", "did", "table", "row", "why", "digest", "previous")


def canonical(value: Any) -> str:
    """One text for one value: JSON with its keys in order and no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def hash_of(row: History) -> str:
    """The hash that a history row should carry."""
    return digest_of(canonical([getattr(row, name) for name in HASHED]))


def state(row: Kept) -> dict[str, Any]:
    """All that a row holds, as the history writes it: columns without a value left out, those written once by their SHA-256."""
    columns = type(row).__table__.columns
    found = {column.name: plain(getattr(row, column.name), once="once" in column.info) for column in columns if column.name != "borough"}
    return {name: value for name, value in found.items() if value is not None}


def plain(value: Any, *, once: bool = False) -> Any:
    """A column's value as JSON has it."""
    if once and value is not None:
        return {"sha256": sha256(value if isinstance(value, bytes) else str(value).encode()).hexdigest()}
    return value.isoformat() if isinstance(value, date) else value
