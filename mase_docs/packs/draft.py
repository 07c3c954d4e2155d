"""A draft e-mail to a form's sender: what is asked, by the form's own labels, and nothing that anyone answered.

The words stand here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mase_docs.definition.profile import Panel
from mase_docs.model import labels
from mase_docs.packs.marks import THE_FORM, Mark
from mase_docs.packs.unsent import SAFELY, Attachment, closing, long_day, unsent

MARKED = "Your form is attached. Each answer that we ask about is coloured there and has a note; everything you wrote is as you sent it."
BLANK = "We could not mark the form that you sent, so a blank one is attached. Please answer again what is asked below, and send both."
ALONE = "These are the questions, by the names that they have on the form."


@dataclass(frozen=True, slots=True)
class Attached:
    """The form that goes with the mail: its bytes, its kind (as its name ends), and whether it is the sender's own, marked."""

    data: bytes
    kind: str
    marked: bool = True


def draft(panel: Panel, reference: str, marks: Sequence[Mark], to: str = "", by: date | None = None, form: Attached | None = None) -> bytes:
    """The draft, as an .eml file holds it.

    reference  the referral's number; "" if it has none yet. It stands in the subject and names the attachment
    to         the sender's address; left out where it isn't a plain one
    by         the day by which an answer is needed for the next meeting
    """
    attached = [Attachment(file_name(panel, reference, form.kind), form.data)] if form else []
    return unsent(subject(panel, reference, _asked(marks)), _body(panel, reference, marks, by, form), to, attached)


def subject(panel: Panel, reference: str, asked: str) -> str:
    """`OFFICIAL-SENSITIVE: MASE referral MASE-2026-0007: please look at 3 answers`"""
    return f"{panel.marking}: {_referral(panel, reference)}: please look at {asked}"


def file_name(panel: Panel, reference: str, kind: str) -> str:
    """`MASE-2026-0007_query.xlsx`: nothing of the sender's own name for it."""
    return labels.file_name(reference or panel.name, "query", kind=kind)


def _body(panel: Panel, reference: str, marks: Sequence[Mark], by: date | None, form: Attached | None) -> Iterator[str]:
    yield from (panel.marking, "", "Hello,", "")
    yield f"Thank you for your referral to the {panel.full_name} ({panel.name})."
    yield from ([f"Its reference is {reference}."] if reference else [])
    yield f"Before it can be heard, please look at {_asked(marks)} again."
    yield from ("", ALONE if form is None else MARKED if form.marked else BLANK, "")
    for number, mark in enumerate(marks, 1):
        yield from (f"{number}. {mark.label}", f"   {mark.short or mark.comment}", "")
    yield from ([f"We need your answer by {long_day(by)}, so that the case can go to the next meeting.", ""] if by else [])
    yield from (SAFELY.format(form="form", it="it"), *closing(panel))


def _referral(panel: Panel, reference: str) -> str:
    return f"{panel.name} referral {reference}".strip()


def _asked(marks: Sequence[Mark]) -> str:
    """`3 answers`; `your form`, where nothing is asked but about the form as a whole."""
    if all(mark.label == THE_FORM for mark in marks):
        return "your form"
    return "1 answer" if len(marks) == 1 else f"{len(marks)} answers"
