"""Good files made bad, the same way for the same seed: as disks, mail gateways and people with editors break them, and worse."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from random import Random

import pikepdf
from lxml import etree

EXTREMES = (b"0", b"-1", b"1", b"65536", b"2147483648", b"99999999999999999999", b"1e308", b"NaN", b"")
NUMBER = re.compile(rb"\d+")
TAG = re.compile(rb"<[^<>]{1,400}>")
PACKED = re.compile(rb"((?:[A-Za-z0-9+/]{60,}={0,2}\r?\n){3,})")
"""What a mail carries, in base64."""
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, struct.error)
"""What zipfile raises for an archive that was broken before."""
STRAY_PDF = (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError, IndexError, NotImplementedError)
LOSE = 0.5
Mutation = Callable[[Random, bytes], bytes]


def flipped(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def cut_short(random: Random, data: bytes) -> bytes:
    return data[: random.randrange(len(data))]


def part_lost(random: Random, data: bytes) -> bytes:
    start, length = random.randrange(len(data)), random.choice((1, 7, 100, 4096))
    return data[:start] + data[start + length :]


def part_twice(random: Random, data: bytes) -> bytes:
    start, length = random.randrange(len(data)), random.choice((1, 16, 512, 8192))
    return data[: start + length] + data[start:]


def zeros_in_between(random: Random, data: bytes) -> bytes:
    start, length = random.randrange(len(data)), random.choice((4, 512, 4096))
    return data[:start] + bytes(min(length, len(data) - start)) + data[start + length :]


def block_over_another(random: Random, data: bytes) -> bytes:
    """As a disk or a bad cable mixes blocks up: the length stays."""
    size = random.choice((1, 8, 64, 512, 4096))
    here, there = (random.randrange(0, len(data), size) for _ in range(2))
    block = data[there : there + size]
    return (data[:here] + block + data[here + len(block) :])[: len(data)]


def another_number(random: Random, data: bytes) -> bytes:
    numbers = list(NUMBER.finditer(data))
    if not numbers:
        return flipped(random, data)
    found = random.choice(numbers)
    return data[: found.start()] + random.choice(EXTREMES) + data[found.end() :]


def tag_lost_or_twice(random: Random, data: bytes) -> bytes:
    tags = list(TAG.finditer(data))
    if not tags:
        return part_lost(random, data)
    found = random.choice(tags)
    return data[: found.start()] + found[0] * random.choice((0, 0, 2, 500)) + data[found.end() :]


def lines_moved(random: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def element_changed(random: Random, data: bytes) -> bytes:
    """Well-formed XML that says something else: an element lost, doubled, moved or emptied, or one of its attributes changed."""
    try:
        root = etree.fromstring(data)
    except (etree.XMLSyntaxError, ValueError):
        return flipped(random, data)
    elements = list(root.iter("*"))[1:] or [root]
    one, other = random.choice(elements), random.choice(elements)
    random.choice((_lost, _doubled, _moved, _emptied, _attribute_changed))(random, one, other)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _lost(random: Random, one: etree._Element, other: etree._Element) -> None:
    if (parent := one.getparent()) is not None:
        parent.remove(one)


def _doubled(random: Random, one: etree._Element, other: etree._Element) -> None:
    if (parent := one.getparent()) is not None:
        parent.extend(deepcopy(one) for _ in range(random.choice((1, 1, 300))))


def _moved(random: Random, one: etree._Element, other: etree._Element) -> None:
    if one.getparent() is not None and one not in other.iterancestors() and one is not other:
        other.append(one)


def _emptied(random: Random, one: etree._Element, other: etree._Element) -> None:
    one[:], one.text = [], None


def _attribute_changed(random: Random, one: etree._Element, other: etree._Element) -> None:
    if one.attrib:
        name = random.choice(list(one.attrib))
        one.set(name, random.choice((*(n.decode() for n in EXTREMES), *map(str, other.attrib.values()))))


PLAIN: tuple[Mutation, ...] = (
    flipped,
    flipped,
    cut_short,
    part_lost,
    part_twice,
    zeros_in_between,
    block_over_another,
    another_number,
    tag_lost_or_twice,
    lines_moved,
)


def inside_a_part(random: Random, data: bytes) -> bytes:
    """One part of a package changed and packed again in good order: no check sum tells of it."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as old:
            parts = {name: old.read(name) for name in old.namelist()}
    except DAMAGED:
        return flipped(random, data)
    name = random.choice([name for name, content in parts.items() if content] or [""])
    if not name:
        return flipped(random, data)
    parts[name] = random.choice((*PLAIN, *[element_changed] * len(PLAIN)))(random, parts[name])
    if random.random() < 0.1:
        del parts[random.choice(list(parts))]
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part, content in parts.items():
            new.writestr(part, content)
    return out.getvalue()


def object_changed(random: Random, data: bytes) -> bytes:
    """A PDF in good order that says something else: an entry of one of its objects lost, or changed for that of another object."""
    try:
        with pikepdf.open(BytesIO(data)) as document:
            objects = [one for one in document.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream) and one.keys()]
            one, other = random.choice(objects), random.choice(objects)
            name, another = random.choice(sorted(one.keys())), random.choice(sorted(other.keys()))
            if random.random() < LOSE:
                del one[name]
            else:
                one[name] = other.get(name, other[another])
            return _saved(document)
    except STRAY_PDF:
        return flipped(random, data)


def _saved(document: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    document.save(out, static_id=True)
    return out.getvalue()


def between_attachments(random: Random, data: bytes) -> bytes:
    """A mail broken in what its programs wrote, not in what it carries, which has check sums of its own."""
    pieces = PACKED.split(data)
    number = random.choice([number for number, piece in enumerate(pieces) if len(piece) > 1 and not PACKED.match(piece)] or [0])
    pieces[number] = random.choice(PLAIN)(random, pieces[number])
    return b"".join(pieces)


def within(data: bytes) -> Mutation:
    """What breaks a file of this kind from within."""
    if data.startswith(b"PK"):
        return inside_a_part
    return object_changed if data.startswith(b"%PDF") else between_attachments


def mutated(seed: str, data: bytes) -> bytes:
    """The file broken in one to three ways."""
    random = Random(seed)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        if len(data) > 1:
            data = random.choice((*PLAIN, *[within(data)] * len(PLAIN)))(random, data)
    return data
