"""All that the register holds about one person is found, each with who said it, and nothing of somebody else's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import select

from mase_docs import resources
from mase_docs.definition.home import Home
from mase_docs.documents import subject_access
from mase_docs.errors import RegisterError
from mase_docs.merge.word import render
from mase_docs.model.subject_access import DO_NOT_DISCLOSE, FREE_TEXT, OTHER_FORM, SERIOUS_HARM, THIRD_PARTY, Entry, SubjectAccess
from mase_docs.register.care.gathering import gathered
from mase_docs.register.persons import identity
from mase_docs.register.records import Action, Assessment, Case, Discussion, Information, Link, Meeting, Person, Referral
from mase_docs.register.register import Register
from tests.documents.forms import form
from tests.register.marked import marked, marks, recorded
from tests.register.sat import a_meeting, a_return, heard
from tests.register.stores import a_register

REFERENCE = "MASE-2026-0001"


@pytest.fixture
def a_file(tmp_path: Path) -> Iterator[Register]:
    """An empty register, on one store: what is the same on all."""
    with a_register("sqlite", tmp_path) as made:
        yield made


def about(register: Register, home: Home, reference: str = REFERENCE) -> SubjectAccess:
    with register.reading() as session:
        return gathered(session, reference, home, "22 November 2026", "tester")[0]


def words(found: SubjectAccess) -> str:
    """Everything that the paper's reader and the JSON's reader see, told apart by nothing."""
    return json.dumps(subject_access.as_json(found), ensure_ascii=False)


def in_word(found: SubjectAccess, home: Home) -> str:
    template = resources.folder("templates") / "subject_access.docx"
    data = render(template, subject_access.context(found, home), subject_access.must_show(found), title=subject_access.title(found, home))
    document = Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def entries(found: SubjectAccess, title: str) -> list[Entry]:
    return [entry for section in found.sections if section.title == title for entry in section.entries]


def test_every_answer_of_a_form_is_there_and_none_of_an_unlinked_child(register: Register, home: Home) -> None:
    first, other = marked(home, "Zq"), marked(home, "Xw", dob=date(2010, 1, 1))
    recorded(register, home, first)
    recorded(register, home, other, "MASE-2026-0002")
    found = about(register, home)
    for text in (words(found), in_word(found, home)):
        assert [mark for mark in marks(first) if mark not in text] == []
        assert "Xw" not in text


def test_each_fact_says_who_said_it_and_when(a_file: Register, home: Home) -> None:
    recorded(a_file, home, marked(home, referrer_name="Ref Sample", referrer_agency="gp", referral_date=date(2026, 10, 30)))
    found = about(a_file, home)
    said = next(entry for entry in entries(found, f"Form {REFERENCE}") if entry.heading == "What it says")
    assert said.said_by.startswith("Ref Sample, GP")
    assert said.when == "30 October 2026"
    assert all(entry.said_by and entry.when and entry.where for section in found.sections for entry in section.entries)


def test_what_another_childs_form_says_is_told_as_that_and_marked(a_file: Register, home: Home) -> None:
    recorded(a_file, home, form(family_name="Sample", given_names="Testa", dob=date(2011, 4, 3)))
    friend = [{"name": "Testa Sample", "dob": date(2011, 4, 3), "role": "associate", "relationship": "Zqschoolfriend"}]
    other = form(family_name="Else", given_names="Somebody", dob=date(2010, 1, 1), reason_for_referral="Xwreason", linked_people=friend)
    recorded(a_file, home, other, "MASE-2026-0002")
    with a_file.writing("people same") as writing:
        people = writing.session.scalars(select(Person).where(Person.family_name == "Sample").order_by(Person.id)).all()
        identity.same(writing, people[1], people[0], "tester", "the same date of birth")
    found = about(a_file, home)
    [mention] = entries(found, "What other young people's forms say")
    assert "MASE-2026-0002" in mention.heading
    assert "Zqschoolfriend" in [fact.value for fact in mention.facts]
    assert all(OTHER_FORM in fact.marks for fact in mention.facts)
    assert "Xwreason" not in words(found)
    assert any(OTHER_FORM in fact.marks for entry in entries(found, found.sections[0].title) for fact in entry.facts)


def test_what_may_be_exempt_is_marked_and_nothing_is_left_out(a_file: Register, home: Home) -> None:
    recorded(a_file, home, marked(home, do_not_disclose=True, do_not_disclose_reason="Zqreason"))
    found = about(a_file, home)
    marked_as = {fact.what: fact.marks for section in found.sections for entry in section.entries for fact in entry.facts}
    assert "Do not disclose: Zqreason" in found.warnings
    assert DO_NOT_DISCLOSE in marked_as[home.form("referral").label_at("home_address")]
    assert THIRD_PARTY in marked_as[home.form("referral").label_at("linked_people[1].name")]
    assert SERIOUS_HARM in marked_as[home.form("referral").label_at("reason_for_referral")]
    assert marked_as[home.form("referral").label_at("religion")] == ()


def test_what_the_panel_did_is_there(a_file: Register, home: Home) -> None:
    recorded(a_file, home, form(family_name="Sample", given_names="Testa"))
    with a_file.writing("panel") as writing:
        case = writing.session.scalars(select(Case)).one()
        meeting = writing.add(Meeting(held_on=date(2026, 12, 2), state="held"))
        writing.add(Discussion(meeting_id=meeting.id, case_id=case.id, heard_under="new_cases", decision="accept_actions"))
        writing.add(Action(number="A-2026-0001", case_id=case.id, meeting_id=meeting.id, action="Zqaction", status="open", times_carried=0))
        late = Assessment(person_id=case.person_id, case_id=case.id, scheme="cse_category", code="2", category_date=date(2026, 11, 20))
        writing.add(late)
    found = about(a_file, home)
    assert entries(found, "Discussed at meetings")[0].when == "2 December 2026"
    text = words(found)
    assert all(
        said in text for said in ("Accepted: with actions", "Zqaction", home.codes("cse_category").label_of("2"), "20 November 2026")
    )


def test_what_agencies_shared_is_there_with_which_it_was_and_where_it_stands(a_file: Register, home: Home) -> None:
    recorded(a_file, home, form(family_name="Sample", given_names="Testa"))
    recorded(a_file, home, form(family_name="Else", given_names="Somebody", dob=date(2010, 1, 1)), "MASE-2026-0002")
    with a_file.writing("panel") as writing:
        case, other = writing.session.scalars(select(Case).order_by(Case.id))
        before, meeting = a_meeting(writing, date(2026, 10, 7)), a_meeting(writing, date(2026, 12, 2))
        sent, silent = (a_return(writing, meeting, mark, date(2026, 11, 27)) for mark in ("Yy", "Yysilent"))
        a_return(writing, before, "Yybefore")
        heard(writing, meeting, case, "Zq", sent)
        writing.add(Information(meeting_id=meeting.id, case_id=case.id, agency="Invented Trust", information="Zqatthemeeting"))
        heard(writing, meeting, other, "Xw", silent)
    found = about(a_file, home)
    police, trust = entries(found, "What agencies shared")
    assert (police.said_by, police.when) == (home.codes("agency").label_of("borough_police"), "2 December 2026")
    assert police.where == "Yyfilename2z.xlsx, for the meeting of 2 December 2026"
    assert (trust.said_by, trust.when, trust.where) == ("Invented Trust", "2 December 2026", "From the minutes of 2 December 2026")
    words_of_police = {fact.value: fact.marks for fact in police.facts}["Zqinformationz"]
    assert words_of_police == (SERIOUS_HARM, FREE_TEXT)
    returned = entries(found, "Forms that agencies sent back")
    assert [entry.where.partition(",")[0] for entry in returned] == ["Yyfilename2z.xlsx", "Yysilentfilename2z.xlsx"]
    assert [entry.facts[0].value.partition(" ")[0] for entry in returned] == ["It", "Nothing"]
    assert all(THIRD_PARTY in fact.marks for entry in returned for fact in entry.facts)
    assert "Xw" not in words(found)
    text = in_word(found, home)
    assert all(said in text for said in ("Zqreasonsz", "Zqinformationz", "Zqatthemeeting", "Zqactionz", "Zqevidencez"))


def test_who_looked_and_what_was_changed_is_there(a_file: Register, home: Home) -> None:
    recorded(a_file, home, form(family_name="Sample", given_names="Testa"))
    with a_file.writing("people edit") as writing:
        person = writing.session.scalars(select(Person)).one()
        writing.change(person, first_language="Zqlanguage")
        writing.change(person, first_language="Zqother")
    with a_file.writing("show") as writing:
        writing.looked(writing.session.scalars(select(Person)).one())
    [history] = entries(about(a_file, home), "Who looked, and what was changed")
    told = [(fact.what, fact.value) for fact in history.facts]
    assert any("from Zqlanguage to Zqother" in value for _, value in told)
    assert any("tester: looked" in what for what, _ in told)


def test_what_was_removed_from_the_record_is_told_as_long_as_the_history_has_it(a_file: Register, home: Home) -> None:
    recorded(a_file, home, form(family_name="Sample", given_names="Testa"))
    with a_file.writing("correct") as writing:
        case = writing.session.scalars(select(Case)).one()
        link = writing.add(Link(person_id=case.person_id, case_id=case.id, role="associate", evidence="Zqtakenback"))
        writing.session.flush()
        writing.remove(link)
    assert "Zqtakenback" in words(about(a_file, home))


def test_a_form_that_the_home_no_longer_has_is_told_in_its_own_words(a_file: Register, home: Home) -> None:
    with a_file.writing("receive") as writing:
        person = writing.add(Person(family_name="Sample"))
        case = writing.add(Case(reference=REFERENCE, label="x", person_id=person.id, status="new", opened_on=date(2026, 1, 1)))
        said = {"reference": "", "answers": {"old_question": {"value": "Zqold", "raw": "Zqold", "place": "A1"}}}
        about_it = {"case_id": case.id, "person_id": person.id, "received_on": date(2026, 1, 1), "received_by": "tester"}
        old = {"form": "gone", "version": 9, "source_name": "old.xlsx", "sha256": "0", "kind": "xlsx"}
        writing.add(Referral(reference=REFERENCE, answers=json.dumps(said), problems="[]", **about_it, **old))
    assert "Zqold" in words(about(a_file, home))


def test_a_place_is_no_person(a_file: Register, home: Home) -> None:
    place = form("context_referral", context_kind="place", context_name="Canal steps", referral_date=date(2026, 11, 1))
    recorded(a_file, home, place)
    with pytest.raises(RegisterError, match="about no person"):
        about(a_file, home)


def test_what_is_not_there_is_said(a_file: Register, home: Home) -> None:
    with pytest.raises(RegisterError, match="nothing of that reference"):
        about(a_file, home, "P12")


def test_somebody_whom_only_others_forms_name_can_ask_too(a_file: Register, home: Home) -> None:
    friend = [{"name": "Testa Sample", "role": "associate", "relationship": "Zqschoolfriend"}]
    recorded(a_file, home, form(family_name="Else", given_names="Somebody", linked_people=friend))
    with a_file.reading() as session:
        number = session.scalars(select(Person.id).where(Person.family_name == "Sample")).one()
    found = about(a_file, home, f"p{number}")
    assert found.references == ()
    assert "Zqschoolfriend" in words(found)
    assert "Else" not in words(found)
