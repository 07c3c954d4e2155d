"""A sender's own Word form, marked: its controls and answers as they were, a shade and a comment at each place asked about."""

from __future__ import annotations

import io
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from lxml import etree

from mase_docs.blanks import word
from mase_docs.definition.home import Home
from mase_docs.errors import InputRefusedError
from mase_docs.intake.reader import read_source
from mase_docs.intake.word_document import WordDocument
from mase_docs.model.submission import Submission
from mase_docs.packs.marked_word import marked
from mase_docs.packs.marks import TINT, Mark
from tests.fillers.word_fill import fill_word
from tests.intake.files import package
from tests.packs.forms import HOSTILE, REFERENCE, TODAY, asked, at, of_bytes, parts, plain

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ASKED = ("family_name", "dob", "concern_types", "linked_people[1].name")


@cache
def filled() -> bytes:
    """Our Word form with texts that programs take for something else, and a date that there isn't."""
    home = Home()
    form = home.form("referral")
    texts = [s for s in home.slots(form, "docx") if s.field.type in ("text", "long_text", "name") and not s.field.choices]
    typed: dict[str, str | bool] = {s.name: HOSTILE[n % len(HOSTILE)] for n, s in enumerate(texts)}
    return fill_word(word.build(form, home), {**typed, "dob": "31.2.2011", "sex": "Female", "concern_types_cse": True})


@cache
def form() -> Submission:
    return of_bytes("a.docx", filled(), Home())


@cache
def back() -> bytes:
    return marked(filled(), at(form(), *ASKED), REFERENCE)


def comments(data: bytes) -> list[str]:
    return [comment.text for comment in document(data).comments]


@cache
def document(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def shaded(data: bytes) -> list[str]:
    """The text of every cell that has the colour of a mark."""
    root = etree.fromstring(parts(data)["word/document.xml"])
    cells = [e.getparent().getparent() for e in root.iter(f"{W}shd") if e.get(f"{W}fill") in TINT.values()]
    return ["".join(cell.itertext(f"{W}t")) for cell in cells]


def test_every_answer_is_read_as_before(home: Home) -> None:
    assert read_source("a.docx", back(), home, TODAY).answers == form().answers
    assert {"=1+1", "@SUM(A1)"} <= {answer.raw for answer in form().answers.values()}


def test_each_place_asked_about_has_a_shade_and_a_comment_of_the_panels() -> None:
    assert comments(back()) == [f"Please look at “{path}” again." for path in ASKED]
    assert {comment.author for comment in document(back()).comments} == {"MASE"}
    assert len(shaded(back())) == len(ASKED)
    assert form().answers["dob"].raw in shaded(back())


def test_each_comment_is_about_the_paragraph_of_its_answer() -> None:
    root = etree.fromstring(parts(back())["word/document.xml"])
    about = {e.get(f"{W}id"): e.getparent() for e in root.iter(f"{W}commentRangeStart")}
    ends = {e.get(f"{W}id"): e.getparent() for e in root.iter(f"{W}commentRangeEnd")}
    said = {e.get(f"{W}id"): e.getparent().getparent() for e in root.iter(f"{W}commentReference")}
    assert about == ends == said
    tags = [[tag.get(f"{W}val") for tag in about[str(n)].iter(f"{W}tag")] for n in range(len(ASKED))]
    assert tags == [["family_name"], ["dob"], ["concern_types_cse"], ["linked_people_1_name"]]


def test_nothing_but_the_marks_is_changed() -> None:
    before, after = parts(filled()), parts(back())
    assert after.keys() - before.keys() == {"word/comments.xml"}
    assert {name for name in before if before[name] != after[name]} == {
        "[Content_Types].xml",
        "docProps/custom.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
    }
    assert without_marks(after["word/document.xml"]) == without_marks(before["word/document.xml"])
    assert b"documentProtection" in after["word/settings.xml"]


def without_marks(part: bytes) -> bytes:
    root = etree.fromstring(part)
    for mark in [e for e in root.iter() if etree.QName(e).localname in ("commentRangeStart", "commentRangeEnd", "shd")]:
        mark.getparent().remove(mark)
    for reference in list(root.iter(f"{W}commentReference")):
        reference.getparent().getparent().remove(reference.getparent())
    return plain(etree.tostring(root))


def test_taking_the_marks_away_leaves_the_document_as_it_was() -> None:
    cleared = parts(marked(back(), [], REFERENCE))
    assert plain(cleared["word/document.xml"]) == plain(parts(filled())["word/document.xml"])
    assert not list(etree.fromstring(cleared["word/comments.xml"]))


def test_marking_again_replaces_the_earlier_marks() -> None:
    again = marked(back(), at(form(), "sex"), "MASE-2026-0008")
    assert comments(again) == ["Please look at “sex” again."]
    assert len(shaded(again)) == 1
    assert b"MASE-2026-0008" in parts(again)["docProps/custom.xml"]


def test_a_senders_own_comment_is_kept() -> None:
    with_theirs = docx.Document(io.BytesIO(filled()))
    paragraph = with_theirs.paragraphs[0]
    with_theirs.add_comment(paragraph.runs or paragraph.add_run("x"), text="Ring me first", author="A sender")
    with_theirs.save(out := io.BytesIO())
    once = marked(out.getvalue(), at(form(), "dob"), REFERENCE)
    assert comments(once) == ["Ring me first", "Please look at “dob” again."]
    assert comments(marked(once, [], REFERENCE)) == ["Ring me first"]


def test_words_that_a_program_put_beside_our_comment_are_kept() -> None:
    """Some programs join runs when they save, and an answer then stands in one with the sign of the comment."""
    document = parts(back())["word/document.xml"].replace(b"<w:commentReference ", b"<w:t>kept</w:t><w:commentReference ")
    cleared = parts(marked(package({**parts(back()), "word/document.xml": document}), [], REFERENCE))["word/document.xml"]
    assert cleared.count(b"<w:t>kept</w:t>") == len(ASKED)
    assert b"commentReference" not in cleared


def test_what_is_asked_of_a_real_form_is_on_it(home: Home) -> None:
    made = marked(filled(), asked(form(), home), REFERENCE)
    assert (
        "The answer to “Date of birth” could not be understood as a date. Please give it as day, month and year, like 3 July 2011."
        in comments(made)
    )


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(text: str, span: int = 1, more: str = "") -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/><w:vAlign w:val="top"/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p>{more}</w:tc>'


def small(body: str) -> bytes:
    """A borough's own document, of a few words."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    relation = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return package(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}"/>',
            "_rels/.rels": f'<Relationships xmlns="{relation}"><Relationship Id="a" Type="{office}" Target="d.xml"/></Relationships>',
            "d.xml": f'<w:document xmlns:w="{W[1:-1]}"><w:body>{body}</w:body></w:document>',
        }
    )


INNER = table(cell("inner one") + cell("inner two"))
OWN = table(cell("Name") + cell("Xenia", 2) + cell("DoB"), cell("Risks", 1, INNER) + cell("Low", 3)) + table(cell("Last"))
ALONE = "<w:p><w:pPr><w:spacing/><w:jc w:val='left'/></w:pPr><w:r><w:t>Signed: nobody</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("table 1, row 1, column 2", "Xenia"),
        ("table 1, row 1, column 4", "DoB"),
        ("table 1, row 2, column 2", "Low"),
        ("table 2, row 1, column 2", "inner two"),
        ("table 3, row 1, column 1, table 1, row 1, column 1", "Last"),
        ("paragraph 1", "Name"),
        ("paragraph 9", "Signed: nobody"),
        ("table 1, row 1, column 3", None),
        ("table 9, row 1, column 1", None),
        ("paragraph 99", None),
        ("", None),
    ],
)
def test_the_places_of_a_boroughs_own_form_are_found(place: str, text: str | None) -> None:
    made = etree.fromstring(parts(marked(small(OWN + ALONE), [Mark("x", place, "x", "?")], REFERENCE))["d.xml"])
    found = ["".join(e.getparent().itertext(f"{W}t")) for e in made.iter(f"{W}commentRangeStart")]
    assert found == ([text] if text else [])


def test_every_place_that_the_reading_tells_is_the_place_that_is_marked() -> None:
    sheet = WordDocument(small(OWN + ALONE)).sheet
    told = {sheet.place(at): str(filled_cell.value) for at, filled_cell in sheet.cells.items()}
    assert len(told) == 9
    for place, text in told.items():
        made = etree.fromstring(parts(marked(small(OWN + ALONE), [Mark("x", place, "x", "?")], REFERENCE))["d.xml"])
        assert ["".join(e.getparent().itertext(f"{W}t")) for e in made.iter(f"{W}commentRangeStart")] == [text]


def test_shading_stands_where_word_expects_it() -> None:
    marks = [Mark("x", place, "x", "?") for place in ("table 1, row 1, column 1", "paragraph 9")]
    root = etree.fromstring(parts(marked(small(OWN + ALONE), marks, REFERENCE))["d.xml"])
    around = [[etree.QName(e).localname for e in shade.getparent()] for shade in root.iter(f"{W}shd")]
    assert around == [["gridSpan", "shd", "vAlign"], ["shd", "spacing", "jc"]]


def test_a_document_that_cannot_be_marked_is_refused_in_one_sentence() -> None:
    with pytest.raises(InputRefusedError, match="cannot be marked"):
        marked(package({"[Content_Types].xml": "<Types/>"}), [], REFERENCE)


def test_it_is_as_word_would_write_it(tmp_path: Path) -> None:
    from openxml_audit import OpenXmlValidator

    (tmp_path / "form.docx").write_bytes(back())
    assert not list(OpenXmlValidator().validate(str(tmp_path / "form.docx")).errors)
    done = subprocess.run(["ooxml-integrity", "check", tmp_path / "form.docx"], capture_output=True, text=True, env=_environment())
    assert "0 error(s), 0 warning(s)" in done.stdout


def _environment() -> dict[str, str]:
    import os
    import sys

    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


@pytest.mark.needs("soffice")
def test_libreoffice_keeps_the_marks_and_we_can_take_them_away_again(tmp_path: Path) -> None:
    (tmp_path / "form.docx").write_bytes(back())
    command: list[Any] = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "docx"]
    subprocess.run([*command, "--outdir", tmp_path / "saved", tmp_path / "form.docx"], check=True, capture_output=True, timeout=120)
    saved = (tmp_path / "saved" / "form.docx").read_bytes()
    assert sorted(comments(saved)) == sorted(comments(back()))
    assert sorted(shaded(saved)) == sorted(shaded(back()))
    cleared = marked(saved, [], REFERENCE)
    assert (comments(cleared), shaded(cleared)) == ([], [])
