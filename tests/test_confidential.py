"""Nothing that a child's form says reaches stderr, a log or a file name."""

from __future__ import annotations

import email
from datetime import date
from email import policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest

from mase_docs.blanks import excel
from mase_docs.definition.home import Home
from tests.conftest import Command
from tests.fillers.openpyxl_fill import fill_with_openpyxl
from tests.fillers.qpdf_fill import fill_with_qpdf
from tests.fillers.word_fill import fill_word

MARKER = "Xmarkerx"
COMMANDS = [
    ("read", "{file}"),
    ("check", "{file}"),
    ("agenda", "{file}", "-o", "out.docx"),
    ("minutes", "{file}", "-o", "out.docx"),
    ("minutes", "{file}", "-o", "out.docx", "--include-invalid"),
    ("report", "{file}", "-o", "out.docx"),
    ("--register", "register.sqlite", "receive", "{file}", "--accept", "a test"),
]


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An Excel and a PDF form with the marker typed into every place that takes words."""
    home, folder = Home(), tmp_path_factory.mktemp("marked")
    form = home.form("referral")
    blank = {"xlsx": folder / "blank.xlsx", "pdf": folder / "blank.pdf"}
    blank["xlsx"].write_bytes(excel.build(form, home))
    from mase_docs.blanks import pdf

    blank["pdf"].write_bytes(pdf.build(form, home))
    made = {"xlsx": folder / "form.xlsx", "pdf": folder / "form.pdf"}
    fill_with_openpyxl(blank["xlsx"], {s.name: f"{MARKER} {n}" for n, s in enumerate(home.slots(form, "xlsx"))}, made["xlsx"])
    words = {
        s.name: f"{MARKER} {n}"
        for n, s in enumerate(home.slots(form, "pdf"))
        if not s.option and not s.field.choices and s.field.type != "yes_no"
    }
    fill_with_qpdf(blank["pdf"], words, made["pdf"])
    made["docx"] = _word(home, folder / "form.docx")
    made["pasted"] = _pasted(home, folder / "pasted.eml")
    return made


def _word(home: Home, made: Path) -> Path:
    from mase_docs.blanks import word

    form = home.form("referral")
    typed = {s.name: f"{MARKER} {n}" for n, s in enumerate(home.slots(form, "docx")) if not s.option}
    made.write_bytes(fill_word(word.build(form, home), typed))
    return made


def _pasted(home: Home, made: Path) -> Path:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = f"{MARKER} <{MARKER}@hackney.gov.uk>", f"About {MARKER}"
    mail.set_content("\n".join(f"{f.label}: {MARKER} {n}" for n, f in enumerate(home.form("referral").fields.values())))
    made.write_bytes(mail.as_bytes())
    return made


@pytest.fixture(scope="module")
def flattened(marked: dict[str, Path]) -> dict[str, Path]:
    """Those, and the PDF with its answers drawn on its pages."""
    from tests.intake.printed import by_pdfium

    flat = marked["pdf"].with_name("flat.pdf")
    by_pdfium(marked["pdf"], flat)
    return {**marked, "flat": flat}


@pytest.mark.parametrize("medium", ["xlsx", "pdf", "docx", "pasted", "flat"])
def test_what_goes_back_gives_no_answer_away(medium: str, flattened: dict[str, Path], mase_docs: Command, tmp_path: Path) -> None:
    done = mase_docs("query", flattened[medium], "-o", tmp_path / "out", "--earlier", tmp_path)
    [path] = (tmp_path / "out").glob("*.eml")
    mail = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    body, attached = mail.get_body(("plain",)), [str(part.get_filename()) for part in mail.iter_attachments()]
    assert body
    names = [path.name for path in tmp_path.rglob("*")]
    said = " ".join([done.stdout, done.stderr, str(mail["Subject"]), body.get_content(), *attached, *names])
    assert MARKER.casefold() not in said.casefold()
    assert "look at" in body.get_content()


@pytest.mark.parametrize("medium", ["xlsx", "pdf", "docx", "pasted", "flat"])
def test_nothing_of_a_form_stays_in_the_temporary_folder(
    medium: str, flattened: dict[str, Path], mase_docs: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path / "temporary"))
    assert mase_docs("check", flattened[medium]).returncode == 3
    assert not list((tmp_path / "temporary").rglob("*"))


@pytest.mark.parametrize("medium", ["xlsx", "pdf", "docx", "pasted"])
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_answer_reaches_stderr(words: tuple[str, ...], medium: str, marked: dict[str, Path], mase_docs: Command) -> None:
    if "receive" in words:
        assert mase_docs("--register", "register.sqlite", "init", "--yes").returncode == 0
    done = mase_docs(*(word.format(file=marked[medium]) for word in words))
    assert done.returncode in (0, 3)
    assert MARKER.casefold() not in done.stderr.casefold()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("medium", ["xlsx", "pdf", "docx", "pasted", "flat"])
def test_what_check_says_on_the_screen_repeats_no_answer(medium: str, flattened: dict[str, Path], mase_docs: Command) -> None:
    done = mase_docs("check", flattened[medium])
    assert "error" in done.stdout
    assert MARKER.casefold() not in (done.stdout + done.stderr).casefold()


def test_an_unexpected_failure_is_one_line_without_what_it_was_about(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from mase_docs import cli, pipeline

    def fails(*_: object, **__: object) -> None:
        raise KeyError(MARKER)

    monkeypatch.setattr(pipeline, "read", fails)
    assert cli.run(["read", "."]) == 1
    said = capsys.readouterr().err
    assert MARKER not in said
    assert said.count("\n") == 1
    assert "KeyError" in said


def test_a_document_carries_no_answer_in_its_properties(marked: dict[str, Path], mase_docs: Command, tmp_path: Path) -> None:
    import docx

    mase_docs("minutes", marked["xlsx"], "--include-invalid", "--today", date(2026, 11, 23), "-o", "minutes.docx")
    properties = docx.Document(BytesIO((tmp_path / "minutes.docx").read_bytes())).core_properties
    told = " ".join(
        str(getattr(properties, name)) for name in ("author", "title", "subject", "keywords", "comments", "last_modified_by", "category")
    )
    assert MARKER not in told


ONE, OTHER = "MASE-2026-0001", "MASE-2026-0002"
PHRASE = ("--passphrase-file", "passphrase.txt")
A_MONTH = [
    "init --yes",
    "receive inbox --today 2026-11-22",
    "receive inbox --today 2026-11-22 --accept tried",
    "receive inbox --today 2026-11-22",
    "query inbox/form.xlsx -o to-return",
    "referrals",
    "cases --all",
    f"show {ONE} --history",
    "people list",
    "people matches --all",
    f"people same {ONE} {OTHER}",
    f"people undo {ONE} {OTHER}",
    f"people different {ONE} {OTHER}",
    "places list",
    "places same 1 2",
    "places confirm 999 --name Xmarkerx",
    "links -o links.svg",
    "links -o links.docx",
    f"case set {ONE} --owner Xmarkerx",
    "register verify",
    "register backup -o backup.age --passphrase-file passphrase.txt",
    "--register elsewhere.sqlite register restore backup.age --passphrase-file passphrase.txt",
    "register export -o exported",
    f"register subject-access {ONE} -o for-review",
    "register review --until 2090-01-01",
    f"register keep {ONE} --until 2090-01-01 --because Xmarkerx",
    f"register dispose {ONE} --because Xmarkerx --approved-by Head -o refused.docx --before-due --yes",
    *(f"case close {case} --outcome duplicate --on 2026-11-22 --reason Xmarkerx" for case in (ONE, OTHER)),
    f"register dispose {ONE} --because Xmarkerx --approved-by Head -o refused.docx --before-due --yes",
]
"""What a coordinator does with a register in a month; some of it is refused."""
DISPOSED = f"register dispose {ONE} {OTHER} --because due --approved-by Head -o certificate.docx --before-due --yes"


@pytest.fixture
def office(marked: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two forms that came, and a temporary folder and this computer's seals beside it."""
    from shutil import copy

    for folder in ("inbox", "temporary"):
        (tmp_path / folder).mkdir()
    for medium in ("xlsx", "pasted"):
        copy(marked[medium], tmp_path / "inbox")
    (tmp_path / "passphrase.txt").write_text("a phrase of invented words", "utf-8")
    for name, folder in (("XDG_DATA_HOME", "data"), *((name, "temporary") for name in ("TMPDIR", "TEMP", "TMP"))):
        monkeypatch.setenv(name, str(tmp_path / folder))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_in_a_month_of_a_register_no_answer_is_where_it_must_not_be(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from mase_docs import cli

    def said(words: str) -> str:
        code = cli.run(["--home", ".", *words.split()])
        told = capsys.readouterr()
        assert MARKER.casefold() not in told.err.casefold(), words
        return f"{code} {told.out}"

    for words in A_MONTH:
        said(words)
    shown = said("people list")
    assert shown.count("MASE-2026") >= 2
    assert MARKER in shown
    assert MARKER.encode() in Path("register.sqlite").read_bytes()
    assert said(DISPOSED).startswith("0")
    assert said("register verify").startswith("0")
    assert MARKER.encode() not in Path("register.sqlite").read_bytes()
    _nothing_left(office)


def _nothing_left(office: Path) -> None:
    """No answer is in a file's name, a seal, a note beside the register, the certificate; nothing stays in the temporary folder."""
    names = [str(path.relative_to(office)) for path in office.rglob("*")]
    assert not [name for name in names if MARKER.casefold() in name.casefold()]
    assert not list((office / "temporary").rglob("*"))
    silent = [path for path in (*office.glob("data/**/*"), *office.glob("register.sqlite*"), *office.glob("*.age")) if path.is_file()]
    assert len(silent) >= 5
    assert not [path.name for path in silent if MARKER.casefold().encode() in path.read_bytes().lower()]
    assert MARKER not in "".join(part for part in _parts(office / "certificate.docx"))


def _parts(paper: Path) -> list[str]:
    from zipfile import ZipFile

    with ZipFile(paper) as package:
        return [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
