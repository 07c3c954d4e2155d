"""What the marks in tick boxes and circles say together, where only ink tells them."""

from __future__ import annotations

from collections.abc import Mapping

from mase_docs.definition.form import Form
from mase_docs.intake.finding import Finding, Key

Mark = bool | None
"""Whether a box is marked; None where nobody can tell."""


def marked(more: float, clean: float, ticked: float) -> Mark:
    """What an ink says that is so much darker than the blank's: a mark from `ticked` on, none below `clean`."""
    return True if more >= ticked else False if more < clean else None


def tick(mark: Mark, place: str) -> Finding:
    return Finding("Yes" if mark else "?" if mark is None else None, place, "low")


def circles(marks: Mapping[str, Mark], key: Key, form: Form, place: str) -> Finding:
    """The circles of one question, by the code that each stands for. Several marked ones are all told, as no answer should hold."""
    states = [state for state, mark in marks.items() if mark is not False]
    between = "; " if form.at(key[0]).choices else " / "
    return Finding(between.join(states) or None, place, "low", ("TY3",) if None in marks.values() else ())
