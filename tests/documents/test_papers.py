"""The finished agenda and minutes: what a chair would see, and what checkers of Word files and LibreOffice say."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from mase_docs import resources
from mase_docs.definition.home import Home
from mase_docs.documents import meeting_paper
from mase_docs.merge.read import paragraphs, unzip
from mase_docs.merge.word import render
from mase_docs.model.minutes_layout import CASE, MEETING, TABLES, THEME
from mase_docs.model.sitting import Sitting
from mase_docs.model.submission import Submission
from tests.documents.forms import UNCLEAN, month, place, referral
from tests.documents.sittings import sitting

ROOT = Path(__file__).resolve().parent.parent.parent
HOME, ON, TODAY = Home(), date(2026, 5, 6), date(2026, 4, 27)
HARD = ("O'Shea & Sons <x>", "{{ 7*7 }}", "Zoë “Bee” Łukasz")
MEETING_ADDS = {
    "Police position", *MEETING.values(), *CASE.values(), *(head for table in TABLES.values() for head in table.heads.values()),
}  # fmt: skip
PAPERS = ("agenda", "minutes")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(
    name: str,
    forms: list[Submission],
    layout: Any = "case-first",
    left_out: list[Submission] | None = None,
    sitting: Sitting | None = None,
) -> bytes:
    context = meeting_paper.context(name, forms, HOME, on=ON, today=TODAY, layout=layout, left_out=left_out or [], sitting=sitting)
    return render(resources.folder("templates") / f"{name}.docx", context, meeting_paper.must_show(context), title=context["title"])


def hard_month() -> list[Submission]:
    named = referral(20, given_names=HARD[0], family_name=HARD[1], known_as=[HARD[2]], reason_for_referral=f"{HARD[2]} {HARD[1]} {HARD[0]}")
    return [*month(11), named, place()]


@pytest.fixture(scope="module", params=[(n, layout) for n in PAPERS for layout in ("case-first", "theme-first")], ids=lambda p: "-".join(p))
def paper(request: pytest.FixtureRequest) -> bytes:
    return made(*request.param[:1], hard_month(), request.param[1], [referral(50, problems=(UNCLEAN,))])


@pytest.fixture(scope="module", params=[(n, source) for n in PAPERS for source in ("forms", "register")], ids=lambda p: "-".join(p))
def either(request: pytest.FixtureRequest) -> bytes:
    """A paper made from forms alone, or from what the register tells of a meeting."""
    name, source = request.param
    return made(name, hard_month()) if source == "forms" else made(name, [], sitting=sitting(actions=5))


def headings(document: bytes, level: int) -> list[str]:
    return [p.text for p in paragraphs(document) if p.style == f"Heading{level}"]


def test_answers_stand_in_the_papers_exactly_as_they_were_given(paper: bytes) -> None:
    text = "\n".join(p.text for p in paragraphs(paper))
    assert f"{HARD[0]} {HARD[1]}" in text
    assert f"What has happened: {HARD[2]} {HARD[1]} {HARD[0]}" in text
    assert "None" not in text.replace("None found", "")
    assert not re.search(r"\d{4}-\d{2}-\d{2}", text)


def test_every_page_says_what_it_is(paper: bytes) -> None:
    header = [p for p in paragraphs(paper) if p.place == "page header"]
    footer = [p for p in paragraphs(paper) if p.place == "page footer"]
    assert [header[0].text, footer[-1].text] == ["OFFICIAL-SENSITIVE"] * 2
    assert header[0].style == footer[-1].style == "Marking"
    assert header[1].text.endswith("\tChair and coordinator copy: full details")
    assert re.fullmatch(r"Copy …… +issued to …+\tPage 1 of 1", footer[0].text)
    part = next(data for name, data in unzip(paper).items() if name.startswith("word/footer") and b"NUMPAGES" in data)
    assert b" PAGE " in part


def test_the_standing_items_are_real_headings_in_order(paper: bytes) -> None:
    numbered = [h for h in headings(paper, 1) if re.match(r"\d+\. ", h)]
    assert [int(h.split(".")[0]) for h in numbered] == list(range(1, 15))
    assert {"New Cases", "Review Cases", "Children placed out of borough", "Cross border issues", "Trends/Problem locations"} <= {
        h.split(". ", 1)[1] for h in numbered
    }


def test_no_level_of_heading_is_passed_over(either: bytes) -> None:
    levels = [int(p.style[-1]) for p in paragraphs(either) if re.fullmatch(r"Heading\d", p.style)]
    assert all(below <= above + 1 for above, below in pairwise([0, *levels]))


def test_every_case_has_its_heading_and_its_line_in_the_index_with_a_link(paper: bytes) -> None:
    from lxml import etree

    body = etree.fromstring(unzip(paper)["word/document.xml"])
    marks = {b.get(f"{W}name"): "".join(b.getparent().itertext(f"{W}t")) for b in body.iter(f"{W}bookmarkStart")}
    links = {"".join(link.itertext(f"{W}t")): link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")}
    assert len(links) == 12
    assert all(marks[anchor].startswith(label) for label, anchor in links.items())


def test_tables_repeat_their_head_and_have_a_name(either: bytes) -> None:
    from lxml import etree

    body = etree.fromstring(unzip(either)["word/document.xml"])
    for table in body.iter(f"{W}tbl"):
        rows = list(table.iter(f"{W}tr"))
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert table.find(f"{W}tblPr/{W}tblCaption") is not None


def test_no_blank_paragraph_is_left_outside_tables(either: bytes) -> None:
    assert [p for p in paragraphs(either) if not p.text.strip() and not p.cell] == []


def test_nothing_hidden_and_no_name_is_in_the_properties(either: bytes) -> None:
    members = unzip(either)
    core = members["docProps/core.xml"].decode()
    assert re.sub(r"<[^>]+>|\s", "", core) in ("MASEagendaen-GB", "MASEminutesen-GB")
    assert not [n for n in members if "comments" in n or "custom" in n or "people" in n or "thumbnail" in n]
    assert b"rsid" not in members["word/document.xml"]


def test_controls_and_bookmarks_have_ids_of_their_own() -> None:
    from lxml import etree

    body = etree.fromstring(unzip(made("minutes", hard_month()))["word/document.xml"])
    for path in (f".//{W}sdtPr/{W}id", f".//{W}bookmarkStart"):
        ids = [e.get(f"{W}val") or e.get(f"{W}id") for e in body.iterfind(path)]
        assert len(ids) > 10
        assert len(ids) == len(set(ids))


def test_the_same_forms_give_the_same_bytes() -> None:
    assert made("minutes", hard_month()) == made("minutes", hard_month()[::-1])


def test_minutes_give_room_for_everything_the_meeting_adds() -> None:
    found = paragraphs(made("minutes", [], sitting=sitting()))
    labels = {p.text for p in found if p.style in ("Tablelabel", "Tablehead")}
    assert MEETING_ADDS | set(THEME.values()) <= labels
    assert [p.text for p in found if p.text == "Borough Police"]


@pytest.mark.parametrize("name", PAPERS)
def test_what_is_open_stands_with_a_form_put_in_with_errors_and_nowhere_else(name: str) -> None:
    unclean = [referral(1, problems=(UNCLEAN,)), place(problems=(UNCLEAN,))]
    texts = [p.text for p in paragraphs(made(name, [referral(0), *unclean]))]
    assert texts.count("Still to be put right") == texts.count(f"EL2: {UNCLEAN.message}") == 2


@pytest.mark.parametrize("number", [0, 1, 12, 200])
@pytest.mark.parametrize("name", PAPERS)
def test_months_of_any_size_are_merged(name: str, number: int) -> None:
    began = time.monotonic()
    document = made(name, month(number))
    assert len([h for h in headings(document, 2) if h.startswith("Case ")]) == number
    assert time.monotonic() - began < 60


def checks(path: Path) -> tuple[Any, Any]:
    """What openxml-audit and ooxml-integrity find."""
    programs = Path(sys.executable).parent
    audit = subprocess.run([programs / "openxml-audit", "-o", "json", path], capture_output=True, text=True, check=False)
    integrity = subprocess.run([programs / "ooxml-integrity", "check", "--no-config", path], capture_output=True, text=True, check=False)
    [found] = json.loads(audit.stdout)
    return found["errors"] + [found["warning_count"]] * found["warning_count"], integrity.stdout.split(": ", 1)[1]


@pytest.mark.parametrize("name", PAPERS)
def test_checkers_of_word_files_find_nothing(name: str, tmp_path: Path) -> None:
    (tmp_path / "paper.docx").write_bytes(made(name, hard_month(), left_out=[referral(50, problems=(UNCLEAN,))]))
    (tmp_path / "registered.docx").write_bytes(made(name, [], sitting=sitting()))
    for path in (resources.folder("templates") / f"{name}.docx", tmp_path / "paper.docx", tmp_path / "registered.docx"):
        errors, integrity = checks(path)
        assert errors == []
        assert integrity.startswith("0 error(s), 0 warning(s)")


def test_no_tracked_change_and_no_comment_is_in_a_paper(either: bytes) -> None:
    body = unzip(either)["word/document.xml"]
    assert not [tag for tag in (b"<w:ins ", b"<w:del ", b"<w:commentRangeStart", b"<w:rPrChange") if tag in body]


def test_minutes_say_which_paper_they_are_in_their_title() -> None:
    from lxml import etree

    body = etree.fromstring(unzip(made("minutes", [], sitting=sitting()))["word/document.xml"])
    [mark] = [m for m in body.iter(f"{W}bookmarkStart") if m.get(f"{W}name") == "paper17"]
    assert "".join(mark.getparent().itertext(f"{W}t")) == "MASE minutes"


def test_previous_actions_lie_on_pages_of_their_own_that_are_turned() -> None:
    from lxml import etree

    def turned(actions: int) -> list[bool]:
        body = etree.fromstring(unzip(made("minutes", [], sitting=sitting(actions=actions)))["word/document.xml"])
        return [size.get(f"{W}orient") == "landscape" for size in body.iter(f"{W}pgSz")]

    assert (turned(0), turned(1)) == ([False], [False, True, False])


def test_each_table_that_people_write_in_is_the_one_that_is_read_back() -> None:
    from lxml import etree

    body = etree.fromstring(unzip(made("minutes", [], sitting=sitting()))["word/document.xml"])
    found: dict[str, list[list[str]]] = {}
    for table in body.iter(f"{W}tbl"):
        heads = ["".join(cell.itertext(f"{W}t")) for cell in table.find(f"{W}tr").iter(f"{W}tc")]
        found.setdefault(table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val"), []).append(heads)
    for layout in TABLES.values():
        assert found[layout.caption] == [list(layout.heads.values())] * len(found[layout.caption])
    assert len(found["Actions"]) == 3 + 1 + 1


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_templates", ROOT / "docs/developing/make_templates.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_templates_are_what_their_script_makes(tmp_path: Path) -> None:
    maker().make(tmp_path)
    for name in PAPERS:
        assert (tmp_path / f"{name}.docx").read_bytes() == (ROOT / "templates" / f"{name}.docx").read_bytes(), (
            "run docs/developing/make_templates.py"
        )


def test_the_templates_are_in_british_english_and_have_a_title() -> None:
    for name in PAPERS:
        members = unzip((ROOT / "templates" / f"{name}.docx").read_bytes())
        assert set(re.findall(r'<w:lang [^>]*w:val="([^"]+)"', members["word/styles.xml"].decode())) == {"en-GB"}
        assert "<dc:title>" in members["docProps/core.xml"].decode()


def printed(document: bytes, folder: Path) -> str:
    """What LibreOffice prints of it."""
    (folder / "paper.docx").write_bytes(document)
    office = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", folder]
    subprocess.run([*office, folder / "paper.docx"], check=True, capture_output=True, timeout=180)
    return subprocess.run(["pdftotext", "-layout", folder / "paper.pdf", "-"], check=True, capture_output=True, text=True).stdout


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("layout", ["case-first", "theme-first"])
@pytest.mark.parametrize("name", PAPERS)
def test_not_a_word_of_a_long_paper_is_left_out_when_libreoffice_prints_it(name: str, layout: Any, tmp_path: Path) -> None:
    document = made(name, [], layout, sitting=sitting(cases=11, actions=40))
    there = Counter(re.findall(r"\w+", printed(document, tmp_path)))
    shown = Counter(word for p in paragraphs(document) if not p.place.startswith("page ") for word in re.findall(r"\w+", p.text))
    assert shown - there == Counter()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_and_prints_the_minutes(tmp_path: Path) -> None:
    text = printed(made("minutes", hard_month(), left_out=[referral(50, problems=(UNCLEAN,))]), tmp_path)
    pages = text.split("\f")[:-1]
    assert all(page.count("OFFICIAL-SENSITIVE") == 2 and "Chair and coordinator copy: full details" in page for page in pages)
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
    assert all(answer in text for answer in HARD)
