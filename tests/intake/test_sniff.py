"""What a file is, is told by its bytes alone: also of what mase-docs cannot open, so that it can say why."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from mase_docs.errors import InputRefusedError
from mase_docs.intake.portals import sends_elsewhere
from mase_docs.intake.sniff import sniff, sniff_head
from tests.intake.compound_file import Tree, compound_file
from tests.intake.mails import FORM, OUTLOOK, TNEF

SPACES = "\x06DataSpaces"
RIGHTS: Tree = {
    "EncryptedPackage": b"x" * 5000,
    SPACES: {
        "Version": b"x",
        "DataSpaceMap": b"x",
        "DataSpaceInfo": {"DRMEncryptedDataSpace": b"x"},
        "TransformInfo": {"DRMEncryptedTransform": {"\x06Primary": b"x"}},
    },
}
LOCKED: Tree = {
    "EncryptionInfo": b"x",
    "EncryptedPackage": b"x" * 5000,
    SPACES: {"TransformInfo": {"StrongEncryptionTransform": {"\x06Primary": b"x"}}},
}
OLD: Tree = {"Workbook": b"x", "\tDRMContent": b"x", SPACES: {"TransformInfo": {"\tDRMTransform": {"\x06Primary": b"x"}}}}


@pytest.mark.parametrize(
    ("tree", "kind"),
    [
        (RIGHTS, "rights"),
        (OLD, "rights"),
        (LOCKED, "encrypted"),
        ({"Workbook": b"x"}, "xls"),
        ({"Book": b"x"}, "xls"),
        ({"WordDocument": b"x", "ObjectPool": {"_1": {"Workbook": b"x"}}}, "doc"),
        ({"Quill": {"Contents": b"x"}}, "ole"),
    ],
)
def test_what_a_compound_file_is_stands_in_its_own_directory(tree: Tree, kind: str) -> None:
    assert sniff(compound_file(tree)) == kind
    assert sniff(compound_file({**tree, "\x01words": "EncryptedPackage Workbook DRMEncryptedTransform".encode("utf-16-le")})) == kind


def test_a_compound_file_cut_short_is_damaged() -> None:
    with pytest.raises(InputRefusedError) as refusal:
        sniff(compound_file(LOCKED)[:3000])
    assert refusal.value.code == "AR27"


def test_a_real_locked_workbook_is_told_from_one_with_a_sensitivity_label() -> None:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(FORM)).encrypt("blue lamp", out)
    assert sniff(out.getvalue()) == "encrypted"


def test_a_label_that_protects_nothing_changes_nothing() -> None:
    out = io.BytesIO(FORM)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("docMetadata/LabelInfo.xml", "<labelList><label name='Official'/></labelList>")
    assert sniff(out.getvalue()) == "xlsx"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (TNEF, "tnef"),
        (bytes.fromhex("76e80460c411e386") + bytes(100), "rpmsg"),
        (b"-----BEGIN PGP MESSAGE-----\n\nhQ", "pgp"),
        (b"-----BEGIN PGP SIGNATURE-----\n\niQ", "signature"),
        (bytes.fromhex("308006092a864886f70d010703") + b"\x00", "smime"),
        (bytes.fromhex("30820a1f06092a864886f70d010702") + b"\x00", "smime_signed"),
        (bytes.fromhex("3080060b2a864886f70d0109100117") + b"\x00", "smime"),
        (b"%PDF-1.7\n1 0 obj << /Filter /MicrosoftIRMServices >>", "rights"),
    ],
)
def test_what_cannot_be_opened_is_told_by_its_first_bytes(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


@pytest.mark.parametrize(
    "head",
    [
        b"ARC-Seal: i=1; a=rsa-sha256\nARC-Message-Signature: i=1\nSubject: x\n\nHi",
        b"Authentication-Results: spf=pass\nReceived: from a\n\nHi",
        b"DKIM-Signature: v=1;\n\tb=AAAA\nDate: Mon\n\nHi",
        b"Thread-Topic: x\nThread-Index: y\n\nHi",
        b"X-MS-Exchange-Organization-SCL: -1\nX-MS-Has-Attach: yes\n\nHi",
        b"List-Id: <x>\nResent-From: a\n\nHi",
        b"Content-Type: multipart/signed; boundary=b\n\n--b",
        b"MIME-Version: 1.0\nContent-Type: text/html\n\n<html>",
        b"Subject:x\nFrom:y\n\nHi",
        b"\xef\xbb\xbf\r\n\r\nFrom: a\r\nTo: b\r\n\r\nHi",
        b">From a@b.example Mon Nov 16\nFrom: a\nTo: b\n\nHi",
    ],
)
def test_a_mail_may_begin_with_any_of_its_fields(head: bytes) -> None:
    assert sniff(head) == "email"


@pytest.mark.parametrize(
    "text",
    [
        b"Name: Zo\nDate of birth: 3 July 2011\nSchool: x\n",
        b"Subject: maths\n\nFrom: the school\n",
        b"From the school\n",
        b"To: the panel\nHello",
    ],
)
def test_a_text_with_a_colon_is_no_mail(text: bytes) -> None:
    assert sniff(text) == "text"


def test_a_mail_is_told_whatever_stands_in_its_text() -> None:
    assert sniff(OUTLOOK.replace(b"Dear panel", b"%PDX- PK")) == "email"


@pytest.mark.parametrize(
    "start",
    [b"<div dir=ltr>", b"<!--[if gte mso 9]><xml></xml><![endif]--><p>", b"\r\n<table>", b"\xff\xfe" + "<html>".encode("utf-16-le")],
)
def test_a_page_may_begin_in_the_middle(start: bytes) -> None:
    assert sniff(start + b"x") == "html"


def test_a_page_of_comments_is_told_at_once() -> None:
    assert sniff_head(b"<!---->" * 580 + b"x") == "text"


def test_what_carries_a_pdf_is_told_for_what_it_is() -> None:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("form.pdf", b"%PDF-1.7 " + bytes(500))
    message = {"__substg1.0_3701": b"%PDF-1.7 ".ljust(5000), "__properties_version1.0": bytes(32)}
    assert sniff(stored.getvalue()) == "zip"
    assert sniff(compound_file(message)) == "msg"
    assert sniff(b"From: a\r\nSubject: b\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7") == "email"
    assert sniff(b"\r\n\r\nBanner\r\n%PDF-1.7\n") == "pdf"


SAFE_LINK = "https://gbr01.safelinks.protection.example/?url=https%3A%2F%2Fborough-my.sharepoint.com%2F%3Ax%3A%2Fg%2Fabc&data=05"


@pytest.mark.parametrize(
    "text",
    [
        "You have received a secure email. <a href='https://reader.egress.com/remote.aspx/s/x'>Read it</a>",
        "Open the attachment message.html. Microsoft 365 Message Encryption",
        "Encrypted message: https://outlook.office365.com/Encryption/retrieve.ashx?x",
        "Mimecast Secure Messaging: a message is waiting",
        "https://app.zivver.com/#/inbox/x",
        "You have a message at https://login.cjsm.net/",
        "To read the message open securedoc.html. Cisco Registered Envelope",
        "This message was sent with Proofpoint Encryption",
        "Ama has shared a file: https://borough-my.sharepoint.com/:x:/g/personal/ama/Eabc",
        "https://we.tl/t-AbCd",
        "https://1drv.ms/x/s!abc",
        "https://drive.google.com/file/d/x/view",
        SAFE_LINK,
    ],
)
def test_a_mail_that_sends_its_reader_elsewhere_is_recognised(text: str) -> None:
    assert sends_elsewhere(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "The form will follow on Monday.",
        "Ben, school nurse, https://www.school.example/contact",
        "Scanned by Mimecast. https://www.mimecast.com/ and https://protect-eu.mimecast.com/s/abc?domain=school.example",
        "We use https://www.egress.com/ for secure mail.",
    ],
)
def test_a_mail_that_only_lacks_the_form_does_not(text: str) -> None:
    assert not sends_elsewhere(text.encode())


def test_the_words_before_a_sealed_message_are_enough() -> None:
    assert sends_elsewhere(b"<html>Cisco Registered Envelope" + struct.pack(">I", 7) * 1_000_000)
