"""A definition with mistakes: each is named with its file, its block and what to do, and nothing ends in a traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mase_docs.definition.home import Home
from mase_docs.definition.load import load_codes
from mase_docs.errors import DefinitionError
from mase_docs.problems import Problem

START = 'id = "mine"\nversion = 1\ntitle = "Mine"\ncode = "MINE"\n'
Wrong = Callable[..., list[Problem]]


@pytest.fixture
def wrong(tmp_path: Path, home: Home) -> Wrong:
    """The mistakes found in the text of a form definition."""

    def found(text: str, start: str = START) -> list[Problem]:
        path = tmp_path / "mine_v1.toml"
        path.write_text(start + text, encoding="utf-8")
        with pytest.raises(DefinitionError) as caught:
            home.load(path, {"EL1", "CA1"})
        return caught.value.problems

    return found


def field(*lines: str, name: str = "asked", type: str = "text", label: str = "Asked") -> str:
    head = f'[[section]]\nname = "one"\nlabel = "One"\n[[section.field]]\nname = "{name}"\ntype = "{type}"\nlabel = "{label}"\n'
    return head + "\n".join(lines)


MANY = """
checks = ["EL1", "EL11"]
intro = "For {pannel}"
colour = "blue"

[[section]]
name = "one"
label = "One"

[[section.field]]
name = "Family Name"
type = "txt"
label = "Family name"

[[section.field]]
name = "sex"
type = "select_one"
label = "Sex"

[[section.field]]
name = "sex"
type = "select_one"
label = "Sex again"
choices = "sexes"
required_when = { ses = ["F"] }
"""


def test_every_mistake_is_named_at_once(wrong: Wrong) -> None:
    said = [(p.place, p.message) for p in wrong(MANY)]
    assert said == [
        ("mine_v1.toml › the form", '"colour" is not a setting here.'),
        ('mine_v1.toml › field "sex"', "There are two of it."),
        ("mine_v1.toml › the form", '"{pannel}" stands for nothing.'),
        ('mine_v1.toml › section "one", field "Family Name"', "A name is small letters, digits and _ and begins with a letter."),
        ('mine_v1.toml › section "one", field "Family Name"', '"txt" is not a type of question.'),
        ('mine_v1.toml › section "one", field "sex"', "A select_one needs a code list."),
        ('mine_v1.toml › section "one", field "sex"', 'There is no code list "sexes".'),
        ('mine_v1.toml › section "one", field "sex"', 'required_when names "ses", which is not a field of this form.'),
        ("mine_v1.toml › checks", 'There is no rule "EL11".'),
    ]


def test_a_head_that_cannot_be_read_hides_no_mistake_of_the_questions(wrong: Wrong) -> None:
    headless = wrong(MANY, START.replace("version = 1", 'version = "one"'))
    assert {p.place for p in headless} == {p.place for p in wrong(MANY)} | {"mine_v1.toml › the form, version"}


def test_every_mistake_has_a_remedy(wrong: Wrong) -> None:
    assert all(problem.remedy and problem.severity == "error" for problem in [*wrong(MANY), *wrong(MANY)])


def test_a_misspelt_setting_is_met_with_the_right_one(wrong: Wrong) -> None:
    (problem,) = wrong(field('lable = "Asked"'))
    assert problem.message == '"lable" is not a setting here.'
    assert problem.remedy == 'Did you mean "label"?'


def test_a_missing_setting_is_named(wrong: Wrong) -> None:
    (problem,) = wrong('[[section]]\nname = "one"\nlabel = "One"\n[[section.field]]\nname = "dob"\nlabel = "Born"\n')
    assert problem.message == '"type" is missing.'


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('required = "yes"', "This should be true or false."),
        ("hint = 5", "This should be text in quotes."),
        ('max_length = "ten"', "This should be a whole number."),
        ('media = "pdf"', "This should be a list in [ ]."),
        ('media = ["word"]', "This is not one of the values it may have."),
        ('filled_by = "coordinater"', "This is not one of the values it may have."),
        ('required_when = "always"', "This should be a table."),
        ("rows = { xslx = 4 }", "rows says how many rows each blank has."),
        ("rows = { pdf = 0 }", "rows says how many rows each blank has."),
        ("minimum = 5\nmaximum = 4", "The minimum is above the maximum."),
        ("max_length = 0", "No answer is as short as that."),
        ('column = [{ name = "a_b", type = "text", label = "A" }]', "A repeat has columns, and only a repeat."),
        ('keys = "safeguards"', 'There is no code list "safeguards".'),
        ("required_when = { asked = 1 }", "required_when gives each field a list of values."),
    ],
)
def test_a_setting_of_the_wrong_kind_is_named(line: str, message: str, wrong: Wrong) -> None:
    assert message in [problem.message for problem in wrong(field(line))]


@pytest.mark.parametrize("name", ["dob1", "r", "c", "abc12", "_dob", "1st", "Dob", "date-of-birth", ""])
def test_a_name_that_excel_or_a_pdf_would_refuse_is_refused_first(name: str, wrong: Wrong) -> None:
    (problem,) = wrong(field(name=name))
    assert "name" in problem.message


@pytest.mark.parametrize("brace", ["{", "}", "{borough", "{}", "{0}", "{panel.name}"])
def test_braces_that_stand_for_nothing_are_named(brace: str, wrong: Wrong) -> None:
    (problem,) = wrong(field(label=f"Asked {brace}"))
    assert problem.message.endswith("stands for nothing.")
    assert "borough" in problem.remedy


def test_a_condition_that_can_never_hold_is_named(wrong: Wrong) -> None:
    other = '[[section.field]]\nname = "why"\ntype = "text"\nlabel = "Why"\nrequired_when = { asked = ["female"] }'
    (problem,) = wrong(field('choices = "sex"', type="select_one") + "\n" + other)
    assert problem.message == 'required_when gives "asked" a value that it never has.'


def test_a_tick_that_would_take_another_fields_name_is_named(wrong: Wrong) -> None:
    other = '[[section.field]]\nname = "asked_cse"\ntype = "text"\nlabel = "Why"'
    (problem,) = wrong(field('choices = "concern_type"', type="select_multiple") + "\n" + other)
    assert problem.message == 'Its tick "cse" would have the name of another field.'


def test_a_form_may_not_be_based_on_one_that_is_not_there(wrong: Wrong) -> None:
    assert wrong('based_on = "referal_v1"\n')[0].place == "mine_v1.toml › based_on"


def test_a_form_may_not_be_based_on_itself(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    path = tmp_path / "forms" / "mine_v1.toml"
    path.write_text(START + 'based_on = "mine_v1"\n', encoding="utf-8")
    with pytest.raises(DefinitionError):
        Home(tmp_path).load(path)


@pytest.mark.parametrize(
    "text", ["section = 5", 'section = "one"', "section = [5]", "[section]", 'section = [{ name = "a", label = "A", field = 5 }]']
)
def test_tables_of_the_wrong_shape_are_named(text: str, wrong: Wrong) -> None:
    assert wrong(text)


@pytest.mark.parametrize("data", [b"id = ", b"\xff\xfe", b'id = "a"\nid = "b"', b"\x00"])
def test_a_file_that_is_no_toml_is_said_to_be_none(data: bytes, tmp_path: Path, home: Home) -> None:
    path = tmp_path / "broken_v1.toml"
    path.write_bytes(data)
    with pytest.raises(DefinitionError) as caught:
        home.load(path)
    assert caught.value.problems[0].place == "broken_v1.toml › the whole file"


def code_list(tmp_path: Path, *codes: str) -> list[str]:
    path = tmp_path / "mine.toml"
    path.write_text(f'label = "Mine"\ncode = [{", ".join(codes)}]\n', encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_codes(path)
    return [f"{p.place}: {p.message}" for p in caught.value.problems]


def test_a_word_that_means_two_codes_is_named(tmp_path: Path) -> None:
    found = code_list(tmp_path, '{ code = "a1", label = "One", aliases = ["Both!"] }', '{ code = "b1", label = "both" }')
    assert found == ['mine.toml › code "b1": "both" also means "a1".']


def test_a_code_that_stands_twice_is_named(tmp_path: Path) -> None:
    found = code_list(tmp_path, '{ code = "A", label = "One" }', '{ code = "a", label = "Two" }')
    assert 'mine.toml › code "a": There are two of it.' in found


def test_a_word_without_letters_is_named(tmp_path: Path) -> None:
    found = code_list(tmp_path, '{ code = "a", label = "One", aliases = ["?"] }')
    assert found == ['mine.toml › code "a": One of its words has neither letter nor digit.']
