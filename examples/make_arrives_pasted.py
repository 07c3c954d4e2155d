"""Makes the mails of examples/arrives with a form in their text.

    .venv/bin/python examples/make_arrives_pasted.py     (needs soffice)

The first has the Excel form about a place as LibreOffice writes it as a web page, which is what it pastes into a mail; the second is a
reply with "label: value" lines above the older copy that it corrects.
"""

from __future__ import annotations

import re
import subprocess
import sys
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from tests.intake.pasted_mails import GREETING, SIGNATURE, case, plain_lines  # noqa: E402

OUT = HERE / "arrives"


def main() -> None:
    for file, mail in {"mail_pasted_table.eml": table(), "mail_pasted_lines.eml": lines()}.items():
        (OUT / file).write_bytes(mail.as_bytes(policy=SMTP))
        print(file, (OUT / file).stat().st_size)


def mail(subject: str, number: int, sender: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = sender, "MASE <mase.coordinator@hackney.example>"
    made["Subject"], made["Date"] = subject, "Mon, 16 Nov 2026 10:00:00 +0000"
    made["Message-ID"] = f"<pasted-{number}@hackney.example>"
    return made


def table() -> EmailMessage:
    made = mail("OFFICIAL-SENSITIVE: referral of a place", 1, "R. Nonesuch <r.nonesuch@hackney.gov.uk>")
    made.set_content("The form is in the table below.")
    made.add_alternative(_as_page(HERE / "month" / "10_a_place.xlsx"), subtype="html", cte="quoted-printable")
    made.set_boundary("----=_mase_pasted")
    return made


def _as_page(workbook: Path) -> str:
    """The workbook as a web page, its styles left out, which are most of it."""
    with TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "html", "--outdir", folder, str(workbook)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        page = (Path(folder) / f"{workbook.stem}.html").read_text(encoding="utf-8")
    bare = re.sub(r"<style.*?</style>|<meta[^>]*>|<title>.*?</title>|</?font[^>]*>", "", page, flags=re.DOTALL)
    return re.sub(r"\s(style|class|height|width|align|valign|bgcolor|sdval|sdnum|data-sheets-[a-z]+)=\"[^\"]*\"", "", bare)


def lines() -> EmailMessage:
    form, typed = case("09")
    newest = plain_lines(form, typed).replace("Please shout if anything is missing.", "Corrected below.")
    older = plain_lines(form, {**typed, "family_name": "Sandpiper-Old", "dob": "21/05/2001"}).removeprefix(GREETING).removesuffix(SIGNATURE)
    quoted = "".join(f"> {line}\n" for line in older.split("\n"))
    made = mail("RE: OFFICIAL-SENSITIVE: referral", 2, "K. Wonderland <k.wonderland@nhs.net>")
    made.set_content(f"{newest}\nOn Mon, 16 Nov 2026 at 09:12, MASE wrote:\n\n{quoted}", cte="quoted-printable")
    return made


if __name__ == "__main__":
    main()
