"""What the history says should be there: followed from its first row to its last."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from mase_docs.register import seals
from mase_docs.register.history import digest_of, hash_of
from mase_docs.register.records import History

Where = tuple[str, int]


def is_whole(told: History) -> bool:
    """Whether a row of the history is what was written: an emptied detail is looked at elsewhere."""
    try:
        return hash_of(told) == told.hash and (told.detail is None or digest_of(told.detail) == told.digest)
    except (TypeError, AttributeError):  # SQLite lets anything stand in any column
        return False


@dataclass
class Replayed:
    """The rows that should be there, and what else the history tells.

    rows      (table, number) → what it should hold
    unknown   rows of which nothing can be said: what the history says of them was altered
    highest   table → the highest number that was ever given in it
    hashes    number of a history row → its hash
    starts    the first row, and each that tells of a restore
    """

    rows: dict[Where, dict[str, Any]] = field(default_factory=dict)
    unknown: set[Where] = field(default_factory=set)
    highest: dict[str, int] = field(default_factory=dict)
    hashes: dict[int, str] = field(default_factory=dict)
    starts: list[seals.Start] = field(default_factory=list)
    _emptied: set[int] = field(default_factory=set)
    _excused: set[int] = field(default_factory=set)

    def follow(self, told: History) -> None:
        """One row of the history, in their order."""
        self.hashes[told.seq] = told.hash
        if told.seq == 1 or (told.did == "restored" and is_whole(told)):
            self.starts.append(seals.Start(told.seq, told.at, told.hash))
        where = (str(told.table), told.row) if isinstance(told.row, int) else None
        if not is_whole(told):
            self.unknown.update([where] if where else [])
        else:
            self._believe(told, where)

    def _believe(self, told: History, where: Where | None) -> None:
        if where and told.did == "added":
            self.highest[where[0]] = max(where[1], self.highest.get(where[0], 0))
        if told.detail is None:
            self._emptied.add(told.seq)
            return
        detail = json.loads(told.detail)
        if told.did == "disposed":
            self._excused.update(detail.get("emptied", ()))
        if where and told.did in CHANGES:
            CHANGES[told.did](self.rows, where, detail)

    @property
    def emptied(self) -> set[int]:
        """The rows whose detail was emptied although no disposal tells of it."""
        return self._emptied - self._excused


def _added(rows: dict[Where, dict[str, Any]], where: Where, detail: dict[str, Any]) -> None:
    rows[where] = detail["row"]


def _changed(rows: dict[Where, dict[str, Any]], where: Where, detail: dict[str, Any]) -> None:
    row = {**rows.get(where, {}), **detail["to"]}
    rows[where] = {name: value for name, value in row.items() if value is not None}


def _removed(rows: dict[Where, dict[str, Any]], where: Where, detail: dict[str, Any]) -> None:
    rows.pop(where, None)


CHANGES = {"added": _added, "restated": _added, "changed": _changed, "removed": _removed}
