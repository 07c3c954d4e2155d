"""What a database says when it refuses, turned into words; its own could hold an answer, an address or a password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError

from mase_docs.errors import RegisterError
from mase_docs.register.stores.postgresql import is_server, named_server, state

AGAIN = "What was being written was not kept; do it again."
ROOM = "What was being written was not kept. Make room, then do it again."
LOST = "Nothing is half-written. Once the server is there again, do it again: what was kept already is known."
ASK = "Nothing was written. Ask whoever looks after the server."
NAME = "See that --register names the right server, database and user."
WHICH = "Give the right key; a file that is damaged is restored from a backup with mase-docs register restore."
PROVE = "Name the file of the authority that signed its certificate, with sslrootcert=FILE, or ask whoever looks after the server."

STATES = {
    "08": ("lost its connection", LOST),
    "57P": ("lost its connection: the server was stopped or restarted", LOST),
    "28": ("does not take this user name and password", NAME),
    "3D": ("is not on that server: there is no such database", NAME),
    "42501": ("does not let this user do that", ASK),
    "25006": ("may not be written to: the server takes no changes now", ASK),
    "53100": ("has no room left on the server's disk", ASK),
    "53300": ("cannot be reached: the server has no connection left", ASK),
    "55P03": ("is being written to by somebody else", AGAIN),
    "40": ("was written to by somebody else in the same instant", AGAIN),
}
"""How a server's SQLSTATE begins (https://www.postgresql.org/docs/15/errcodes-appendix.html) → what that means, and what to do."""
SIGNS = {
    "disk is full": ("has no room left on its disk", ROOM),
    "disk i/o error": ("could not be written to its disk", ROOM),
    "readonly": ("may not be written to", "Nothing was written. Ask IT for the right to write there."),
    "unable to open": ("could not be opened", "See that its folder is there and may be written to."),
    "file is not a database": ("is damaged, is no register, or the key is wrong", WHICH),
    "malformed": ("is damaged", WHICH),
    "locked": ("is being written to by another program", AGAIN),
    "certificate": ("could not be reached safely: the server's certificate is not one that this computer trusts for that name", PROVE),
    "does not support ssl": ("could not be reached safely: the server offers no TLS", ASK),
    "password": ("does not take this user name and password", NAME),
    "does not exist": ("is not on that server, or the server does not know this user", NAME),
    "resolve": ("cannot be reached: no computer has that name", NAME),
    "translate host name": ("cannot be reached: no computer has that name", NAME),
    "connection": ("cannot be reached, or the connection was lost", LOST),
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
        reason, remedy = _reason(error)
        raise RegisterError(f"The register {named(address)} {reason}.", remedy) from error


def named(address: str) -> str:
    """The address as it may be shown: without a user's name or a password in it."""
    return named_server(address) if is_server(address) else address


def _reason(error: DBAPIError) -> tuple[str, str]:
    """What is wrong, and what to do."""
    said = str(error.orig).casefold()
    by_state = (found for start, found in STATES.items() if state(error).startswith(start))
    by_sign = (found for sign, found in SIGNS.items() if sign in said)
    return next(by_state, None) or next(
        by_sign, (f"refused ({type(error.orig).__name__})", LOST if error.connection_invalidated else AGAIN)
    )
