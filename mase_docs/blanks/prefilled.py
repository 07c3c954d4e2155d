"""Our own forms with answers in them from the start, which nobody can change: what the panel knows and only asks more about."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Literal

from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from mase_docs.model.submission import Value

BUILDERS = {"xlsx": "excel", "pdf": "pdf"}
Answers = Mapping[str, Value]
NO_ANSWERS: Answers = {}


def prefilled(form: Form, home: Home, answers: Answers, kind: Literal["xlsx", "pdf"], whose: str = "") -> bytes:
    """The blank of a form with these answers in it, by path; the same bytes every time.

    An answer stands as somebody would have typed it, and is locked; every other place is as on the blank. `whose` says on every page
    and in the title whose copy it is. Raises KeyError for a path that this blank has no place for, ValueError for words that have no
    room in theirs: whoever sends a form shortens them first.
    """
    places = {slot.path: slot for slot in home.slots(form, kind)}
    for path, value in answers.items():
        room = places[path].field.length_on(kind)
        if room and isinstance(value, str) and len(value) > room:
            raise ValueError(f"{path} has room for {room} characters")
    data: bytes = import_module(f"mase_docs.blanks.{BUILDERS[kind]}").build(form, home, answers, whose)
    return data
