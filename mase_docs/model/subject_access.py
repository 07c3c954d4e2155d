"""Everything the register holds about one person, with who said it and when, for somebody to review before anything is disclosed."""

from __future__ import annotations

from dataclasses import dataclass

THIRD_PARTY = "Another person is named"
OTHER_FORM = "From another young person's form: third-party"
SERIOUS_HARM = "Social work data: would disclosing it be likely to cause serious harm?"
DO_NOT_DISCLOSE = "Marked “do not disclose”"
FREE_TEXT = "In somebody's own words: may name others"
NOTICE = (
    "Nothing here has been decided. A person goes through it line by line before anything is disclosed, and writes the decision beside it.",
    "“May be exempt” is a reminder and no more: what is marked may have to be disclosed, and what is not marked may be exempt.",
    "Ask whoever advises your council on information rights about other people's information, and about social work and child abuse data "
    "where disclosing it would be likely to cause serious harm. People who acted in their work are not third parties as a rule.",
    "Keep this paper as safe as the record itself: it has more in it than will be disclosed.",
)
"""What the paper says of itself, at its top."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is recorded.

    what   the question, or what the register keeps, in words
    value  as a person reads it
    typed  what stood on the form, where it could not be understood or was written otherwise; "" elsewhere
    marks  why it may be exempt; none where nothing speaks for that
    """

    what: str
    value: str
    typed: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """Facts of one source: who said so, when, and where it stands (a file, the register, a meeting)."""

    heading: str
    said_by: str
    when: str
    where: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of record; `lead` says what it is."""

    title: str
    lead: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class SubjectAccess:
    """All about one person.

    asked       the reference it was asked for by; references: the person's cases
    warnings    what was marked not to be disclosed, to be read first
    sections    none of them empty
    """

    asked: str
    references: tuple[str, ...]
    made_on: str
    made_by: str
    warnings: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def facts(self) -> int:
        return sum(len(entry.facts) for section in self.sections for entry in section.entries)
