"""What a zip archive carries (PKWARE APPNOTE), also one that a password protects: by the old way, or by AES as WinZip and 7-Zip do it.

Nothing is written anywhere: each file inside is unpacked in memory, once the archive's directory has shown that it may be.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from typing import Any
from zipfile import ZipInfo

from mase_docs.intake import limits
from mase_docs.intake.limits import open_zip, unpacked
from mase_docs.intake.names import hides, safe_name
from mase_docs.intake.parts import INSIDE, Part
from mase_docs.intake.refusals import refuse

LOCKED, UTF_8 = 0x1, 0x800
"""Bits of an entry's flags (APPNOTE 4.4.4)."""
LETTERS = ("utf-8", "cp1252", "cp437")
"""How programs write the letters of a password, which no rule says."""
LEFT_BEHIND = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")
"""What Finder and Explorer leave in a folder."""
FOLDERS = 3
"""As many of the folders around a file as go into its name."""


def parts(data: bytes, passwords: Sequence[str] = ()) -> list[Part]:
    """The files of an archive, with their folders in their names. Of an archive that is protected, each password is tried.

    Raises InputRefusedError: AR27 damaged, AR28 not safe to unpack; LockedError AR1 where no password fits.
    """
    with open_zip(data) as archive:
        entries = [entry for entry in archive.infolist() if not (entry.is_dir() or _is_left_behind(entry))]
        if any(entry.flag_bits & LOCKED for entry in entries):
            return _unlocked(data, entries, passwords)
        return [_part(entry, unpacked(archive, entry.filename, limits.FILE)) for entry in entries]


def _is_left_behind(entry: ZipInfo) -> bool:
    return any(piece.casefold() in LEFT_BEHIND or piece.startswith("._") for piece in entry.filename.replace("\\", "/").split("/"))


def _part(entry: ZipInfo, data: bytes) -> Part:
    pieces = [safe for piece in _name(entry).replace("\\", "/").split("/") if (safe := safe_name(piece, ""))]
    return Part(INSIDE.join(pieces[-FOLDERS - 1 :]) or "file", data, hidden=hides(_name(entry)))


def _name(entry: ZipInfo) -> str:
    """Its name; Finder and others write UTF-8 without the flag that says so, which Python then takes for the letters of an old PC."""
    if not entry.flag_bits & UTF_8:
        with suppress(UnicodeError):
            return entry.filename.encode("cp437").decode("utf-8")
    return entry.filename


def _unlocked(data: bytes, entries: list[ZipInfo], passwords: Sequence[str]) -> list[Part]:
    if sum(entry.file_size for entry in entries) > limits.ZIP_UNPACKED or any(entry.file_size > limits.FILE for entry in entries):
        raise refuse("AR28")
    try:
        import pyzipper
    except ImportError:
        raise refuse("AR1 zip", remedy='Install what opens protected files: pip install "mase-docs[passwords]".') from None
    try:
        archive = pyzipper.AESZipFile(BytesIO(data))
    except Exception:  # noqa: BLE001 the library's own kinds, and Python's, for a field of AES that is damaged
        raise refuse("AR27") from None
    return [_part(entry, _tried(archive, entry, passwords)) for entry in entries]


def _tried(archive: Any, entry: ZipInfo, passwords: Sequence[str]) -> bytes:
    """One file, by the first password that opens it: nobody says that all files have the same one.

    A wrong one that the archive's own test lets pass gives bytes that fail their check sum.
    """
    for password in passwords if entry.flag_bits & LOCKED else [""]:
        for letters in LETTERS:
            with suppress(Exception):  # the library raises its own kinds, zlib's and Python's, and a wrong password is any of them
                data: bytes = archive.read(entry.filename, pwd=password.encode(letters) or None)
                return data
    raise refuse("AR1 wrong" if passwords else "AR1 zip")
