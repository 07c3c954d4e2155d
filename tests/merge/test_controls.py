"""Places to type in that a template prints: what Word finds of each, and that they are proved like any other value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from mase_docs.definition.words import is_placeholder
from mase_docs.errors import TemplateError
from mase_docs.merge.read import W, paragraphs, unzip
from mase_docs.merge.word import render
from mase_docs.model.control import Control, Kind
from tests.merge.templates import part, patched, template

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
HARD = "O'Shea & Sons <x> {{ 7*7 }} {% if %}"
DECISION = Control("case12_decision", "Decision", "choice", "Closed: moved away", ("Accepted: monitor", "Closed: moved away"))


def printed(folder: Path, control: Control, *texts: str) -> Any:
    """The body of a document that prints a control in its first paragraph."""
    return etree.fromstring(unzip(render(template(folder, *(texts or ("{{ x }}",))), {"x": control}, []))["word/document.xml"])


def named(body: Any, tag: str) -> list[str]:
    return [str(element.get(f"{W}val") or element.get(f"{W}name")) for element in body.iter(f"{W}{tag}")]


def kind_of(body: Any) -> Any:
    return body.find(f".//{W}sdtPr")[-1]


def test_a_control_stands_within_the_line_with_a_bookmark_of_its_name_around_it(tmp_path: Path) -> None:
    body = printed(tmp_path, DECISION, "Decision: {{ x }}, and no more")
    line = body.find(f".//{W}p")
    assert [etree.QName(part).localname for part in line] == ["r", "bookmarkStart", "sdt", "bookmarkEnd", "r"]
    assert ["".join(part.itertext(f"{W}t")) for part in line] == ["Decision: ", "", "Closed: moved away", "", ", and no more"]
    assert (named(line, "alias"), named(line, "tag"), named(line, "bookmarkStart")) == (["Decision"], [DECISION.name], [DECISION.name])


@pytest.mark.parametrize("kind", ["text", "lines", "choice", "date"])
def test_an_empty_control_shows_words_that_are_known_as_no_answer(kind: Kind, tmp_path: Path) -> None:
    body = printed(tmp_path, Control("a_b", "A", kind))
    assert is_placeholder("".join(body.itertext(f"{W}t")))
    assert body.find(f".//{W}showingPlcHdr") is not None
    assert named(body, "rStyle") == ["PlaceholderText"]


@pytest.mark.parametrize("kind", ["text", "lines", "choice", "date", "fixed"])
def test_a_filled_control_shows_what_is_said_and_nothing_of_a_placeholder(kind: Kind, tmp_path: Path) -> None:
    body = printed(tmp_path, Control("a_b", "A", kind, HARD))
    assert "".join(body.itertext(f"{W}t")) == HARD
    assert body.find(f".//{W}showingPlcHdr") is None
    assert named(body, "rStyle") == []


def test_other_words_than_those_of_the_list_can_be_typed_and_stand(tmp_path: Path) -> None:
    box = kind_of(printed(tmp_path, Control("a_b", "A", "choice", "Something else", ("One", "Two", "Two"))))
    assert etree.QName(box).localname == "comboBox"
    offered = [(item.get(f"{W}displayText"), item.get(f"{W}value")) for item in box]
    assert offered == [(None, "Choose or type"), ("One", "One"), ("Two", "Two")]


def test_a_day_is_chosen_from_a_calendar_and_shown_as_it_is_said(tmp_path: Path) -> None:
    box = kind_of(printed(tmp_path, Control("a_b", "A", "date", "04/11/2026")))
    assert (etree.QName(box).localname, box.get(f"{W}fullDate"), named(box, "dateFormat")) == (
        "date",
        "2026-11-04T00:00:00Z",
        ["dd/MM/yyyy"],
    )
    assert kind_of(printed(tmp_path, Control("a_b", "A", "date", "in spring"))).get(f"{W}fullDate") is None


@pytest.mark.parametrize(("said", "box", "checked"), [("", "☐", "0"), ("yes", "☒", "1")])
def test_a_tick_is_a_box(said: str, box: str, checked: str, tmp_path: Path) -> None:
    body = printed(tmp_path, Control("a_b", "A", "tick", said))
    assert "".join(body.itertext(f"{W}t")) == box
    assert [mark.get(f"{W14}val") for mark in body.iter(f"{W14}checked")] == [checked]


def test_what_is_fixed_cannot_be_typed_over(tmp_path: Path) -> None:
    assert named(printed(tmp_path, Control("a_b", "A", "fixed", "Category 2")), "lock") == ["sdtContentLocked"]
    assert named(printed(tmp_path, DECISION), "lock") == []


def test_lines_stand_beneath_each_other(tmp_path: Path) -> None:
    document = render(template(tmp_path, "{{ x }}"), {"x": Control("a_b", "A", "lines", "one\ntwo\tthree\n\nfour")}, [])
    assert paragraphs(document)[0].text == "one\ntwo\tthree\n\nfour"
    assert part(document, "word/document.xml").count("<w:br/>") == 3


def test_a_control_looks_like_the_words_around_it(tmp_path: Path) -> None:
    def bold(xml: str) -> str:
        return xml.replace("<w:r><w:t>{{ x }}", '<w:r><w:rPr><w:b/><w:color w:val="1F3864"/></w:rPr><w:t>{{ x }}')

    path = patched(template(tmp_path, "{{ x }} and after"), "word/document.xml", bold)
    body = etree.fromstring(unzip(render(path, {"x": DECISION}, []))["word/document.xml"])
    looks = [[etree.QName(look).localname for look in run.find(f"{W}rPr")] for run in body.iter(f"{W}r")]
    assert looks == [["b", "color"], ["b", "color"]]
    assert [etree.QName(look).localname for look in body.find(f".//{W}sdtPr/{W}rPr")] == ["b", "color"]


def test_controls_stand_in_headers_tables_and_loops_each_with_a_number_of_its_own(tmp_path: Path) -> None:
    rows = [Control(f"action{n}_status", "Status", "choice") for n in range(1, 4)]
    path = template(tmp_path, "{{ x }}", table=[["{%tr for row in rows %}"], ["{{ row }}"], ["{%tr endfor %}"]], header="{{ y }}")
    document = render(path, {"x": DECISION, "rows": rows, "y": Control("paper7", "Title", "fixed", "Minutes")}, ["Minutes"])
    parts = [etree.fromstring(data) for name, data in unzip(document).items() if name.startswith(("word/document", "word/header"))]
    ids = [number.get(f"{W}val") for root in parts for number in root.iterfind(f".//{W}sdtPr/{W}id")]
    assert sorted(name for root in parts for name in named(root, "bookmarkStart")) == [
        "action1_status", "action2_status", "action3_status", "case12_decision", "paper7",
    ]  # fmt: skip
    assert len(ids) == len(set(ids)) == 5


def test_the_style_of_the_first_words_is_there_whatever_the_template(tmp_path: Path) -> None:
    path = template(tmp_path, "{{ x }}")
    assert "PlaceholderText" not in part(path.read_bytes(), "word/styles.xml")
    assert part(render(path, {"x": Control("a_b", "A", "text")}, []), "word/styles.xml").count('w:styleId="PlaceholderText"') == 1


def test_what_stands_in_a_control_is_proved_to_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mase_docs.merge import controls

    monkeypatch.setattr(controls, "content_control", lambda *_, **__: [])
    with pytest.raises(TemplateError, match="has lost 1 of the values"):
        render(template(tmp_path, "{{ x }}"), {"x": DECISION}, [])


@pytest.mark.parametrize("tag", ["{{ x|upper }}", "{{ 'Decision: ' ~ x }}", "{{ [x]|join(', ') }}", "{{ x.said }}"])
def test_a_control_is_printed_whole_or_not_at_all(tag: str, tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"is a list or a group|“said”, which there is not"):
        render(template(tmp_path, tag), {"x": DECISION}, [])


def test_characters_that_word_cannot_hold_are_left_out_of_controls_too(tmp_path: Path) -> None:
    assert (
        paragraphs(render(template(tmp_path, "{{ x }}"), {"x": Control("a_b", "A\x07", "text", "bell\x07 feed")}, []))[0].text
        == "bell feed"
    )


def test_a_long_label_keeps_its_beginning_and_its_end(tmp_path: Path) -> None:
    [alias] = named(printed(tmp_path, Control("a_b", "What the panel decided " * 5 + "in the end", "text")), "alias")
    assert len(alias) == 64
    assert alias.startswith("What the panel decided")
    assert alias.endswith("in the end")
