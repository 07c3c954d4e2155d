"""Files that a password protects, made plain in memory. Passwords are tried, never kept, never written anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from io import BytesIO

from mase_docs.errors import InputRefusedError, LockedError
from mase_docs.intake.refusals import refuse

AGAINST_CHANGES = "VelvetSweatshop"
"""The password with which Excel itself encrypts a workbook that anyone may read and not everyone change (MS-OFFCRYPTO 2.4.2.3)."""

Unlock = Callable[[bytes, Sequence[str]], bytes]


def unlocked(kind: str, data: bytes, passwords: Sequence[str]) -> bytes:
    """The plain file behind a locked one; any other as it is.

    Raises LockedError where no password fits: AR1 (Office), AR7 (PDF).
    """
    return UNLOCK[kind](data, passwords) if kind in UNLOCK else data


def _office(data: bytes, passwords: Sequence[str]) -> bytes:
    """A workbook or document out of its encrypted package (MS-OFFCRYPTO 2.3)."""
    return _decrypted(data, passwords, {"verify_password": True}, {"verify_integrity": True})


def _old_workbook(data: bytes, passwords: Sequence[str]) -> bytes:
    """An .xls workbook without its encryption (MS-XLS 2.2.10); one that isn't encrypted, or can't be looked into, as it is."""
    try:
        import msoffcrypto

        if not msoffcrypto.OfficeFile(BytesIO(data)).is_encrypted():
            return data
    except Exception:  # noqa: BLE001 whatever it is, the reader of such workbooks says it better
        return data
    with suppress(LockedError):
        return _decrypted(data, [AGAINST_CHANGES], {}, {})
    return _decrypted(data, passwords, {}, {})


def _decrypted(data: bytes, passwords: Sequence[str], load: dict[str, bool], decrypt: dict[str, bool]) -> bytes:
    """The file by the first password that fits; how strictly to look is said to the library's two steps."""
    try:
        import msoffcrypto
    except ImportError:
        raise _missing("AR1") from None
    for password in passwords:
        plain = BytesIO()
        try:
            file = msoffcrypto.OfficeFile(BytesIO(data))
            file.load_key(password=password, **load)
            file.decrypt(plain, **decrypt)
            return plain.getvalue()
        except msoffcrypto.exceptions.InvalidKeyError:
            continue
        except Exception:  # noqa: BLE001 a damaged package makes the library raise whatever came up
            raise refuse("AR27") from None
    raise refuse("AR1 wrong" if passwords else "AR1")


def _pdf(data: bytes, passwords: Sequence[str]) -> bytes:
    """A PDF without its encryption (ISO 32000-2, 7.6); one that only restricts printing and changing opens as it is."""
    if b"/Encrypt" not in data:
        return data
    from mase_docs.intake.pdf_open import decrypted

    return decrypted(data, passwords)


def _missing(reason: str) -> InputRefusedError:
    return refuse(reason, remedy='Install what opens protected files: pip install "mase-docs[passwords]".')


UNLOCK: dict[str, Unlock] = {"encrypted": _office, "xls": _old_workbook, "pdf": _pdf}
"""Kind → what opens it."""
