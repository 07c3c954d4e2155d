"""Scans of typed forms: what was typed is read, what cannot be read is said, and nothing is taken for certain."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
import pytest

from mase_docs.definition.home import Home
from mase_docs.intake.blank_page import MARKED, Box, blank_pages
from mase_docs.intake.reader import read_source
from mase_docs.model.submission import Answer, Submission
from tests.conftest import ROOT
from tests.intake.scanned import Picture, as_pdf, as_picture, faxed, photographed, printed, scanned, upside_down

MONTH = ROOT / "examples" / "month"
LEAVER, GROUP = "05_care_leaver.pdf", "02_school_group.pdf"

needs_tesseract = pytest.mark.needs("tesseract")


@cache
def paper(form: str, page: int, dpi: int) -> Picture:
    return printed(MONTH / form, [page], dpi)[0]


def boxes(page: int, home: Home) -> tuple[Box, ...]:
    return blank_pages(home.form("referral"), home)[page - 1].boxes


def read(data: bytes, home: Home) -> Submission:
    return read_source("scan", data, home, date(2026, 11, 20))


def codes(submission: Submission) -> list[str]:
    return [problem.code for problem in submission.problems]


class Seen(NamedTuple):
    """What was typed at a path of the form, and what was read there from the scan."""

    typed: str | None
    answer: Answer | None

    @property
    def is_right(self) -> bool:
        return self.typed == (" ".join(self.answer.raw.split()) if self.answer and self.answer.raw else None)

    @property
    def is_doubted(self) -> bool:
        return self.answer is not None and self.answer.confidence == "low"


def compared(submission: Submission, form: str, pages: list[int], home: Home) -> tuple[dict[str, Seen], dict[str, Seen]]:
    """Every tick and every text of some pages, by path: what a person typed there (the month's examples tell) and what was read."""
    typed: dict[str, Any] = json.loads((MONTH / f"{form}.expected.json").read_text("utf-8"))["raw"]
    both: tuple[dict[str, Seen], dict[str, Seen]] = {}, {}
    for box in (box for page in pages for box in boxes(page, home)):
        path = box.key[0]
        both[box.kind not in MARKED][path] = Seen(typed.get(path), submission.answers.get(path))
    return both


def assert_read(submission: Submission, form: str, pages: list[int], home: Home, texts_right: float) -> None:
    ticks, texts = compared(submission, form, pages, home)
    assert all(seen.is_right for seen in ticks.values())
    answered = [seen for seen in texts.values() if seen.typed or not seen.is_right]
    assert len(answered) >= 8
    assert sum(seen.is_right for seen in answered) >= texts_right * len(answered)
    assert all(seen.is_doubted for seen in answered)


@needs_tesseract
def test_pages_in_any_order_and_upside_down_are_read_and_those_missing_named(home: Home) -> None:
    pages = [scanned(paper(LEAVER, 3, 300), 1), upside_down(scanned(paper(LEAVER, 1, 300), 2)), scanned(paper(LEAVER, 2, 300), 3)]
    found = read(as_pdf(pages, 300), home)
    assert (found.form, found.source.kind) == ("referral", "pdf_scan")
    assert_read(found, LEAVER, [1, 2, 3], home, texts_right=0.95)
    assert codes(found) == ["AR5", "AR34"]
    assert found.answers["referrer_name"].place == "page 2, referrer_name"


@needs_tesseract
def test_a_fax_is_read_though_not_every_letter_of_it(home: Home) -> None:
    found = read(as_pdf([faxed(paper(GROUP, 5, 200), 4)], 200), home)
    assert_read(found, GROUP, [5], home, texts_right=0.8)


@needs_tesseract
def test_an_empty_back_is_passed_over_and_a_note_or_a_letter_that_came_along_is_told(home: Home) -> None:
    page = scanned(paper(GROUP, 4, 200), 5)
    back, letter = np.full_like(page, 255), paper("../../forms/context_referral_v1.pdf", 2, 200)
    note = cv2.putText(back.copy(), "ring her aunt", (500, 900), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.2, 90, 2)
    found = read(as_pdf([page, *(scanned(other, 6) for other in (back, note, letter))], 200), home)
    assert_read(found, GROUP, [4], home, texts_right=0.9)
    strange = [problem.message for problem in found.problems if "Pages of this scan" in problem.message]
    assert len(strange) == 1
    assert ": 2." in strange[0]


@needs_tesseract
def test_a_photograph_of_a_page_is_read(home: Home) -> None:
    found = read(as_picture([photographed(paper(LEAVER, 1, 200))], "jpeg"), home)
    assert found.source.kind == "picture"
    assert_read(found, LEAVER, [1], home, texts_right=0.9)


@needs_tesseract
def test_a_scan_of_the_blank_holds_no_answers(home: Home) -> None:
    blank = [scanned(page, seed) for seed, page in enumerate(printed(ROOT / "forms" / "context_referral_v1.pdf", [1, 2], 150))]
    found = read(as_picture(blank, "tiff"), home)
    assert found.form == "context_referral"
    assert codes(found) == ["AR35"]
    assert not any(answer.raw or answer.issues for answer in found.answers.values())


@needs_tesseract
def test_a_scan_with_words_behind_it_never_passes_as_clean(home: Home, tmp_path: Path) -> None:
    (tmp_path / "page.png").write_bytes(as_picture([scanned(paper(LEAVER, 3, 150), 7)], "png"))
    subprocess.run(["tesseract", "page.png", "page", "--dpi", "150", "pdf"], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    found = read((tmp_path / "page.pdf").read_bytes(), home)
    assert found.source.kind == "pdf_scan"
    warned = next(problem for problem in found.problems if problem.code == "AR5")
    assert warned.severity == "error"
    assert "none of them counts until it has been confirmed" in warned.message
    assert {answer.confidence for answer in found.answers.values() if answer.value is not None} == {"low"}


@needs_tesseract
def test_where_the_print_is_not_where_it_should_be_no_answer_is_wrong_without_a_word(home: Home) -> None:
    folded = paper(LEAVER, 2, 200).copy()
    folded[1314:2200] = folded[1300:2186].copy()
    ticks, texts = compared(read(as_pdf([scanned(folded, 3)], 200), home), LEAVER, [2], home)
    wrong = [seen.answer for seen in (ticks | texts).values() if not seen.is_right]
    assert len(wrong) > 3
    assert all(answer and answer.issues for answer in wrong)


def scribbled(page: Picture, box: Box, thick: int) -> Picture:
    """A page with a pen's mark in a box."""
    left, bottom, right, top = (round(place / 72 * 200) for place in box.rect)
    height, marked = round(841.89 / 72 * 200), page.copy()
    cv2.line(marked, (left + 6, height - bottom - 6), (min(right, left + 90) - 6, height - top + 6), 20, thick)
    return marked


@needs_tesseract
def test_what_a_pen_wrote_in_a_box_is_not_lost(home: Home) -> None:
    by_name = {box.name: box for box in boxes(2, home)}
    assert "upn" in by_name
    found = read(as_pdf([scanned(scribbled(paper(LEAVER, 2, 200), by_name["upn"], 3), 8)], 200), home)
    assert found.answers["upn"].issues == ("AR37",)


@needs_tesseract
def test_a_faint_mark_in_a_tick_box_is_neither_a_tick_nor_nothing(home: Home) -> None:
    box = next(box for box in boxes(1, home) if box.name == "concern_types_missing")
    found = read(as_pdf([scanned(scribbled(paper(LEAVER, 1, 200), box, 1), 9)], 200), home)
    assert "TY3" in found.answers["concern_types"].issues


@needs_tesseract
def test_a_page_twice_may_be_two_young_people(home: Home) -> None:
    pages = [scanned(paper(LEAVER, 2, 200), 10), scanned(paper(GROUP, 2, 200), 11)]
    assert codes(read(as_pdf(pages, 200), home)) == ["AR14"]


def restamped(page: Picture, words: str) -> Picture:
    """A page with other words where its stamp was, at 200 dots an inch."""
    other = page.copy()
    other[2230:2290, 90:300] = 255
    if words:
        cv2.putText(other, words, (107, 2272), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 60, 2, cv2.LINE_AA)
    return other


@needs_tesseract
def test_a_version_that_is_not_known_is_not_read_as_the_one_it_looks_like(home: Home) -> None:
    refused = read(as_pdf([scanned(restamped(paper(LEAVER, 1, 200), "MASE-REF 7"), 12)], 200), home)
    assert codes(refused) == ["AR15"]
    assert "version 7" in refused.problems[0].message


@needs_tesseract
def test_nobody_guesses_the_version_where_the_stamp_is_gone(home: Home) -> None:
    refused = read(as_pdf([scanned(restamped(paper(LEAVER, 1, 200), ""), 13)], 200), home)
    assert codes(refused) == ["AR5"]
    assert "foot of its pages" in refused.problems[0].message


def any_picture() -> Picture:
    """Something that is no form: blurred spots."""
    spots = np.random.default_rng(14).integers(0, 256, (1600, 1200)).astype(np.uint8)
    return cv2.normalize(cv2.GaussianBlur(spots, (0, 0), 5), None, 0, 255, cv2.NORM_MINMAX)  # type: ignore[call-overload,no-any-return]


@needs_tesseract
def test_a_picture_of_something_else_is_refused(home: Home) -> None:
    assert codes(read(as_pdf([any_picture()], 150), home)) == ["AR5"]
    assert codes(read(as_picture([any_picture()], "jpeg"), home)) == ["AR30"]


def test_without_tesseract_a_scan_is_refused_in_one_sentence(home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert_says_what_to_install(read(as_pdf([paper(LEAVER, 1, 200)], 200), home))


@pytest.mark.parametrize("missing", ["cv2", "pypdfium2"])
def test_without_the_extra_a_scan_is_refused_in_one_sentence(missing: str, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    data = as_pdf([paper(LEAVER, 1, 200)], 200)
    monkeypatch.setitem(sys.modules, missing, None)
    assert_says_what_to_install(read(data, home))


def assert_says_what_to_install(refused: Submission) -> None:
    (refusal,) = refused.problems
    assert refusal.code == "AR5"
    assert 'pip install "mase-docs[scan]"' in refusal.remedy
    assert "tesseract" in refusal.remedy
