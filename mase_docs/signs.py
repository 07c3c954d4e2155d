"""A sign of life, given between the steps of work that takes long, so that whoever watches doesn't take it for a hang.

Call `alive()` after each page and each run of a program. Where nobody watches it does nothing; the worker sets `tell`.
"""

from __future__ import annotations

from collections.abc import Callable

tell: Callable[[], None] | None = None
"""What `alive` calls."""


def alive() -> None:
    if tell:
        tell()
