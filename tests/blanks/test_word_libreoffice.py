"""The Word form in the hands of the real LibreOffice."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.blanks.word_blanks import WordForm, blank, find, words
from tests.fillers.word_fill import fill_word

pytestmark = pytest.mark.needs("soffice")

TYPED = {
    "keeper": "Łukasz Żółć",
    "planted": "03/07/2011",
    "surveyed": "3/7/2011 14:30",
    "acres": "12",
    "phone": "02079460001",
    "walled": "Yes",
    "main_tree": "A tree nobody has named",
    "pear_notes": "O'Shea & Sons <x>\n{{ 7*7 }} “Bee”",
    "pickers_1_since": "Not known",
    "health_oak_evidence": "=1+1 is not what was meant",
}
TICKED = ("fruit_pear", "pickers_2_fruit_sloe")


def converted(file: Path, to: str) -> Path:
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", file.parent / to, file]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return file.parent / to / f"{file.stem}.{to}"


def saved(data: bytes, folder: Path, *ways: str) -> WordForm:
    """The form as LibreOffice saves it, one way after the other."""
    file = folder / "form.docx"
    file.write_bytes(data)
    for way in ways:
        file = converted(file, way)
    return WordForm(file.read_bytes())


@pytest.fixture(scope="module")
def filled() -> bytes:
    return fill_word(blank("orchard").data, TYPED | dict.fromkeys(TICKED, True))


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> WordForm:
    """The blank about orchards, opened and saved as Word file."""
    return saved(blank("orchard").data, tmp_path_factory.mktemp("orchard"), "docx")


def test_opened_and_saved_every_answer_can_still_be_found_by_its_name(tmp_path: Path) -> None:
    before = blank("referral")
    after = saved(before.data, tmp_path, "docx")
    assert after.bookmarked == before.bookmarked
    assert set(after.controls) in (set(), set(before.controls)), "LibreOffice drops all tags (7.4) or keeps them all (7.5 and later)"


@pytest.mark.parametrize("ways", [("docx",), ("odt", "docx")])
def test_what_was_typed_chosen_and_ticked_is_kept(ways: tuple[str, ...], filled: bytes, tmp_path: Path) -> None:
    """All but where a line breaks: LibreOffice 7.4 moves that to the beginning of an answer in several lines."""
    after = saved(filled, tmp_path, *ways).bookmarked
    assert {name: after[name].replace("\n", "") for name in TYPED} == {name: said.replace("\n", "") for name, said in TYPED.items()}
    assert sorted(name for name, said in after.items() if said == "☒") == sorted(TICKED)


def test_lists_dates_and_boxes_are_still_such_when_it_was_saved(orchard: WordForm) -> None:
    boxes, lists = find(orchard.document, "//w14:checkbox"), find(orchard.document, "//w:sdtPr[w:dropDownList or w:comboBox]")
    assert (len(boxes), len(lists), len(find(orchard.document, "//w:sdtPr/w:date"))) == (12, 5, 3)


def test_the_boxes_of_a_blank_are_all_empty_when_it_was_saved(orchard: WordForm) -> None:
    said = words(orchard.document)
    assert (said.count("☐"), said.count("☒")) == (12, 0)


def test_only_the_controls_can_still_be_filled_in(orchard: WordForm) -> None:
    assert find(orchard.part("word/settings.xml"), "w:documentProtection/@w:edit") == ["forms"]


@pytest.mark.needs("pdftotext")
def test_every_page_has_the_stamp_the_marking_and_its_number(tmp_path: Path) -> None:
    (tmp_path / "form.docx").write_bytes(blank("referral").data)
    pdf = converted(tmp_path / "form.docx", "pdf")
    pages = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, encoding="utf-8", check=True).stdout.split("\f")[:-1]
    for number, page in enumerate(pages, 1):
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        assert lines[0] == "OFFICIAL-SENSITIVE when completed"
        assert lines[-1].split() == f"MASE-REF 1 OFFICIAL-SENSITIVE when completed Page {number} of {len(pages)}".split()
