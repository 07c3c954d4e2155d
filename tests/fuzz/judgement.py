"""What became of a broken file: read as before, refused, read with a word about it, or read wrongly without one.

same     every value is as it was
refused  the whole file, in one sentence
told     something else is read, and said: the file has a problem that it hadn't, or each answer that differs has an issue, is to be
         confirmed (low confidence), or shares its place with one that has
content  something else is read because the file itself says it now, as two of these three tell: what was typed stands in it less
         often than before (`plain_text`), what is read stands there more often than before, and both are plainly the same text,
         damaged; or because another program finds the same at that very place (`second_reader`). No reader can know
emptied  nothing is read where something was, and it stands in the file less often than before, or that other program finds nothing
         there either. No reader can know
wrong    something else is read, and nothing of that: an answer was moved, mixed up or made up
lost     nothing is read although what was typed is still there, or a file came to nothing without a word
defect, fall, memory, time   the reading had to be ended (rule AR38)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from mase_docs.intake.refusals import problem
from mase_docs.model.submission import Answer, Submission
from tests.fuzz.plain_text import times
from tests.fuzz.second_reader import agrees

SIMILAR = 0.5
"""A text so much like the one that was typed is that text, damaged."""
SHORT = 3
"""Of so few letters any other are as like as not."""
GONE = {problem(f"AR38 {reason}").message: reason for reason in ("defect", "fall", "memory", "time")}
"""What is said of a file whose reading had to be ended → why."""
BAD = ("wrong", "lost", "defect")
"""What must never be."""
NOTHING = Answer(None, None, "")


@dataclass(frozen=True)
class File:
    """A file and what it brings."""

    data: bytes
    forms: tuple[Submission, ...]


def judged(before: File, now: File) -> str:
    """The worst verdict on a broken file, beside the good one that it was made from."""
    ended = {GONE[p.message] for form in now.forms for p in form.problems if p.message in GONE}
    if ended:
        return next(reason for reason in GONE.values() if reason in ended)
    read = [form for form in now.forms if form.form]
    if not read:
        return "refused" if any(form.problems for form in now.forms) else "lost"
    found = {verdict for form in read for verdict in _verdicts(before, now, form)}
    return next((verdict for verdict in ("wrong", "lost", "told", "emptied", "content") if verdict in found), "same")


def _verdicts(before: File, now: File, form: Submission) -> Iterator[str]:
    good = max((f for f in before.forms if f.form), key=lambda f: (f.form == form.form, _agreement(f, form)))
    if _is_said(good, form) or good.form != form.form:
        yield "told"
        return
    told = {where for path, answer in form.answers.items() if answer.issues for where in (answer.place, _table(path, answer))}
    for path in {*good.answers, *form.answers}:
        old, new = good.answers.get(path, NOTHING), form.answers.get(path, NOTHING)
        if old.value != new.value:
            is_told = new.issues or "low" in (old.confidence, new.confidence) or {old.place, _table(path, old)} & told
            yield "told" if is_told else _untold(before, now, old, new)


def _table(path: str, answer: Answer) -> str:
    """The table that an answer stands in, where one word is said for all that cannot be read of it."""
    return path.partition("[")[0] if "[" in path and ("AR37" in answer.issues or not answer.issues) else answer.place


def _agreement(one: Submission, other: Submission) -> int:
    return sum(one.value(path) == answer.value for path, answer in other.answers.items() if answer.value is not None)


def _is_said(before: Submission, now: Submission) -> bool:
    """Whether the file as a whole carries a word that it didn't before."""
    return bool(Counter(p.code for p in now.problems) - Counter(p.code for p in before.problems))


def _untold(before: File, now: File, old: Answer, new: Answer) -> str:
    """The verdict on one answer that differs without a word."""
    typed, read = old.raw or "", new.raw or ""
    is_damaged = bool(typed) and times(typed, now.data) < times(typed, before.data)
    if not read:
        return "emptied" if is_damaged or agrees(old, new, now.data) else "lost"
    alike = SequenceMatcher(None, typed, read, autojunk=False).ratio() >= SIMILAR or max(len(typed), len(read)) <= SHORT
    is_there = is_damaged + alike + (times(read, now.data) > times(read, before.data)) > 1
    return "content" if is_there or agrees(old, new, now.data) else "wrong"
