"""What a disposal removed, as its certificate says it: kinds and numbers, never a name, a date of birth or an answer."""

from __future__ import annotations

from dataclasses import dataclass

STILL_THERE = (
    "Backups, exports, and the copies beside the register that an upgrade or a restore left, still hold it if they were made before: "
    "they go when their own time is up, or are deleted by hand. After a restore it has to be disposed of again.",
    "The register's file was rewritten. What a disk, a file server or a database server keeps of older versions is with whoever runs it; "
    "on a database server the administrator runs VACUUM FULL.",
    "Papers that were made of it, and the copies of them that members of the panel have.",
    "What other young people's forms say, and what was said of others or of a place at meetings: it is part of their records.",
)
"""What a disposal does not reach."""


@dataclass(frozen=True, slots=True)
class Disposed:
    """One person's, or place's, record.

    references  its cases, or P12 or C3
    rule        by which rule it was due, and in which year; or that it was not due
    years       from the first form to the last contact
    counts      kind of row → how many went
    """

    references: tuple[str, ...]
    rule: str
    years: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Certificate:
    """One disposal: all of it was done in one transaction.

    on           the day and time, in universal time
    because      in the words of who did it
    emptied      how many rows of the history were emptied of what they told
    seq, hash    the row of the history that says all this: `mase-docs register verify` finds it unaltered
    """

    disposed: tuple[Disposed, ...]
    on: str
    because: str
    approved_by: str
    done_by: str
    emptied: int
    seq: int
    hash: str
