"""Mails as mail programs write them, byte by byte: their own order of fields, boundaries, names and encodings. Every word is invented."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path

from tests.conftest import ROOT

FORM = (ROOT / "examples/month/10_a_place.xlsx").read_bytes()
PDF_FORM = (ROOT / "examples/boroughs/eastwick_referral.pdf").read_bytes()
LOGO = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")
XLSX = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def lines(data: bytes, width: int = 76, end: bytes = b"\r\n") -> bytes:
    """Base64 in lines, as a mail holds it."""
    text = base64.b64encode(data)
    return end.join(text[at : at + width] for at in range(0, len(text), width)) + end


def crlf(text: bytes) -> bytes:
    return text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


OUTLOOK = crlf(
    b"""Received: from LO2P265MB0001.gbrp265.prod.outlook.example (2603:10a6::1) by
 CWLP265MB0002.gbrp265.prod.outlook.example with HTTPS; Mon, 16 Nov 2026 09:12:01 +0000
ARC-Seal: i=1; a=rsa-sha256; s=arcselector10001; d=microsoft.example; cv=none;
 b=AAAA
From: "Okafor, Ben" <ben.okafor@school.example>
To: MASE Panel <mase@borough.example>
Subject: =?utf-8?B?UmVmZXJyYWwg4oCTIHBsYWNlIG9mIGNvbmNlcm4=?=
Thread-Topic: Referral
Thread-Index: AQHcAAAA
Date: Mon, 16 Nov 2026 09:11:58 +0000
Message-ID: <LO2P265MB0001AAAA@LO2P265MB0001.GBRP265.PROD.OUTLOOK.EXAMPLE>
Accept-Language: en-GB, en-US
Content-Language: en-US
X-MS-Has-Attach: yes
Content-Type: multipart/mixed;
	boundary="_005_LO2P265_"
MIME-Version: 1.0

--_005_LO2P265_
Content-Type: multipart/related;
	boundary="_004_LO2P265_"; type="multipart/alternative"

--_004_LO2P265_
Content-Type: multipart/alternative;
	boundary="_000_LO2P265_"

--_000_LO2P265_
Content-Type: text/plain; charset="Windows-1252"
Content-Transfer-Encoding: quoted-printable

Dear panel, the form is attached. It=92s about the caf=E9.

--_000_LO2P265_
Content-Type: text/html; charset="Windows-1252"
Content-Transfer-Encoding: quoted-printable

<html><body>Dear panel, the form is attached. It=92s about the caf=E9.<img src=3D"cid:image001.png@01DC"></body></html>

--_000_LO2P265_--

--_004_LO2P265_
Content-Type: image/png; name="image001.png"
Content-Description: image001.png
Content-Disposition: inline; filename="image001.png"; size=70;
	creation-date="Mon, 16 Nov 2026 09:11:58 GMT"
Content-ID: <image001.png@01DC>
Content-Transfer-Encoding: base64

"""
    + lines(LOGO)
    + b"""
--_004_LO2P265_--

--_005_LO2P265_
Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;
	name="=?utf-8?B?UmVmZXJyYWwg4oCTIGNhZsOpLnhsc3g=?="
Content-Description: =?utf-8?B?UmVmZXJyYWwg4oCTIGNhZsOpLnhsc3g=?=
Content-Disposition: attachment;
	filename="=?utf-8?B?UmVmZXJyYWwg4oCTIGNhZsOpLnhsc3g=?="; size=18810
Content-Transfer-Encoding: base64

"""
    + lines(FORM)
    + b"""
--_005_LO2P265_--
"""
)

GMAIL = crlf(
    b"""MIME-Version: 1.0
From: Ama Mensah <ama@youth.example>
Date: Mon, 16 Nov 2026 09:00:00 +0000
Message-ID: <CAK0000@mail.gmail.example>
Subject: Re: form
To: mase@borough.example
Content-Type: multipart/mixed; boundary="000000000000aa"

--000000000000aa
Content-Type: multipart/alternative; boundary="000000000000bb"

--000000000000bb
Content-Type: text/plain; charset="UTF-8"

Here it is.

--000000000000bb
Content-Type: text/html; charset="UTF-8"
Content-Transfer-Encoding: quoted-printable

<div dir=3D"ltr">Here it is.<br><table><tr><td>Name</td><td>Zo=C3=AB</td></tr></table></div>

--000000000000bb--
--000000000000aa
Content-Type: application/octet-stream;
	name*=UTF-8''R%C3%A9f%C3%A9rence%20%26%20form.xlsx
Content-Disposition: attachment;
	filename="R?f?rence form.xlsx";
	filename*0*=UTF-8''R%C3%A9f%C3%A9ren;
	filename*1*=ce%20%26%20form;
	filename*2=".xlsx"
Content-Transfer-Encoding: base64
X-Attachment-Id: f_1

"""
    + lines(FORM)
    + b"""--000000000000aa--
"""
)

APPLE = crlf(
    b"""From: Cara Lee <cara@clinic.example>
Content-Type: multipart/mixed;
	boundary="Apple-Mail=_1"
Mime-Version: 1.0 (Mac OS X Mail 16.0 \\(3776\\))
Subject: The form
Message-Id: <AAAA-BBBB@clinic.example>
Date: Mon, 16 Nov 2026 10:00:00 +0000
To: mase@borough.example
X-Mailer: Apple Mail (2.3776)

--Apple-Mail=_1
Content-Transfer-Encoding: 7bit
Content-Type: text/plain;
	charset=us-ascii

Before the form.

--Apple-Mail=_1
Content-Disposition: inline;
	filename=form.pdf
Content-Type: application/pdf;
	x-unix-mode=0644;
	name="form.pdf"
Content-Transfer-Encoding: base64

"""
    + lines(PDF_FORM)
    + b"""
--Apple-Mail=_1
Content-Transfer-Encoding: 7bit
Content-Type: text/plain;
	charset=us-ascii

After the form.

--Apple-Mail=_1--
"""
)

THUNDERBIRD_FORWARD = crlf(
    b"""Message-ID: <outer@social.example>
Date: Mon, 16 Nov 2026 11:00:00 +0000
MIME-Version: 1.0
User-Agent: Mozilla Thunderbird
Content-Language: en-GB
To: mase@borough.example
From: Dev Patel <dev@social.example>
Subject: Fwd: Referral
Content-Type: multipart/mixed; boundary="------------Tb1"

This is a multi-part message in MIME format.
--------------Tb1
Content-Type: text/plain; charset=UTF-8; format=flowed
Content-Transfer-Encoding: 8bit

Please see the mail of our colleague, which she sent \xe2\x80\x93 as she says \xe2\x80\x93 to the\x20
wrong address.

--\x20
Dev
--------------Tb1
Content-Type: message/rfc822; charset=UTF-8; name="Referral.eml"
Content-Disposition: attachment; filename="Referral.eml"
Content-Transfer-Encoding: 7bit

"""
    + GMAIL
    + b"""
--------------Tb1--
"""
)

LOTUS = crlf(
    b"""Return-Path: <eve@trust.example>
Delivered-To: mase@borough.example
Subject: Referral form
MIME-Version: 1.0
From: Eve Stone <eve@trust.example>
To: mase@borough.example
Message-ID: <OF00.AAAA-ON802@trust.example>
X-Mailer: Lotus Notes Release 9.0.1
Content-Type: multipart/mixed; boundary="0__=0FBB"
Content-Disposition: inline

--0__=0FBB
Content-type: text/plain; charset=ISO-8859-1
Content-transfer-encoding: quoted-printable

Attached=2E (See attached file: form.xlsx)

--0__=0FBB
Content-type: application/octet-stream;
	name="form.xlsx"
Content-Disposition: attachment; filename="form.xlsx"
Content-transfer-encoding: base64

"""
    + lines(FORM, 72)
    + b"""
--0__=0FBB--

"""
)

TNEF = b"\x78\x9f\x3e\x22\x01\x00" + bytes(40)
WINMAIL = crlf(
    b"""From: Finn Gray <finn@police.example>
To: mase@borough.example
Subject: Form
Message-ID: <rich@police.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="----=_NextPart_000"

------=_NextPart_000
Content-Type: text/plain; charset="us-ascii"

See attached.
------=_NextPart_000
Content-Type: application/ms-tnef; name="winmail.dat"
Content-Disposition: attachment; filename="winmail.dat"
Content-Transfer-Encoding: base64

"""
    + lines(TNEF)
    + b"""
------=_NextPart_000--
"""
)


def mail(body: bytes, kind: bytes = b"text/plain", head: bytes = b"") -> bytes:
    """A plain mail of one part."""
    first = (
        b"From: Gil Hart <gil@school.example>\nTo: mase@borough.example\nSubject: Form\nMessage-ID: <1@school.example>\nMIME-Version: 1.0\n"
    )
    return crlf(first + head + b"Content-Type: " + kind + b"\n\n") + body


def with_file(name: bytes, data: bytes = FORM, kind: bytes = XLSX, disposition: bytes = b"attachment; ") -> bytes:
    """A mail with one file, its name written as it is given."""
    part = b"Content-Type: " + kind + b"\r\nContent-Disposition: " + disposition + name + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return mail(b"--b\r\n" + part + lines(data) + b"--b--\r\n", b"multipart/mixed; boundary=b")


def quoted(text: str) -> bytes:
    return quopri.encodestring(text.encode())


def saved(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name
