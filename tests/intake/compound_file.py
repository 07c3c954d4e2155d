"""Compound files written here (MS-CFB), to hold what no test library makes: a message inside a message, a rights-managed workbook."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Union

Tree = Mapping[str, Union[bytes, "Tree"]]
FREE, END, FAT, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
CUTOFF = 4096


def compound_file(tree: Tree, sector: int = 512) -> bytes:
    """The file that holds these streams (bytes) and storages (trees). `sector` is 512 (version 3) or 4096 (version 4)."""
    entries: list[list[object]] = [["Root Entry", 5, NONE, NONE, NONE, END, 0]]
    contents: dict[int, bytes] = {}
    _enter(tree, 0, entries, contents)
    small = {n: data for n, data in contents.items() if len(data) < CUTOFF}
    mini, mini_fat = b"", list[int]()
    for n, data in small.items():
        if data:
            entries[n][5] = len(mini_fat)
            count = -(-len(data) // 64)
            mini_fat += [*range(len(mini_fat) + 1, len(mini_fat) + count), END]
            mini += data.ljust(64 * count, b"\x00")
        entries[n][6] = len(data)
    body, fat = b"", list[int]()

    def put(data: bytes) -> int:
        nonlocal body
        if not data:
            return END
        start, count = len(fat), -(-len(data) // sector)
        fat.extend([*range(start + 1, start + count), END])
        body += data.ljust(sector * count, b"\x00")
        return start

    for n, data in contents.items():
        if n not in small:
            entries[n][5], entries[n][6] = put(data), len(data)
    entries[0][5], entries[0][6] = put(mini), len(mini)
    first_mini = put(struct.pack(f"<{len(mini_fat)}I", *mini_fat).ljust(sector, b"\xff") if mini_fat else b"")
    first_directory = put(b"".join(map(_entry, entries)))
    per, count, lists = sector // 4, 0, 0
    while (len(fat) + count + lists > count * per) or (count > 109 + lists * (per - 1)):
        count, lists = count + 1, max(0, -(-(count + 1 - 109) // (per - 1)))
    fat_at, list_at = len(fat), len(fat) + count
    fat += [FAT] * count + [0xFFFFFFFC] * lists
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(sector * count, b"\xff")
    numbers = [*range(fat_at, fat_at + count)]
    more = numbers[109:]
    chain = b"".join(
        struct.pack(
            f"<{per}I", *(more[n * (per - 1) : (n + 1) * (per - 1)] + [FREE] * per)[: per - 1], list_at + n + 1 if n + 1 < lists else END
        )
        for n in range(lists)
    )
    version, shift = (3, 9) if sector == 512 else (4, 12)
    head = struct.pack("<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, version, 0xFFFE, shift, 6,
        0, count, first_directory, 0, CUTOFF, first_mini, 1 if mini_fat else 0, list_at if lists else END, lists)  # fmt: skip
    head += struct.pack("<109I", *(numbers + [FREE] * 109)[:109])
    return head.ljust(sector, b"\x00") + body + table + chain


def _enter(tree: Tree, parent: int, entries: list[list[object]], contents: dict[int, bytes]) -> None:
    """The children of a storage as a tree of siblings that leans to the right, in the order of MS-CFB 2.6.4."""
    before = None
    for name in sorted(tree, key=lambda name: (len(name), name.upper())):
        number, child = len(entries), tree[name]
        entries.append([name, 2 if isinstance(child, bytes) else 1, NONE, NONE, NONE, END if isinstance(child, bytes) else 0, 0])
        entries[before if before is not None else parent][3 if before is not None else 4] = number
        before = number
        if isinstance(child, bytes):
            contents[number] = child
        else:
            _enter(child, number, entries, contents)


def _entry(entry: list[object]) -> bytes:
    name, *rest = entry
    text = str(name).encode("utf-16-le")
    return struct.pack("<64sHBBIII16x4x8x8xIQ", text, len(text) + 2, rest[0], 1, *rest[1:])
