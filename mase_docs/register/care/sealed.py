"""A file that nobody can read without its passphrase: age, a public format that other programs open too (https://age-encryption.org/v1)."""

from __future__ import annotations

from types import ModuleType

from mase_docs.errors import RegisterError

SHORTEST = 12
"""Letters of a passphrase: three or four words. Each guess takes a computer about a second (scrypt)."""
BEGINNING = b"age-encryption.org/v1\n"


def must_be_possible(passphrase: str) -> None:
    """Raises RegisterError for a passphrase that could be guessed, and where what encrypts is not installed."""
    _age()
    if len(passphrase) < SHORTEST:
        message = "The passphrase of the backup is too short; nothing was written."
        raise RegisterError(message, f"Take at least {SHORTEST} letters, such as four words.")


def sealed(data: bytes, passphrase: str) -> bytes:
    """The data encrypted. Raises RegisterError for a passphrase that is too short."""
    must_be_possible(passphrase)
    return bytes(_age().passphrase.encrypt(data, passphrase))


def opened(data: bytes, passphrase: str) -> bytes:
    """What was encrypted. Raises RegisterError for another passphrase, and where a single byte was lost or altered."""
    if not data.startswith(BEGINNING):
        raise RegisterError(
            "This is no backup of a register, or its beginning was altered.", "Name a file that mase-docs register backup made."
        )
    age = _age()
    try:
        return bytes(age.passphrase.decrypt(data, passphrase))
    except age.DecryptError as error:
        if "Decryption failed" in str(error):
            raise RegisterError(
                "The passphrase is not that of this backup, or its beginning was altered.", "Try the passphrase again."
            ) from None
        raise RegisterError("The backup was altered or is not all there.", "Take another copy of it, or another backup.") from None


def _age() -> ModuleType:
    try:
        import pyrage
    except ImportError:
        message = "Backups are encrypted, and what does that is not installed."
        raise RegisterError(message, 'Install it with: pip install "mase-docs[encrypted]"') from None
    return pyrage  # type: ignore[no-any-return]
