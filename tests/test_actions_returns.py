"""Agencies' own forms go out filled in, are completed by other people's programs and come back by the real command."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from shutil import copy
from zipfile import ZipFile

import pikepdf
import pytest
from sqlalchemy import select

from mase_docs import cycle
from mase_docs.cli import run
from mase_docs.definition.home import Home
from mase_docs.errors import DisclosureError
from mase_docs.pipeline import read
from mase_docs.register.meetings import actions, meetings
from mase_docs.register.meetings.asking import NOT_NAMED, NOT_TOLD
from mase_docs.register.records import Action, Case, History, Information, Paper
from mase_docs.register.register import Register
from tests.after_a_meeting import ACTION, CHILDREN, POLICE, SOCIAL_CARE, Done, an_action, copied, file_of, fill, person_of, reference
from tests.conftest import ROOT, Command
from tests.fillers.openpyxl_fill import fill_with_openpyxl
from tests.fillers.pdf_places import Answers
from tests.fillers.pdfium_fill import fill_with_pdfium
from tests.intake.printed import by_pdfium

NEXT, TODAY = date(2027, 1, 6), date(2026, 12, 30)
THEIRS = ("Qown", "Qhidden", "Qclosed")
HEAD: Answers = {"completed_by": "Łucja Invented", "completed_on": "29/12/2026"}
ENDING = "MASE_2027-01-06_actions_borough_police"
Send = Callable[..., "Done"]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, home: Home) -> Path:
    """The file of a register after a meeting, with the next one planned, to be copied."""

    def filled_twice(made: Register) -> None:
        fill(made, home, state="minutes_agreed")
        with made.writing("test") as writing:
            meetings.add(writing, NEXT, home)
            for case in writing.session.scalars(select(Case)):
                writing.change(case, next_review=NEXT)

    return file_of(tmp_path_factory.mktemp("filled"), filled_twice)


@pytest.fixture
def register(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    with copied(filled, tmp_path, monkeypatch) as opened:
        yield opened


@pytest.fixture
def do(register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Send:
    """Runs a command on the register."""

    def done(*words: object) -> Done:
        code = run(["--home", str(tmp_path), "--register", register.address, *map(str, words), "--today", str(TODAY)])
        return Done(code, *capsys.readouterr())

    return done


def send(do: Send, tmp_path: Path, *words: object) -> Done:
    return do("actions", "send", "-o", tmp_path / "out", *words)


def rows_of(path: Path) -> list[dict[str, object]]:
    [form] = read([path], Home(), TODAY)
    return [dict(row) for row in form.rows("actions") or form.rows("cases")]


def every_byte(folder: Path) -> str:
    """All that is in the files of a folder: their names, the parts of packages unpacked, the streams of PDFs as they are drawn."""
    return b"\n".join(part for path in sorted(folder.iterdir()) for part in (path.name.encode(), *_parts(path.read_bytes()))).decode(
        "utf-8", "replace"
    )


def _parts(data: bytes) -> Iterator[bytes]:
    yield data
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as package:
            yield from (part for name in package.namelist() for part in (name.encode(), package.read(name)))
        return
    plain = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        yield from (str(value).encode() for value in _texts(pdf))
        pdf.save(plain, qdf=True, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    yield plain.getvalue()


def _texts(pdf: pikepdf.Pdf) -> Iterator[object]:
    """Every text in the objects of a PDF, in whatever way it is written there."""
    for held in pdf.objects:
        if isinstance(held, pikepdf.Dictionary):
            yield from (value for _, value in held.items() if isinstance(value, pikepdf.String))


# Out


def test_each_agency_gets_its_own_actions_in_a_folder_of_its_own(do: Send, tmp_path: Path) -> None:
    done = send(do, tmp_path)
    assert done.returncode == 0
    assert {str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.*")} == {
        f"{agency}/MASE_2027-01-06_actions_{agency}.{kind}" for agency in (POLICE, SOCIAL_CARE) for kind in ("xlsx", "pdf")
    }
    for agency in (POLICE, SOCIAL_CARE):
        for kind in ("xlsx", "pdf"):
            [form] = read([tmp_path / "out" / agency / f"MASE_2027-01-06_actions_{agency}.{kind}"], Home(), TODAY)
            assert (form.value("agency"), form.value("meeting_date")) == (agency, NEXT)
    assert done.stderr.endswith("out: forms for 2 agencies, a folder each. Look through each before you send it.\n")


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_an_agencys_form_has_every_action_of_its_with_what_it_is_about_and_when_it_is_due(do: Send, tmp_path: Path, kind: str) -> None:
    send(do, tmp_path, "--agency", "police")
    found = {str(row["action"]): row for row in rows_of(tmp_path / "out" / POLICE / f"{ENDING}.{kind}")}
    for mark in THEIRS:
        row = found[ACTION.format(mark, POLICE)]
        assert str(row["about"]).startswith(f"{reference(mark)} / ")
        assert row["due"] == date(2026, 12, 16)
    assert "Qpark steps" in [row["about"] for row in found.values()]
    assert "School (name withheld)" in [row["about"] for row in found.values()]
    assert {row.get("status") for row in found.values()} == {None}


def test_nothing_about_another_child_is_in_any_byte_of_an_agencys_forms(do: Send, tmp_path: Path) -> None:
    send(do, tmp_path)
    text = every_byte(tmp_path / "out" / POLICE)
    assert all(ACTION.format(mark, POLICE) in text for mark in THEIRS)
    for mark in set(CHILDREN) - set(THEIRS):
        assert mark not in text
        assert reference(mark) not in text
    assert SOCIAL_CARE not in text
    assert "Qarcade" not in text


def test_of_its_own_children_there_is_no_answer_of_a_form_but_the_label(do: Send, tmp_path: Path, home: Home) -> None:
    from tests.register.marked import marked, marks

    send(do, tmp_path)
    text = every_byte(tmp_path / "out" / POLICE)
    for mark in THEIRS:
        assert [answer for answer in marks(marked(home, mark)) if answer in text] == []


def test_an_action_in_a_case_that_is_restricted_to_others_is_asked_about_without_a_word_of_it(do: Send, tmp_path: Path) -> None:
    send(do, tmp_path)
    withheld = [row for row in rows_of(tmp_path / "out" / POLICE / f"{ENDING}.xlsx") if row["about"] == NOT_NAMED]
    assert [row["action"] for row in withheld] == [NOT_TOLD]
    assert str(withheld[0]["number"]).startswith("A-2026-")


def test_a_form_in_which_somebody_else_is_named_is_not_made_and_the_others_are(do: Send, register: Register, tmp_path: Path) -> None:
    with register.writing("test") as writing:
        other = person_of(writing, "Qother")
        an_action(writing, f"Speak to {other.given_names} {other.family_name}", POLICE, None)
    done = send(do, tmp_path)
    assert done.returncode == 3
    assert [path.name for path in (tmp_path / "out").iterdir()] == [SOCIAL_CARE]
    assert "borough_police: Somebody is named who must not be in it, in action A-2026-" in done.stderr
    assert "Qother" not in done.stderr + done.stdout


def test_what_went_to_whom_is_recorded_once(do: Send, register: Register, tmp_path: Path) -> None:
    send(do, tmp_path)
    send(do, tmp_path, "--force")
    with register.reading() as session:
        rows = session.scalars(select(Paper).where(Paper.paper == "action_return")).all()
        held = {meeting.id for meeting in meetings.all_of(session) if meeting.held_on == NEXT}
        looked = [row for row in session.scalars(select(History)) if (row.did, row.why) == ("looked", "actions send")]
    assert sorted(row.audience for row in rows) == [POLICE, POLICE, SOCIAL_CARE, SOCIAL_CARE]
    assert {row.meeting_id for row in rows} == held
    assert '"action"' in (looked[0].detail or "")


def test_nothing_is_written_over_and_no_folder_is_shared(do: Send, tmp_path: Path) -> None:
    send(do, tmp_path)
    assert send(do, tmp_path).returncode == 6
    form = tmp_path / "out" / SOCIAL_CARE / f"MASE_2027-01-06_actions_{SOCIAL_CARE}.xlsx"
    fill_with_openpyxl(form, HEAD, tmp_path / "out" / POLICE / "from them.xlsx")
    done = send(do, tmp_path, "--force", "--agency", POLICE)
    assert done.returncode == 2
    assert "holds a copy that was made for somebody else" in done.stderr


def test_an_agency_that_is_asked_for_and_has_nothing_to_do_gets_no_form(do: Send, tmp_path: Path) -> None:
    done = send(do, tmp_path, "--agency", "sexual_health")
    assert (done.returncode, done.stdout) == (0, "")
    assert "sexual_health: it has no action that is still to be done." in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_word_for_several_bodies_gets_no_form_that_would_show_each_what_is_anothers(do: Send, register: Register, tmp_path: Path) -> None:
    with register.writing("test") as writing:
        an_action(writing, "Keep an eye on the gate", "school", None)
    send(do, tmp_path)
    assert not (tmp_path / "out" / "school").exists()
    asked = send(do, tmp_path, "--agency", "school")
    assert asked.returncode == 2
    assert "“School or college” stands for more than one body" in asked.stderr


def test_actions_of_nobody_are_counted(do: Send, register: Register, tmp_path: Path) -> None:
    with register.writing("test") as writing:
        writing.change(an_action(writing, "Keep an eye on the gate", POLICE, None), agency=None)
    assert "Of no agency of mase.toml, so nobody is asked (mase-docs actions list): 1." in send(do, tmp_path).stderr


def test_an_action_that_ended_is_not_asked_about(do: Send, register: Register, tmp_path: Path) -> None:
    with register.writing("test") as writing:
        for one in writing.session.scalars(select(Action).where(Action.agency == POLICE)):
            actions.set_status(writing, one, "done", TODAY)
    send(do, tmp_path)
    assert [path.name for path in (tmp_path / "out").iterdir()] == [SOCIAL_CARE]


# Out: what agencies know


def intelligence(register: Register, tmp_path: Path, agency: str = POLICE) -> Path:
    with register.writing("remind") as writing:
        meeting = meetings.meeting_of(writing.session, NEXT, TODAY)
        made = cycle.intelligence_forms(writing, Home(), meeting, agency)
    folder = tmp_path / "ask" / agency
    folder.mkdir(parents=True)
    for name, data in made.files.items():
        (folder / name).write_bytes(data)
    return folder


def test_an_agency_is_asked_of_its_own_open_cases_by_their_labels_alone(register: Register, tmp_path: Path) -> None:
    folder = intelligence(register, tmp_path)
    name = "MASE_2027-01-06_information_borough_police"
    assert sorted(path.name for path in folder.iterdir()) == [f"{name}.pdf", f"{name}.xlsx"]
    for kind in ("xlsx", "pdf"):
        cases = [str(row["case"]) for row in rows_of(folder / f"{name}.{kind}")]
        assert [case.partition(" / ")[0] for case in cases] == [reference("Qown"), reference("Qhidden")]
    text = every_byte(folder)
    for mark in CHILDREN:
        assert mark not in text
    for mark in set(CHILDREN) - {"Qown", "Qhidden"}:
        assert reference(mark) not in text


def test_an_agency_without_a_case_that_is_heard_is_not_asked(register: Register, tmp_path: Path) -> None:
    assert list(intelligence(register, tmp_path, "sexual_health").iterdir()) == []


def test_the_form_of_actions_is_refused_in_the_cycle_too_where_somebody_else_is_named(register: Register) -> None:
    with register.writing("test") as writing:
        other = person_of(writing, "Qother")
        an_action(writing, f"Speak to {other.given_names} {other.family_name}", POLICE, None)
        with pytest.raises(DisclosureError):
            cycle.action_forms(writing, Home(), meetings.meeting_of(writing.session, NEXT, TODAY), POLICE)


# And back


def numbers(register: Register, *marks: str) -> list[str]:
    """The numbers of the police's actions for some of the children."""
    with register.writing("test") as writing:
        found = {one.action: one.number for one in writing.session.scalars(select(Action))}
    return [found[ACTION.format(mark, POLICE)] for mark in marks]


def completed(path: Path, out: Path, told: dict[str, Answers]) -> Path:
    """A form that an agency completed: in Excel, or in a browser. told: number of the action → what is written in its row."""
    row_of = {str(row["number"]): row["row"] for row in rows_of(path)}
    answers = {f"actions_{row_of[number]}_{column}": value for number, row in told.items() for column, value in row.items()}
    (fill_with_openpyxl if path.suffix == ".xlsx" else fill_with_pdfium)(path, {**HEAD, **answers}, out)
    return out


TOLD: list[Answers] = [
    {"status": "Done", "done_on": "21/12/2026", "evidence": "The register of the school."},
    {"status": "Not possible: circumstances changed", "reason_not_done": "The family moved to Łódź."},
]


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_what_an_agency_wrote_is_recorded_when_its_form_comes_back(do: Send, register: Register, tmp_path: Path, kind: str) -> None:
    send(do, tmp_path)
    own, hidden, closed = numbers(register, *THEIRS)
    back = completed(tmp_path / "out" / POLICE / f"{ENDING}.{kind}", tmp_path / f"back.{kind}", dict(zip((own, hidden), TOLD, strict=True)))
    done = do("actions", "receive", back)
    assert (done.returncode, done.stdout) == (0, f"–                recorded: what the agency sent back: back.{kind}\n")
    with register.reading() as session:
        first, second, third = (actions.of_number(session, number) for number in (own, hidden, closed))
    assert (first.status, first.completed_on, first.evidence) == ("done", date(2026, 12, 21), "The register of the school.")
    assert (second.status, second.reason_not_done) == ("not_possible_changed_circumstances", "The family moved to Łódź.")
    assert (third.status, third.status_on) == ("open", None)


def test_printed_to_pdf_and_sent_back_it_is_recovered(do: Send, register: Register, tmp_path: Path) -> None:
    send(do, tmp_path)
    [own] = numbers(register, "Qown")
    back = completed(tmp_path / "out" / POLICE / f"{ENDING}.pdf", tmp_path / "back.pdf", {own: TOLD[0]})
    by_pdfium(back, tmp_path / "printed.pdf")
    done = do("actions", "receive", tmp_path / "printed.pdf")
    assert done.returncode == 0
    assert "warning AR4" in done.stderr
    with register.reading() as session:
        assert actions.of_number(session, own).completed_on == date(2026, 12, 21)


def test_receive_takes_it_in_the_same_inbox_as_referrals_and_says_so(do: Send, register: Register, tmp_path: Path) -> None:
    send(do, tmp_path)
    (tmp_path / "inbox").mkdir()
    copy(ROOT / "examples" / "month" / "10_a_place.xlsx", tmp_path / "inbox")
    [own] = numbers(register, "Qown")
    completed(tmp_path / "out" / POLICE / f"{ENDING}.xlsx", tmp_path / "inbox" / "back.xlsx", {own: TOLD[0]})
    with register.writing("test") as writing:
        for _ in CHILDREN:  # their references were given by hand
            writing.number("MASE-2026-")
    done = do("receive", tmp_path / "inbox", "--json")
    assert done.returncode == 0, done.stderr
    said = {line["source"]: (line["outcome"], line["form"]) for line in map(json.loads, done.stdout.splitlines())}
    assert said == {"10_a_place.xlsx": ("new", "context_referral"), "back.xlsx": ("return", "action_return")}
    again = do("receive", tmp_path / "inbox")
    assert "not recorded again: this file is in the register: back.xlsx" in again.stdout


def test_only_what_agencies_send_back_is_taken_and_the_rest_is_said(do: Send, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    copy(ROOT / "examples" / "month" / "10_a_place.xlsx", tmp_path / "inbox")
    (tmp_path / "inbox" / "letter.txt").write_text("Not a form.", encoding="utf-8")
    done = do("actions", "receive", tmp_path / "inbox")
    assert done.returncode == 3
    assert "not recorded: this is no form that an agency sends back: 10_a_place.xlsx" in done.stdout
    assert "→ Record it with: mase-docs receive" in done.stderr


def test_a_row_that_cannot_be_recorded_is_said_with_its_place(do: Send, register: Register, tmp_path: Path) -> None:
    send(do, tmp_path)
    [own] = numbers(register, "Qown")
    back = completed(tmp_path / "out" / POLICE / f"{ENDING}.xlsx", tmp_path / "back.xlsx", {own: TOLD[0]})
    with register.writing("test") as writing:
        writing.change(actions.of_number(writing.session, own), agency=SOCIAL_CARE)
    done = do("actions", "receive", back)
    assert done.returncode == 3
    assert "recorded: what the agency sent back (1 row is not): back.xlsx" in done.stdout
    assert "error AC5 · Referral!" in done.stderr
    assert "1 recorded; 1 row not recorded: see above." in done.stderr
    assert own not in done.stderr


def test_a_form_that_is_not_in_order_goes_back_marked(do: Send, register: Register, tmp_path: Path) -> None:
    send(do, tmp_path)
    [own] = numbers(register, "Qown")
    back = completed(tmp_path / "out" / POLICE / f"{ENDING}.xlsx", tmp_path / "back.xlsx", {own: {"status": "Done"}})
    done = do("actions", "receive", back)
    assert done.returncode == 3
    assert "error AC1" in done.stderr
    assert "To record a form in spite of its errors: mase-docs actions receive FILE --accept REASON" in done.stderr
    assert do("query", back, "-o", tmp_path / "query").returncode == 0
    assert len(list((tmp_path / "query").rglob("*.xlsx"))) == 1


def test_what_an_agency_knows_comes_back_and_stands_under_its_name(do: Send, register: Register, tmp_path: Path) -> None:
    folder = intelligence(register, tmp_path)
    told: Answers = {"cases_1_information": "Seen at the bus station.", "cases_2_nothing_new": "Yes", "other_intelligence": "The arcade."}
    fill_with_pdfium(folder / "MASE_2027-01-06_information_borough_police.pdf", {**HEAD, **told}, tmp_path / "back.pdf")
    done = do("receive", tmp_path / "back.pdf")
    assert (done.returncode, done.stdout) == (0, "–                recorded: what the agency sent back: back.pdf\n")
    with register.reading() as session:
        found = session.scalars(select(Information).where(Information.return_id.is_not(None)).order_by(Information.id))
        said = [(row.agency, row.information) for row in found]
    assert sorted(said) == [(POLICE, "Nothing new to add."), (POLICE, "Seen at the bus station."), (POLICE, "The arcade.")]


def test_the_agenda_straight_from_forms_leaves_returns_out_and_says_so(do: Send, register: Register, tmp_path: Path) -> None:
    send(do, tmp_path)
    [own] = numbers(register, "Qown")
    back = completed(tmp_path / "out" / POLICE / f"{ENDING}.xlsx", tmp_path / "back.xlsx", {own: TOLD[0]})
    place = ROOT / "examples" / "month" / "10_a_place.xlsx"
    done = do("agenda", back, place, "-o", tmp_path / "agenda.docx")
    assert done.returncode == 0
    assert "1 of 2 forms are in it. What agencies sent back, which the register takes (mase-docs receive): 1." in done.stderr


def test_the_real_command_sends_and_receives(mase_docs: Command, register: Register, tmp_path: Path) -> None:
    at = ("--home", tmp_path, "--register", register.address)
    sent = mase_docs(*at, "actions", "send", "-o", tmp_path / "out", "--meeting", NEXT, "--today", TODAY)
    assert sent.returncode == 0, sent.stderr
    assert len(sent.stdout.splitlines()) == 4
    [own] = numbers(register, "Qown")
    back = completed(tmp_path / "out" / POLICE / f"{ENDING}.xlsx", tmp_path / "back.xlsx", {own: TOLD[0]})
    done = mase_docs(*at, "actions", "receive", back, "--today", TODAY)
    assert (done.returncode, done.stderr) == (0, "1 recorded.\n")
    with register.reading() as session:
        assert actions.of_number(session, own).status == "done"
