"""What is asked of a form's sender: one mark for each place on the form, in plain English, and never what was answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from mase_docs.packs.addressed import in_short, to_the_sender
from mase_docs.problems import Problem, Severity, errors_first

THE_FORM = "The form as a whole"

TINT: dict[Severity, str] = {"error": "FFDCD6", "warning": "FFEBBD"}
EDGE: dict[Severity, str] = {"error": "C0392B", "warning": "B9770E"}
"""The colours of a marked answer, RRGGBB: behind it and around it. Whatever has such a tint in a form that comes in was marked by us."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One place on the form and what is asked there.

    path      of the answer: `dob`, `linked_people[2].dob`; None where it is about the whole form
    place     `Referral!D14`, `page 2, dob`, `table 3, row 4, column 2`; "" where it stands nowhere on the form
    label     the question in words, as it stands on the form
    comment   for the note at that place: what is wrong and what to do. It may speak of what the answers have in common
    short     for the e-mail: the same, and nothing that the form's answers could be told from
    """

    path: str | None
    place: str
    label: str
    comment: str
    severity: Severity = "error"
    short: str = ""

    @property
    def slot(self) -> str:
        """The name of the answer's slot on a blank: `linked_people_2_dob` (see definition.form.Slot)."""
        name, _, rest = (self.path or "").partition("[")
        row, _, column = rest.partition("].")
        return f"{name}_{row.lower()}_{column}" if column else name


def marks(problems: Iterable[Problem], form: Form | None, home: Home) -> list[Mark]:
    """What the sender can put right, errors first; several things at one place are one mark.

    Notes, and whatever only the panel can decide, stay here. `form` is None for a file that couldn't be read as one.
    """
    found: dict[tuple[str | None, str], Mark] = {}
    for problem in errors_first(list(problems)):
        if problem.severity == "note" or not (asked := to_the_sender(problem)):
            continue
        key = (problem.place or problem.field, problem.place or "")
        mark = _mark(problem, asked, form, home)
        found[key] = _joined(found[key], mark) if key in found else mark
    return list(found.values())


def _mark(problem: Problem, asked: str, form: Form | None, home: Home) -> Mark:
    label = _label(problem.field, form, home)
    return Mark(problem.field, problem.place or "", label, f"{problem.message} {asked}", problem.severity, f"{in_short(problem)} {asked}")


def _joined(one: Mark, other: Mark) -> Mark:
    if other.comment in one.comment:
        return one
    return replace(one, comment=f"{one.comment}\n{other.comment}", short=f"{one.short} {other.short}")


def _label(path: str | None, form: Form | None, home: Home) -> str:
    """The question in words; a path that the form doesn't have is not spoken of."""
    field = form.fields.get(path.partition("[")[0]) if form and path else None
    if form is None or path is None or field is None:
        return THE_FORM
    rows = {code.code: code.label for code in home.codes(field.keys).code} if field.keys else {}
    return form.label_at(path, rows)
