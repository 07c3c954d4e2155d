"""Everything that some files bring: forms, the mails and archives that carry them, and what else lies beside them there."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from mase_docs.definition.home import Home
from mase_docs.intake import limits, names
from mase_docs.intake.parts import INSIDE, Opened, Part
from mase_docs.intake.portals import sends_elsewhere
from mase_docs.intake.reader import opened, refused, source_of
from mase_docs.intake.refusals import beside, problem
from mase_docs.intake.sniff import HEAD, sniff_head
from mase_docs.model.submission import Source, Submission
from mase_docs.watch import GoneError, Watched

Open = Callable[[Part, Sequence[str]], Opened]
MAILS = ("email", "msg")
PGP = b"-----BEGIN PGP MESSAGE-----"
"""The first line of what is encrypted in a mail's text (RFC 4880, 6.2)."""


def here(home: Home, today: date) -> Open:
    """Opens files in this process, unwatched: for one's own files, and for tests."""
    return lambda part, passwords: opened(part, home, today, passwords)


def watched(process: Watched, home: Home, today: date) -> Open:
    """Opens files in a process that is watched: one that can't be waited for is refused."""

    def watching(part: Part, passwords: Sequence[str]) -> Opened:
        try:
            found: Opened = process.call("mase_docs.intake.reader", "opened_in", home.folder, part, today, list(passwords))
        except GoneError as gone:
            return refused(part, f"AR38 {gone.reason}")
        return found

    return watching


def read_path(path: Path, home: Home, today: date) -> Submission:
    """The first that a file brings, read in this process."""
    return next(Arrivals(here(home, today)).at(path))


@dataclass
class Passwords:
    """The passwords to try, and how to ask for another: `ask` is given a file's name and gives None where there is none.

    They stay in memory, for as long as this object lives.
    """

    known: list[str] = field(default_factory=list)
    ask: Callable[[str], str | None] | None = None

    def another(self, name: str) -> bool:
        """Whether there is one more to try."""
        word = self.ask(name) if self.ask else None
        self.known += [word] if word else []
        return bool(word)


@dataclass
class Arrivals:
    """Opens files and what is inside them.

    keep   where given, is filled with the bytes of each form by SHA-256, but for those that a password protects
    taken  the mails that were met, as (Message-ID, what is attached to it)
    """

    open: Open
    passwords: Passwords = field(default_factory=Passwords)
    keep: dict[str, bytes] | None = None
    taken: set[tuple[str, frozenset[str]]] = field(default_factory=set)

    def at(self, path: Path) -> Iterator[Submission]:
        """What a file brings. Its size and first bytes are looked at before it is loaded; nothing is raised for a bad file."""
        try:
            part = loaded(path)
        except OSError:
            part = Submission(Source(names.visible(path.name), "", "unknown"), problems=[problem("AR32")])
        yield from self.of(part) if isinstance(part, Part) else [part]

    def of(self, part: Part) -> Iterator[Submission]:
        """What some bytes bring."""
        yield from _too_deep_once(part, _Carried(self).inside(part, 0))

    def opened(self, part: Part) -> Opened:
        """What a part is, with a password asked for where it needs one."""
        found = self.open(part, self.passwords.known)
        while found.locked and self.passwords.another(part.name):
            found = self.open(part, self.passwords.known)
        if self.keep is not None and found.submission and found.submission.form and not (found.protected or part.locked):
            self.keep[found.source.sha256] = part.data
        return found

    def is_taken(self, parts: Sequence[Part]) -> bool:
        """Whether a mail was met before: the same Message-ID with the same files."""
        ids = [part.mail.message_id for part in parts if part.mail and part.mail.message_id]
        this = (ids[0], frozenset(source_of(part).sha256 for part in parts)) if ids else None
        known = this in self.taken
        self.taken |= {this} if this else set()
        return known


def loaded(path: Path) -> Part | Submission:
    """A file's bytes; why not, where it is no file or far too large, which is told without loading it. Raises OSError."""
    status, name = path.stat(), names.visible(path.name)
    if not stat.S_ISREG(status.st_mode):
        return Submission(Source(name, "", "unknown"), problems=[problem("AR32")])
    with path.open("rb") as file:
        if status.st_size <= limits.FILE:
            return Part(name, file.read(limits.FILE + 1), hidden=names.hides(path.name))
        kind = sniff_head(file.read(HEAD))
    return Submission(Source(name, "", kind), problems=[problem("AR27 zeros" if kind == "zeros" else "AR28")])


@dataclass
class _Carried:
    """What one file brings, counted: nobody sends forms packed hundreds at a time or many layers deep."""

    arrivals: Arrivals
    parts: int = 0
    bytes: int = 0

    def inside(self, part: Part, depth: int) -> list[Submission]:
        found = self.arrivals.opened(part)
        return [_named(part, found.submission)] if found.submission else self._carried(part, found, depth)

    def _carried(self, carrier: Part, found: Opened, depth: int) -> list[Submission]:
        parts = found.parts or ()
        self.parts, self.bytes = self.parts + len(parts), self.bytes + sum(len(part.data) for part in parts)
        if depth == limits.NESTED or self.parts > limits.PARTS or self.bytes > limits.PARTS_TOGETHER:
            return [Submission(found.source, problems=[problem("AR40")])]
        if found.source.kind in MAILS and self.arrivals.is_taken(parts):
            return [Submission(found.source, problems=[beside("AR18 twice")])]
        locked = carrier.locked or found.protected
        named = [replace(part, name=carrier.name + INSIDE + part.name, locked=locked) for part in parts]
        return self._taken(found, named, depth + 1) or [Submission(found.source, problems=[problem(_nothing_in(found))])]

    def _taken(self, carrier: Opened, parts: list[Part], depth: int) -> list[Submission]:
        """What was attached; where no form was among it, a form in the mail's own text or in a picture that it shows."""
        attached = [self.inside(part, depth) for part in parts if part.role == "attached"]
        if carrier.source.kind == "mbox":
            return [form for forms in attached for form in forms]
        if not any(form.form for forms in attached for form in forms):
            written = [form for part in parts if part.role != "attached" for form in self.inside(part, depth) if _is_something(form)]
            attached = [*([form] for form in written), *attached]
        has_form = any(form.form for forms in attached for form in forms)
        if attached and all(_is_no_form(form) for forms in attached for form in forms) and _sends_elsewhere(carrier):
            attached.append([Submission(carrier.source, problems=[problem("AR18 link")])])
        return [form for forms in attached for form in (map(passed_over, forms) if has_form and len(forms) == 1 else forms)]


def _too_deep_once(whole: Part, found: list[Submission]) -> list[Submission]:
    """Where files lie too deep in several places, that is said once, of the whole: a bomb has hundreds of such places."""
    others = [submission for submission in found if _codes(submission) != {"AR40"}]
    return found if len(found) - len(others) < 2 else [*others, Submission(source_of(whole), problems=[problem("AR40")])]


def _nothing_in(carrier: Opened) -> str:
    if carrier.source.kind not in MAILS:
        return "AR18 archive"
    if any(part.role == "text" and PGP in part.data for part in carrier.parts or ()):
        return "AR18 pgp"
    return "AR18 link" if _sends_elsewhere(carrier) else "AR18 empty"


def _sends_elsewhere(mail: Opened) -> bool:
    """Whether a mail's text says to fetch elsewhere what should be attached."""
    return mail.source.kind in MAILS and any(part.role == "text" and sends_elsewhere(part.data) for part in mail.parts or ())


def _named(part: Part, submission: Submission) -> Submission:
    """With what is to be said of its name: that it hid something, or claims another kind of file."""
    is_disguised = names.is_disguised(part.name, submission.source.kind) and not _codes(submission) & {"AR27", "AR28"}
    said = [beside("AR41 hidden")] * part.hidden + [beside("AR41")] * is_disguised
    return replace(submission, problems=[*submission.problems, *said]) if said else submission


def _codes(submission: Submission) -> set[str]:
    """The codes of its problems, but for what is said of its name."""
    return {problem.code for problem in submission.problems} - {"AR41"}


def _is_no_form(submission: Submission) -> bool:
    """Whether it is plainly something else than a form: a logo, a card, a disclaimer."""
    return not submission.form and _codes(submission) <= {"AR15", "AR30"}


def _is_something(written: Submission) -> bool:
    """Whether a mail's text or a picture in it is a form, or was meant to be one."""
    return bool(written.form) or not _codes(written) <= {"AR18", "AR30", "AR5"}


def passed_over(submission: Submission) -> Submission:
    """What lies beside a form and is none that is known: told, but no reason to refuse anything."""
    codes = _codes(submission)
    if submission.form or not (codes <= {"AR15", "AR30"} or problem("AR18 empty") in submission.problems):
        return submission
    name = [problem for problem in submission.problems if problem.code == "AR41"]
    return replace(submission, problems=[beside("AR18 unknown" if codes == {"AR15"} else "AR18 beside"), *name])
