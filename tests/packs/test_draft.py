"""The draft e-mail: valid, addressed, telling what is asked by the form's labels; nothing anywhere in it that anyone answered."""

from __future__ import annotations

import email
import re
from datetime import date
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from mase_docs.blanks import excel
from mase_docs.definition.home import Home
from mase_docs.definition.profile import Panel
from mase_docs.model.submission import EXPLICIT, Submission
from mase_docs.packs.draft import Attached, draft
from mase_docs.packs.marked_excel import marked
from mase_docs.packs.marks import Mark
from tests.fillers.openpyxl_fill import fill_with_openpyxl
from tests.packs.forms import MONTH, REFERENCE, asked, completed, of_bytes

MARKER = "Qzyxmarker"
TO = "l.fanciful@hackney.gov.uk"
BY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def panel(home: Home) -> Panel:
    return home.profile.panel


def mail_of(data: bytes) -> EmailMessage:
    found = email.message_from_bytes(data, policy=default)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


def body_of(data: bytes) -> str:
    body = mail_of(data).get_body(("plain",))
    assert body is not None
    assert not body.defects
    return str(body.get_content()).replace("\r\n", "\n")


def a_mark(label: str = "Date of birth") -> Mark:
    return Mark("dob", "Referral!B47", label, "Long words", "error", 'It is blank. Please answer it; "not known" is an answer.')


def test_it_opens_as_a_message_to_be_sent(panel: Panel) -> None:
    mail = mail_of(draft(panel, REFERENCE, [a_mark()], TO, BY))
    assert mail["X-Unsent"] == "1"
    assert mail["To"] == TO
    assert not {"From", "Date", "Message-ID", "Received"} & set(mail.keys())


def test_the_subject_has_the_marking_first_and_no_name(panel: Panel) -> None:
    mail = mail_of(draft(panel, REFERENCE, [a_mark()] * 3, TO))
    assert mail["Subject"] == "OFFICIAL-SENSITIVE: MASE referral MASE-2026-0007: please look at 3 answers"
    assert mail_of(draft(panel, "", [a_mark()]))["Subject"] == "OFFICIAL-SENSITIVE: MASE referral: please look at 1 answer"


def test_the_questions_are_listed_by_their_labels_with_what_to_do(panel: Panel) -> None:
    text = body_of(draft(panel, REFERENCE, [a_mark(), a_mark("People linked, row 2: Date of birth")], TO, BY))
    assert '1. Date of birth\n   It is blank. Please answer it; "not known" is an answer.\n' in text
    assert "2. People linked, row 2: Date of birth\n" in text
    for said in ("by Wednesday 25 November 2026", REFERENCE, panel.coordinator_email, panel.full_name, "secure e-mail", "999"):
        assert said in text


def test_the_marked_form_is_attached_under_a_name_that_tells_nothing(home: Home, panel: Panel) -> None:
    path = MONTH / "11_left_blank.xlsx"
    form = completed(path, home)
    back = marked(path.read_bytes(), asked(form, home), REFERENCE)
    (attached,) = mail_of(draft(panel, REFERENCE, asked(form, home), TO, BY, Attached(back, "xlsx"))).iter_attachments()
    assert attached.get_filename() == "MASE-2026-0007_query.xlsx"
    assert attached.get_content() == back
    assert attached.get_content_type() == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "docx", "docm", "pdf"])
def test_each_kind_of_form_can_be_attached(kind: str, panel: Panel) -> None:
    (attached,) = mail_of(draft(panel, "A/B 7", [a_mark()], form=Attached(b"PK", kind))).iter_attachments()
    assert attached.get_filename() == f"A_B_7_query.{kind}"


def test_a_form_that_cannot_be_marked_is_asked_about_in_words(panel: Panel) -> None:
    alone = draft(panel, REFERENCE, [a_mark()])
    with_blank = draft(panel, REFERENCE, [a_mark()], form=Attached(b"PK", "xlsx", marked=False))
    assert not list(mail_of(alone).iter_attachments())
    assert "is coloured" not in body_of(alone) + body_of(with_blank)
    assert "a blank one is attached" in body_of(with_blank)


@pytest.mark.parametrize(
    "to", ["", "L. Fanciful <l@hackney.gov.uk>", "a@b.uk\r\nBcc: all@example.com", "a@b.uk, c@d.uk", "see letter", "@", "a@b", "ä@b.uk"]
)
def test_what_is_no_plain_address_is_left_out(to: str, panel: Panel) -> None:
    mail = mail_of(draft(panel, REFERENCE, [a_mark()], to))
    assert mail["To"] is None
    assert mail["Bcc"] is None


def test_a_reference_cannot_write_headers_or_leave_its_folder(panel: Panel) -> None:
    data = draft(panel, "../../x\r\nBcc: all@example.com", [a_mark()], form=Attached(b"PK", "pdf"))
    mail = mail_of(data)
    assert mail["Bcc"] is None
    (attached,) = mail.iter_attachments()
    assert re.fullmatch(r"[A-Za-z0-9._-]+", attached.get_filename() or "")
    assert not (attached.get_filename() or "").startswith(".")


def test_it_is_written_as_mail_is(panel: Panel) -> None:
    labels = ["“Łukasz” " * 200, "x" * 3000, "a\nb"]
    data = draft(panel, REFERENCE, [a_mark(label) for label in labels], TO, BY, Attached(bytes(range(256)) * 99, "pdf"))
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert data.isascii()
    assert "Łukasz" in body_of(data)
    assert data.split(b"\r\n")[0].startswith(b"Subject: OFFICIAL-SENSITIVE: ")


def test_nothing_that_anyone_answered_is_in_the_mail(home: Home, panel: Panel, tmp_path: Path) -> None:
    form = home.form("referral")
    (tmp_path / "blank.xlsx").write_bytes(excel.build(form, home))
    answers: dict[str, str | bool] = {slot.name: f"{MARKER} {n}" for n, slot in enumerate(home.slots(form, "xlsx"))}
    fill_with_openpyxl(tmp_path / "blank.xlsx", answers, tmp_path / f"{MARKER}.xlsx")
    data = (tmp_path / f"{MARKER}.xlsx").read_bytes()
    wanted = asked(of_bytes(f"{MARKER}.xlsx", data, home), home)
    assert len(wanted) > 20
    made = draft(panel, REFERENCE, wanted, TO, BY, Attached(marked(data, wanted, REFERENCE), "xlsx"))
    assert MARKER.casefold() not in said_in(made).casefold()
    assert not any(MARKER in mark.comment for mark in wanted)
    assert MARKER in str(openpyxl.load_workbook(BytesIO(next(mail_of(made).iter_attachments()).get_content()))["Referral"]["B44"].value)


def said_in(data: bytes) -> str:
    """Everything that a mail says outside what is attached, decoded: headers, file names, text."""
    mail = mail_of(data)
    headers = [f"{name}: {value}" for part in mail.walk() for name, value in part.items()]
    return "\n".join([*headers, *(str(part.get_filename()) for part in mail.walk()), body_of(data)])


def test_of_an_invented_month_no_mail_says_what_was_typed_or_chosen(home: Home, panel: Panel) -> None:
    asked_about = 0
    for path in sorted(MONTH.glob("*.xlsx")):
        form = completed(path, home)
        wanted = asked(form, home) if form.form else []
        asked_about += len(wanted)
        text = said_in(draft(panel, REFERENCE, wanted))
        assert not [words for words in answered(form, home) if words in text], path.name
    assert asked_about > 7


WHO_IS_ASKED = ("MAP meeting",)
"""A choice of one question, and the name of those whom the sender is asked to speak to."""


def answered(form: Submission, home: Home) -> set[str]:
    """What was typed and the labels of what was chosen, but for words as common as "Not known"."""
    if not form.form:
        return set()
    asked_for = home.form(form.form, form.version)
    chosen = {home.show(asked_for.at(path), answer.value) for path, answer in form.answers.items() if answer.value is not None}
    typed = {answer.raw for answer in form.answers.values() if answer.raw}
    return {words for words in chosen | typed if len(words) > 5} - {*EXPLICIT.values(), *WHO_IS_ASKED}
