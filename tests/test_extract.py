"""An agency's copy of the minutes: what is in it, and that nothing about anybody else is, in any byte of it (domain 6.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from mase_docs.cli import run
from mase_docs.definition.home import Home
from mase_docs.register.links.called import person_called
from mase_docs.register.meetings.meetings import meeting_of
from mase_docs.register.records import Action, Discussion, Information, Paper, Person
from mase_docs.register.register import Register
from mase_docs.register.writing import Writing
from tests.after_a_meeting import (
    ACTION,
    CHILDREN,
    HELD,
    POLICE,
    SHARED,
    SOCIAL_CARE,
    TODAY,
    Done,
    an_action,
    case_of,
    copied,
    file_of,
    fill,
    person_of,
    reference,
)
from tests.conftest import Command
from tests.register.marked import marked, marks
from tests.register.people import a_link, a_person
from tests.register.stores import BOROUGH, witness

Extract = Callable[..., "Done"]
THEIRS = ("Qown", "Qhidden", "Qclosed")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, home: Home) -> Path:
    """The file of a register after a meeting, to be copied."""
    return file_of(tmp_path_factory.mktemp("filled"), lambda made: fill(made, home))


@pytest.fixture
def register(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    with copied(filled, tmp_path, monkeypatch) as opened:
        yield opened


@pytest.fixture
def extract(register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Extract:
    """Makes the copy of an agency."""

    def made(agency: str = POLICE) -> Done:
        words = ["extract", "--meeting", str(HELD), "--agency", agency, "-o", str(tmp_path / agency / "copy.docx"), "--today", str(TODAY)]
        code = run(["--home", str(tmp_path), "--register", register.address, *words])
        return Done(code, *capsys.readouterr())

    return made


def every_byte(tmp_path: Path, agency: str = POLICE) -> str:
    """All that is in a copy: the names of its parts, and each of them unpacked."""
    data = (tmp_path / agency / "copy.docx").read_bytes()
    with ZipFile(BytesIO(data)) as package:
        parts = [data, *(name.encode() for name in package.namelist()), *(package.read(name) for name in package.namelist())]
    return b"\n".join(parts).decode("utf-8", "replace")


def test_the_copy_has_the_agencys_own_cases_words_and_actions(extract: Extract, tmp_path: Path, home: Home) -> None:
    done = extract()
    assert (done.returncode, done.stdout) == (0, "")
    text = every_byte(tmp_path)
    for mark in THEIRS:
        child = marked(home, mark)
        assert f"{reference(mark)}" in text
        assert f"{child.value('given_names')} {child.value('family_name')}" in text
        assert f"{mark}reasonsz" in text
        assert SHARED.format(mark, POLICE) in text
        assert ACTION.format(mark, POLICE) in text
    assert text.count("Copy for Borough Police") >= 1
    assert "Qpark steps" in text


def test_nothing_about_another_child_is_in_any_byte_of_it(extract: Extract, tmp_path: Path) -> None:
    extract()
    text = every_byte(tmp_path)
    assert "Qown" in text
    for mark in set(CHILDREN) - set(THEIRS):
        assert mark not in text
        assert reference(mark) not in text


def test_of_its_own_children_it_has_the_name_and_no_other_answer_of_a_form(extract: Extract, tmp_path: Path, home: Home) -> None:
    extract()
    text = every_byte(tmp_path)
    for mark in THEIRS:
        child = marked(home, mark)
        named = {str(child.answers[name].raw) for name in ("given_names", "family_name")}
        assert len(set(marks(child)) - named) > 100
        assert [answer for answer in set(marks(child)) - named if answer in text] == []


def test_what_other_agencies_said_and_are_to_do_is_left_out(extract: Extract, tmp_path: Path) -> None:
    extract()
    text = every_byte(tmp_path)
    assert SOCIAL_CARE not in text
    assert "Qarcade" not in text
    assert "What other agencies shared and are to do is left out" in text


def test_every_agencys_copy_is_its_own(extract: Extract, tmp_path: Path) -> None:
    extract(SOCIAL_CARE)
    text = every_byte(tmp_path, SOCIAL_CARE)
    assert all(SHARED.format(mark, SOCIAL_CARE) in text and ACTION.format(mark, SOCIAL_CARE) in text for mark in CHILDREN)
    assert POLICE not in text
    assert "Qpark" not in text


def test_an_action_in_a_case_that_is_restricted_to_others_is_left_out_and_the_coordinator_is_told(
    extract: Extract, tmp_path: Path, register: Register
) -> None:
    done = extract()
    with register.reading() as session:
        kept_back = session.scalars(select(Action.number).where(Action.action == ACTION.format("Qbarred", POLICE))).one()
    assert f"restricted to other agencies: {kept_back}." in done.stderr
    assert kept_back not in every_byte(tmp_path)


def test_the_school_of_a_child_of_whom_it_must_not_be_told_has_no_name(extract: Extract, tmp_path: Path, home: Home) -> None:
    extract()
    text = every_byte(tmp_path)
    assert "School (name withheld)" in text
    assert str(marked(home, "Qhidden").value("school_name")) not in text


def test_a_school_that_nobody_hides_has_its_name(extract: Extract, tmp_path: Path, home: Home, register: Register) -> None:
    with register.writing("test") as writing:
        writing.change(person_of(writing, "Qhidden"), do_not_disclose=False)
    extract()
    assert str(marked(home, "Qhidden").value("school_name")) in every_byte(tmp_path)


def test_an_agency_with_no_case_and_no_action_gets_a_copy_that_says_so(extract: Extract, tmp_path: Path) -> None:
    assert extract("housing").returncode == 0
    text = every_byte(tmp_path, "housing")
    assert "No case of Housing was heard at this meeting, and it has no action to do." in text
    assert not [mark for mark in CHILDREN if mark in text]


def test_what_it_had_to_do_before_is_there_as_long_as_it_is_outstanding(extract: Extract, tmp_path: Path, register: Register) -> None:
    with register.writing("test") as writing:
        told = {"case_id": case_of(writing, "Qown").id, "times_carried": 2}
        an_action(writing, "Qstillz", POLICE, None, due=TODAY.replace(day=1), **told)
        an_action(writing, "Qdonez", POLICE, None, status="done", **told)
    extract()
    text = every_byte(tmp_path)
    assert "Qstillz" in text
    assert "Open; 8 days overdue; carried 2 times" in text
    assert "Qdonez" not in text


def test_an_action_of_a_later_meeting_is_in_the_copy_of_that_one(extract: Extract, tmp_path: Path, register: Register) -> None:
    with register.writing("test") as writing:
        later = meeting_of(writing.session, HELD, TODAY)
        after = type(later)(held_on=TODAY, state="held")
        an_action(writing, "Qlaterz", POLICE, writing.add(after), case_id=case_of(writing, "Qown").id)
    extract()
    assert "Qlaterz" not in every_byte(tmp_path)


def test_what_was_made_for_whom_is_recorded_with_its_hash(extract: Extract, tmp_path: Path, register: Register) -> None:
    extract()
    with register.reading() as session:
        paper = session.scalars(select(Paper)).one()
    assert (paper.paper, paper.audience) == ("extract", POLICE)
    assert paper.sha256 == sha256((tmp_path / POLICE / "copy.docx").read_bytes()).hexdigest()


def test_minutes_that_were_not_read_back_have_no_copies(mase_docs: Command, tmp_path: Path, home: Home) -> None:
    with Register.create(str(tmp_path / "register.sqlite"), BOROUGH, witness=witness()) as made:
        fill(made, home, state="held")
    done = mase_docs("--register", "register.sqlite", "extract", "--meeting", HELD, "--agency", POLICE, "-o", "copy.docx")
    assert (done.returncode, done.stdout) == (4, "")
    assert "The minutes of 2 December 2026 are not in the register yet. Read them back first" in done.stderr
    assert not (tmp_path / "copy.docx").exists()


def test_an_agency_that_is_none_is_asked_about(extract: Extract) -> None:
    done = extract("borough polise")
    assert done.returncode == 2
    assert "Did you mean “Borough Police”?" in done.stderr


def test_nothing_is_overwritten(extract: Extract) -> None:
    assert [extract().returncode, extract().returncode] == [0, 6]


# Somebody else is named in the copy's own words


def rename(writing: Writing, mark: str, given: str, family: str, **more: object) -> None:
    writing.change(person_of(writing, mark), given_names=given, family_name=family, **more)


def type_into(writing: Writing, table: str, words: str, agency: str = POLICE) -> str:
    """Words typed into something of the police's about their first child; where that is said to be."""
    case = case_of(writing, "Qown")
    if table == "reasons":
        row = writing.session.scalars(select(Discussion).where(Discussion.case_id == case.id)).one()
        writing.change(row, reasons=words)
        return f"the reasons of {case.reference}"
    if table == "information":
        mine = select(Information).where(Information.case_id == case.id, Information.agency == agency)
        writing.change(writing.session.scalars(mine).one(), information=words)
        return f"what the agency shared about {case.reference}"
    action = writing.session.scalars(select(Action).where(Action.case_id == case.id, Action.agency == agency)).one()
    writing.change(action, action=words)
    return f"action {action.number}"


@pytest.mark.parametrize("table", ["reasons", "information", "action"])
def test_a_copy_in_which_another_child_is_named_is_not_made(table: str, extract: Extract, tmp_path: Path, register: Register) -> None:
    with register.writing("test") as writing:
        rename(writing, "Qother", "Zoë Ann", "O'Testa-Sample")
        place = type_into(writing, table, "Ask her friend, zoe o’testa-sample’s mother")
    done = extract()
    assert (done.returncode, done.stdout) == (3, "")
    assert f"Somebody is named who must not be in it, in {place}. Nothing was written." in done.stderr
    assert "mase-docs actions set" in done.stderr
    assert "Testa" not in done.stderr
    assert not (tmp_path / POLICE).exists()
    with register.reading() as session:
        assert list(session.scalars(select(Paper))) == []


def test_what_another_agency_typed_is_not_looked_at_because_it_is_not_in_the_copy(extract: Extract, register: Register) -> None:
    with register.writing("test") as writing:
        rename(writing, "Qother", "Zoë", "Testa")
        type_into(writing, "information", "Seen with Zoë Testa", SOCIAL_CARE)
    assert extract().returncode == 0


def test_a_suspect_is_nobodys_even_where_the_case_that_names_them_is_the_agencys(extract: Extract, register: Register) -> None:
    with register.writing("test") as writing:
        suspect = a_person(writing, None, None, None, **{k: v for k, v in person_called("Smokey").items() if k == "known_as"})
        a_link(writing, case_of(writing, "Qown"), suspect, "suspected_exploiter_adult")
        type_into(writing, "action", "Look for SMOKEY at the arcade")
    assert extract().returncode == 3


def test_the_family_of_its_own_child_may_be_named(extract: Extract, tmp_path: Path, register: Register) -> None:
    with register.writing("test") as writing:
        a_link(writing, case_of(writing, "Qown"), a_person(writing, "Mira", "Family", None), "parent_carer")
        type_into(writing, "action", "Visit Mira Family")
    assert extract().returncode == 0
    assert "Visit Mira Family" in every_byte(tmp_path)


def test_a_first_name_alone_is_said_to_whoever_sends_the_copy(extract: Extract, register: Register) -> None:
    with register.writing("test") as writing:
        rename(writing, "Qother", "Zoë", "Testa")
        place = type_into(writing, "action", "Ask Zoe's friends")
    done = extract()
    assert done.returncode == 0
    assert f"Look at {place}: a first name may be somebody's who is not to be in it." in done.stderr


def test_an_address_that_must_not_be_told_is_found_where_somebody_typed_it(extract: Extract, register: Register) -> None:
    with register.writing("test") as writing:
        rename(writing, "Qown", "Testa", "Hidden", do_not_disclose=True, home_address="12 Invented Lane\nLondon", home_postcode="E8 1EA")
        type_into(writing, "action", "Visit at 12, Invented Lane")
    assert extract().returncode == 3
    with register.writing("test") as writing:
        type_into(writing, "action", "Visit at e81ea")
    assert extract().returncode == 3
    with register.writing("test") as writing:
        writing.change(person_of(writing, "Qown"), do_not_disclose=False)
    assert extract().returncode == 0


def test_the_chair_may_be_called_as_a_child_is(extract: Extract, register: Register) -> None:
    with register.writing("test") as writing:
        rename(writing, "Qother", "Prudence", "Chair")
    assert extract().returncode == 0


def test_the_reference_of_another_childs_case_is_found_too(extract: Extract, register: Register) -> None:
    with register.writing("test") as writing:
        type_into(writing, "reasons", f"As in {reference('Qother').lower()}")
    assert extract().returncode == 3


def test_people_who_were_confirmed_to_be_the_agencys_child_are_no_others(extract: Extract, register: Register) -> None:
    with register.writing("test") as writing:
        same = a_person(writing, "Tess", "Otherwise", None, same_as=case_of(writing, "Qown").person_id)
        type_into(writing, "action", "Ask Tess Otherwise")
        assert isinstance(same, Person)
    assert extract().returncode == 0
