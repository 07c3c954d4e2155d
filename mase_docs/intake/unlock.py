"""Files that a password protects, made plain in memory. Passwords are tried, never kept, never written anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

from mase_docs.errors import InputRefusedError
from mase_docs.intake.refusals import refuse

Unlock = Callable[[bytes, Sequence[str]], bytes]


def unlocked(kind: str, data: bytes, passwords: Sequence[str]) -> bytes:
    """The plain file behind a locked one; any other as it is.

    Raises LockedError where no password fits: AR1 (Office), AR7 (PDF).
    """
    return UNLOCK[kind](data, passwords) if kind in UNLOCK else data


def _office(data: bytes, passwords: Sequence[str]) -> bytes:
    """A workbook or document out of its encrypted package (MS-OFFCRYPTO 2.3)."""
    try:
        import msoffcrypto
    except ImportError:
        raise _missing("AR1") from None
    for password in passwords:
        plain = BytesIO()
        try:
            file = msoffcrypto.OfficeFile(BytesIO(data))
            file.load_key(password=password, verify_password=True)
            file.decrypt(plain, verify_integrity=True)
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


UNLOCK: dict[str, Unlock] = {"encrypted": _office, "pdf": _pdf}
"""Kind → what opens it."""
