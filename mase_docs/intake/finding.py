"""What a reader found in a file, before anyone asked what it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from mase_docs.definition.form import Form
from mase_docs.model.submission import Confidence
from mase_docs.problems import Problem


@dataclass(frozen=True, slots=True)
class Finding:
    """What stood at one place of a file.

    raw         as the file holds it: str, int, float, bool, date, datetime; None where the place is empty
    place       `Referral!D14` or `page 2, dob`
    confidence  high: found by its name; medium: by its label or a borough's locator; low: a guess
    issues      what the reader itself saw: TY5 (a formula or an error)
    whole       the whole text that stood there, where raw is only a part of it or what it was taken to say
    """

    raw: object
    place: str
    confidence: Confidence = "high"
    issues: tuple[str, ...] = ()
    whole: object = None


Key = tuple[str, str | None]
"""An answer's path and, for one tick of a choice, the code it stands for: ("dob", None), ("concern_types", "cse")."""

Findings = dict[Key, Finding]


@dataclass
class Reading:
    """What a reader module gives: which form it is, what was found and what should be known about the file.

    kind       what the file turned out to be, where that is more than its bytes told: pdf_flat, pdf_scan, pdf_xfa
    reference  what a form that we sent back for questions says it is
    """

    form: Form
    findings: Findings
    problems: list[Problem] = field(default_factory=list)
    date1904: bool = False
    reference: str = ""
    kind: str = ""


SPLIT = "split"


def split_key(number: int) -> Key:
    """The key of the text that the number-th [[split]] of a borough's own form takes apart, from 0."""
    return (f"{SPLIT} {number}", None)


def rows_of(findings: Findings, repeat: str) -> Iterator[str]:
    """The rows of a repeating group that something was found for, each once, as they came."""
    paths = (path[len(repeat) + 1 :].split("]", 1)[0] for path, _ in findings if path.startswith(f"{repeat}["))
    yield from dict.fromkeys(paths)


SURE: tuple[Confidence, ...] = ("low", "medium", "high")


def least(*confidences: Confidence) -> Confidence:
    """The least sure of several."""
    return min(confidences, key=SURE.index)
