"""What an agency is reminded of before a meeting: no more of a young person than a mail may say, which is the reference (domain 6.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mase_docs.model.sitting import Meeting


@dataclass(frozen=True, slots=True)
class Owed:
    """An outstanding action without its words, which may hold a name. about: the reference of its case, a general word, or "All"."""

    number: str
    about: str
    due: date | None
    days_overdue: int


@dataclass(frozen=True, slots=True)
class Reminder:
    """code, agency: the agency and its name; email: its address as the profile has it, "" for none
    committed    whether it is committed to attend
    by           the day by which its forms are to be back
    owed         its outstanding actions
    new, review  the references of its cases on the agenda
    """

    code: str
    agency: str
    email: str
    committed: bool
    meeting: Meeting
    by: date
    owed: tuple[Owed, ...] = ()
    new: tuple[str, ...] = ()
    review: tuple[str, ...] = ()

    @property
    def cases(self) -> int:
        return len(self.new) + len(self.review)
