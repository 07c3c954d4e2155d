"""THE FILE TO READ FIRST: from completed forms to Word documents, step by step.

from mase_docs.pipeline import check, merge, read

forms = check(read(["inbox"]))           # folders and files, Excel and PDF; nothing is judged until check
for form in forms:
    for problem in form.problems:
        print(form.source.name, problem)
minutes = merge("minutes", forms)        # forms with errors are left out, and listed in minutes.left_out
Path("minutes.docx").write_bytes(minutes.data)
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from mase_docs import files, resources
from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from mase_docs.errors import DefinitionError, TemplateError, UsageError
from mase_docs.model.submission import Submission
from mase_docs.problems import Problem, errors_first, has_errors

if TYPE_CHECKING:
    from mase_docs.intake.arriving import Passwords
    from mase_docs.intake.register_sheet import Imported
    from mase_docs.model.certificate import Certificate
    from mase_docs.model.network import Network
    from mase_docs.model.received import Received
    from mase_docs.model.subject_access import SubjectAccess
    from mase_docs.register.register import Register
    from mase_docs.returns import Returned

Document = Literal["agenda", "minutes", "board_report"]
Layout = Literal["case-first", "theme-first"]
STDIN = "-"
BUILDERS = {"xlsx": "excel", "pdf": "pdf", "docx": "word", "md": "field_table"}
"""Format of a blank → the module in blanks/ that builds it."""
TO_SEND = ("xlsx", "pdf", "docx")
"""The formats in which a form is sent out where no others are asked for."""


@dataclass(frozen=True)
class Merged:
    """A finished document.

    data      its bytes
    taken     the forms that went in
    left_out  those left out because they have errors
    outside   those dated outside a report's period
    copies    those that are the same, byte for byte, as one given before: no case is heard twice because a file was
    removed   how many characters of the answers were left out because no Word document can hold them
    returns   what agencies sent back, which refers nobody: it reaches the papers by the register
    """

    data: bytes
    taken: list[Submission]
    left_out: list[Submission]
    outside: list[Submission]
    copies: list[Submission]
    removed: int
    returns: list[Submission] = field(default_factory=list)


@dataclass(frozen=True)
class Occasion:
    """What a document is made for: the borough's home, the day it is made, the meeting and, for a report, the period."""

    home: Home = field(default_factory=Home)
    today: date = field(default_factory=date.today)
    meeting: date | None = None
    layout: Layout | None = None
    period_from: date | None = None
    period_to: date | None = None

    @property
    def period(self) -> tuple[date | None, date]:
        """A report's first and last day."""
        return self.period_from, self.period_to or self.today

    def covers(self, submission: Submission) -> bool:
        """Whether a form belongs to the period of a report; one whose date isn't known does."""
        from mase_docs.statistics.children import dated

        return submission.form is None or bool(dated([submission], *self.period))


def read(
    paths: Iterable[str | PathLike[str]],
    home: Home | None = None,
    today: date | None = None,
    passwords: Passwords | None = None,
    keep: dict[str, bytes] | None = None,
) -> Iterator[Submission]:
    """The answers of each completed form in the files and folders, in order of path, one at a time; "-" is standard input.

    Mails and archives are opened, and locked files with the passwords given. Every file is opened in a process of its own that may be
    killed: none can hang or end the batch. A file that cannot be read comes as a Submission with form None and one error.
    `keep`, where given, is filled with each form's bytes by SHA-256, but for those of a form that a password protects.
    Raises UsageError for a path that isn't there, DefinitionError for a home whose forms or profile have mistakes.
    """
    from mase_docs.intake import limits
    from mase_docs.intake.arriving import Arrivals, Passwords, watched
    from mase_docs.intake.parts import Part
    from mase_docs.watch import Watched

    home, today, named = home or Home(), today or date.today(), list(paths)
    with Watched() as process:
        home.must_be_right()
        arrivals = Arrivals(watched(process, home, today), passwords or Passwords(), keep)
        if STDIN in map(str, named):
            yield from arrivals.of(Part("standard input", sys.stdin.buffer.read(limits.FILE + 1)))
        for path in files.walk(path for path in named if str(path) != STDIN):
            yield from arrivals.at(path)


def check(
    submissions: Iterable[Submission],
    home: Home | None = None,
    today: date | None = None,
    meeting: date | None = None,
    earlier: Earlier | None = None,
) -> list[Submission]:
    """The same submissions, each with everything found wrong in `problems`, errors first.

    Ages are counted on the meeting date, where it is given, else today. A form that corrects one of the earlier forms says so in
    `resend`, with what was changed; one that looks like another of the same submissions has a warning.
    """
    from mase_docs.validation.check import check as problems_of

    home, checked = home or Home(), list(submissions)
    for submission in checked:
        submission.problems = problems_of(submission, home, today or date.today(), meeting)
    _told_apart(checked, home)
    return _recognised(checked, earlier, home) if earlier else checked


@dataclass(frozen=True)
class Earlier:
    """The forms received before, in order of path, and the references given to them."""

    forms: list[Submission]
    numbers: Numbering


class Numbering(Protocol):
    """Gives forms their references: by SHA-256 of a form's file, kept in a folder or in the register."""

    of: dict[str, str]

    def give(self, fingerprint: str, same_as: str, panel: str, today: date) -> str: ...


def in_register(register: Register) -> Earlier:
    """The forms that were received, in the order they were recorded, and the register's references."""
    from mase_docs.register.arriving.numbering import Numbers
    from mase_docs.register.casework.shown import earlier_forms

    return Earlier(earlier_forms(register), Numbers(register))


def recorded(register: Register, reference: str, occasion: Occasion) -> tuple[list[Submission], dict[str, bytes], Earlier]:
    """The form of a reference, checked again, with its file, as `query` takes them. Raises RegisterError where there is none."""
    from mase_docs.register.casework.shown import form_of

    with register.writing("query") as writing:
        form, original = form_of(writing, reference)
    checked = check([form], occasion.home, occasion.today, occasion.meeting)
    return checked, {form.source.sha256: original} if original else {}, in_register(register)


def earlier(folder: Path, home: Home | None = None, today: date | None = None, passwords: Iterable[str] = ()) -> Earlier:
    """The earlier forms that are in a folder, where there is no register of them. Nobody is asked for a password."""
    from mase_docs.intake.arriving import Passwords
    from mase_docs.packs.numbers import Numbers

    return Earlier([form for form in read([folder], home, today, Passwords(list(passwords))) if form.form], Numbers(folder))


def _told_apart(checked: list[Submission], home: Home) -> None:
    """Says of each form that it looks like one given before it, and once however often it is checked."""
    from mase_docs.intake.resend import RULE, together

    for number, submission in enumerate(checked):
        others = [problem for problem in submission.problems if problem.code != RULE]
        submission.problems = errors_first(others + together(submission, checked[:number], home))


def _recognised(checked: list[Submission], earlier: Earlier, home: Home) -> list[Submission]:
    from mase_docs.intake.resend import note, resend_of

    for submission in checked:
        submission.resend = resend_of(submission, earlier.forms, earlier.numbers.of) if submission.form else None
        submission.problems += [note(submission.resend, submission, home)] if submission.resend else []
    return checked


def query(forms: Iterable[Submission], originals: dict[str, bytes], earlier: Earlier, occasion: Occasion, by: date) -> Iterator[Returned]:
    """What goes back to the sender of each checked form about which there is something to ask, one at a time; of a file met twice, once.

    originals is what `read` kept; by is the day an answer is needed. Each form's reference is written down in the earlier forms' folder.
    """
    from mase_docs.returns import asked_of, returned

    home = occasion.home
    for form in filter(_FirstOfItsFile(), forms):
        asked, same_as = asked_of(form, home), form.resend.reference if form.resend else form.reference
        if asked:
            reference = earlier.numbers.give(form.source.sha256, same_as, home.profile.panel.name, occasion.today)
            yield returned(form, asked, reference, originals.get(form.source.sha256), home, by)


def receive(
    forms: Iterable[Submission], originals: dict[str, bytes], register: Register, occasion: Occasion, accepted_because: str = ""
) -> Iterator[Received]:
    """What came of each checked form, recorded one at a time, each whole or not at all; of two copies the one completed later corrects.

    originals is what `read` kept. Forms with errors are recorded only where it is said why they are accepted. Raises RegisterError, by
    which the form that was being recorded is not lost: the same call again records it.
    """
    from mase_docs.intake.resend import resend_of
    from mase_docs.register.arriving.arrivals import Arrival
    from mase_docs.register.arriving.returns import ReturnArrival
    from mase_docs.register.meetings import agencies

    with register.writing("agencies of mase.toml") as writing:
        agencies.agree(writing, occasion.home.profile.agency)
    for form in sorted(forms, key=_in_order):
        with register.writing("receive") as writing:
            original, at = originals.get(form.source.sha256), (occasion.home, occasion.today)
            if occasion.home.is_return(form.form):
                received = ReturnArrival(writing, form, original, *at, accepted_because).received()
            else:
                received = Arrival(writing, form, original, *at, resend_of, accepted_because).received()
        yield received


def bring_in(rows: Iterable[Imported], register: Register, occasion: Occasion) -> Iterator[Received]:
    """What came of each row of a coordinator's own list, as of forms; a case that a row opens is as the row says, open or closed.

    A row is taken as received on the day it says, else today. Raises RegisterError.
    """
    from mase_docs.register.arriving import numbering
    from mase_docs.register.arriving.arrivals import Arrival
    from mase_docs.register.arriving.brought_in import complete, day_of, first_come, own_numbers
    from mase_docs.register.meetings import agencies

    found = list(rows)
    with register.writing("register import") as writing:
        agencies.agree(writing, occasion.home.profile.agency)
        numbering.reserve(writing, own_numbers(row.submission for row in found), occasion.home.profile.panel.name)
    for row in sorted(found, key=lambda row: first_come(row.submission, row.case)):
        with register.writing("register import") as writing:
            day = day_of(row.submission, row.case) or occasion.today
            received = Arrival(writing, row.submission, None, occasion.home, day, lambda *_: None).received()
            complete(writing, received, row.case)
        yield received


def _in_order(form: Submission) -> tuple[str, bool, str]:
    """When a form says it was completed; of one day, those that were sent back to be corrected come last; then by the file's name."""
    from mase_docs.register.arriving.arrivals import completed

    return completed(form), bool(form.reference), form.source.name.rpartition(".")[0]


@dataclass(frozen=True)
class Exported:
    """How many files there are, and what the Excel workbook has otherwise than the register, in words."""

    files: int
    trimmed: str


def export(register: Register, folder: Path, *, force: bool = False) -> Exported:
    """Everything in a register in open formats, into a folder that is not there yet; the history says so before the folder is there.

    With force a folder that was exported before is replaced. Raises RegisterError, and OutputExistsError.
    """
    from mase_docs.packs.open_formats import README, files_of
    from mase_docs.register.care import content

    with files.folder_in_making(folder, README, force=force) as making:
        with register.reading() as session:
            tables, originals = content.tables(session, register.borough), content.originals(session, register.borough)
            opened = files_of(tables, register.borough)
            count = sum(_put(making / name, data) for name, data in chain(originals, opened.files))
        with register.writing("export") as writing:
            writing.note("exported", rows={table.name: len(table.rows) for table in tables})
    return Exported(count, str(opened.trimmed))


def _put(path: Path, data: bytes) -> bool:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return True


def merge(document: Document, submissions: Iterable[Submission], occasion: Occasion | None = None, include_invalid: bool = False) -> Merged:
    """The Word document made from checked submissions, each file once. Those with errors are left out, or with include_invalid put in
    and marked.

    The document has been read again and proved complete. Raises TemplateError, and makes nothing, where it isn't.
    """
    from mase_docs.merge.environment import unprintable
    from mase_docs.merge.word import render

    occasion = occasion or Occasion()
    referred, returns = _apart((s for s in submissions if not s.passed_over), lambda s: not occasion.home.is_return(s.form))
    given, copies = _apart(referred, _FirstOfItsFile())
    fit, left_out = _apart(given, lambda s: bool(s.form) and (include_invalid or not has_errors(s.problems)))
    taken, outside = _apart(fit, occasion.covers) if document == "board_report" else (fit, [])
    shown = (_board_report if document == "board_report" else _meeting_paper)(document, taken, left_out, occasion)
    data = render(template(document, occasion.home), shown.context, shown.must_show, title=shown.title)
    removed = unprintable([answer.value for submission in taken for answer in submission.answers.values()])
    return Merged(data, taken, left_out, outside, copies, removed, returns)


def _apart(submissions: Iterable[Submission], belongs: Callable[[Submission], bool]) -> tuple[list[Submission], list[Submission]]:
    """Those that belong, and the others."""
    apart: tuple[list[Submission], list[Submission]] = [], []
    for submission in submissions:
        apart[not belongs(submission)].append(submission)
    return apart


class _FirstOfItsFile:
    """Says of each form whether its file is seen for the first time; one that couldn't be loaded has no check sum and always is."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def __call__(self, submission: Submission) -> bool:
        fingerprint = submission.source.sha256
        first = not fingerprint or fingerprint not in self.seen
        self.seen.add(fingerprint)
        return first


@dataclass(frozen=True)
class Shown:
    """What a template is given: its values, what the finished document must show, and its title."""

    context: dict[str, Any]
    must_show: list[str]
    title: str


def _meeting_paper(document: Document, taken: list[Submission], left_out: list[Submission], occasion: Occasion) -> Shown:
    from mase_docs.documents import meeting_paper

    context = meeting_paper.context(
        document, taken, occasion.home, on=occasion.meeting, today=occasion.today, layout=occasion.layout, left_out=left_out
    )
    return Shown(context, meeting_paper.must_show(context), context["title"])


def _board_report(_: Document, taken: list[Submission], left_out: list[Submission], occasion: Occasion) -> Shown:
    from mase_docs.documents import report
    from mase_docs.statistics.board import board_figures

    figures = board_figures(taken, occasion.home, *occasion.period)
    unfit = sum(map(occasion.covers, left_out))
    context = report.context(figures, occasion.home, *occasion.period, occasion.today, unfit)
    return Shown(context, report.must_show(figures), context["title"])


def links_paper(network: Network, occasion: Occasion) -> bytes:
    """The Word document of what joins cases: a picture of each group, and every fact of it in a table."""
    from mase_docs.documents import links_paper as paper
    from mase_docs.merge.word import render
    from mase_docs.packs.network_picture import picture

    joined = network.without_loose_ends()
    context = paper.context(joined, occasion.home, occasion.today, [picture(group) for group in joined.linked()])
    return render(template("links", occasion.home), context, paper.must_show(context), title=context["title"])


def links_picture(network: Network, occasion: Occasion) -> bytes:
    """The picture of what joins cases, as SVG."""
    from mase_docs.documents.links_paper import title
    from mase_docs.packs.network_picture import svg

    return svg(network.without_loose_ends(), title(occasion.home), occasion.home.profile.panel.marking.upper())


def gather(register: Register, reference: str, occasion: Occasion) -> SubjectAccess:
    """Everything about one person, with who said it, for a person to review; that it was gathered stands in the history.

    Raises RegisterError where there is nobody of that reference.
    """
    from mase_docs.definition.types import show_date
    from mase_docs.register.care.gathering import gathered
    from mase_docs.register.care.retention import GATHERED

    with register.writing("subject-access") as writing:
        found, subject = gathered(writing.session, reference, occasion.home, show_date(occasion.today), writing.who)
        writing.looked(*subject.people, *subject.cases)
        for person in subject.people:
            writing.note(GATHERED, "person", person.id)
    return found


def subject_access_paper(found: SubjectAccess, occasion: Occasion) -> bytes:
    """The Word document of all that, with room for a decision on each line."""
    from mase_docs.documents import subject_access as paper
    from mase_docs.merge.word import render

    context = paper.context(found, occasion.home)
    return render(template("subject_access", occasion.home), context, paper.must_show(found), title=context["title"])


def certificate_paper(done: Certificate, home: Home) -> bytes:
    """The Word document that says what a disposal removed."""
    from mase_docs.documents import certificate as paper
    from mase_docs.merge.word import render

    context = paper.context(done, home)
    return render(template("certificate", home), context, paper.must_show(done), title=context["title"])


def count(paths: Iterable[str | PathLike[str]]) -> int:
    """How many files `read` will look at. Raises UsageError for a path that isn't there."""
    return sum(1 for _ in files.walk(path for path in paths if str(path) != STDIN))


def blanks(home: Home, form: str | None, formats: Iterable[str]) -> dict[str, bytes]:
    """File name → blank form, of the newest version of one form or of every form that is ours to send.

    formats are among xlsx, pdf, docx and md (the table of questions). Raises UsageError where there is no such form.
    """
    known = {f.id: f for f in home.forms if not f.based_on}
    if form and form not in known:
        raise UsageError(f'There is no form "{form}" to build.', f"Use one of: {', '.join(known)}.")
    chosen = [known[form]] if form else list(known.values())
    return {f"{f.id}_v{f.version}.{kind}": _builder(kind)(f, home) for f in chosen for kind in formats}


def _builder(kind: str) -> Callable[[Form, Home], bytes]:
    builder: Callable[[Form, Home], bytes] = import_module(f"mase_docs.blanks.{BUILDERS[kind]}").build
    return builder


def check_definition(path: str | PathLike[str], home: Home | None = None) -> list[Problem]:
    """Every mistake of a form definition, named with its block and what to do; none when it is right."""
    from mase_docs.register.arriving.said import tables
    from mase_docs.validation.check import codes

    try:
        (home or Home()).load(Path(path), codes(), tables())
    except DefinitionError as mistakes:
        return mistakes.problems
    return []


def template(document: str, home: Home) -> Path:
    """The template of a document: the borough's own, else the shipped one. Raises TemplateError."""
    found = resources.find("templates", f"{document}.docx", home.folder)
    if found is None:
        raise TemplateError(f"There is no template {document}.docx.", "Look for it with: mase-docs templates list")
    return found
