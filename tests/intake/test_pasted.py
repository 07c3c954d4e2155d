"""A form pasted into a mail's text is read for what was typed, and a mail that only speaks of one is no form."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from mase_docs.definition.form import Form
from mase_docs.errors import InputRefusedError
from mase_docs.intake.answers import compose
from mase_docs.intake.finding import Reading
from mase_docs.intake.pasted import read
from mase_docs.model.submission import Answer
from mase_docs.pipeline import read as read_all
from tests.intake.pasted_mails import EXAMPLES, GREETING, HOME, SIGNATURE, WRITTEN, Typed, case, outlook_table, plain_lines, said

TODAY = date(2026, 11, 23)
CASES = ("01", "04", "05", "08", "10")


def reading(text: str) -> Reading:
    return read(text.encode("utf-8"), HOME)


def answers(text: str) -> dict[str, Answer]:
    return compose(reading(text), HOME, TODAY)


def refusal(text: str) -> str:
    with pytest.raises(InputRefusedError) as raised:
        reading(text)
    return raised.value.code


def wrong(form: Form, typed: Typed, read: dict[str, Answer]) -> dict[str, object]:
    """Every answer that differs from what was typed: choices by their codes, all else by its words."""
    given = {path: answer for path, answer in read.items() if answer.value is not None or answer.issues}
    differ = {path: read.get(path) for path in typed if not _is_same(form, path, typed[path], given.get(path))}
    return {**differ, **{path: given[path] for path in given.keys() - typed.keys()}}


def _is_same(form: Form, path: str, typed: object, answer: Answer | None) -> bool:
    field = form.at(path)
    if answer is None:
        return False
    if field.type == "select_multiple":
        return isinstance(answer.value, list) and isinstance(typed, list) and set(answer.value) == set(typed)
    if field.type == "select_one" and not field.or_other:
        return answer.value == typed
    return " ".join((answer.raw or "").split()) == " ".join(said(field, typed).split())


@pytest.mark.parametrize("file", CASES)
@pytest.mark.parametrize("way", WRITTEN)
def test_every_answer_is_what_was_typed(way: str, file: str) -> None:
    form, typed = case(file)
    assert wrong(form, typed, answers(WRITTEN[way](form, typed))) == {}


@pytest.mark.parametrize("way", WRITTEN)
def test_every_answer_is_a_guess_to_be_confirmed(way: str) -> None:
    found = reading(WRITTEN[way](*case("01")))
    assert {finding.confidence for finding in found.findings.values()} == {"low"}
    assert next(p.code for p in found.problems if p.severity == "warning") == "AR17"


def values(text: str, *paths: str) -> list[object]:
    found = answers(text)
    return [found[path].value if path in found else None for path in paths]


def with_lines(*lines: str, without: tuple[str, ...] = ()) -> str:
    """A form of which some lines are other ones: those that begin like one of `without` are left out, and new ones added at its end."""
    body = plain_lines(*case("08")).removeprefix(GREETING).removesuffix(SIGNATURE)
    return (
        "\n".join([*(line for line in body.split("\n") if not line.startswith(without)), *lines])
        if without
        else f"{body}\n" + "\n".join(lines)
    )


@pytest.mark.parametrize(
    "ticks",
    [
        "[x] Child sexual exploitation (CSE)\n[ ] Domestic abuse\n[X] Going missing\n[ ] Sexual bullying",
        "☑ CSE ☐ Domestic abuse ☒ Going missing",
        "CSE: yes\nDomestic abuse: no\nGoing missing: Y",
        "CSE\tX\nDomestic abuse\nGoing missing\tx",
        "- CSE\n- Going missing",
        "CSE [x]\nDomestic abuse [ ]\nGoing missing [x]",
        "(x) CSE\n( ) Domestic abuse\n(x) Going missing",
        "X\tCSE\tX\tGoing missing",
        "CSE; missing",
        "CSE and missing",
    ],
)
def test_ticks_are_seen_however_they_are_made(ticks: str) -> None:
    text = with_lines("What are you worried about?", *ticks.split("\n"), without=("What are you worried about?",))
    assert values(text, "concern_types") == [["cse", "missing"]]


def test_a_list_of_choices_without_a_tick_is_no_answer() -> None:
    every = [choice.label for choice in HOME.codes("concern_type").code]
    text = with_lines("What are you worried about?", *every, without=("What are you worried about?",))
    assert values(text, "concern_types") == [None]


def test_a_mark_that_is_no_tick_is_asked_about() -> None:
    text = with_lines("What are you worried about?", "CSE: perhaps", without=("What are you worried about?",))
    assert "CO12" in answers(text)["concern_types"].issues


@pytest.mark.parametrize("between", [": ", " - ", " – ", "\t", ":\n", "\n\n", " (Surname): ", "*:  ", " = "])
def test_label_and_answer_are_told_apart_whatever_stands_between(between: str) -> None:
    text = with_lines(f"1. Family name{between}Night-Jar", without=("Family name",))
    assert values(text, "family_name") == ["Night-Jar"]


def test_two_answers_to_one_question_stand_side_by_side_and_none_is_taken() -> None:
    found = answers(with_lines("Date of birth: 4 May 2012"))["dob"]
    assert (found.value, found.raw, found.issues) == (None, "25/09/2010; 4 May 2012", ("TY1",))


def test_a_label_in_the_midst_of_a_story_is_a_part_of_it() -> None:
    told = "What is going well?\nA list from school:\nFamily name: misspelt there\nand the rest is right."
    read = values(with_lines(told, without=("What is going well?",)), "strengths_protective_factors", "family_name")
    assert read == ["A list from school:\nFamily name: misspelt there\nand the rest is right.", "O'Rowan"]


def test_answers_written_between_the_quoted_lines_are_taken() -> None:
    form, typed = case("10")
    quoted = "\n".join(f"> {line}" for line in plain_lines(form, {**typed, "context_name": ""}).removeprefix(GREETING).split("\n"))
    text = "See my answer below.\n\n" + quoted.replace("> What is it called? ", "> What is it called?\nHeron Row stairwell")
    assert values(text, "context_name") == ["Heron Row stairwell"]


def test_labels_above_their_answers_in_a_table_are_understood() -> None:
    cells = (
        "<table><tr><td>Family name</td><td>Given names</td><td>Date of birth</td></tr>"
        "<tr><td>Night</td><td>Jar</td><td>3/7/2011</td></tr></table>"
    )
    lines = with_lines(without=("Family name", "Given names", "Date of birth")).replace("<", "&lt;").replace("\n", "<br>")
    assert values(f"<div>{cells}<p>{lines}</p></div>", "family_name", "given_names", "dob") == ["Night", "Jar", date(2011, 7, 3)]


def test_what_is_struck_out_hidden_or_a_box_of_a_web_form_is_understood() -> None:
    lines = (
        with_lines(without=("Sex", "Nationality", "First language", "Is an interpreter needed?")).replace("<", "&lt;").replace("\n", "<br>")
    )
    boxes = (
        "<p>Sex: <s>Male</s>/ Female</p><p>Nationality: <span style='display: none'>hidden</span>British</p>"
        "<p>First language: <input value='Welsh'></p>"
        "<p>Is an interpreter needed? <input type=checkbox> Yes <input type=checkbox checked> No</p>"
    )
    read = answers(f"<html><body><p>{lines}</p>{boxes}</body></html>")
    assert [read[name].value for name in ("nationality", "first_language", "interpreter_needed")] == ["British", "Welsh", False]
    assert "Male" not in (read["sex"].raw or "")


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_coding_of_a_text_is_found_out(coding: str) -> None:
    found = read(with_lines("Family name: Zoë Náñez", without=("Family name",)).encode(coding, "replace"), HOME)
    assert found.findings[("family_name", None)].raw == "Zoë Náñez"


def test_what_belongs_to_no_question_is_counted_with_its_place() -> None:
    text = with_lines("Shoe size: 5", "Date completed: 17/11/2026", without=("Date completed",))
    told = next(p for p in reading(text).problems if p.code == "AR36")
    assert (told.severity, told.place) == ("warning", f"line {text.split(chr(10)).index('Shoe size: 5') + 1}")


def test_what_stands_behind_the_end_of_a_page_is_read_too() -> None:
    lines = with_lines(without=("Family name",)).replace("<", "&lt;").replace("\n", "<br>")
    assert values(f"<html><body><p>{lines}</p></body></html><p>Family name: Jar</p>", "family_name") == ["Jar"]


def test_two_forms_one_after_the_other_are_not_mixed() -> None:
    assert refusal(plain_lines(*case("01")) + plain_lines(*case("08"))) == "AR14"
    assert refusal(2 * outlook_table(*case("08"))) == "AR14"


@pytest.mark.parametrize(
    "text",
    [
        "Hi,\n\nCould you tell me the date of birth and the NHS number please?\n\nThanks",
        "Date of birth: 3 July 2011\nFamily name: Quillfeather\nYour name: Perpetua\n",
        "<div>Please find the form attached.</div>",
        "",
        "\x00\x01\x02",
    ],
)
def test_a_mail_that_speaks_of_a_form_is_none(text: str) -> None:
    assert refusal(text) == "AR18"


def test_a_form_of_another_version_is_refused_as_a_file_would_be() -> None:
    assert refusal(plain_lines(*case("08")) + "\nMASE-REF 7") == "AR15"


HOSTILE = {
    "nested deeply": "<div>" * 100_000 + "x",
    "tables in tables": "<table><tr><td>" * 20_000,
    "a cell over everything": "<table><tr><td colspan=999999999 rowspan=999999999>x<td>y</table>",
    "an entity that grows": "<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><html><p>&b;&b;</p></html>",
    "a file named in it": "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><html><p>&x;</p><iframe src='file:///etc/hostname'></html>",
    "no end": "<html><table><tr><td",
    "one long line": "Date of birth: " * 100_000,
    "many colons": ":" * 200_000,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_page_does_no_harm(what: str) -> None:
    assert refusal(HOSTILE[what]) in ("AR18", "AR27", "AR28")


def test_a_text_of_very_many_lines_is_no_form() -> None:
    assert refusal("a\n" * 30_000) == "AR28"


def test_a_page_that_is_no_form_may_be_a_link() -> None:
    from mase_docs.intake import web_page

    with pytest.raises(InputRefusedError) as raised:
        web_page.read(b"<html><body><a href='https://portal.example/'>Read the message</a></body></html>", HOME)
    assert (raised.value.code, "link" in str(raised.value)) == ("AR30", True)


@pytest.mark.needs("soffice")
def test_the_excel_form_saved_as_a_web_page_is_read_like_the_workbook(tmp_path: Path) -> None:
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "html",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(EXAMPLES / "month" / "01_school_group.xlsx")], check=True, capture_output=True, timeout=120)
    assert wrong(*case("01"), compose(read((tmp_path / "01_school_group.html").read_bytes(), HOME), HOME, TODAY)) == {}


@pytest.mark.parametrize(("mail", "file"), [("mail_pasted_table.eml", "10"), ("mail_pasted_lines.eml", "09")])
def test_the_mails_of_the_examples_are_read_as_they_arrive(mail: str, file: str) -> None:
    (found,) = read_all([EXAMPLES / "arrives" / mail], HOME, TODAY)
    assert (found.source.kind, found.form) == ("email_body", case(file)[0].id)
    assert wrong(*case(file), found.answers) == {}
