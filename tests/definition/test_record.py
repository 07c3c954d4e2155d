"""The [[record]] blocks of a form: right ones are taken, and every mistake in them is named with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from mase_docs.definition.form import RETURNS
from mase_docs.definition.home import Home
from mase_docs.errors import DefinitionError
from mase_docs.pipeline import check_definition
from mase_docs.register.arriving.said import tables

EXAMPLES = Path(__file__).parents[2] / "examples"
FORM = """
id = "mine"
version = 1
title = "Mine"
code = "MINE"
[[section]]
name = "one"
label = "One"
[[section.field]]
name = "dob"
type = "date"
label = "Date of birth"
[[section.field]]
name = "school"
type = "text"
label = "School"
[[section.field]]
name = "phones"
type = "text_list"
label = "Telephones"
[[section.field]]
name = "people"
type = "repeat"
label = "People"
  [[section.field.column]]
  name = "name"
  type = "name"
  label = "Name"
  [[section.field.column]]
  name = "born"
  type = "date"
  label = "Born"
[[record]]
"""
RIGHT = [
    'table = "person"\nsame = ["dob"]',
    'table = "person"\ncolumns = { family_name = "school" }',
    'table = "link"\nalways = { role = "attends" }\ncontext = { kind = "school", name = "school" }\nsingle = true',
    'table = "link"\nevery = "phones"\nalways = { role = "uses" }\ncontext = { kind = "phone", name = "*" }',
    'table = "link"\neach = "people"\nalways = { role = "family" }\nperson = { name = "name", dob = "born" }',
    'table = "missing_episode"\neach = "people"\ncolumns = { found_with = ["name", "born"] }\nknown_by = ["start"]',
]
WRONG = {
    'table = "persons"': ('There is no table "persons" in the register.', 'Did you mean "person"?'),
    'table = "person"\nsame = ["school"]': ('There is no column "school" in the table "person".', "Use one of: "),
    'table = "person"\nalways = { sexe = "F" }': ('There is no column "sexe" in the table "person".', 'Did you mean "sex"?'),
    'table = "person"\nneeds = ["dobb"]': ('There is no column "dobb" in the table "person".', 'Did you mean "dob"?'),
    'table = "person"\nknown_by = ["id"]': ('There is no column "id" in the table "person".', "Use one of: "),
    'table = "person"\ncolumns = { dob = "dobb" }': ('"dob" is filled from "dobb", which is not asked there.', 'Did you mean "dob"?'),
    'table = "person"\ncolumns = { dob = "school" }': (
        '"dob" cannot hold the answer to "school".',
        "It takes a question of type date or datetime.",
    ),
    'table = "person"\ncolumns = { dob = 3 }': (
        "A column names the question that fills it, or a list of several.",
        'Write it like columns = { measure = "step" }.',
    ),
    'table = "person"\ncolumns = { family_name = "*" }': ('"family_name" is filled from an item, and there is no list.', 'Add every = "…"'),
    'table = "disruption"\neach = "peple"\nsame = ["measure"]': (
        'each names "peple", which is not a field of this form.',
        'Did you mean "people"?',
    ),
    'table = "disruption"\neach = "school"\ncolumns = { measure = "name" }': (
        '"school" is not a question of type repeat.',
        "Name one that is",
    ),
    'table = "intervention"\nevery = "people"\ncolumns = { intervention = "*" }': (
        '"people" is not a question of type text_list or select_multiple.',
        "Name one that is",
    ),
    'table = "disruption"\neach = "people"\ncolumns = { measure = "school" }': (
        '"measure" is filled from "school", which is not asked there.',
        "Use one of: ",
    ),
    'table = "disruption"\neach = "people"\nevery = "phones"\ncolumns = { measure = "name" }': (
        "A record is made of each row or of every item.",
        "Take out each or every.",
    ),
    'table = "case"\ncontext = { kind = "school", name = "school" }': ("Only a link has another end.", "Take out person and context"),
    'table = "link"\ncontext = { name = "school" }': ("context doesn't say which context it is.", "Write it like context = "),
    'table = "link"\neach = "people"\nperson = { dob = "born" }': ("person doesn't say which person it is.", "Write it like person = "),
    'table = "link"\neach = "people"\nperson = { name = "name", dobb = "born" }': (
        'There is no column "dobb" in the table "person".',
        "Did you mean",
    ),
    'tabel = "person"': ('"tabel" is not a setting here.', 'Did you mean "table"?'),
}


def written(text: str, folder: Path) -> Path:
    path = folder / "mine_v1.toml"
    path.write_text(FORM + text, encoding="utf-8")
    return path


@pytest.mark.parametrize("text", RIGHT)
def test_a_record_that_is_right_has_no_mistake(text: str, tmp_path: Path, home: Home) -> None:
    assert check_definition(written(text, tmp_path), home) == []


@pytest.mark.parametrize("text", WRONG)
def test_a_mistake_in_a_record_is_named_with_what_to_do(text: str, tmp_path: Path, home: Home) -> None:
    found = check_definition(written(text, tmp_path), home)
    message, remedy = WRONG[text]
    assert [(problem.message, problem.remedy.startswith(remedy)) for problem in found if problem.message == message] == [(message, True)]
    assert all("record" in str(problem.place) for problem in found)


def test_a_table_is_looked_for_only_where_the_register_is_known(tmp_path: Path, home: Home) -> None:
    path = written('table = "persons"', tmp_path)
    assert home.load(path).record[0].table == "persons"
    with pytest.raises(DefinitionError):
        home.load(path, tables=tables())


@pytest.mark.parametrize(
    "path", [*EXAMPLES.parent.glob("forms/*_v*.toml"), *EXAMPLES.glob("boroughs/forms/*.toml")], ids=lambda path: path.name
)
def test_the_records_of_every_form_fit_the_register(path: Path) -> None:
    home = Home(EXAMPLES / "boroughs")
    assert check_definition(path, home) == []
    assert bool(home.load(path).record) == (home.load(path).kind not in RETURNS)


def test_a_boroughs_own_form_has_the_records_of_its_base_and_its_own(tmp_path: Path, home: Home) -> None:
    path = tmp_path / "ours_v1.toml"
    own = '[[section]]\nname = "one"\nlabel = "One"\n[[section.field]]\nname = "surname"\ntype = "text"\nlabel = "Surname"\n'
    record = '[[record]]\ntable = "person"\ncolumns = { family_name = "surname" }\n'
    path.write_text(f'id = "ours"\nversion = 1\ntitle = "Ours"\nbased_on = "referral_v1"\n{own}{record}', encoding="utf-8")
    records = home.load(path, tables=tables()).record
    assert records[:-1] == home.form("referral").record
    assert records[-1].filled == {"family_name": ("surname",)}
