"""Makes the mails and the archive of examples/arrives.

    .venv/bin/python examples/make_arrives_mail.py     (needs qpdf)

The forms in them are case 10 of cases.toml: the workbook of the month, and the same typed into the PDF form by PDFium. The archive is
packed by pyzipper; Outlook cannot be had here, so the message in a message is written property by property (tests/intake).
"""

from __future__ import annotations

import io
import subprocess
import sys
import tomllib
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from tempfile import TemporaryDirectory

import pyzipper

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from examples.make_month import HOME, answers_of, keystrokes, radio_groups  # noqa: E402
from mase_docs.blanks import pdf  # noqa: E402
from tests.fillers.pdfium_fill import fill_with_pdfium  # noqa: E402
from tests.intake import outlook_messages as ole  # noqa: E402
from tests.intake.mails import LOGO  # noqa: E402
from tests.intake.outlook_messages import attached, carried, message, msg  # noqa: E402

OUT = HERE / "arrives"
CASE = "10_a_place.xlsx"
FORM = (HERE / "month" / CASE).read_bytes()
XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PASSWORD = "blue lamp 47"  # the one in passwords.txt
LINK = "I could not attach the form. It is here: https://southmere-my.sharepoint.com/:x:/g/personal/r_nonesuch/invented"


def main() -> None:
    first = mail("1@hackney.gov.uk", "Place referral", "Dear panel, the form is attached.", FORM)
    made = {
        "mail_form_and_logo.eml": first,
        "mail_forwarded.msg": forwarded(),
        "zip_locked.zip": locked(),
        "mailbox_one_twice.mbox": mailbox(first, mail("2@hackney.gov.uk", "The form", LINK), first),
    }
    for name, data in made.items():
        (OUT / name).write_bytes(data)
        print(name, len(data))
    known = OUT / "passwords.txt"
    words = known.read_text(encoding="utf-8").splitlines() if known.exists() else []
    known.write_text("\n".join(dict.fromkeys([*words, PASSWORD])) + "\n", encoding="utf-8")


def mail(number: str, subject: str, text: str, form: bytes = b"") -> bytes:
    made = EmailMessage(SMTP)
    made["From"], made["To"] = "R. Nonesuch <r.nonesuch@hackney.gov.uk>", "MASE <mase@hackney.gov.uk>"
    made["Subject"], made["Message-ID"], made["Date"] = subject, f"<{number}>", "Mon, 16 Nov 2026 09:00:00 +0000"
    made.set_content(text)
    if form:
        made.add_alternative(f'<html><body><p>{text}</p><img src="cid:logo"></body></html>', subtype="html")
        made.get_payload()[1].add_related(LOGO, "image", "png", cid="<logo>", filename="logo.png")
        made.add_attachment(form, "application", XLSX, filename="Place referral – Heron Row.xlsx")
    for number, part in enumerate(part for part in made.walk() if part.is_multipart()):
        part.set_boundary(f"invented-{number}")
    return made.as_bytes()


def forwarded() -> bytes:
    """A message that somebody forwarded as an attachment, with the PDF form in it."""
    sent = {
        ole.SUBJECT: "Place referral",
        ole.BODY: "Dear panel, the form is attached.",
        ole.SENDER_NAME: "R. Nonesuch",
        ole.SENDER_SMTP: "r.nonesuch@hackney.gov.uk",
        ole.MESSAGE_ID: "<3@hackney.gov.uk>",
    }
    inside = message(sent, [attached("Place referral.pdf", pdf_form())])
    outer = {
        ole.SUBJECT: "FW: Place referral",
        ole.BODY: "For the panel.",
        ole.SENDER_NAME: "Duty desk",
        ole.MESSAGE_ID: "<4@hackney.gov.uk>",
    }
    return msg(outer, [carried("Place referral", inside)])


def pdf_form() -> bytes:
    script = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))
    case = next(case for case in script["case"] if case["file"] == CASE)
    form = HOME.form(case["form"])
    with TemporaryDirectory() as name:
        blank, filled, small = (Path(name) / each for each in ("blank.pdf", "filled.pdf", "small.pdf"))
        blank.write_bytes(pdf.build(form, HOME))
        fill_with_pdfium(blank, dict(keystrokes(form, "pdf", answers_of(case, script), radio_groups(blank))), filled)
        options = ["--object-streams=generate", "--recompress-flate", "--compression-level=9", "--deterministic-id"]
        subprocess.run(["qpdf", *options, filled, small], check=True)
        return small.read_bytes()


def locked() -> bytes:
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(PASSWORD.encode())
        archive.writestr("For the panel/Place referral.xlsx", FORM)
    return out.getvalue()


def mailbox(*mails: bytes) -> bytes:
    """As Thunderbird keeps a folder."""
    return b"".join(b"From - Mon Nov 16 09:00:00 2026\r\n" + mail + b"\r\n" for mail in mails)


if __name__ == "__main__":
    main()
