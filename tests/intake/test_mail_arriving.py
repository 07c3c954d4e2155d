"""A mail, a mailbox or an archive goes the whole way: its form is read, and what is not a form is told or explained in a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from mase_docs.definition.home import Home
from mase_docs.intake.arriving import Arrivals, Passwords, here
from mase_docs.intake.parts import Part
from mase_docs.model.submission import Submission
from tests.conftest import ROOT
from tests.intake import mails
from tests.intake import outlook_messages as ole
from tests.intake.files import package
from tests.intake.mails import FORM, lines, mail, with_file
from tests.intake.outlook_messages import attached, carried, message, msg
from tests.intake.test_archive import locked

TODAY = date(2026, 11, 21)
CRLF = b"\r\n"
TYPED = ("Heron Row stairwell", "R. Nonesuch")
"""What examples/cases.toml says was typed."""


def brought(home: Home, name: str, data: bytes, *passwords: str) -> list[Submission]:
    return list(Arrivals(here(home, TODAY), Passwords(list(passwords))).of(Part(name, data)))


def codes(found: list[Submission]) -> list[list[str]]:
    return [[problem.code for problem in each.problems] for each in found]


def said(found: list[Submission]) -> str:
    return " ".join(problem.message for each in found for problem in each.problems)


FORWARDED = msg({ole.SUBJECT: "FW"}, [carried("", message({ole.SUBJECT: "Referral"}, [attached("form.xlsx", FORM)]))])


@pytest.mark.parametrize(
    ("name", "data", "is_called"),
    [
        ("monday.eml", mails.OUTLOOK, "monday.eml › Referral – café.xlsx"),
        ("monday.eml", mails.LOTUS, "monday.eml › form.xlsx"),
        ("fwd.eml", mails.THUNDERBIRD_FORWARD, "fwd.eml › Referral.eml › Référence & form.xlsx"),
        ("fwd.msg", FORWARDED, "fwd.msg › Referral › form.xlsx"),
        ("a.zip", locked({"more/form.xlsx": FORM}, "blue lamp"), "a.zip › more › form.xlsx"),
        ("a.zip", package({"monday.eml": mails.OUTLOOK}), "a.zip › monday.eml › Referral – café.xlsx"),
    ],
)
def test_the_form_is_read_and_it_is_told_where_it_came_from(name: str, data: bytes, is_called: str, home: Home) -> None:
    (form,) = brought(home, name, data, "blue lamp")
    assert (form.source.name, form.form) == (is_called, "context_referral")
    assert (form.value("context_name"), form.value("referrer_name")) == TYPED


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (mails.WINMAIL, "AR18", "winmail.dat"),
        (
            mail(lines(bytes.fromhex("3080060b2a864886f70d0109100117")), b"application/pkcs7-mime", b"Content-Transfer-Encoding: base64\n"),
            "AR18",
            "S/MIME",
        ),
        (with_file(b"filename=message.rpmsg", bytes.fromhex("76e80460c411e386")), "AR18", "message.rpmsg"),
        (with_file(b"filename=securedoc.html", b"<html>Cisco Registered Envelope</html>", b"text/html"), "AR18", "in place of the form"),
        (mail(b"Ama shared it: https://borough-my.sharepoint.com/:x:/g/abc" + CRLF), "AR18", "in place of the form"),
        (mail(b"I will send the form on Monday." + CRLF), "AR18", ""),
        (locked({"form.xlsx": FORM}, "blue lamp"), "AR1", "zip archive is protected with a password"),
    ],
)
def test_what_cannot_be_opened_is_explained(data: bytes, code: str, words: str, home: Home) -> None:
    found = brought(home, "a", data)
    assert codes(found) == [[code]]
    assert words in said(found)
    assert not any(each.form for each in found)


def test_a_link_is_told_beside_what_is_no_form(home: Home) -> None:
    text = b"--b\r\n\r\nhttps://we.tl/t-abc\r\n--b\r\nContent-Type: text/vcard; name=ama.vcf\r\n\r\nBEGIN:VCARD\r\n--b--\r\n"
    assert "in place of the form" in said(brought(home, "a", mail(text, b"multipart/mixed; boundary=b")))


def test_a_mail_that_is_twice_in_a_mailbox_is_taken_once(home: Home) -> None:
    box = b"\r\n\r\n".join([b"From - Mon Nov 16 09:00:00 2026\r\n" + mails.LOTUS] * 2)
    first, second = brought(home, "inbox", box)
    assert (first.form, second.form) == ("context_referral", None)
    assert codes([second]) == [["AR18"]]


def test_a_name_that_hides_or_claims_something_else_is_told_and_the_form_read(home: Home) -> None:
    (disguised,) = brought(home, "a.eml", with_file(b"filename=form.pdf"))
    (hidden,) = brought(home, "a.eml", with_file(b"filename*=UTF-8''form%E2%80%8B.xlsx"))
    for form, words in ((disguised, "of another kind"), (hidden, "cannot be seen")):
        assert form.form == "context_referral"
        assert words in said([form])
        assert [problem.severity for problem in form.problems if problem.code == "AR41"] == ["note"]


@pytest.mark.parametrize("name", ["mail_form_and_logo.eml", "mail_forwarded.msg", "zip_locked.zip", "mailbox_one_twice.mbox"])
def test_the_examples_bring_the_form_that_was_typed(name: str, home: Home) -> None:
    folder = ROOT / "examples/arrives"
    passwords = (folder / "passwords.txt").read_text(encoding="utf-8").splitlines()
    form, *others = brought(home, name, (folder / name).read_bytes(), *passwords)
    assert (form.value("context_name"), form.value("referrer_name")) == TYPED
    assert codes([form]) == [[]]
    assert codes(others) == ([["AR18"], ["AR18"]] if name.endswith(".mbox") else [])
