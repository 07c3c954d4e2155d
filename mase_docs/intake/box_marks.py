"""What the marks in tick boxes and circles say, where only ink tells them."""

from __future__ import annotations

from collections.abc import Mapping

from mase_docs.intake.finding import Finding

Mark = bool | None
"""Whether a box is marked; None where nobody can tell."""


def tick(mark: Mark, place: str) -> Finding:
    return Finding("Yes" if mark else "?" if mark is None else None, place, "low")


def one_of(marks: Mapping[str, Mark], place: str) -> Finding:
    """The circles of one question, by the code that each stands for. Where several are marked, all are told, as no answer should hold."""
    states = [state for state, mark in marks.items() if mark is not False]
    said = " ".join(f"☑ {state}" for state in states) if len(states) > 1 else "".join(states)
    return Finding(said or None, place, "low", ("TY3",) if None in marks.values() else ())
