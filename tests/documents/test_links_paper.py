"""The links paper as Word shows it: every case, every fact, and pictures with words for those who do not see them."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from mase_docs import resources
from mase_docs.definition.home import Home
from mase_docs.documents import links_paper
from mase_docs.errors import TemplateError
from mase_docs.merge.read import paragraphs, unzip
from mase_docs.merge.word import render
from mase_docs.model.network import Network
from mase_docs.model.network_words import facts
from mase_docs.model.picture import Picture
from mase_docs.packs.network_picture import alt, picture
from tests.merge.templates import template
from tests.networks import case, group, thing, tied, together

TEMPLATE = resources.folder("templates") / "links.docx"
NETWORK = together(group(3, 5, 6), tied((case(20), thing(9)), (case(21), thing(9)), source="a form"), Network((case(30),)))
DOT = picture(Network())


def written(home: Home, network: Network) -> bytes:
    pictures = [picture(group) for group in network.linked()]
    context = links_paper.context(network, home, date(2026, 11, 22), pictures)
    return render(TEMPLATE, context, links_paper.must_show(context), title=context["title"])


@pytest.fixture(scope="module")
def paper(home: Home) -> bytes:
    return written(home, NETWORK)


def rows(document: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in Document(BytesIO(document)).tables for row in table.rows]


def shown(document: bytes) -> list[str]:
    """What each picture says to those who do not see it."""
    return [found.get("descr") for found in Document(BytesIO(document)).element.iter(qn("wp:docPr"))]


def test_how_many_cases_and_groups_there_are_is_said_first(paper: bytes) -> None:
    assert rows(paper)[:4] == [
        ["Made on", "22 November 2026"],
        ["Cases looked at", "8"],
        ["Groups of linked cases", "2"],
        ["Cases in these groups", "7"],
    ]


def test_each_group_has_its_heading_its_picture_and_its_tables(paper: bytes) -> None:
    headings = [(p.style, p.text) for p in paragraphs(paper) if p.style.startswith("Heading")]
    assert headings == [
        ("Heading1", "How to read the pictures"),
        ("Heading1", "Group 1: 5 cases"),
        ("Heading2", "Cases"),
        ("Heading2", "Facts"),
        ("Heading1", "Group 2: 2 cases"),
        ("Heading2", "Cases"),
        ("Heading2", "Facts"),
        ("Heading1", "Linked with no other case"),
    ]
    assert shown(paper) == [alt(group) for group in NETWORK.linked()]


def test_every_fact_is_in_the_table_with_how_sure_it_is_and_who_says_so(paper: bytes) -> None:
    for one in NETWORK.linked():
        for fact in facts(one):
            assert [fact.thing, fact.words, fact.sure, fact.sources or "Not recorded"] in rows(paper)


def test_every_case_is_named_with_its_status(paper: bytes) -> None:
    assert all([node.label, node.detail] in rows(paper) for node in NETWORK.cases)


def test_where_nothing_joins_the_cases_the_paper_says_so(home: Home) -> None:
    empty = written(home, Network((case(1), case(2))))
    assert "No two of these cases are known to be linked." in [p.text for p in paragraphs(empty)]
    assert shown(empty) == []
    assert [case(2).label, case(2).detail] in rows(empty)


def test_the_marking_is_on_every_page(paper: bytes, home: Home) -> None:
    section = Document(BytesIO(paper)).sections[0]
    assert section.header.paragraphs[0].text == section.footer.paragraphs[-1].text == home.profile.panel.marking == "OFFICIAL-SENSITIVE"


def test_the_head_of_every_table_is_repeated_and_no_cell_is_empty(paper: bytes) -> None:
    for table in Document(BytesIO(paper)).tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(cell for row in rows(paper) for cell in row)


def test_no_case_and_no_name_is_in_the_properties_or_the_names_of_parts(paper: bytes) -> None:
    parts = ZipFile(BytesIO(paper))
    properties = parts.read("docProps/core.xml").decode()
    assert "MASE: links between cases" in properties
    assert not re.search("MASE-2026|Marshgate|Testa", properties + " ".join(parts.namelist()))


def test_pictures_have_ids_of_their_own_and_are_no_wider_than_the_page(paper: bytes) -> None:
    body = Document(BytesIO(paper)).element
    ids = [found.get("id") for found in body.iter(qn("wp:docPr"))]
    assert len(set(ids)) == len(ids) == 2
    assert all(0 < int(extent.get("cx")) <= 170 * 36_000 for extent in body.iter(qn("wp:extent")))


def test_the_same_facts_give_the_same_bytes(paper: bytes, home: Home) -> None:
    assert written(home, Network(NETWORK.nodes[::-1], NETWORK.ties[::-1])) == paper


@pytest.mark.parametrize("said", ["A & B <c>", "quoted \"so\" and 'so'", "{{ x }} {_{ y }_} }_}_} {% if %}", "two\nlines\x07", "Zoë 😀"])
def test_the_words_of_a_picture_are_kept_as_they_are(said: str, tmp_path: Path) -> None:
    document = render(template(tmp_path, "before {{ x }} after"), {"x": Picture(DOT.data, 20, said)}, [])
    assert shown(document) == [said.replace("\n", " ").replace("\x07", "")]
    assert paragraphs(document)[0].text == "before  after"


def test_a_picture_shown_twice_is_kept_once_and_proved_twice(tmp_path: Path) -> None:
    document = render(template(tmp_path, "{% for x in xs %}{{ x }}{% endfor %}"), {"xs": [DOT, DOT]}, [])
    assert len(shown(document)) == 2
    assert len([name for name in unzip(document) if name.startswith("word/media/")]) == 1


def test_a_picture_is_no_word_for_a_filter(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="not a value to print"):
        render(template(tmp_path, "{{ x | upper }}"), {"x": DOT}, [])


def test_a_template_that_leaves_facts_out_is_refused(home: Home, tmp_path: Path) -> None:
    context = links_paper.context(NETWORK, home, date(2026, 11, 22), [DOT, DOT])
    with pytest.raises(TemplateError, match="doesn't show"):
        render(template(tmp_path, "{{ title }}"), context, links_paper.must_show(context))


@pytest.mark.parametrize("checker", [["openxml-audit"], ["ooxml-integrity", "check"]])
def test_the_checkers_find_nothing_in_template_and_paper(checker: list[str], paper: bytes, tmp_path: Path) -> None:
    (tmp_path / "paper.docx").write_bytes(paper)
    for file in (tmp_path / "paper.docx", TEMPLATE):
        said = subprocess.run([Path(sys.executable).parent / checker[0], *checker[1:], file], capture_output=True, encoding="utf-8")
        assert said.returncode == 0, said.stdout
        assert "Errors: 0" in said.stdout or "0 error(s), 0 warning(s)" in said.stdout


@pytest.mark.needs("soffice", "pdftotext")
def test_libreoffice_opens_it_and_shows_every_case(paper: bytes, tmp_path: Path) -> None:
    (tmp_path / "paper.docx").write_bytes(paper)
    own = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(["soffice", own, "--headless", "--convert-to", "pdf", "paper.docx"], cwd=tmp_path, check=True, capture_output=True)
    text = subprocess.run(
        ["pdftotext", "-layout", "paper.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, encoding="utf-8"
    ).stdout
    assert all(node.label in text for node in NETWORK.cases)


def test_the_template_is_as_the_script_makes_it(tmp_path: Path) -> None:
    sys.path.insert(0, str(TEMPLATE.parent.parent / "docs" / "developing"))
    try:
        from make_links_template import make
    finally:
        sys.path.pop(0)
    make(tmp_path)
    assert (tmp_path / "links.docx").read_bytes() == TEMPLATE.read_bytes()
