"""Other people's libraries, kept from writing to a terminal or a log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def silence(library: str) -> Iterator[None]:
    """Libraries log what they repair, sometimes with the text they met: none of that may reach a terminal or a log."""
    logger, quiet = logging.getLogger(library), logging.NullHandler()
    before, logger.propagate = logger.propagate, False
    logger.addHandler(quiet)
    try:
        yield
    finally:
        logger.removeHandler(quiet)
        logger.propagate = before
