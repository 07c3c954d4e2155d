"""The reminders before a meeting, as the real command makes them: each agency's own, and nothing about anybody else's in any byte."""

from __future__ import annotations

import email
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
import vobject
from sqlalchemy import select

from mase_docs.definition.home import Home
from mase_docs.model.submission import Submission
from mase_docs.register.meetings import agencies, meetings
from mase_docs.register.records import Action, Case, Context, History, Paper
from mase_docs.register.register import Register
from mase_docs.register.writing import Writing
from tests.conftest import ROOT, Command
from tests.register.marked import marked, marks, recorded
from tests.register.stores import BOROUGH, witness
from tests.unpacked import every_byte

HELD, TODAY = date(2026, 12, 2), date(2026, 11, 25)
POLICE, SOCIAL_CARE, HOUSING, NURSING = "borough_police", "children_in_need", "housing", "school_nursing"
CHILDREN: dict[str, dict[str, Any]] = {
    "Qown": {},
    "Qboth": {},
    "Qother": {},
    "Qbarred": {"restricted_to_agencies": [SOCIAL_CARE]},
    "Qclosed": {},
    "Qlate": {},
    "Qgrown": {"dob": date(1999, 5, 4)},
}
"""Mark of a child → what their form says besides. The first two and the last three are the police's, the second to the fourth social
care's; the last three are not on the agenda: one is closed, one came too late, one is too old."""
SAID = {
    "restricted_to_agencies": None, "do_not_disclose": False, "address_sensitive": False,
    "agencies_involved[1].agency": None, "agencies_involved[2].agency": None,
}  # fmt: skip
POLICES, CARES = ("Qown", "Qboth"), ("Qboth", "Qother", "Qbarred")
SPOC = "spoc@met.police.uk"
THEIR_OWN = {'venue = ""': 'venue = "Town Hall"', 'email = ""': f'email = "{SPOC}"'}
"""What the borough's profile has otherwise than the shipped one: where the panel meets, and the address of the first agency."""

Remind = Callable[..., "CompletedProcess[str]"]


def reference(mark: str) -> str:
    return f"MASE-2026-{list(CHILDREN).index(mark) + 1:04}"


def form_of(mark: str, home: Home) -> Submission:
    referred_by = SOCIAL_CARE if mark == "Qother" else POLICE
    return marked(home, mark, **{"referrer_agency": referred_by, **SAID, **CHILDREN[mark]})


def case_of(writing: Writing, mark: str) -> Case:
    return writing.session.scalars(select(Case).where(Case.reference == reference(mark))).one()


def an_action(writing: Writing, words: str, agency: str | None, **more: Any) -> Action:
    number = f"A-2026-{writing.number('action number'):04}"
    return writing.add(Action(**{"number": number, "action": words, "agency": agency, "status": "open", "times_carried": 0, **more}))


def filled(folder: Path, home: Home) -> Register:
    """Seven young people before a meeting, what agencies have still to do, and what one has done; beside it the borough's own profile."""
    made = Register.create(str(folder / "register.sqlite"), BOROUGH, witness=witness())
    for number, mark in enumerate(CHILDREN, 1):
        recorded(made, home, form_of(mark, home), reference(mark), on=date(2026, 11, 24 if mark == "Qlate" else number))
    with made.writing("test") as writing:
        agencies.agree(writing, home.profile.agency)
        meetings.add(writing, HELD, home)
        for mark in CHILDREN:
            writing.change(case_of(writing, mark), lead_agency=SOCIAL_CARE if mark in CARES else POLICE)
        writing.change(case_of(writing, "Qclosed"), closed_on=date(2026, 11, 20), outcome="risk_reduced_step_down")
        _actions(writing)
    (folder / "home").mkdir()
    profile = (ROOT / "forms" / "mase.toml").read_text(encoding="utf-8")
    for shipped, own in THEIR_OWN.items():
        profile = profile.replace(shipped, own, 1)
    (folder / "home" / "mase.toml").write_text(profile, encoding="utf-8")
    return made


def _actions(writing: Writing) -> None:
    for mark in ("Qown", "Qboth", "Qbarred"):
        an_action(writing, f"{mark}policez", POLICE, case_id=case_of(writing, mark).id, due=date(2026, 11, 4))
    for mark in ("Qboth", "Qother"):
        an_action(writing, f"{mark}carez", SOCIAL_CARE, case_id=case_of(writing, mark).id)
    an_action(writing, "Qclosedpolicez", POLICE, case_id=case_of(writing, "Qclosed").id, status="done", completed_on=date(2026, 11, 5))
    park = writing.add(Context(kind="place", name="Qparkz steps", confirmed=True))
    an_action(writing, "Light the steps", HOUSING, context_id=park.id, due=date(2026, 12, 16))
    an_action(writing, "Tell the schools", POLICE)


@pytest.fixture
def register(tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "no-home"))
    with filled(tmp_path, home) as made:
        yield made


WORDS = ("--home", "home", "--register", "register.sqlite", "remind", "-o", "out", "--today", TODAY)


@pytest.fixture
def remind(mase_docs: Command, register: Register) -> Remind:
    """Makes the reminders of the agencies named."""

    def made(*words: object, of: tuple[str, ...] = (NURSING,)) -> CompletedProcess[str]:
        return mase_docs(*WORDS, *(word for agency in of for word in ("--agency", agency)), *words)

    return made


Month = tuple[Path, "CompletedProcess[str]"]


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory, home: Home) -> Month:
    """Where the reminders of all whom it concerns were made, and what was said."""
    folder = tmp_path_factory.mktemp("month")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_DATA_HOME", str(folder / "no-home"))
        filled(folder, home).engine.dispose()
        command = [sys.executable, "-P", "-m", "mase_docs", *map(str, WORDS)]
        return folder, subprocess.run(command, capture_output=True, encoding="utf-8", cwd=folder, timeout=120)


def files_of(tmp_path: Path, agency: str) -> list[Path]:
    return sorted((tmp_path / "out" / agency).iterdir())


def names_of(tmp_path: Path, agency: str) -> list[str]:
    return [path.name.removeprefix("MASE_2026-12-02_").replace(f"_{agency}", "") for path in files_of(tmp_path, agency)]


def mail_of(tmp_path: Path, agency: str) -> EmailMessage:
    [path] = (tmp_path / "out" / agency).glob("*.eml")
    mail = email.message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def body_of(tmp_path: Path, agency: str) -> str:
    part = mail_of(tmp_path, agency).get_body(("plain",))
    assert part
    return str(part.get_content()).replace("\r\n", "\n")


def test_each_agency_has_a_folder_with_its_draft_its_forms_and_the_invite(month: Month) -> None:
    folder, done = month
    assert done.returncode == 0, done.stderr
    both = ["actions.pdf", "actions.xlsx", "information.pdf", "information.xlsx", "invite.ics", "reminder.eml"]
    assert names_of(folder, POLICE) == names_of(folder, SOCIAL_CARE) == both
    assert names_of(folder, HOUSING) == ["actions.pdf", "actions.xlsx", "invite.ics", "reminder.eml"]
    assert names_of(folder, NURSING) == ["invite.ics", "reminder.eml"]
    for agency in (POLICE, NURSING):
        attached = {part.get_filename(): part.get_payload(decode=True) for part in mail_of(folder, agency).iter_attachments()}
        assert attached == {path.name: path.read_bytes() for path in files_of(folder, agency) if path.suffix != ".eml"}


def test_all_who_are_committed_are_reminded_and_others_only_of_what_is_theirs(month: Month, home: Home) -> None:
    committed = {agency.code for agency in home.profile.agency if agency.committed}
    assert {path.name for path in (month[0] / "out").iterdir()} == committed | {HOUSING}


def test_what_was_made_is_told_by_agency_and_nothing_about_anybody(month: Month) -> None:
    _, done = month
    lines = done.stdout.splitlines()
    for said in (
        f"Borough Police ({POLICE}): 4 actions, 2 cases; to {SPOC}",
        f"Children in Need ({SOCIAL_CARE}): 2 actions, 3 cases; no secure address",
        f"School Nursing ({NURSING}): 0 actions, 0 cases; no secure address",
        f"Housing ({HOUSING}): 1 action, 0 cases; no secure address",
    ):
        assert said in lines
    assert done.stderr == f"out: {len(lines)} reminders, each in a folder of its own. Look at each draft before you send it.\n"
    assert not re.search("MASE-2026|Q[a-z]+", done.stdout + done.stderr)


def test_with_json_each_line_is_one_agency(remind: Remind, tmp_path: Path) -> None:
    told = [json.loads(line) for line in remind("--json", of=(POLICE, NURSING)).stdout.splitlines()]
    assert [(one["agency"], one["actions"], one["cases"], one["to"], one["refused"]) for one in told] == [
        (POLICE, 4, 2, SPOC, None),
        (NURSING, 0, 0, None, None),
    ]
    assert sorted(told[0]["files"]) == [path.name for path in files_of(tmp_path, POLICE)]


def test_the_mail_names_cases_and_actions_by_their_numbers_alone(month: Month) -> None:
    folder, _ = month
    said = body_of(folder, POLICE)
    assert "- A-2026-0001 (MASE-2026-0001), due 4 November 2026, 21 days overdue\n" in said
    assert "- A-2026-0003 (A case that is not named here), due 4 November 2026, 21 days overdue\n" in said
    assert "- A-2026-0008 (All), no day set\n" in said
    assert "- New: MASE-2026-0001, MASE-2026-0002\n" in said
    assert "(a place or group), due 16 December 2026\n" in body_of(folder, HOUSING)
    assert "Place: Town Hall\n" in said
    for agency in (POLICE, SOCIAL_CARE, HOUSING, NURSING):
        mail, body = mail_of(folder, agency), body_of(folder, agency)
        assert mail["Subject"] == "OFFICIAL-SENSITIVE: MASE meeting on 2 December 2026: reminder"
        assert not re.search(r"Q[a-z]+z|Q[a-z]+\d|\d{4} / ", body + mail["Subject"])
    assert (mail_of(folder, POLICE)["To"], mail_of(folder, NURSING)["To"]) == (SPOC, None)


def test_nothing_about_another_agencys_child_is_in_any_byte_of_a_folder(month: Month) -> None:
    folder, _ = month
    folders = {path.name: every_byte(*files_of(folder, path.name)) for path in (folder / "out").iterdir()}
    assert len(folders) > 15
    theirs = {POLICE: POLICES, SOCIAL_CARE: CARES}
    for agency, text in folders.items():
        for mark in CHILDREN:
            assert (reference(mark) in text) == (mark in theirs.get(agency, ())), (agency, mark)
            assert not (mark in text and mark not in theirs.get(agency, ())), (agency, mark)
        assert ("Qparkz steps" in text) == (agency == HOUSING)


def test_of_its_own_children_an_agency_gets_no_name_and_no_answer_and_only_its_own_actions(month: Month, home: Home) -> None:
    folder, _ = month
    for agency, mine, others in ((POLICE, "policez", "carez"), (SOCIAL_CARE, "carez", "policez")):
        for kind in ("*.xlsx", "*.pdf", "*.eml"):
            text = every_byte(*(folder / "out" / agency).glob(kind))
            assert f"Qboth{mine}" in text
            assert others not in text
        text = every_byte(*files_of(folder, agency))
        for mark in CHILDREN:
            answers = set(marks(form_of(mark, home)))
            assert len(answers) > 100
            assert [answer for answer in answers if answer in text] == []


def test_every_file_is_recorded_for_its_agency_and_the_same_one_once(remind: Remind, register: Register, tmp_path: Path) -> None:
    assert remind(of=(POLICE, NURSING)).returncode == 0
    with register.reading() as session:
        made = [(paper.paper, paper.audience) for paper in session.scalars(select(Paper).order_by(Paper.id))]
        assert "looked" in session.scalars(select(History.did).where(History.why == "remind")).all()
    assert sorted(made) == sorted(
        [(paper, POLICE) for paper in ("action_return", "action_return", "intelligence_return", "intelligence_return")]
        + [(paper, agency) for paper in ("invite", "reminder") for agency in (POLICE, NURSING)]
    )
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.*")}
    again = remind(of=(POLICE, NURSING))
    assert again.returncode == 6
    assert "is already there" in again.stderr
    assert remind("--force", of=(POLICE, NURSING)).returncode == 0
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.*")} == before
    with register.reading() as session:
        assert len(session.scalars(select(Paper)).all()) == len(made)


def test_a_folder_with_somebody_elses_copy_stops_all_of_it(remind: Remind, tmp_path: Path) -> None:
    remind(of=(POLICE,))
    (tmp_path / "out" / NURSING).mkdir()
    [mail] = (tmp_path / "out" / POLICE).glob("*.eml")
    mail.rename(tmp_path / "out" / NURSING / "kept.eml")
    done = remind("--force", of=(SOCIAL_CARE, NURSING))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{Path('out') / NURSING} holds a copy that was made for somebody else; nothing was written.")
    assert not (tmp_path / "out" / SOCIAL_CARE).exists()


def test_the_chairs_agenda_keeps_out_of_an_agencys_folder_and_its_reminder_out_of_the_agendas(
    remind: Remind, mase_docs: Command, tmp_path: Path
) -> None:
    remind(of=(POLICE,))
    agenda = ("--home", "home", "--register", "register.sqlite", "agenda", "--today", TODAY, "-o")
    assert mase_docs(*agenda, f"out/{POLICE}/agenda.docx").returncode == 2
    assert mase_docs(*agenda, f"out/{NURSING}/agenda.docx").returncode == 0
    assert remind(of=(NURSING,)).returncode == 2
    assert [path.name for path in files_of(tmp_path, NURSING)] == ["agenda.docx"]


def test_where_somebody_else_is_named_in_an_action_that_agency_gets_nothing_and_the_others_theirs(
    remind: Remind, register: Register, home: Home, tmp_path: Path
) -> None:
    other = form_of("Qother", home)
    name = f"{other.value('given_names')} {other.value('family_name')}"
    with register.writing("test") as writing:
        an_action(writing, f"Ask whether {name} was there", POLICE, case_id=case_of(writing, "Qown").id)
    done = remind("--json", of=(POLICE, NURSING))
    assert done.returncode == 3
    assert [json.loads(line)["files"] == [] for line in done.stdout.splitlines()] == [True, False]
    assert "Borough Police: Somebody is named who must not be in it, in action A-2026-0009." in done.stderr
    assert name not in done.stdout + done.stderr
    assert not (tmp_path / "out" / POLICE).exists()
    with register.reading() as session:
        assert {paper.audience for paper in session.scalars(select(Paper))} == {NURSING}


def test_actions_of_no_agency_are_said(remind: Remind, register: Register) -> None:
    with register.writing("test") as writing:
        an_action(writing, "Find somebody", None)
    assert "1 outstanding action is of no agency of mase.toml, so nobody is reminded" in remind(of=(NURSING,)).stderr


def test_a_word_for_several_bodies_gets_no_folder_that_would_show_each_what_is_anothers(
    remind: Remind, register: Register, tmp_path: Path
) -> None:
    with register.writing("test") as writing:
        for mark in ("Qown", "Qother"):
            an_action(writing, "Send the reports", "school", case_id=case_of(writing, mark).id)
    done = remind(of=())
    assert "School or college: nothing was made, for it stands for more than one body. Write to each of them yourself." in done.stderr
    assert not (tmp_path / "out" / "school").exists()
    asked = remind(of=("school",))
    assert (asked.returncode, "stands for more than one body" in asked.stderr) == (2, True)


def test_an_invite_made_after_the_meeting_was_moved_takes_the_place_of_the_first(
    remind: Remind, mase_docs: Command, tmp_path: Path
) -> None:
    remind(of=(NURSING,))
    moved = mase_docs("--home", "home", "--register", "register.sqlite", "meeting", "set", HELD, "--move-to", "2026-12-09")
    assert moved.returncode == 0, moved.stderr
    assert remind("--today", "2026-11-26", of=(NURSING,)).returncode == 0
    first, second = (vobject.readOne(path.read_text()).vevent for path in sorted((tmp_path / "out" / NURSING).glob("*.ics")))
    assert first.uid.value == second.uid.value
    assert int(first.sequence.value) < int(second.sequence.value)
    assert (first.dtstart.value.day, second.dtstart.value.day) == (2, 9)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--today", "2026-12-03"), 2, "The meeting of 2 December 2026 is over."),
        (("--meeting", "2026-12-16"), 4, "There is no meeting on 16 December 2026"),
        (("--agency", "nobody"), 2, "“nobody” is none of Agencies"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(remind: Remind, tmp_path: Path, words: tuple[str, ...], code: int, said: str) -> None:
    done = remind(*words, of=(NURSING,))
    assert done.returncode == code
    assert said in done.stderr
    assert not (tmp_path / "out").exists()
