"""What e-mails and archives bring: every form in them, each with its way in its name, and a word about whatever else was there."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from mase_docs.definition.home import Home
from mase_docs.intake.arriving import Arrivals, here
from mase_docs.intake.parts import Part
from mase_docs.model.submission import Mail, Submission
from tests.conftest import ROOT

MONTH = ROOT / "examples" / "month"
FORM, OTHER = (MONTH / "10_a_place.xlsx").read_bytes(), (MONTH / "04_placed_elsewhere.xlsx").read_bytes()
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(200)
HELLO = "Please find the form attached. Kind regards, Ann"


@pytest.fixture
def inbox(home: Home) -> Arrivals:
    return Arrivals(here(home, date(2026, 11, 23)))


def mail(*attached: tuple[str, bytes], id: str = "<one@hackney.example>", text: str = HELLO, logo: bool = False) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = "Ann Bee <ann.bee@hackney.example>", "The form you asked for", id
    made.set_content(text)
    if logo:
        made.add_alternative('<p>See attached.</p><img src="cid:logo">', subtype="html")
        made.get_payload()[1].add_related(PICTURE, "image", "png", cid="<logo>", filename="image001.png")  # type: ignore[union-attr,index]
    for name, data in attached:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def seen(inbox: Arrivals, name: str, data: bytes) -> list[tuple[str, str | None, list[str]]]:
    return [
        (s.source.name, s.form, [f"{p.severity} {p.code}" for p in s.problems if p.code.startswith("AR")])
        for s in inbox.of(Part(name, data))
    ]


def test_a_form_in_a_mail_is_read_and_knows_its_mail(inbox: Arrivals) -> None:
    [form] = inbox.of(Part("monday.eml", mail(("form.xlsx", FORM))))
    assert (form.source.name, form.form) == ("monday.eml › form.xlsx", "context_referral")
    assert form.source.mail == Mail("The form you asked for", "Ann Bee <ann.bee@hackney.example>", "one@hackney.example")


def test_a_logo_is_passed_over_and_a_letter_is_told(inbox: Arrivals) -> None:
    letter = b"%PDF-1.4 a letter"
    found = seen(inbox, "monday.eml", mail(("form.xlsx", FORM), ("notes.txt", b"Some words"), logo=True))
    assert found == [
        ("monday.eml › form.xlsx", "context_referral", []),
        ("monday.eml › notes.txt", None, ["note AR18"]),
    ]
    assert seen(inbox, "b.eml", mail(("form.xlsx", FORM), ("letter.pdf", letter), id="<b@x>"))[1][2] == ["error AR27"]


def test_a_form_that_is_not_known_beside_one_that_is_stays_a_warning(inbox: Arrivals) -> None:
    from openpyxl import Workbook

    out = io.BytesIO()
    Workbook().save(out)
    assert seen(inbox, "monday.eml", mail(("form.xlsx", FORM), ("other.xlsx", out.getvalue())))[1][2] == ["warning AR18"]


def test_a_zip_in_a_mail_in_a_mail_is_opened_down_to_its_forms(inbox: Arrivals) -> None:
    inner = mail(("forms.zip", zipped(**{"a/one.xlsx": FORM, "two.xlsx": OTHER})), id="<inner@x>")
    names = [name for name, form, _ in seen(inbox, "outer.eml", mail(("fwd.eml", inner))) if form]
    assert names == ["outer.eml › fwd.eml › forms.zip › a › one.xlsx", "outer.eml › fwd.eml › forms.zip › two.xlsx"]


def test_files_in_files_without_end_are_refused(inbox: Arrivals) -> None:
    data = FORM
    for _ in range(8):
        data = zipped(**{"again.zip": data})
    assert [codes for _, _, codes in seen(inbox, "deep.zip", data)] == [["error AR40"]]


def test_a_bomb_with_many_floors_is_one_line_and_what_lies_beside_it_is_read(inbox: Arrivals) -> None:
    data = FORM
    for _ in range(7):
        data = zipped(**{"a.zip": data, "b.zip": data})
    found = seen(inbox, "bomb.zip", zipped(**{"bomb.zip": data, "form.xlsx": OTHER}))
    assert [(name, codes) for name, _, codes in found if codes] == [("bomb.zip", ["error AR40"])]
    assert [form for _, form, _ in found if form] == ["referral"]


def test_a_mail_with_no_form_in_it_is_one_line(inbox: Arrivals) -> None:
    assert seen(inbox, "thanks.eml", mail(text="Thank you for the minutes.", logo=True)) == [("thanks.eml", None, ["error AR18"])]


def test_a_mail_encrypted_in_its_text_is_said_to_be(inbox: Arrivals) -> None:
    [told] = inbox.of(Part("secret.eml", mail(text="-----BEGIN PGP MESSAGE-----\n\nhQEMA0\n-----END PGP MESSAGE-----")))
    assert "PGP" in told.problems[0].message


def test_a_damaged_form_stays_an_error_whatever_the_text_says(inbox: Arrivals) -> None:
    assert seen(inbox, "monday.eml", mail(("form.xlsx", FORM[:4000]))) == [("monday.eml › form.xlsx", None, ["error AR27"])]


def test_a_mail_given_twice_is_taken_once_and_another_of_the_same_number_is_not_lost(inbox: Arrivals) -> None:
    assert seen(inbox, "a.eml", mail(("form.xlsx", FORM)))[0][1] == "context_referral"
    assert seen(inbox, "copy of a.eml", mail(("form.xlsx", FORM))) == [("copy of a.eml", None, ["note AR18"])]
    assert seen(inbox, "c.eml", mail(("form.xlsx", OTHER)))[0][1] == "referral"


def test_a_mail_taken_twice_is_no_failure(tmp_path: Path, mase_docs: object) -> None:
    for name in ("a.eml", "b.eml"):
        (tmp_path / name).write_bytes(mail(("form.xlsx", FORM)))
    done = mase_docs("read", tmp_path / "a.eml", tmp_path / "b.eml")  # type: ignore[operator]
    assert done.returncode == 0
    assert "given before" in done.stderr


def test_a_form_pasted_into_the_text_counts_only_where_none_is_attached(inbox: Arrivals) -> None:
    text = pasted(next(iter(inbox.of(Part("form.xlsx", OTHER)))))
    [read] = [found for found in seen(inbox, "pasted.eml", mail(text=text, id="<p@x>")) if found[1]]
    assert read[0] == "pasted.eml › text of the e-mail"
    assert "warning AR17" in read[2]
    assert [name for name, form, _ in seen(inbox, "both.eml", mail(("form.xlsx", FORM), text=text, id="<q@x>")) if form] == [
        "both.eml › form.xlsx"
    ]


def pasted(form: Submission) -> str:
    """A form's questions and answers as lines of text."""
    definition = Home().form("referral")
    plain = {path: a.raw for path, a in form.answers.items() if a.raw and "[" not in path and "\n" not in a.raw}
    return "\n".join(f"{definition.label_at(path)}: {raw}" for path, raw in plain.items())


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\Windows\\form.xlsx", "form\u202exslx.exe", "/abs/form.xlsx", "a\x00b.xlsx"])
def test_a_name_never_leads_out_of_its_folder_or_hides_its_ending(inbox: Arrivals, name: str) -> None:
    data = mail(("PLACEHOLDER.xlsx", FORM)).replace(b"PLACEHOLDER.xlsx", name.encode("unicode_escape") if "\x00" in name else name.encode())
    shown = [s.source.name.removeprefix("monday.eml › ") for s in inbox.of(Part("monday.eml", data))]
    assert all(not {"/", "\\", "\u202e", "\x00"} & set(one) for one in shown), shown


def test_the_name_of_a_file_in_a_folder_hides_nothing_either(inbox: Arrivals, tmp_path: Path) -> None:
    odd = tmp_path / "form\u202exslx.exe"
    odd.write_bytes(FORM)
    [form] = inbox.at(odd)
    assert (form.source.name, [p.code for p in form.problems]) == ("formxslx.exe", ["AR41"])


def test_an_mbox_gives_every_mail_of_it(inbox: Arrivals) -> None:
    mails = mail(("a.xlsx", FORM)), mail(("b.xlsx", OTHER), id="<2@x>")
    box = b"".join(b"From ann@x Mon Nov 23 10:00:00 2026\n" + one + b"\n\n" for one in mails)
    assert [form for _, form, _ in seen(inbox, "november.mbox", box) if form] == ["context_referral", "referral"]
