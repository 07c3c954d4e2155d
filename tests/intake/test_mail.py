"""Everything that an e-mail carries comes out as it went in, whatever program wrote the mail; what is broken is refused in a sentence."""

from __future__ import annotations

import binascii
import mailbox
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest

from mase_docs.errors import InputRefusedError
from mase_docs.intake.mail import parts
from mase_docs.intake.parts import Part
from mase_docs.intake.sniff import sniff, sniff_head
from mase_docs.model.submission import Mail
from tests.intake import mails
from tests.intake.mails import FORM, LOGO, PDF_FORM, crlf, lines, mail, with_file


def found(data: bytes) -> list[tuple[str, str, bytes]]:
    return [(part.role, part.name, part.data) for part in parts(data)]


def text_of(data: bytes) -> str:
    return next(part.data.decode() for part in parts(data) if part.role == "text")


def attached(data: bytes) -> list[Part]:
    return [part for part in parts(data) if part.role == "attached"]


def code(data: bytes) -> str:
    with pytest.raises(InputRefusedError) as refusal:
        parts(data)
    return refusal.value.code


def test_outlook_sends_a_form_a_logo_and_a_text() -> None:
    logo, form, text = parts(mails.OUTLOOK)
    assert (logo.role, logo.name, logo.data) == ("shown", "image001.png", LOGO)
    assert (form.role, form.name, form.data) == ("attached", "Referral – café.xlsx", FORM)
    assert (text.role, text.name) == ("text", "text of the e-mail")
    assert "It’s about the café." in text.data.decode()


def test_the_head_of_the_mail_goes_into_the_record_with_each_part() -> None:
    head = Mail(
        "Referral – place of concern",
        '"Okafor, Ben" <ben.okafor@school.example>',
        "LO2P265MB0001AAAA@LO2P265MB0001.GBRP265.PROD.OUTLOOK.EXAMPLE",
    )
    assert {part.mail for part in parts(mails.OUTLOOK)} == {head}


def test_gmail_writes_names_in_pieces_and_the_text_is_its_table() -> None:
    form, text = parts(mails.GMAIL)
    assert (form.name, form.data) == ("Référence & form.xlsx", FORM)
    assert "<td>Zoë</td>" in text.data.decode()


def test_apple_mail_cuts_the_text_in_two_around_a_pdf() -> None:
    form, text = parts(mails.APPLE)
    assert (form.role, form.name, form.data) == ("attached", "form.pdf", PDF_FORM)
    assert text.data.decode().split() == ["Before", "the", "form.", "After", "the", "form."]


def test_a_mail_forwarded_as_an_attachment_comes_as_the_mail_that_it_was() -> None:
    inner, text = parts(mails.THUNDERBIRD_FORWARD)
    assert (inner.role, inner.name, inner.data.rstrip()) == ("attached", "Referral.eml", mails.GMAIL.rstrip())
    assert inner.mail
    assert inner.mail.message_id == "outer@social.example"
    assert [part.name for part in attached(inner.data)] == ["Référence & form.xlsx"]
    assert "– to the wrong address." in text.data.decode()


def test_lotus_notes_says_inline_of_the_whole_and_octet_stream_of_the_form() -> None:
    assert [(part.name, part.data) for part in attached(mails.LOTUS)] == [("form.xlsx", FORM)]


def test_winmail_comes_out_and_its_bytes_tell_what_it_is() -> None:
    (part,) = attached(mails.WINMAIL)
    assert sniff(part.data) == "tnef"


@pytest.mark.parametrize("name", ["OUTLOOK", "GMAIL", "APPLE", "THUNDERBIRD_FORWARD", "LOTUS", "WINMAIL"])
def test_every_program_s_mail_is_told_by_its_bytes(name: str) -> None:
    assert sniff_head(getattr(mails, name)) == "email"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (b'filename="form.xlsx"', "form.xlsx"),
        (b"filename=form.xlsx", "form.xlsx"),
        (b"filename*=UTF-8''Zo%C3%AB.xlsx", "Zoë.xlsx"),
        (b"filename*=iso-8859-1'en'Zo%EB.xlsx", "Zoë.xlsx"),
        (b"filename*=punycode''Zo-%EB.xlsx", "Zo-ë.xlsx"),
        (b'filename="=?iso-8859-1?Q?Zo=EB_form.xlsx?="', "Zoë form.xlsx"),
        (b'filename="=?utf-8?B?Wm/D?=\r\n =?utf-8?B?qy54bHN4?="', "Zoë.xlsx"),
        ('filename="Zoë.xlsx"'.encode(), "Zoë.xlsx"),
        ('filename="Zoë.xlsx"'.encode("latin-1"), "Zoë.xlsx"),
        (b'filename="C:\\\\Users\\\\gil\\\\form.xlsx"', "form.xlsx"),
        (b'filename="../../.ssh/form.xlsx"', "form.xlsx"),
        (b'filename="=?utf-8?Q?../../form.xlsx?="', "form.xlsx"),
        (b"filename*=UTF-8''form%E2%80%AExslx.exe", "formxslx.exe"),
        (b'filename="form\r\n .xlsx"', "form .xlsx"),
        (b"filename=", "attachment"),
        (b"", "attachment"),
    ],
)
def test_names_are_read_however_they_are_written_and_are_never_paths(written: bytes, name: str) -> None:
    ((role, is_called, data), *_) = found(with_file(written))
    assert (role, is_called, data) == ("attached", name, FORM)


def test_a_name_that_hides_its_ending_is_marked() -> None:
    assert [part.hidden for part in attached(with_file(b"filename*=UTF-8''form%E2%80%AExslx.exe"))] == [True]
    assert [part.hidden for part in attached(with_file(b'filename="form.xlsx"'))] == [False]


@pytest.mark.parametrize("kind", [b"image/png", b"text/plain", b"text/html", b"", b"x", b"application/octet-stream", b"multipart/mixed"])
def test_a_form_is_told_by_its_bytes_whatever_it_is_declared(kind: bytes) -> None:
    assert [part.data for part in attached(with_file(b"filename=form.xlsx", kind=kind))] == [FORM]
    assert [part.data for part in attached(with_file(b"", kind=kind, disposition=b"inline"))] == [FORM]


def test_a_mail_that_is_nothing_but_a_form() -> None:
    data = mail(lines(FORM), b"application/octet-stream; name=form.xlsx", b"Content-Transfer-Encoding: base64\n")
    assert found(data) == [("attached", "form.xlsx", FORM)]


def test_a_base64_mail_inside_a_mail_which_the_rules_forbid() -> None:
    assert [part.data for part in attached(with_file(b"", mails.OUTLOOK, b"message/rfc822"))] == [mails.OUTLOOK]


def test_a_mail_inside_a_mail_is_called_by_its_subject() -> None:
    (inner,) = attached(with_file(b"", mails.OUTLOOK, b"message/rfc822"))
    assert inner.name == "Referral – place of concern"
    (bare,) = attached(
        mail(b"--b\r\nContent-Type: message/rfc822\r\n\r\nX-A: b\r\nFrom: c\r\n\r\nHi\r\n--b--", b"multipart/mixed; boundary=b")
    )
    assert bare.name == "attached message"


def test_a_mail_that_the_library_wrote_comes_out_the_same() -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "Ünïcode " * 20, "Zoë Łuk <zoe@school.example>"
    message.set_content("Plain – text\n")
    message.add_attachment(FORM, maintype="application", subtype="x", filename="Zoë " + "long " * 30 + ".xlsx")
    form, text = parts(message.as_bytes())
    assert form.data == FORM
    assert form.name.startswith("Zoë long long")
    assert form.name.endswith(".xlsx")
    assert form.mail
    assert (form.mail.sender, len(form.mail.subject)) == ("Zoë Łuk <zoe@school.example>", 159)
    assert text.data.decode().strip() == "Plain – text"


def test_a_subject_is_cleaned_and_cut() -> None:
    (part,) = parts(mail(b"Hi").replace(b"Subject: Form", b"Subject: a\x07\xe2\x80\xae" + b"b" * 500))
    assert part.mail
    assert part.mail.subject == "a" + "b" * 198 + "…"


def test_a_file_written_into_the_text_as_old_programs_do() -> None:
    body = b"".join(binascii.b2a_uu(FORM[at : at + 45]) for at in range(0, len(FORM), 45))
    form, text = parts(mail(b"Here:\n\nbegin 644 form.xlsx\n" + body + b"`\nend\nBye\n"))
    assert (form.name, form.data) == ("form.xlsx", FORM)
    assert text.data.decode().split() == ["Here:", "Bye"]


def test_plain_text_is_preferred_to_html_without_a_table() -> None:
    assert "<" not in text_of(mails.OUTLOOK)


def test_html_is_given_where_there_is_no_other_text() -> None:
    assert text_of(mail(b"<p>Zo\xc3\xab</p>", b"text/html")) == "<p>Zoë</p>"


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        (b"utf-8", "Zoë".encode()),
        (b"iso-8859-1", "Zoë".encode("latin-1")),
        (b"iso-8859-1", "Zoë".encode()),
        (b"us-ascii", "Zoë".encode("cp1252")),
        (b"windows-1250", "Zoë".encode("cp1250")),
        (b"utf-16", "Zoë".encode("utf-16")),
        (b"zlib_codec", "Zoë".encode()),
        (b"nonsense", "Zoë".encode()),
    ],
)
def test_text_is_read_in_the_letters_it_was_written_in(charset: bytes, body: bytes) -> None:
    data = mail(lines(body), b"text/plain; charset=" + charset, b"Content-Transfer-Encoding: base64\n")
    assert text_of(data).strip() == "Zoë"


def test_flowed_text_comes_as_the_paragraphs_that_were_typed() -> None:
    text = text_of(mail(b"Concerns: she was \r\nseen there\r\nAge: 15\r\n-- \r\nGil\r\n", b"text/plain; format=flowed"))
    assert text.splitlines() == ["Concerns: she was seen there", "Age: 15", "-- ", "Gil"]


def test_a_picture_is_shown_only_where_the_text_shows_it() -> None:
    phone = with_file(b'filename="IMG_0001.jpg"', b"\xff\xd8\xff\xe0" + bytes(100), b"image/jpeg", b"inline; ")
    assert [(role, name) for role, name, _ in found(phone)] == [("attached", "IMG_0001.jpg")]


def test_a_form_called_a_picture_is_not_taken_for_a_logo() -> None:
    data = mails.OUTLOOK.replace(lines(LOGO), lines(FORM))
    assert [part.data for part in attached(data)] == [FORM, FORM]


def test_a_signed_mail_is_read_and_its_signature_left_out() -> None:
    signature = b"\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + bytes(50)
    body = b"--s\r\n" + b"Content-Type: text/plain\r\n\r\nHello\r\n--s\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n"
    data = mail(body + b"Content-Transfer-Encoding: base64\r\n\r\n" + lines(signature) + b"--s--\r\n", b"multipart/signed; boundary=s")
    assert [(role, name) for role, name, _ in found(data)] == [("text", "text of the e-mail")]


@pytest.mark.parametrize(("number", "kind"), [(b"\x07\x03", "smime"), (b"\x07\x02", "smime_signed")])
def test_an_encrypted_mail_is_told_by_its_bytes(number: bytes, kind: str) -> None:
    content = b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01" + number + bytes(50)
    data = mail(lines(content), b'application/pkcs7-mime; name="smime.p7m"', b"Content-Transfer-Encoding: base64\n")
    assert [(part.name, sniff(part.data)) for part in attached(data)] == [("smime.p7m", kind)]


def test_calendar_invites_and_cards_are_attachments_like_any() -> None:
    invite = b"--a\r\n\r\nHi\r\n--a\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n--a--\r\n"
    assert [part.data.strip() for part in attached(mail(invite, b"multipart/alternative; boundary=a"))] == [b"BEGIN:VCALENDAR"]


def test_the_same_text_in_yet_another_form_is_left_out_but_never_a_file() -> None:
    other = b"--a\r\n\r\nHi\r\n--a\r\nContent-Type: text/x-amp-html\r\nContent-Transfer-Encoding: base64\r\n\r\n%s--a--\r\n"
    for data, out in ((b"<html>Hi</html>", []), (FORM, [FORM])):
        assert [part.data for part in attached(mail(other % lines(data), b"multipart/alternative; boundary=a"))] == out


BROKEN = {
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "blank lines before it": lambda data: b"\r\n\r\n" + data,
    "a mailbox's line before it": lambda data: b">From gil@school.example Mon Nov 16 09:00:00 2026\r\n" + data,
    "old Macintosh line ends": lambda data: data.replace(b"\r\n", b"\r"),
    "Unix line ends": lambda data: data.replace(b"\r\n", b"\n"),
    "doubled line ends": lambda data: data.replace(b"\r\n", b"\r\r\n"),
    "a field without its indent": lambda data: data.replace(b"\r\n\tboundary", b"\r\nboundary", 1),
    "a line that is no field": lambda data: b"X-A: b\r\n>From gil@school.example\r\n" + data,
    "the wrong boundary": lambda data: data.replace(b'boundary="_005_LO2P265_"', b'boundary="other"'),
    "no boundary": lambda data: data.replace(b'\r\n\tboundary="_005_LO2P265_"', b""),
    "an encoding in capitals with a comment": lambda data: data.replace(b"Encoding: base64", b"Encoding: BASE64; x"),
    "text before and after": lambda data: (
        data.replace(b"\r\n\r\n--_005", b"\r\n\r\nWarning: this mail comes from outside.\r\n--_005", 1) + b"Checked"
    ),
    "a fields' end without a blank": lambda data: data.replace(b"Subject: ", b"Subject:").replace(b"Content-Type: m", b"Content-Type:m"),
    "UTF-16": lambda data: data.decode("latin-1").encode("utf-16"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_the_form_comes_out_of_a_mail_that_was_bent_on_its_way(broken: str) -> None:
    data = BROKEN[broken](mails.OUTLOOK)
    assert sniff_head(data) == "email"
    assert FORM in [part.data for part in attached(data)]


def test_a_mail_cut_short_is_refused_since_a_form_may_be_missing() -> None:
    assert code(mails.OUTLOOK[:-40]) == "AR27"
    assert code(mails.OUTLOOK[:9000]) == "AR27"


def test_a_mail_that_lacks_only_the_end_of_an_inner_part_is_whole() -> None:
    assert len(parts(mails.OUTLOOK.replace(b"--_000_LO2P265_--\r\n", b""))) == 3


def test_endless_pieces_of_a_name_are_refused_before_they_are_parsed() -> None:
    assert code(with_file(b"".join(b'\r\n filename*%d="x";' % n for n in range(50_000)))) == "AR28"


def test_endless_parts_and_layers_are_refused_before_they_are_parsed() -> None:
    assert code(mail(b"--b\r\n\r\n" * 100_000, b"multipart/mixed; boundary=b")) == "AR40"
    layers = b"".join(b"--%d\r\nContent-Type: multipart/mixed; boundary=%d\r\n\r\n" % (n, n + 1) for n in range(2_000))
    assert code(mail(layers, b"multipart/mixed; boundary=0")) == "AR40"


def test_any_cut_and_any_changed_byte_gives_parts_or_a_refusal() -> None:
    whole = with_file(b"filename*0*=UTF-8''Z%C3%AB;\r\n filename*1=\"x.xlsx\"", FORM[:300])
    for at in range(len(whole)):
        for data in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :], whole[:at] + b"\x00\r\n" + whole[at:]):
            with suppress(InputRefusedError):
                assert all(isinstance(part.data, bytes) for part in parts(data))


def test_a_mailbox_gives_its_mails(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    for data in (mails.OUTLOOK, mails.GMAIL, mail(b"From here on:\r\nFrom me\r\n")):
        box.add(data)
    box.close()
    data = (tmp_path / "box").read_bytes()
    assert sniff_head(data) == "mbox"
    first, second, third = parts(data)
    assert [part.name for part in (first, second, third)] == ["Referral – place of concern", "Re form", "Form"]
    assert [[part.data for part in attached(one.data)] for one in (first, second)] == [[FORM], [FORM]]
    assert text_of(third.data).splitlines()[:2] == ["From here on:", "From me"]


def test_a_thunderbird_mailbox_begins_each_mail_with_a_dash() -> None:
    data = crlf(b"From - Mon Nov 16 09:00:00 2026\nX-Mozilla-Status: 0001\n") + mails.GMAIL
    assert sniff_head(data * 2) == "mbox"
    assert [attached(part.data)[0].data for part in parts(data + b"\r\n" + data)] == [FORM, FORM]


def test_a_text_that_begins_with_the_word_from_is_no_mailbox() -> None:
    assert sniff_head(b"From the school to the panel, 2026\nHello there\n") == "text"
