"""What a database says when it refuses, turned into words; its own could hold an answer, an address or a password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError

from mase_docs.errors import RegisterError
from mase_docs.register.postgresql import is_server, named_server, state

NOT_KEPT = "What was being written was not kept; then do it again."
DAMAGED = "Give the right key; a file that is damaged is restored from a backup with mase-docs register restore."
LOST = "Nothing is half-written. Once the server is there again, do it again: what was kept already is known."

STATES = {
    "08": "lost its connection",
    "57P": "lost its connection: the server was stopped or restarted",
    "28": "does not take this user name and password",
    "3D": "is not on that server: there is no such database",
    "42501": "does not let this user do that",
    "25006": "may not be written to: the server takes no changes now",
    "53100": "has no room left on the server's disk",
    "53300": "cannot be reached: the server has no connection left",
    "55P03": "is being written to by somebody else",
    "40": "was written to by somebody else in the same instant",
}
"""How a server's SQLSTATE begins (https://www.postgresql.org/docs/15/errcodes-appendix.html) → what that means for a person."""
SIGNS = {
    "disk is full": "has no room left on its disk",
    "disk i/o error": "could not be written to its disk",
    "readonly": "may not be written to",
    "unable to open": "could not be opened: the folder may not be there, or may not be written to",
    "file is not a database": "is damaged, is no register, or the key is wrong",
    "malformed": "is damaged",
    "locked": "is being written to by another program",
    "certificate": "could not be reached safely: the server's certificate is not one that this computer trusts for that name",
    "does not support ssl": "could not be reached safely: the server offers no TLS",
    "password": "does not take this user name and password",
    "does not exist": "is not on that server, or the server does not know this user",
    "connection": "cannot be reached, or the connection was lost",
}
"""The same for what comes without a state, by what is said in small letters; the first that fits counts."""


@contextmanager
def told(address: str) -> Iterator[None]:
    """Whatever the database refuses inside is a RegisterError."""
    try:
        yield
    except IntegrityError as error:
        raise RegisterError("What was to be written contradicts the register; nothing was.", "Run: mase-docs register verify") from error
    except DBAPIError as error:
        raise RegisterError(f"The register {named(address)} {_reason(error)}.", _remedy(error)) from error


def named(address: str) -> str:
    """The address as it may be shown: without a user's name or a password in it."""
    return named_server(address) if is_server(address) else address


def _remedy(error: DBAPIError) -> str:
    if error.connection_invalidated or state(error).startswith(("08", "57P")):
        return LOST
    return DAMAGED if any(sign in str(error.orig) for sign in ("not a database", "malformed")) else NOT_KEPT


def _reason(error: DBAPIError) -> str:
    said = str(error.orig).casefold()
    by_state = (words for start, words in STATES.items() if state(error).startswith(start))
    by_sign = (words for sign, words in SIGNS.items() if sign in said)
    return next(by_state, None) or next(by_sign, f"refused ({type(error.orig).__name__})")
