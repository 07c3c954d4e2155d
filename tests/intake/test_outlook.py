"""Everything that an Outlook message carries comes out, also of a mail that was forwarded inside it; what is broken is refused."""

from __future__ import annotations

import io
import random
import struct
from contextlib import suppress
from typing import Any

import olefile
import pytest
from msgforge import Message

from mase_docs.errors import InputRefusedError
from mase_docs.intake.compound import Compound
from mase_docs.intake.outlook import parts
from mase_docs.intake.sniff import sniff
from mase_docs.model.submission import Mail
from tests.intake import outlook_messages as ole
from tests.intake.compound_file import compound_file
from tests.intake.mails import FORM, LOGO, OUTLOOK, PDF_FORM, TNEF
from tests.intake.outlook_messages import attached, carried, message, msg

FORWARDED = message(
    {ole.SUBJECT: "Referral: Zoë", ole.BODY: "Here is the form.", ole.SENDER_NAME: "Ama", ole.MESSAGE_ID: "<inner@school.example>"},
    [attached("form.pdf", PDF_FORM)],
)


def found(data: bytes) -> list[tuple[str, str, bytes]]:
    return [(part.role, part.name, part.data) for part in parts(data)]


def code(data: bytes) -> str:
    with pytest.raises(InputRefusedError) as refusal:
        parts(data)
    return refusal.value.code


def test_a_message_gives_its_form_its_logo_and_its_text() -> None:
    sent = Message(
        "Referral – new", '<p>See attached <img src="cid:logo1"></p>', "See attached", sender=("ben@school.example", "Ben"), sent=True
    )
    sent.attach_bytes("Zoë form.xlsx", FORM).attach_bytes("logo.png", LOGO, content_id="logo1")
    data = sent.as_bytes()
    assert sniff(data) == "msg"
    assert found(data) == [
        ("attached", "Zoë form.xlsx", FORM),
        ("shown", "logo.png", LOGO),
        ("text", "text of the e-mail", b"See attached"),
    ]
    assert {part.mail for part in parts(data)} == {Mail("Referral – new", "Ben <ben@school.example>", "")}


@pytest.mark.parametrize("sector", [512, 4096])
def test_a_mail_forwarded_inside_a_mail_gives_its_files_too(sector: int) -> None:
    outer = msg(
        {ole.SUBJECT: "FW: Referral", ole.BODY: "See below"}, [carried("Referral", FORWARDED), attached("b.xlsx", FORM)], sector=sector
    )
    assert found(outer) == [
        ("attached", "Referral Zoë › form.pdf", PDF_FORM),
        ("text", "Referral Zoë › text of the e-mail", b"Here is the form."),
        ("attached", "b.xlsx", FORM),
        ("text", "text of the e-mail", b"See below"),
    ]
    assert [part.mail.subject for part in parts(outer) if part.mail] == ["Referral: Zoë", "Referral: Zoë", "FW: Referral", "FW: Referral"]
    assert parts(outer)[0].mail == Mail("Referral: Zoë", "Ama", "inner@school.example")


def test_three_layers_down_the_form_is_still_found() -> None:
    data = msg({ole.SUBJECT: "c"}, [carried("", message({ole.SUBJECT: "b"}, [carried("", FORWARDED)]))])
    assert found(data)[0] == ("attached", "b › Referral Zoë › form.pdf", PDF_FORM)


def test_messages_in_messages_without_end_are_refused() -> None:
    inside = FORWARDED
    for _ in range(20):
        inside = message({ole.SUBJECT: "again"}, [carried("", inside)])
    assert code(msg({}, [carried("", inside)])) == "AR40"


@pytest.mark.parametrize(("page", "charset"), [(1252, "cp1252"), (1250, "cp1250"), (28605, "iso-8859-15"), (65001, "utf-8"), (0, "cp1252")])
def test_words_in_letters_of_eight_bits(page: int, charset: str) -> None:
    words = {ole.SUBJECT: "Zoë", ole.BODY: "Zoë came", ole.SENDER_NAME: "Zoë", ole.STRINGS_PAGE: page}
    form, text = parts(msg(words, [attached("Zoë.xlsx", FORM, charset)], charset))
    assert (form.name, text.data.decode(), form.mail) == ("Zoë.xlsx", "Zoë came", Mail("Zoë", "Zoë", ""))


@pytest.mark.parametrize(("page", "charset"), [(28591, "latin-1"), (1250, "cp1250"), (65001, "utf-8"), (20127, "cp1252")])
def test_a_table_in_html_is_given_in_place_of_the_plain_text(page: int, charset: str) -> None:
    table = "<html><table><tr><td>Name<td>Zoë</table></html>"
    (text,) = parts(msg({ole.BODY: "Name Zoë", ole.HTML: table.encode(charset), ole.TEXT_PAGE: page}))
    assert text.data.decode() == table


def test_the_sender_and_the_message_id_from_wherever_they_stand() -> None:
    def head(properties: dict[int, Any]) -> Mail | None:
        return parts(msg({ole.BODY: "x", **properties}))[0].mail

    exchange = "/O=EXCHANGELABS/OU=GROUP/CN=RECIPIENTS/CN=BEN"
    assert head({ole.SENDER_NAME: "Ben", ole.SENDER_ADDRESS: exchange, ole.SENDER_SMTP: "b@x.example"}) == Mail("", "Ben <b@x.example>", "")
    assert head({ole.SENDER_NAME: "b@x.example", ole.SENDER_ADDRESS: "b@x.example"}) == Mail("", "b@x.example", "")
    assert head({ole.HEADERS: "From: b@x.example\r\nMessage-ID: <7@x.example>\r\n\r\n"}) == Mail("", "", "7@x.example")
    assert head({ole.SUBJECT: "a\u202eb\r\n" + "c" * 300}) == Mail("ab " + "c" * 196 + "…", "", "")


def test_a_message_that_only_wraps_winmail_dat_gives_it_and_its_bytes_tell() -> None:
    ((_, name, data),) = found(msg({}, [attached("winmail.dat", TNEF)]))
    assert (name, sniff(data)) == ("winmail.dat", "tnef")


def test_a_mail_attached_as_a_file_and_one_that_was_signed_come_as_mails() -> None:
    signed = OUTLOOK[OUTLOOK.index(b"Content-Type: multipart/mixed") :]
    kinds = [sniff(part.data) for part in parts(msg({}, [attached("a.eml", OUTLOOK), attached("smime.p7m", signed)]))]
    assert kinds == ["email", "email"]


def test_a_workbook_put_into_the_text_as_an_object_comes_out() -> None:
    assert found(msg({}, [carried("Worksheet", {"Package": FORM, "\x01Ole": b"x"}, 6)])) == [("attached", "Worksheet", FORM)]


def test_a_form_that_is_called_a_picture_or_hidden_is_no_logo() -> None:
    file = attached("logo.png", FORM, properties={ole.HIDDEN: True, ole.CONTENT_ID: "a"})
    assert [role for role, *_ in found(msg({ole.HTML: b'<img src="cid:a">'}, [file]))] == ["attached", "text"]


def test_names_are_never_paths_and_hide_nothing() -> None:
    (part,) = parts(msg({}, [attached("..\\..\\form\u202exslx.exe", FORM)]))
    assert (part.name, part.hidden) == ("formxslx.exe", True)
    assert [name for _, name, _ in found(msg({}, [attached("", FORM)]))] == ["attachment"]


def test_a_message_that_carries_a_locked_workbook_is_told_for_the_message_that_it_is() -> None:
    locked = compound_file({"EncryptionInfo": b"x", "EncryptedPackage": b"y", "Workbook": b"z"})
    assert sniff(msg({}, [attached("form.xlsx", locked)])) == "msg"


def test_compound_files_are_read_as_olefile_reads_them() -> None:
    tree = {"a": b"x", "b": b"y" * 5000, "c": {"d": {"e": random.Random(1).randbytes(8_000_000)}, "f": b""}, "Zoë": b"z" * 4096}
    for data in (compound_file(tree), compound_file(tree, 4096), Message("x", "<p>y</p>").attach_bytes("a.xlsx", FORM).as_bytes()):
        other = olefile.OleFileIO(io.BytesIO(data))
        for path in other.listdir():
            here = Compound(data).root
            for name in path[:-1]:
                here = here.storage(name) or pytest.fail(name)
            assert here.stream(path[-1]) == other.openstream(path).read()


def test_any_cut_and_any_changed_byte_gives_parts_or_a_refusal() -> None:
    whole = msg({ole.SUBJECT: "x"}, [carried("y", message({ole.SUBJECT: "z"}, [attached("form.pdf", b"%PDF" * 2000)]))])
    for at in range(0, len(whole), 29):
        for data in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :], whole[:at] + b"\xff" * 4 + whole[at + 4 :]):
            with suppress(InputRefusedError):
                assert all(isinstance(part.data, bytes) for part in parts(data))


def test_a_message_cut_short_anywhere_is_refused_since_a_form_may_be_missing() -> None:
    whole = msg({ole.SUBJECT: "x"}, [attached(f"{n}.xlsx", bytes(5000)) for n in range(30)])
    assert len(parts(whole)) == 30
    assert {code(whole[:length]) for length in range(600, len(whole) - 512, 997)} == {"AR27"}


def test_a_stream_that_many_files_share_is_not_given_out_again_and_again() -> None:
    data = msg({}, [attached("large.bin", bytes(600_000)), *(attached(f"{n}.bin", bytes(5000 + n)) for n in range(40))])
    large, *others = (storage.inside["__substg1.0_37010102"] for storage in Compound(data).root.storages("__attach"))
    for entry in others:
        data = data.replace(struct.pack("<IQ", entry.start, entry.size), struct.pack("<IQ", large.start, large.size))
    assert code(data) == "AR28"
