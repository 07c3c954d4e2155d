"""What the one merge function promises: what is printed is what was answered, and nothing is lost without a word."""

from __future__ import annotations

import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from mase_docs.errors import TemplateError
from mase_docs.merge.read import flat_text, paragraphs
from mase_docs.merge.word import render
from tests.merge.templates import part, patched, template, with_part

W_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def text_of(document: bytes) -> str:
    return "\n".join(flat_text(document).values())


def printed(tmp_path: Path, value: Any) -> str:
    return paragraphs(render(template(tmp_path, "{{ x }}"), {"x": value}, []))[0].text


def refusal(path: Path, **context: Any) -> str:
    with pytest.raises(TemplateError) as refused:
        render(path, context, [])
    assert refused.value.exit_code == 5
    return str(refused.value)


@pytest.mark.parametrize(
    "answer",
    [
        "O'Shea & Sons <x>",
        "{{ 7*7 }}",
        "Zoë “Bee” Łukasz",
        "{% if x %} {% for %} {# note #}",
        "{_{ x }_} {_% if %_}",
        "}} %} {{ {%",
        "</w:t></w:r></w:p>",
        "&amp; &#38; \\n \\1",
        "  kept  as  typed  ",
        "one line\nanother\n\nand a third",
        "before\tafter",
        "😀 ‏עברית 中文",
        "{{r x }} {%p x %} {%tr for a in b %}",
    ],
)
def test_an_answer_is_printed_exactly_as_it_was_given(tmp_path: Path, answer: str) -> None:
    assert printed(tmp_path, answer) == answer


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "Not recorded"),
        (date(2026, 5, 1), "1 May 2026"),
        (datetime(2026, 5, 1, 9, 30), "1 May 2026, 09:30"),
        (True, "Yes"),
        (12, "12"),
        ("", ""),
    ],
)
def test_values_are_printed_in_words(tmp_path: Path, value: Any, said: str) -> None:
    assert printed(tmp_path, value) == said


def test_characters_that_word_cannot_hold_are_left_out_and_counted(tmp_path: Path) -> None:
    from mase_docs.merge.environment import unprintable

    answer = "bell\x07 feed\x0c null\x00 stray\ud800 end\ufffe\r\nnext"
    assert printed(tmp_path, answer) == "bell feed null stray end\nnext"
    assert unprintable({"a": [answer], "b": 3, "c": None}) == 5


def test_answers_are_printed_alike_in_headers_tables_and_footnotes(tmp_path: Path) -> None:
    path = template(tmp_path, table=[["{{ x }}", "b"]], header="{{ x }}")
    notes = f'<w:footnotes {W_NS}><w:footnote w:id="1"><w:p><w:r><w:t>{{{{ x }}}}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    document = render(
        with_part(path, "word/footnotes.xml", notes, f"{TYPE}.footnotes+xml", f"{REL}/footnotes"), {"x": "A & B {{ 7*7 }}"}, []
    )
    assert [p.place for p in paragraphs(document) if p.text == "A & B {{ 7*7 }}"] == [
        "table 1, row 1, column 1",
        "footnotes",
        "page header",
    ]


def test_a_tag_cut_into_pieces_by_word_is_still_one_tag(tmp_path: Path) -> None:
    path = patched(
        template(tmp_path, "{{ name }}"),
        "word/document.xml",
        lambda xml: xml.replace("{{ name }}", '{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>{ na</w:t></w:r><w:r><w:t>me }}'),
    )
    assert paragraphs(render(path, {"name": "Zoë"}, []))[0].text == "Zoë"


def test_text_boxes_are_merged_and_proved_too(tmp_path: Path) -> None:
    box = f"<w:pict {W_NS}><w:txbxContent><w:p><w:r><w:t>{{{{ x }}}}</w:t></w:r></w:p></w:txbxContent></w:pict>"
    path = patched(
        template(tmp_path, "before"), "word/document.xml", lambda xml: xml.replace("<w:t>before</w:t>", f"<w:t>before</w:t>{box}")
    )
    assert [(p.text, p.place) for p in paragraphs(render(path, {"x": "in the box"}, []))][1] == ("in the box", "text box")


# What would otherwise be lost without a word


def test_a_misspelt_name_is_refused_with_the_place_where_it_stands(tmp_path: Path) -> None:
    path = template(tmp_path, "# Decisions", "{{ chid_name }}", table=[["a", "{{ case.nmae }}"]], header="{{ markng }}")
    said = refusal(path, child_name="x", case={"name": "y"})
    assert "under “Decisions”: The template asks for “chid_name”, which there is not." in said
    assert "table 1, row 1, column 2, under “Decisions”: The template asks for “nmae”" in said
    assert "page header: The template asks for “markng”" in said


def test_unknown_names_in_conditions_and_loops_are_refused_too(tmp_path: Path) -> None:
    said = refusal(template(tmp_path, "{%p if nosuch %}", "a", "{%p endif %}", "{%p for a in alsonot %}", "b", "{%p endfor %}"))
    assert "“nosuch”" in said
    assert "“alsonot”" in said


def test_text_beside_a_paragraph_tag_is_refused(tmp_path: Path) -> None:
    said = refusal(template(tmp_path, "# Cases", "{%p if x %} Name: {{ x }}", "a", "{%p endif %}"), x="y")
    assert "under “Cases”: There is text beside {%p if x %}; it would be lost. Give this tag a paragraph of its own." in said


def test_a_row_loop_closed_by_a_plain_tag_is_refused(tmp_path: Path) -> None:
    said = refusal(template(tmp_path, table=[["{%tr for r in rows %}", ""], ["{{ r }}", ""], ["{% endfor %}", ""]]), rows=["a"])
    assert "table 1, row 3, column 1: {% endfor %} doesn't match {%tr for r in rows %} (table 1, row 1, column 1)" in said
    assert "Write {%tr endfor %} instead." in said


def test_text_in_a_row_that_is_a_tag_is_refused(tmp_path: Path) -> None:
    said = refusal(template(tmp_path, table=[["{%tr for r in rows %}", "{{ lost }}"], ["{{ r }}", ""], ["{%tr endfor %}", ""]]), rows=["a"])
    assert "table 1, row 1, column 1: There is text beside {%tr for r in rows %}" in said


def test_blocks_that_are_not_closed_are_named_where_they_were_opened(tmp_path: Path) -> None:
    said = refusal(template(tmp_path, "# One", "{%p if x %}", "# Two", "{% for a in b %}", "c"), x=1, b=[])
    assert "under “One”: {%p if x %} is never closed. Add {%p endif %}" in said
    assert "under “Two”: {% for a in b %} is never closed. Add {% endfor %}" in said


def test_a_block_closed_elsewhere_than_it_was_opened_is_refused(tmp_path: Path) -> None:
    said = refusal(template(tmp_path, "{%p if x %}", table=[["{%p endif %}", ""]]), x=1)
    assert "{%p endif %} is not in the same place as {%p if x %}" in said
    assert "is not in the same place" in refusal(template(tmp_path, "{% if x %}one", "two{% endif %}"), x=1)


@pytest.mark.parametrize("stray", ["{%p endif %}", "{% else %}", "{{ x", "x }}", "{% if x", "{{ x. }}", "{% for in y %}", "{_{ x }_}"])
def test_half_and_stray_tags_are_refused(tmp_path: Path, stray: str) -> None:
    assert "error TE2 · under “Here”" in refusal(template(tmp_path, "# Here", stray), x=1, y=[])


@pytest.mark.parametrize(
    "tag",
    [
        "{{ x|safe }}",
        "{% autoescape false %}{{ x }}{% endautoescape %}",
        "{{ 'x' * 1000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ x.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ range(1000000000) }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ '%1000000000s' % x }}",
        "{{ x.upper() }}",
        "{% include 'x' %}",
        "{% set y = x %}",
        "{{r x }}",
        "{{ x|pprint }}",
        "{{ x|e }}",
        "{% for a in x recursive %}{% endfor %}",
    ],
)
def test_a_template_may_do_no_more_than_a_document_needs(tmp_path: Path, tag: str) -> None:
    began = time.monotonic()
    refusal(template(tmp_path, tag), x="A & B <x>")
    assert time.monotonic() - began < 5


def test_endless_loops_are_stopped(tmp_path: Path) -> None:
    deep = "".join(f"{{% for {name} in many %}}" for name in "abcdef") + "{% endfor %}" * 6
    began = time.monotonic()
    assert "loops run too long" in refusal(template(tmp_path, deep), many=list(range(200)))
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("name", ["items", "keys", "get", "__class__", "pop"])
def test_a_group_has_only_its_own_names(tmp_path: Path, name: str) -> None:
    assert f"“{name}”" in refusal(template(tmp_path, f"{{{{ case.{name} }}}}"), case={"a": "b"})
    assert paragraphs(render(template(tmp_path, f"{{{{ case.{name} }}}}"), {"case": {name: "own"}}, []))[0].text == "own"


def test_a_list_is_not_printed_as_program_text(tmp_path: Path) -> None:
    assert "“agencies” is a list or a group" in refusal(template(tmp_path, "# A", "{{ case.agencies }}"), case={"agencies": ["x"]})


@pytest.mark.parametrize(
    "tag", ["{{ groups }}", "{{ groups|first }}", "{{ groups|join(', ') }}", "{{ 'x' ~ groups }}", "{{ groups|upper }}"]
)
def test_a_list_is_called_by_its_own_name_however_it_was_to_be_printed(tmp_path: Path, tag: str) -> None:
    assert "“groups” is a list or a group" in refusal(template(tmp_path, "{{ case.name }}", tag), case={"name": "x"}, groups=[{"a": None}])


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ blank|upper }}", "NOT RECORDED"),
        ("{{ 'Seen: ' ~ blank }}", "Seen: Not recorded"),
        ("{{ [blank, yes, day]|join(', ') }}", "Not recorded, Yes, 1 May 2026"),
        ("{{ answer|upper ~ '!' }}", "O'SHEA & SONS <X>!"),
    ],
)
def test_none_is_never_printed_whatever_is_done_with_it(tmp_path: Path, tag: str, said: str) -> None:
    values: dict[str, Any] = {"blank": None, "yes": True, "day": date(2026, 5, 1), "answer": "O'Shea & Sons <x>"}
    assert paragraphs(render(template(tmp_path, tag), values, []))[0].text == said


@pytest.mark.parametrize("concerns", ["CSE; Missing", None, {"a": "b"}, 3])
def test_only_lists_are_looped_over(tmp_path: Path, concerns: Any) -> None:
    loop = template(tmp_path, "# A", "{%p for one in case.concerns %}", "{{ one }}", "{%p endfor %}")
    assert "under “A”: “concerns” is not a list" in refusal(loop, case={"concerns": concerns})


@pytest.mark.parametrize(
    "tag", ["{{ 1 + title }}", "{% if title > 3 %}x{% endif %}", "{{ blank|length }}", "{% if 'x' in blank %}x{% endif %}"]
)
def test_what_cannot_be_worked_out_is_refused_with_the_tags_it_may_be(tmp_path: Path, tag: str) -> None:
    said = refusal(template(tmp_path, "{% if title == 'x' %}x{% endif %}", "# A", tag), title="x", blank=None)
    assert "under “A”: This may be what can't be worked out" in said
    assert "== 'x'" not in said


def test_tags_in_properties_and_field_codes_are_refused(tmp_path: Path) -> None:
    for secret in ("{{ ''.__class__ }}", "{{ x }}"):
        changed = patched(
            template(tmp_path, "a"),
            "docProps/core.xml",
            lambda xml, secret=secret: xml.replace("<dc:title>", f"<dc:title>{secret}").replace(
                "<dc:title/>", f"<dc:title>{secret}</dc:title>"
            ),
        )
        assert "can't be merged" in refusal(changed, x="y")
    path = patched(
        template(tmp_path, "a"), "word/document.xml", lambda xml: xml.replace("<w:t>a</w:t>", "<w:instrText>{{ x }}</w:instrText>")
    )
    assert "field code" in refusal(path, x="y")


def test_tracked_changes_comments_and_outside_files_are_refused(tmp_path: Path) -> None:
    inserted = '<w:ins w:id="1" w:author="x"><w:r><w:t>a</w:t></w:r></w:ins>'
    tracked = patched(template(tmp_path, "a"), "word/document.xml", lambda xml: xml.replace("<w:r><w:t>a</w:t></w:r>", inserted))
    assert "tracked changes" in refusal(tracked)
    rel = f'<Relationship Id="rIdT" Type="{REL}/attachedTemplate" Target="http://example.org/a.dotm" TargetMode="External"/>'
    remote = patched(
        template(tmp_path, "a"), "word/_rels/document.xml.rels", lambda xml: xml.replace("</Relationships>", rel + "</Relationships>")
    )
    assert "another file" in refusal(remote)
    comments = f'<w:comments {W_NS}><w:comment w:id="0" w:author="x"><w:p/></w:comment></w:comments>'
    commented = with_part(template(tmp_path, "a"), "word/comments.xml", comments, f"{TYPE}.comments+xml", f"{REL}/comments")
    assert "comments" in refusal(commented)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"%PDF-1.7", b"<html></html>"])
def test_what_is_no_word_document_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.docx").write_bytes(content)
    assert "not a Word document" in refusal(tmp_path / "x.docx")
    assert "can't be read" in refusal(tmp_path / "there_is_none.docx")


@pytest.mark.parametrize("tag", ["{%- if x %}{% endif %}", "{% if x -%}{% endif %}", "{{- x }}", "{{ x -}}"])
def test_tags_that_swallow_what_is_beside_them_are_refused(tmp_path: Path, tag: str) -> None:
    assert "would swallow the text beside it" in refusal(template(tmp_path, "before", tag, "after"), x="y")


# What is proved afterwards


def test_what_must_be_shown_is_looked_for_as_it_is_printed(tmp_path: Path) -> None:
    assert render(template(tmp_path, "{{ a }}{{ b }}"), {"a": "canal\x07 steps {", "b": "{ 7 }}"}, ["canal\x07 steps {"])


def test_a_case_that_the_template_does_not_show_is_missed(tmp_path: Path) -> None:
    path = template(tmp_path, "{%p for case in cases %}", "{%p if case != 'Case 02' %}", "{{ case }}", "{%p endif %}", "{%p endfor %}")
    with pytest.raises(TemplateError, match="doesn't show 1 of 2 cases"):
        render(path, {"cases": ["Case 01", "Case 02"]}, ["Case 01", "Case 02"])


def test_a_value_lost_on_the_way_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from docxtpl import DocxTemplate

    whole = DocxTemplate.render_xml_part
    monkeypatch.setattr(DocxTemplate, "render_xml_part", lambda *a: whole(*a).replace("Amina", ""))
    assert "has lost 1 of the values" in refusal(template(tmp_path, "{{ a }}", "{{ b }}"), a="Zoë", b="Amina")


def test_a_tag_left_over_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from docxtpl import DocxTemplate

    whole = DocxTemplate.render_xml_part
    monkeypatch.setattr(DocxTemplate, "render_xml_part", lambda *a: whole(*a).replace("late", "{{ late }}"))
    assert "A tag of the template is left" in refusal(template(tmp_path, "{{ a }} too late"), a="{{ 7*7 }}")


# What leaves the house


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    path = template(tmp_path, "{{ x }}", header="{{ x }}")
    first = render(path, {"x": "a"}, [], title="Minutes")
    time.sleep(2.1)  # the clock of a zip file ticks every two seconds
    assert render(path, {"x": "a"}, [], title="Minutes") == first


def test_nothing_hidden_goes_out(tmp_path: Path) -> None:
    path = template(tmp_path, "{{ x }}")
    author = patched(path, "docProps/core.xml", lambda xml: xml.replace("python-docx", "A Person"))
    noisy = patched(author, "word/document.xml", lambda xml: xml.replace("<w:p>", '<w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD">'))
    document = render(noisy, {"x": "a"}, [], title="Minutes & more")
    core = part(document, "docProps/core.xml")
    assert "A Person" not in core
    assert "<dc:title>Minutes &amp; more</dc:title><dc:language>en-GB</dc:language>" in core
    assert "rsid" not in part(document, "word/document.xml")
    assert not [name for name in ("docProps/thumbnail.jpeg", "customXml/item1.xml") if name in _names(document)]


def _names(document: bytes) -> list[str]:
    from mase_docs.merge.read import unzip

    return list(unzip(document))


def test_bookmarks_made_by_a_loop_have_names_of_their_own_and_links_find_them(tmp_path: Path) -> None:
    path = template(tmp_path, "{%p for a in many %}", "to {{ a }}", "{%p endfor %}", "{%p for a in many %}", "at {{ a }}", "{%p endfor %}")
    link = '<w:hyperlink w:anchor="case"><w:r><w:t>to {{ a }}</w:t></w:r></w:hyperlink>'
    mark = '<w:bookmarkStart w:id="0" w:name="case"/><w:r><w:t>at {{ a }}</w:t></w:r><w:bookmarkEnd w:id="0"/>'
    patched(
        path,
        "word/document.xml",
        lambda xml: xml.replace("<w:r><w:t>to {{ a }}</w:t></w:r>", link).replace("<w:r><w:t>at {{ a }}</w:t></w:r>", mark),
    )
    body = part(render(path, {"many": ["1", "2"]}, []), "word/document.xml")
    assert [body.count(f'w:{kind}="{name}"') for kind in ("name", "anchor") for name in ("case", "case_2")] == [1, 1, 1, 1]
    assert body.count('w:id="1"') == body.count('w:id="2"') == 2


def test_a_cell_emptied_by_a_condition_is_still_one_that_word_opens(tmp_path: Path) -> None:
    document: Any = __import__("docx").Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "{%p for a in nothing %}"
    cell.add_paragraph("{{ a }}")
    cell.add_paragraph("{%p endfor %}")
    document.save(tmp_path / "own.docx")
    assert paragraphs(render(tmp_path / "own.docx", {"nothing": []}, []))[0].cell == ((1, 1, 1),)


def test_docxtpl_is_touched_in_one_place_only() -> None:
    root = Path(__file__).resolve().parent.parent.parent / "mase_docs"
    assert [p.name for p in root.rglob("*.py") if "import DocxTemplate" in p.read_text() or "import docxtpl" in p.read_text()] == [
        "word.py"
    ]
