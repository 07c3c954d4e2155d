"""What went to whom is known again by its bytes, changed copies by their titles; and no folder holds copies for two audiences."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from sqlalchemy import select

from mase_docs.cycle import must_not_mix
from mase_docs.definition.home import Home
from mase_docs.documents.copies import whose
from mase_docs.errors import UsageError
from mase_docs.model.sitting import CHAIR
from mase_docs.register.meetings import papers
from mase_docs.register.records import Meeting, Paper
from mase_docs.register.register import Register
from tests.register.stores import a_register

POLICE, SCHOOL_NURSING = "borough_police", "school_nursing"
FOR_POLICE, AGENDA = "MASE minutes, 2 December 2026: copy for Borough Police", "MASE agenda"


def made(register: Register, *copies: tuple[str, str, bytes]) -> None:
    with register.writing("test") as writing:
        meeting = writing.session.scalars(select(Meeting)).first()
        meeting = meeting or writing.add(Meeting(held_on=date(2026, 12, 2), state="planned"))
        for paper, audience, data in copies:
            papers.made(writing, meeting, paper, audience, data)


def recorded(register: Register) -> list[tuple[str, str]]:
    with register.reading() as session:
        return [(paper.paper, paper.audience) for paper in session.scalars(select(Paper).order_by(Paper.id))]


def test_the_same_file_for_the_same_audience_is_recorded_once(register: Register) -> None:
    made(register, ("extract", POLICE, b"one"))
    made(register, ("extract", POLICE, b"one"), ("extract", SCHOOL_NURSING, b"two"), ("extract", POLICE, b"three"))
    assert recorded(register) == [("extract", POLICE), ("extract", SCHOOL_NURSING), ("extract", POLICE)]


def test_a_paper_that_carries_its_own_number_is_known_when_it_is_finished(register: Register) -> None:
    with register.writing("test") as writing:
        paper = papers.begun(writing, None, "minutes", CHAIR)
        papers.finished(writing, paper, b"minutes", "{}")
        number, print_of = paper.id, paper.sha256
    assert number == 1
    with register.reading() as session:
        assert papers.audiences(session, [print_of, "0" * 64]) == {print_of: {CHAIR}}


def test_a_file_that_two_agencies_get_is_known_as_that_of_both(register: Register) -> None:
    made(register, ("invite", POLICE, b"invite"), ("invite", SCHOOL_NURSING, b"invite"))
    with register.reading() as session:
        [print_of] = session.scalars(select(Paper.sha256).distinct())
        assert papers.audiences(session, [print_of]) == {print_of: {POLICE, SCHOOL_NURSING}}


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Register]:
    """A register with a file for the chair, one for an agency, and one for two."""
    with a_register("sqlite", tmp_path) as register:
        both = [("invite", code, b"invite") for code in (POLICE, SCHOOL_NURSING)]
        made(register, ("agenda", CHAIR, b"all of it"), ("extract", POLICE, b"their part"), *both)
        yield register


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def refused(register: Register, home: Home, folder: Path, *audiences: str) -> list[str]:
    """Those of the audiences for whom nothing may be written into a folder."""
    found = []
    for audience in audiences:
        try:
            must_not_mix(register, folder / "new.docx", audience, home)
        except UsageError:
            found.append(audience)
    return found


EVERYBODY = (CHAIR, POLICE, SCHOOL_NURSING)


@pytest.mark.parametrize(
    ("data", "kept_out"),
    [(b"all of it", [POLICE, SCHOOL_NURSING]), (b"their part", [CHAIR, SCHOOL_NURSING]), (b"invite", [CHAIR]), (b"a letter", [])],
)
def test_a_folder_with_a_file_for_one_audience_takes_none_for_another(
    kept: Register, home: Home, folder: Path, data: bytes, kept_out: list[str]
) -> None:
    (folder / "renamed by somebody").write_bytes(data)
    assert refused(kept, home, folder, *EVERYBODY) == kept_out


def test_it_names_the_folder_and_says_what_to_do_and_nothing_of_the_file(kept: Register, home: Home, folder: Path) -> None:
    (folder / "Testa Sample.docx").write_bytes(b"all of it")
    with pytest.raises(UsageError) as caught:
        must_not_mix(kept, folder / "new.docx", POLICE, home)
    assert str(caught.value) == (
        f"{folder} holds a copy that was made for somebody else; nothing was written. "
        "Give each audience a folder of its own: copies for different audiences never share one."
    )
    assert caught.value.exit_code == 2


def test_a_file_that_would_be_replaced_counts_too_and_folders_beside_and_below_do_not(kept: Register, home: Home, folder: Path) -> None:
    assert not refused(kept, home, folder / "not there yet", *EVERYBODY)
    (folder / "below").mkdir()
    (folder / "below" / "agenda.docx").write_bytes(b"all of it")
    (folder.parent / "beside.docx").write_bytes(b"all of it")
    assert not refused(kept, home, folder, *EVERYBODY)
    (folder / "new.docx").write_bytes(b"all of it")
    assert refused(kept, home, folder, *EVERYBODY) == [POLICE, SCHOOL_NURSING]


def a_word_file(path: Path, title: str) -> Path:
    document = docx.Document()
    document.core_properties.title = title
    document.add_paragraph("Changed by hand.")
    document.save(str(path))
    return path


TITLES = {
    FOR_POLICE: POLICE,
    "Actions for MASE (MASE-ACT-1): Copy for School Nursing": SCHOOL_NURSING,
    "MASE minutes: copy for An Agency That Was Renamed": "An Agency That Was Renamed",
    AGENDA: CHAIR,
    "MASE minutes": CHAIR,
    "MASE: links between cases": CHAIR,
    "MASE: report to the City and Hackney Safeguarding Children Board": "",
    "MASE terms of reference": "",
    "Team agenda": "",
    "Copy for review": "",
    "": "",
}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_says_whose_copy_a_document_is(home: Home, title: str) -> None:
    assert whose(title, home) == TITLES[title]


@pytest.mark.parametrize(("title", "kept_out"), [(FOR_POLICE, [CHAIR, SCHOOL_NURSING]), (AGENDA, [POLICE, SCHOOL_NURSING]), ("", [])])
def test_a_copy_that_was_changed_is_told_by_its_title(kept: Register, home: Home, folder: Path, title: str, kept_out: list[str]) -> None:
    a_word_file(folder / "changed.docx", title)
    assert refused(kept, home, folder, *EVERYBODY) == kept_out


def test_a_workbook_is_told_by_its_title_too(kept: Register, home: Home, folder: Path) -> None:
    book = openpyxl.Workbook()
    book.properties.title = "Actions for MASE: copy for Borough Police"
    book.save(folder / "filled in.xlsx")
    assert refused(kept, home, folder, *EVERYBODY) == [CHAIR, SCHOOL_NURSING]


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("kind", ["docx", "odt", "pdf"])
def test_libreoffice_keeps_the_title_whatever_it_saves_the_copy_as(
    kept: Register, home: Home, folder: Path, tmp_path: Path, kind: str
) -> None:
    file, profile = a_word_file(tmp_path / "copy.docx", FOR_POLICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(["soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder, file], check=True, capture_output=True)
    assert [path.suffix for path in folder.iterdir()] == [f".{kind}"]
    assert refused(kept, home, folder, *EVERYBODY) == [CHAIR, SCHOOL_NURSING]


def test_what_is_no_document_or_a_broken_one_stands_in_nobodys_way(kept: Register, home: Home, folder: Path, tmp_path: Path) -> None:
    whole = a_word_file(tmp_path / "whole.docx", FOR_POLICE).read_bytes()
    (folder / "half.docx").write_bytes(whole[: len(whole) // 2])
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (folder / "empty").write_bytes(b"")
    with ZipFile(folder / "other.zip", "w") as archive:
        archive.writestr("docProps/core.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")
    shutil.copy(tmp_path / "whole.docx", folder / "~$whole.docx")
    shutil.copy(tmp_path / "whole.docx", folder / ".hidden.docx")
    assert not refused(kept, home, folder, *EVERYBODY)
