"""What goes back to a sender, and what is known of it when it comes again: the real command."""

from __future__ import annotations

import email
import json
import shutil
from datetime import date
from email import policy
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from mase_docs.definition.home import Home
from mase_docs.errors import UsageError
from mase_docs.intake.arriving import read_path
from mase_docs.packs.numbers import Numbers
from tests.conftest import ROOT, Command

MONTH = ROOT / "examples" / "month"
TODAY = date(2026, 11, 23)
SENDER = "ann.bee@hackney.gov.uk"


def answers(path: Path) -> dict[str, object]:
    """Every answer but what only says that nothing was answered."""
    return {name: answer.value for name, answer in read_path(path, Home(MONTH), TODAY).answers.items()}


def query(mase_docs: Command, file: Path, folder: Path, *more: object) -> str:
    done = mase_docs("--home", MONTH, "query", file, "-o", folder, "--today", TODAY, *more)
    assert done.returncode in (0, 3), done.stderr
    return done.stderr


def draft_in(folder: Path) -> EmailMessage:
    [path] = folder.glob("*.eml")
    mail = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def body(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    for name in ("11_left_blank.xlsx", "12_impossible_date.pdf"):
        shutil.copy(MONTH / name, tmp_path / "inbox")
    return tmp_path / "inbox"


@pytest.mark.parametrize("name", ["11_left_blank.xlsx", "12_impossible_date.pdf"])
def test_the_senders_own_form_goes_back_with_every_answer_kept(mase_docs: Command, inbox: Path, tmp_path: Path, name: str) -> None:
    query(mase_docs, inbox / name, tmp_path / "out")
    [returned] = (tmp_path / "out").glob(f"*{Path(name).suffix}")
    assert answers(returned) == answers(inbox / name)
    assert read_path(returned, Home(MONTH), TODAY).reference == "MASE-2026-0001"


def test_the_draft_lists_the_questions_and_gives_nothing_away(mase_docs: Command, inbox: Path, tmp_path: Path) -> None:
    query(mase_docs, inbox / "11_left_blank.xlsx", tmp_path / "out", "--meeting", "2026-12-16")
    mail = draft_in(tmp_path / "out")
    said = f"{mail['Subject']} {body(mail)}"
    assert mail["Subject"].startswith("OFFICIAL-SENSITIVE: ")
    assert "Date of birth" in said
    assert "Friday 4 December 2026" in said
    form = read_path(inbox / "11_left_blank.xlsx", Home(MONTH), TODAY)
    for name in ("family_name", "given_names", "dob", "nhs_number", "school_name", "home_postcode"):
        assert not form.value(name) or str(form.value(name)) not in said
    assert mail["X-Unsent"] == "1"


def test_the_draft_goes_to_the_address_that_the_form_came_from(mase_docs: Command, inbox: Path, tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = f"Ann Bee <{SENDER}>", "A form", "<one@hackney.gov.uk>"
    mail.set_content("Please find the form attached.")
    mail.add_attachment(
        (inbox / "11_left_blank.xlsx").read_bytes(), maintype="application", subtype="octet-stream", filename="Child's name.xlsx"
    )
    (inbox / "monday.eml").write_bytes(mail.as_bytes())
    query(mase_docs, inbox / "monday.eml", tmp_path / "out")
    assert draft_in(tmp_path / "out")["To"] == SENDER
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"MASE-2026-0001_query.xlsx", "MASE-2026-0001_query.eml"}


def test_no_draft_is_addressed_to_a_private_mail_service(mase_docs: Command, inbox: Path, tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "ann.bee@freemail.example", "A form"
    mail.set_content("Please find the form attached.")
    mail.add_attachment((inbox / "11_left_blank.xlsx").read_bytes(), maintype="application", subtype="octet-stream", filename="a.xlsx")
    (inbox / "monday.eml").write_bytes(mail.as_bytes())
    assert "has no address" in query(mase_docs, inbox / "monday.eml", tmp_path / "out")
    assert draft_in(tmp_path / "out")["To"] is None


def corrected(returned: Path, to: Path) -> Path:
    book = openpyxl.load_workbook(returned)
    sheet, cell = next(iter(book.defined_names["sex"].destinations))
    book[sheet][cell.replace("$", "")] = "Female"
    book.save(to)
    return to


def test_a_corrected_form_is_known_again_and_its_differences_are_shown(mase_docs: Command, inbox: Path, tmp_path: Path) -> None:
    query(mase_docs, inbox / "11_left_blank.xlsx", tmp_path / "out")
    [returned] = (tmp_path / "out").glob("*.xlsx")
    again = corrected(returned, tmp_path / "again.xlsx")
    done = mase_docs("--home", MONTH, "check", again, "--earlier", inbox, "--json")
    [line] = [json.loads(line) for line in done.stdout.splitlines()]
    assert line["resend_of"]["source"] == "11_left_blank.xlsx"
    assert line["resend_of"]["reference"] == line["reference"] == "MASE-2026-0001"
    assert [(c["path"], c["from"], c["to"]) for c in line["resend_of"]["changes"]] == [("sex", None, "F")]
    [note] = [p for p in line["problems"] if p["code"] == "AR23"]
    assert "Sex" in note["message"]
    assert "Sex: Not recorded → Female" in mase_docs("--home", MONTH, "check", again, "--earlier", inbox).stdout


def test_a_correction_is_asked_about_under_the_reference_of_the_first(mase_docs: Command, inbox: Path, tmp_path: Path) -> None:
    query(mase_docs, inbox / "11_left_blank.xlsx", tmp_path / "first")
    query(mase_docs, inbox / "12_impossible_date.pdf", tmp_path / "other")
    [returned] = (tmp_path / "first").glob("*.xlsx")
    again = corrected(returned, tmp_path / "again.xlsx")
    assert "MASE-2026-0001" in query(mase_docs, again, tmp_path / "second", "--earlier", inbox)
    assert "MASE-2026-0002" in draft_in(tmp_path / "other")["Subject"]


def test_without_its_reference_a_correction_is_known_by_what_it_says(mase_docs: Command, inbox: Path, tmp_path: Path) -> None:
    again = corrected(inbox / "11_left_blank.xlsx", tmp_path / "typed again.xlsx")
    done = mase_docs("--home", MONTH, "check", again, "--earlier", inbox, "--json")
    assert json.loads(done.stdout)["resend_of"]["source"] == "11_left_blank.xlsx"


def test_two_versions_of_one_form_given_together_are_pointed_out(mase_docs: Command, inbox: Path) -> None:
    book = openpyxl.load_workbook(inbox / "11_left_blank.xlsx")
    [(sheet, cell)] = book.defined_names["school_name"].destinations
    book[sheet][cell.replace("$", "")] = "Another Invented School"
    book.save(inbox / "11_left_blank_again.xlsx")
    said = mase_docs("--home", MONTH, "check", inbox, "--today", TODAY).stderr
    [line] = [line for line in said.splitlines() if "AR23" in line]
    assert line.startswith("  11_left_blank_again.xlsx: warning AR23: This looks like the same form as 11_left_blank.xlsx")
    assert "School" in line
    assert "Another Invented" not in line


def test_another_childs_form_is_no_correction(mase_docs: Command, inbox: Path) -> None:
    done = mase_docs("--home", MONTH, "check", MONTH / "01_school_group.xlsx", "--earlier", inbox, "--json")
    assert json.loads(done.stdout)["resend_of"] is None


def test_a_form_that_a_password_protected_does_not_go_out_without_it(mase_docs: Command, inbox: Path, tmp_path: Path) -> None:
    import msoffcrypto

    locked = inbox / "locked.xlsx"
    with (inbox / "11_left_blank.xlsx").open("rb") as plain, locked.open("wb") as out:
        msoffcrypto.OfficeFile(plain).encrypt("a password", out)
    (tmp_path / "passwords").write_text("wrong\na password\n")
    said = query(mase_docs, locked, tmp_path / "out", "--password-file", tmp_path / "passwords")
    assert "listed in the e-mail only" in said
    [blank] = draft_in(tmp_path / "out").iter_attachments()
    (tmp_path / "blank.xlsx").write_bytes(blank.get_payload(decode=True))  # type: ignore[arg-type]
    assert read_path(tmp_path / "blank.xlsx", Home(MONTH), TODAY).problems[0].code == "AR35"


def test_a_form_from_a_locked_archive_does_not_go_out_without_its_lock(mase_docs: Command, inbox: Path, tmp_path: Path) -> None:
    import pyzipper

    with pyzipper.AESZipFile(inbox / "locked.zip", "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"a password")
        archive.write(inbox / "11_left_blank.xlsx", "form.xlsx")
    (tmp_path / "passwords").write_text("a password\n")
    said = query(mase_docs, inbox / "locked.zip", tmp_path / "out", "--password-file", tmp_path / "passwords")
    assert "listed in the e-mail only" in said
    assert not list((tmp_path / "out").glob("*.xlsx"))


def test_a_file_that_could_not_be_read_is_asked_for_again(mase_docs: Command, inbox: Path, tmp_path: Path) -> None:
    (inbox / "broken.xlsx").write_bytes((inbox / "11_left_blank.xlsx").read_bytes()[:5000])
    query(mase_docs, inbox / "broken.xlsx", tmp_path / "out")
    assert "damaged" in body(draft_in(tmp_path / "out"))


def test_an_email_without_a_form_is_said_to_have_none(mase_docs: Command, inbox: Path, tmp_path: Path) -> None:
    (inbox / "hello.eml").write_text("From: a@hackney.gov.uk\nSubject: Hello\n\nSee you on Monday.\n")
    said = query(mase_docs, inbox / "hello.eml", tmp_path / "out")
    assert "There is no form in this e-mail" in said
    assert "nothing to ask" not in said


def test_a_number_that_another_run_gave_meanwhile_is_not_given_again(tmp_path: Path) -> None:
    one, other = Numbers(tmp_path), Numbers(tmp_path)
    given = [numbers.give(form, "", "MASE", TODAY) for form, numbers in (("1st", one), ("2nd", other), ("3rd", one))]
    assert given == ["MASE-2026-0001", "MASE-2026-0002", "MASE-2026-0003"]
    assert len(Numbers(tmp_path).of) == 3


def test_a_form_attached_twice_goes_back_once_and_the_one_behind_it_too(mase_docs: Command, inbox: Path, tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = SENDER, "Two forms"
    mail.set_content("Hello")
    for name, sent in (("form.xlsx", "11_left_blank.xlsx"), ("form (1).xlsx", "11_left_blank.xlsx"), ("b.pdf", "12_impossible_date.pdf")):
        mail.add_attachment((inbox / sent).read_bytes(), maintype="application", subtype="octet-stream", filename=name)
    (inbox / "two.eml").write_bytes(mail.as_bytes())
    query(mase_docs, inbox / "two.eml", tmp_path / "out", "--earlier", tmp_path)
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".eml", ".eml", ".pdf", ".xlsx"]


def test_two_versions_under_one_reference_go_back_side_by_side(mase_docs: Command, inbox: Path, tmp_path: Path) -> None:
    query(mase_docs, inbox / "11_left_blank.xlsx", tmp_path / "first")
    mail = EmailMessage()
    mail["From"], mail["Subject"] = SENDER, "Two versions"
    mail.set_content("Hello")
    for school in ("One Invented School", "Another Invented School"):
        book = openpyxl.load_workbook(tmp_path / "first" / "MASE-2026-0001_query.xlsx")
        [(sheet, cell)] = book.defined_names["school_name"].destinations
        book[sheet][cell.replace("$", "")] = school
        book.save(tmp_path / "form.xlsx")
        mail.add_attachment((tmp_path / "form.xlsx").read_bytes(), maintype="application", subtype="octet-stream", filename="form.xlsx")
    (inbox / "two.eml").write_bytes(mail.as_bytes())
    query(mase_docs, inbox / "two.eml", tmp_path / "out")
    assert {path.stem for path in (tmp_path / "out").glob("*.xlsx")} == {"MASE-2026-0001_query", "MASE-2026-0001_query_2"}


def test_a_folder_that_takes_no_references_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="--earlier"):
        Numbers(tmp_path / "file").give("1st", "", "MASE", TODAY)


def test_a_form_with_nothing_to_ask_makes_nothing(mase_docs: Command, inbox: Path, tmp_path: Path) -> None:
    clean = next(path for path in sorted(MONTH.glob("*.xlsx")) if is_clean(mase_docs, path))
    shutil.copy(clean, inbox / "clean.xlsx")
    assert "nothing to ask" in query(mase_docs, inbox / "clean.xlsx", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def is_clean(mase_docs: Command, path: Path) -> bool:
    done = mase_docs("--home", MONTH, "check", path, "--today", TODAY, "--meeting", "2026-12-02")
    return done.returncode == 0 and "warning" not in done.stdout


def test_nothing_is_overwritten(mase_docs: Command, inbox: Path, tmp_path: Path) -> None:
    query(mase_docs, inbox / "11_left_blank.xlsx", tmp_path / "out")
    again = mase_docs("--home", MONTH, "query", inbox / "11_left_blank.xlsx", "-o", tmp_path / "out", "--today", TODAY)
    assert again.returncode == 6
