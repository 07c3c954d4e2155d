"""What became of a broken file: read as before, refused, read with a word about it, or read wrongly without one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from mase_docs.intake.refusals import problem
from mase_docs.model.submission import Answer, Submission

SIMILAR = 0.5
"""A text so much like the one that was typed is that text, broken inside the file: no reader can know. Anything less is another answer."""
SHORT = 3
GONE = {problem(f"AR38 {reason}").message: reason for reason in ("defect", "fall", "memory", "time")}
"""What is said of a file whose reading had to be ended → why."""
BAD = ("wrong", "lost", "defect")
"""What must never be."""


def judged(before: list[Submission], now: list[Submission]) -> str:
    """same, refused, told, content (the answer itself is broken in the file), lost or wrong."""
    gone = {GONE[p.message] for form in now for p in form.problems if p.message in GONE}
    if gone:
        return next(reason for reason in GONE.values() if reason in gone)
    read = [form for form in now if form.form]
    if not read:
        return "refused" if any(form.problems for form in now) else "lost"
    found = {verdict for form in read for verdict in _verdicts(_first(before, form), form)}
    return next((verdict for verdict in ("wrong", "lost", "told", "content") if verdict in found), "same")


def _first(before: list[Submission], form: Submission) -> Submission:
    return max((f for f in before if f.form), key=lambda f: (f.form == form.form, _agreement(f, form)))


def _agreement(one: Submission, other: Submission) -> int:
    return sum(one.value(path) == answer.value for path, answer in other.answers.items() if answer.value is not None)


def _verdicts(before: Submission, now: Submission) -> Iterator[str]:
    if _is_said(before, now) or before.form != now.form:
        yield "told"
        return
    nothing = Answer(None, None, "")
    for path in {*before.answers, *now.answers}:
        old, new = before.answers.get(path, nothing), now.answers.get(path, nothing)
        if old.value != new.value:
            yield _verdict(old, new)


def _is_said(before: Submission, now: Submission) -> bool:
    """Whether the file as a whole carries a word that it didn't before."""
    return bool(Counter(p.code for p in now.problems) - Counter(p.code for p in before.problems))


def _verdict(old: Answer, new: Answer) -> str:
    if new.issues or new.confidence == "low":
        return "told"
    if new.raw is None:
        return "lost"
    if old.raw is None:
        return "wrong"
    alike = SequenceMatcher(None, old.raw, new.raw, autojunk=False).ratio() >= SIMILAR
    return "content" if alike or max(len(old.raw), len(new.raw)) <= SHORT else "wrong"
