"""A compound file: the small file system in which Outlook, and Office before 2007, keep a message or document (MS-CFB).

Read here and not by a library, since what a file *is* must be told wherever mase_docs runs, and told by its directory alone: a message
that carries a locked workbook holds that workbook's directory too, as bytes like any others.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mase_docs.intake import limits
from mase_docs.intake.refusals import refuse

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = struct.Struct("<8s16xHHHHH6xIIIIIIIII")
"""MS-CFB 2.2: magic, versions, byte order, the two sector shifts, then counts and first sectors, all little-endian."""
ENTRY = struct.Struct("<64sHBBIII16x4x8x8xIQ")
"""MS-CFB 2.6.1: name, its length, type, colour, left, right, child, first sector, size."""
STORAGE, STREAM, ROOT = 1, 2, 5
LAST = 0xFFFFFFFA
"""Sector numbers from here on mean that there is no such sector (MS-CFB 2.1)."""
NONE = 0xFFFFFFFF
"""No such entry (MS-CFB 2.6.1)."""
DIFAT_IN_HEADER = 109


@dataclass(frozen=True, slots=True)
class Entry:
    """One storage (a folder) or stream (a file), as the directory tells it."""

    name: str
    type: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """A compound file, its directory read.

    Raises InputRefusedError, here and wherever it is read: AR27 damaged or cut short, AR28 built to give its bytes out again and again.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or data[:8] != MAGIC:
            raise refuse("AR27")
        _, _, self.version, _, shift, mini_shift, *sectors = HEADER.unpack_from(data)
        _, _, self.directory, _, self.cutoff, self.mini, _, self.difat, _ = sectors
        if shift not in (9, 12) or mini_shift != 6:
            raise refuse("AR27")
        self.data, self.size, self.unread = data, 1 << shift, 2 * len(data)
        self.entries = list(self._entries())
        if not self.entries or self.entries[0].type != ROOT:
            raise refuse("AR27")
        if len(self.entries) > limits.COMPOUND_ENTRIES:
            raise refuse("AR28")

    @property
    def root(self) -> Storage:
        return Storage(self, self.entries[0])

    @cached_property
    def fat(self) -> array[int]:
        """What sector follows each sector (MS-CFB 2.3). The sectors of this table itself are listed in the header, then in a chain."""
        listed, at, seen = list(struct.unpack_from(f"<{DIFAT_IN_HEADER}I", self.data, 76)), self.difat, set[int]()
        while at < LAST and at not in seen:
            seen.add(at)
            *more, at = self._numbers(self._sector(at)) or [LAST]
            listed += more
        known = dict.fromkeys(sector for sector in listed if sector < LAST)
        return self._numbers(b"".join(map(self._sector, known)))

    @cached_property
    def mini_fat(self) -> array[int]:
        return self._numbers(self._chained(self.mini))

    @cached_property
    def mini_stream(self) -> bytes:
        return self._chained(self.entries[0].start)

    def read(self, entry: Entry) -> bytes:
        """The bytes of a stream. Small streams share the mini stream (MS-CFB 2.4)."""
        size = entry.size & 0xFFFFFFFF if self.version == 3 else entry.size
        if size == 0:
            return b""
        if size >= self.cutoff:
            found = self._chained(entry.start, size)
        else:
            chain = self._chain(entry.start, self.mini_fat)
            found = b"".join(self.mini_stream[64 * sector : 64 * sector + 64] for sector in chain)
        self.unread -= len(found)
        if self.unread < 0:
            raise refuse("AR28")
        if len(found) < size:
            raise refuse("AR27")
        return found[:size]

    def _entries(self) -> Iterator[Entry]:
        directory = self._chained(self.directory)
        for name, length, kind, _, left, right, child, start, size in ENTRY.iter_unpack(directory[: len(directory) // 128 * 128]):
            yield Entry(name[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"), kind, left, right, child, start, size)

    def _chained(self, start: int, size: int | None = None) -> bytes:
        found = b"".join(map(self._sector, self._chain(start, self.fat)))
        return found if size is None else found[:size]

    def _chain(self, at: int, table: array[int]) -> list[int]:
        """The sectors of one stream, in order. Part of a file that ends before its chain does may be missing: none of it is taken."""
        chain: dict[int, None] = {}
        while at < len(table) and at not in chain:
            chain[at] = None
            at = table[at]
        if at < LAST:
            raise refuse("AR27")
        return list(chain)

    def _sector(self, number: int) -> bytes:
        if (number + 1) * self.size >= len(self.data):
            raise refuse("AR27")
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    @staticmethod
    def _numbers(data: bytes) -> array[int]:
        """Four bytes each, the lowest first."""
        numbers = array("I", data[: len(data) // 4 * 4])
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers


@dataclass(frozen=True)
class Storage:
    """One storage of a compound file, and what lies in it."""

    file: Compound
    entry: Entry

    @cached_property
    def inside(self) -> dict[str, Entry]:
        """What lies in this storage, by name: a tree of siblings (MS-CFB 2.6.4), in no order that can be relied on."""
        found, waiting, seen = {}, [self.entry.child], set[int]()
        while waiting:
            number = waiting.pop()
            if number == NONE or number in seen:
                continue
            if number >= len(self.file.entries):
                raise refuse("AR27")
            seen.add(number)
            entry = self.file.entries[number]
            found[entry.name] = entry
            waiting += [entry.left, entry.right]
        return found

    def stream(self, name: str) -> bytes | None:
        """The bytes of a stream; None where there is no such stream."""
        entry = self.inside.get(name)
        return self.file.read(entry) if entry and entry.type == STREAM else None

    def storage(self, name: str) -> Storage | None:
        entry = self.inside.get(name)
        return Storage(self.file, entry) if entry and entry.type == STORAGE else None

    def storages(self, beginning: str) -> list[Storage]:
        """The storages whose names begin so, in order of name."""
        return [found for name in sorted(self.inside) if name.startswith(beginning) and (found := self.storage(name))]
