"""The meeting cycle, step by step, as pipeline.py has the way of one form: the order of the steps, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from mase_docs.errors import DisclosureError, InputRefusedError, MaseDocsError, UsageError
from mase_docs.model.sitting import CHAIR, ActionSaid, Hearing, NotHeard, Sitting

if TYPE_CHECKING:
    from mase_docs.definition.home import Home
    from mase_docs.model.differences import Difference
    from mase_docs.model.edited import Edited
    from mase_docs.model.extract import Extract
    from mase_docs.model.readback import ReadBack
    from mase_docs.model.reminder import Reminder
    from mase_docs.model.submission import Value
    from mase_docs.pipeline import Occasion
    from mase_docs.register.meetings.extracts import Extracts
    from mase_docs.register.meetings.reminding import Reminding
    from mase_docs.register.records import Meeting, Paper
    from mase_docs.register.register import Register
    from mase_docs.register.writing import Writing
    from mase_docs.watch import Watched

PaperName = Literal["agenda", "minutes"]
LogKind = Literal["docx", "xlsx"]


class ReturnForm(NamedTuple):
    """A form that agencies send back: its id, the repeat whose rows are filled in for them, and the word for it in names of files."""

    form: str
    repeat: str
    name: str


ACTIONS = ReturnForm("action_return", "actions", "actions")
INTELLIGENCE = ReturnForm("intelligence_return", "cases", "information")
INELIGIBLE = ("EL2", "EL4")
"""The rules that say of somebody, by their age on the day of the meeting, that the panel doesn't hear them."""


@dataclass(frozen=True)
class Made:
    """A paper made from the register: its bytes, and what it shows."""

    data: bytes
    sitting: Sitting


def paper(document: PaperName, register: Register, occasion: Occasion) -> Made:
    """The agenda, or the minutes to start from, of a meeting in the register; that it was made, and looked at, stands in the history.

    The meeting is that of the occasion, else the next one. Raises RegisterError where there is none, and TemplateError.
    """
    from mase_docs.register.meetings import meetings, papers

    with register.writing(document) as writing:
        meeting = meetings.meeting_of(writing.session, occasion.meeting, occasion.today)
        row = papers.begun(writing, meeting, document, CHAIR)
        sitting = _sitting(writing, meeting, occasion, row)
        data = _rendered(document, sitting, occasion)
        papers.finished(writing, row, data, _known(writing, data) if document == "minutes" else None)
    return Made(data, sitting)


def _sitting(writing: Writing, meeting: Meeting, occasion: Occasion, row: Paper) -> Sitting:
    from mase_docs.register.meetings.sitting import sitting
    from mase_docs.register.records import Case

    found = _eligible(sitting(writing.session, occasion.home, meeting, row.id), occasion.home, occasion.today, meeting.held_on)
    numbers = [int(hearing.key.removeprefix("case")) for hearing in found.hearings]
    writing.looked(*(writing.session.get_one(Case, (writing.borough, number)) for number in numbers))
    return found


def _eligible(found: Sitting, home: Home, today: date, on: date) -> Sitting:
    """Without those whom their age on the day of the meeting keeps out; they are named among the cases that are not heard."""
    out = {hearing.key: rule for hearing in found.hearings if (rule := _keeps_out(hearing, home, today, on))}
    why = "Not eligible by age on the day of the meeting (rule {}): close the case, or put it to the chair"
    named = tuple(NotHeard(h.label, why.format(out[h.key])) for h in found.hearings if h.key in out)
    heard = tuple(hearing for hearing in found.hearings if hearing.key not in out)
    return replace(found, hearings=heard, not_heard=(*named, *found.not_heard))


def _keeps_out(hearing: Hearing, home: Home, today: date, on: date) -> str:
    """The rule that a case breaks by the day of the meeting; "" where none, where it was accepted in spite of it, or heard already."""
    from mase_docs.validation.check import check

    accepted = {problem.code for problem in hearing.submission.problems}
    broken = [p.code for p in check(replace(hearing.submission, problems=[]), home, today, on) if p.severity == "error"]
    found = [code for code in broken if code in INELIGIBLE and code not in accepted]
    return found[0] if found and hearing.discussed.decision is None else ""


def _rendered(document: PaperName, sitting: Sitting, occasion: Occasion) -> bytes:
    from mase_docs.documents import meeting_paper
    from mase_docs.merge.word import render
    from mase_docs.pipeline import template

    forms = [*(hearing.submission for hearing in sitting.hearings), *sitting.places]
    on = sitting.meeting.held_on if sitting.meeting else None
    context = meeting_paper.context(
        document, forms, occasion.home, on=on, today=occasion.today, layout=occasion.layout, sitting=sitting
    )  # fmt: skip
    return render(template(document, occasion.home), context, meeting_paper.must_show(context), title=context["title"])


def _known(writing: Writing, data: bytes) -> str:
    """What stands in minutes that were just made, so that what people type can be told from it."""
    from mase_docs.intake.minutes import read
    from mase_docs.register.meetings.known import Known

    return Known.of(read(data, {}), writing.witness.salt()).written()


def readback(data: bytes, register: Register, occasion: Occasion, *, dry_run: bool = False) -> ReadBack:
    """What people wrote into minutes, recorded in one transaction; with dry_run, what would be recorded, and nothing is.

    The file is read in a process that is watched. The meeting is told by the file, else it is that of the occasion.
    Raises InputRefusedError for a file that can't be read, RegisterError for minutes of another register.
    """
    from mase_docs.register.meetings import meetings, minuted
    from mase_docs.watch import Watched

    with register.reading() as session:
        legend = minuted.legend(session)
    with Watched() as process:
        edited = _edited(process, data, legend)
    try:
        with register.writing("readback") as writing:
            named = meetings.meeting_of(writing.session, occasion.meeting, occasion.today) if occasion.meeting else None
            found = minuted.read_back(writing, occasion.home, edited, named)
            if dry_run:
                raise _TriedError
    except _TriedError:
        pass
    return found


@dataclass(frozen=True)
class Copied:
    """Files that go out after a meeting.

    files    name → bytes; of a single file the name is ""
    look_at  where a first name stands that may be somebody's whom the file is not about
    copy     of an agency's copy, what it shows
    """

    files: dict[str, bytes]
    look_at: list[str]
    copy: Extract | None = None


def extract(register: Register, agency: str, occasion: Occasion) -> Copied:
    """An agency's copy of the minutes of the occasion's meeting, from what was read back of them (domain 6.2).

    Raises RegisterError where they were not, TemplateError, and DisclosureError where somebody stands in it who is not the agency's.
    """
    from mase_docs.documents import extract as document
    from mase_docs.merge.read import paragraphs
    from mase_docs.merge.word import render
    from mase_docs.pipeline import template
    from mase_docs.register.meetings import papers
    from mase_docs.register.meetings.involved import must_be_one
    from mase_docs.register.meetings.outsiders import outsiders

    must_be_one(occasion.home, agency)
    with register.writing("extract") as writing:
        extracts = _extracts(writing, occasion)
        copy, cases = extracts.of(agency), extracts.cases_of(agency)
        context = document.context(copy, occasion.home, occasion.today)
        data = render(template("extract", occasion.home), context, document.must_show(context), title=context["title"])
        others = outsiders(writing.session, cases)
        look_at = others.must_not_be_in(document.passages(copy), [paragraph.text for paragraph in paragraphs(data)])
        papers.made(writing, extracts.meeting, "extract", agency, data)
        writing.looked(*(extracts.heard[case.reference] for case in copy.cases))
    return Copied({"": data}, look_at, copy)


def case_notes(register: Register, occasion: Occasion, may_be_written: Callable[[str], None]) -> Copied:
    """The record line of every case that the occasion's meeting heard, for the young person's own file: one text file each.

    may_be_written raises where a file of a name may not be. Raises as `extract` does: nothing of anybody else may stand in one.
    """
    from mase_docs.documents import case_note
    from mase_docs.register.meetings import papers
    from mase_docs.register.meetings.outsiders import outsiders

    files: dict[str, bytes] = {}
    look_at: list[str] = []
    with register.writing("case-notes") as writing:
        extracts = _extracts(writing, occasion)
        for note in extracts.notes():
            may_be_written(case_note.name(note))
            others = outsiders(writing.session, [extracts.heard[note.reference].id])
            look_at += others.must_not_be_in(case_note.passages(note))
            files[case_note.name(note)] = case_note.text(note, occasion.home)
            papers.made(writing, extracts.meeting, "case_note", CHAIR, files[case_note.name(note)])
        writing.looked(*extracts.heard.values())
    return Copied(files, look_at)


def send_actions(register: Register, agency: str, occasion: Occasion, may_be_written: Callable[[str], None]) -> Copied:
    """The forms of `action_forms` for the occasion's meeting, else the next one; may_be_written raises where a file may not be."""
    from mase_docs.register.meetings import involved, meetings

    involved.must_be_one(occasion.home, agency)
    with register.writing("actions send") as writing:
        meeting = meetings.meeting_of(writing.session, occasion.meeting, occasion.today)
        made = action_forms(writing, occasion.home, meeting, agency)
        for name in made.files:
            may_be_written(name)
    return made


def action_forms(writing: Writing, home: Home, meeting: Meeting, agency: str) -> Copied:
    """The form that asks an agency what came of its actions, as Excel and as PDF, of several parts where one hasn't the rows; no files
    where it has no actions. Raises DisclosureError where somebody is named in one who has nothing to do with the agency's cases."""
    from mase_docs.register.meetings.asking import Asking
    from mase_docs.register.meetings.outsiders import outsiders

    asking = Asking(writing.session, home, meeting, agency)
    look_at = outsiders(writing.session, asking.theirs).must_not_be_in(asking.passages())
    writing.looked(*asking.rows_of_actions)
    return Copied(_forms(writing, home, meeting, agency, ACTIONS, asking.actions), look_at)


def intelligence_forms(writing: Writing, home: Home, meeting: Meeting, agency: str, agenda: frozenset[int] | None = None) -> Copied:
    """The form that asks an agency what it knows that is new of its own cases that the meeting hears; no files where it has none.

    agenda: the numbers of the cases on it, where they are known
    """
    from mase_docs.register.meetings.asking import Asking

    asking = Asking(writing.session, home, meeting, agency, agenda)
    writing.looked(*asking.heard)
    return Copied(_forms(writing, home, meeting, agency, INTELLIGENCE, asking.cases), [])


def _forms(writing: Writing, home: Home, meeting: Meeting, agency: str, kind: ReturnForm, rows: list[dict[str, Value]]) -> dict[str, bytes]:
    """The prefilled forms of an agency by their names, each recorded."""
    from mase_docs.blanks.returns import AgencyForm
    from mase_docs.register.meetings import papers

    files = AgencyForm(home, kind.form, kind.repeat, kind.name, meeting.held_on, agency).files(rows)
    for data in files.values():
        papers.made(writing, meeting, kind.form, agency, data)
    return files


def _extracts(writing: Writing, occasion: Occasion) -> Extracts:
    from mase_docs.register.meetings import meetings
    from mase_docs.register.meetings.extracts import Extracts

    meeting = meetings.meeting_of(writing.session, occasion.meeting, occasion.today)
    return Extracts(writing.session, occasion.home, meeting, occasion.today)


def action_log(kind: LogKind, register: Register, occasion: Occasion, *, ended: bool = False) -> bytes:
    """The action log as a Word document or a workbook: what is still to be done; `ended`: all; with a meeting, only what it set."""
    from mase_docs.register.meetings import actions, meetings, papers

    with register.writing("actions log") as writing:
        meeting = meetings.meeting_of(writing.session, occasion.meeting, occasion.today) if occasion.meeting else None
        found = [one for one in actions.said(writing.session, occasion.home, occasion.today) if ended or one.is_outstanding]
        found = [one for one in found if meeting is None or one.set_on == meeting.held_on]
        data = (_log_in_word if kind == "docx" else _log_in_cells)(found, occasion, ended=ended)
        papers.made(writing, meeting, "action_log", CHAIR, data)
        writing.looked(*actions.rows(writing.session, found))
    return data


def _log_in_word(found: list[ActionSaid], occasion: Occasion, *, ended: bool) -> bytes:
    from mase_docs.documents import action_log as document
    from mase_docs.merge.word import render
    from mase_docs.pipeline import template

    shown = document.shown(occasion.meeting, ended=ended)
    context = document.context(found, shown, occasion.home, occasion.today)
    return render(template("action_log", occasion.home), context, document.must_show(context), title=context["title"])


def _log_in_cells(found: list[ActionSaid], occasion: Occasion, **_: bool) -> bytes:
    from mase_docs.documents import action_log as document
    from mase_docs.packs.printed_sheet import Look, workbook

    look = Look(document.title(occasion.home), occasion.home.profile.panel.marking.upper(), document.WIDTHS)
    return workbook(document.table(found, occasion.home), look)[0]


def compare(older: Path, newer: Path) -> list[Difference]:
    """What differs between two versions of minutes, each read in a process that is watched. Raises InputRefusedError.

    Each is read twice: the second time it is known which headings stand over which case or theme.
    """
    from mase_docs.model.differences import differences, legend
    from mase_docs.watch import Watched

    versions = [(path.read_bytes(), path.name) for path in (older, newer)]
    with Watched() as process:
        over = legend(*(_edited(process, data, {}, name) for data, name in versions))
        found = [_edited(process, data, over, name) for data, name in versions]
    return differences(*found)


def _edited(process: Watched, data: bytes, legend: dict[str, str], name: str = "") -> Edited:
    """What edited minutes say; legend as intake/minutes.py takes it. Raises InputRefusedError, which names the file where it has a name."""
    from mase_docs.watch import GoneError

    of_it, again = f"{name}: " if name else "", "Open the minutes in Word, save them again, and give that copy."
    try:
        found: Edited = process.call("mase_docs.intake.minutes", "read", data, legend)
    except GoneError:
        message = "Reading these minutes failed, or took longer or more memory than any minutes need."
        raise InputRefusedError("AR38", f"{of_it}{message}", again) from None
    except MaseDocsError as refusal:
        raise InputRefusedError("AR42", f"{of_it}{refusal.message}", refusal.remedy) from None
    return found


class _TriedError(Exception):
    """Ends a transaction that was only tried: nothing of it is kept."""


@dataclass(frozen=True)
class Reminded:
    """What goes to one agency before a meeting.

    to       its address; "" where it has none that is plain and secure
    files    name → bytes; none where they were not made, and refused says why
    look_at  where a first name stands that may be somebody's whom it is not about
    """

    reminder: Reminder
    to: str
    files: dict[str, bytes]
    look_at: list[str]
    refused: str = ""


@dataclass(frozen=True)
class Reminders:
    """What goes to all of them; of_nobody: how many actions are outstanding that belong to no agency of the profile; several: the words for
    more than one body that have something to be reminded of, for which nothing is made."""

    found: list[Reminded]
    of_nobody: int
    several: list[Reminder]


def remind(register: Register, occasion: Occasion, folder: Path, agencies: Collection[str] = (), *, force: bool = False) -> Reminders:
    """What goes to each agency before a meeting, to be written into a folder of its own (by its code) within a folder; it is recorded.

    The meeting is that of the occasion, else the next one. Agencies are named by code; without any, all whom it concerns are reminded.
    Raises UsageError where a folder holds a copy for somebody else or the meeting is over, OutputExistsError, and RegisterError.
    """
    from mase_docs.files import must_not_exist
    from mase_docs.packs.invite import invite
    from mase_docs.register.meetings import meetings
    from mase_docs.register.meetings.reminding import Reminding, uid_of
    from mase_docs.register.meetings.sitting import said_of

    home, today = occasion.home, occasion.today
    for code in agencies or [agency.code for agency in home.profile.agency]:
        must_not_mix(register, folder / code / "reminder", code, home)
    with register.writing("remind") as writing:
        meeting = meetings.meeting_of(writing.session, occasion.meeting, today)
        reminding = Reminding(writing.session, home, meeting, today, _agenda(writing, meeting, occasion))
        calendar = invite(home.profile, said_of(meeting), uid_of(writing.session, meeting), today)
        found = [_reminded(writing, home, meeting, reminding, reminder, calendar) for reminder in reminding.all(agencies)]
        for one in found:
            for name in one.files:
                must_not_exist(folder / one.reminder.code / name, force=force)
        return Reminders(found, reminding.of_nobody, [] if agencies else reminding.several)


def _reminded(writing: Writing, home: Home, meeting: Meeting, reminding: Reminding, reminder: Reminder, calendar: bytes) -> Reminded:
    from mase_docs.packs.reminder import addressed, named, written
    from mase_docs.register.meetings import papers

    code, to = reminder.code, addressed(home.profile, reminder)
    try:
        owed = action_forms(writing, home, meeting, code) if reminder.owed else Copied({}, [])
    except DisclosureError as refusal:
        return Reminded(reminder, to, {}, [], str(refusal))
    known = intelligence_forms(writing, home, meeting, code, reminding.agenda) if reminder.cases else Copied({}, [])
    with_it = {**owed.files, **known.files, named(home.profile, reminder, "invite", "ics"): calendar}
    mail = written(home.profile, reminder, with_it)
    papers.made(writing, meeting, "invite", code, calendar)
    papers.made(writing, meeting, "reminder", code, mail)
    return Reminded(reminder, to, {named(home.profile, reminder, "reminder", "eml"): mail, **with_it}, owed.look_at)


def _agenda(writing: Writing, meeting: Meeting, occasion: Occasion) -> tuple[Hearing, ...]:
    """The cases that the agenda of a meeting has."""
    from mase_docs.register.meetings.sitting import sitting

    return _eligible(sitting(writing.session, occasion.home, meeting), occasion.home, occasion.today, meeting.held_on).hearings


def must_not_mix(register: Register, target: Path, audience: str, home: Home) -> None:
    """Raises UsageError where the folder that a file is to be written into holds one that was made for another audience (domain 6.2).

    The register knows every file made here by its SHA-256; one that was changed since is told by the title that it kept.
    """
    from mase_docs.documents.copies import whose
    from mase_docs.packs import folder
    from mase_docs.register.meetings import papers

    there = folder.prints(target.parent)
    if not there:
        return
    with register.reading() as session:
        made_for = papers.audiences(session, there.values())
    changed = [path for path, print_of in there.items() if print_of not in made_for]
    told = [{said} for title in folder.titles(changed) if (said := whose(title, home))]
    if any(audience not in audiences for audiences in (*made_for.values(), *told)):
        message = f"{target.parent} holds a copy that was made for somebody else; nothing was written."
        raise UsageError(message, "Give each audience a folder of its own: copies for different audiences never share one.")
