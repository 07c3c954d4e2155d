"""What differs between two versions of minutes, in words and under the headings where it is."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from mase_docs import cycle
from mase_docs.definition.home import Home
from mase_docs.model.differences import Difference, differences, heading_of, legend
from mase_docs.model.edited import Edited, Row, Typed
from mase_docs.pipeline import Occasion
from mase_docs.register.register import Register
from tests.after_a_meeting import HELD, TODAY, fill
from tests.conftest import Command
from tests.register.stores import BOROUGH, witness

UNDER = "under “Decision”, “MASE-2026-0007 / ZL / 15F”"
HEADING = "MASE-2026-0007 / ZL / 15F › Decision"


# The comparison itself


def slots(**said: str) -> Edited:
    return Edited(slots={name: Typed(text, f"table 7, row 3, column 2, {UNDER}") for name, text in said.items()})


def row(key: str = "", about: str = "case7", table: str = "actions", place: str = "table 8, row 2", **cells: str) -> Row:
    return Row(about, table, key, {column: Typed(text, place) for column, text in cells.items()}, place)


def rows(*given: Row) -> Edited:
    return Edited(rows=list(given))


def paragraphs(*said: str) -> Edited:
    return Edited(outside=[Typed(text, "paragraph") for text in said])


def told(older: Edited, newer: Edited) -> list[str]:
    return [one.in_words() for one in differences(older, newer)]


def test_a_place_says_what_it_was_and_what_it_is() -> None:
    [found] = differences(slots(case7_decision="Accepted: monitor"), slots(case7_decision="Closed: moved away"))
    assert found.in_words() == "Decision of MASE-2026-0007: was “Accepted: monitor”, is “Closed: moved away”"
    assert found.heading == HEADING


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("case7_filed_by", "Put on file by (MASE-2026-0007)"),
        ("case7_category", "Category or level of MASE-2026-0007"),
        ("meeting_minute_taker", "Minutes taken by"),
        ("theme4_response", "Response discussed"),
        ("item_cross_border_minutes_spent", "Minutes spent, cross border"),
    ],
)
def test_every_place_is_called_as_on_paper(name: str, called: str) -> None:
    older = {"case7_decision": "x", name: "before"}
    [found] = differences(slots(**older), slots(**{**older, name: "after"}))
    assert found.what == called


def test_a_place_that_was_filled_emptied_or_deleted_is_told() -> None:
    assert told(slots(meeting_chair=""), slots(meeting_chair="B. Chair")) == ["Chair: was empty, is “B. Chair”"]
    assert told(slots(meeting_chair="B. Chair"), Edited()) == ["Chair: was “B. Chair”, is empty"]
    assert told(slots(meeting_chair=""), Edited()) == []


def test_spaces_and_line_ends_are_no_difference() -> None:
    assert told(slots(case7_reasons="One\ntwo "), slots(case7_reasons="One  two")) == []
    assert told(paragraphs("One\u00a0 two"), paragraphs("One two")) == []


def test_a_row_is_known_by_its_key_its_number_or_its_words() -> None:
    assert told(rows(row("action31", number="A-1", due="1/1")), rows(row("action31", number="A-1", due="2/1"))) == [
        "Actions, A-1, Due: was “1/1”, is “2/1”"
    ]
    assert told(rows(row("", number="A-1", action="Visit")), rows(row("", number="A-1", action="Telephone them at once"))) == [
        "Actions, A-1, Action: was “Visit”, is “Telephone them at once”"
    ]
    draft, agreed = row("case7_new1", number="", action="Visit"), row("action31", number="A-1", action="Visit")
    assert told(rows(draft), rows(agreed)) == ["Actions, A-1, No.: was empty, is “A-1”"]


def test_rows_in_another_order_are_the_same_rows() -> None:
    one, two = row("", action="Visit the arcade"), row("", action="Telephone the school")
    assert told(rows(one, two), rows(two, one)) == []


def test_the_blank_row_that_was_filled_first_says_nothing_about_which_action_it_is() -> None:
    visit, phone = row("case7_new1", action="Visit the arcade"), row("case7_new2", action="Telephone the school")
    now = row("case7_new1", action="Telephone the school")
    assert told(rows(visit, phone), rows(now)) == ["Actions, a row was removed: “Action: Visit the arcade”"]


def test_a_row_in_like_words_was_changed_and_another_was_added() -> None:
    was = row("", action="Visit the arcade by the canal", agency="GP")
    now = row("", action="Visit the arcade by the old canal", agency="GP")
    new = row("", action="Write to licensing", agency="Licensing")
    assert sorted(told(rows(was), rows(new, now))) == [
        "Actions, Visit the arcade by the old canal, Action: was “Visit the arcade by the canal”, is “Visit the arcade by the old canal”",
        "Actions, a row was added: “Action: Write to licensing; Lead agency: Licensing”",
    ]


def test_rows_of_two_cases_are_never_taken_for_each_other() -> None:
    assert told(rows(row("", about="case7", action="Visit")), rows(row("", about="case8", action="Visit"))) == [
        "Actions, a row was added: “Action: Visit”",
        "Actions, a row was removed: “Action: Visit”",
    ]


def test_other_paragraphs_are_added_removed_or_reworded() -> None:
    older = paragraphs("Head", "The school has noticed a change.", "It was late.", "End")
    newer = paragraphs("Head", "The school has noticed a good change.", "End", "Another word.")
    assert told(older, newer) == [
        "A paragraph: was “The school has noticed a change.”, is “The school has noticed a good change.”",
        "A paragraph was removed: “It was late.”",
        "A paragraph was added: “Another word.”",
    ]


def test_a_comment_that_was_added_is_told() -> None:
    assert told(Edited(), Edited(comments=[Typed("Check this", "paragraph")])) == ["A comment was added: “Check this”"]


def test_differences_stand_in_the_order_of_the_newer_version() -> None:
    places = {"b": "paragraph under “Second”", "a": "paragraph under “First”"}
    newer = Edited(outside=[Typed("First", "heading"), Typed("x", places["a"]), Typed("Second", "heading"), Typed("y", places["b"])])
    older = Edited(outside=[Typed("Gone", "heading"), Typed("z", "paragraph under “Gone”")])
    found = differences(older, newer)
    assert list(dict.fromkeys(one.heading for one in found)) == ["", "First", "Second", "Gone"]


def test_headings_are_told_from_the_widest_to_the_nearest() -> None:
    assert heading_of(f"table 7, row 3, column 2, {UNDER}") == HEADING
    assert heading_of("table 1, row 2, column 2") == ""


def test_what_stands_under_a_heading_is_known_by_the_category_of_its_case() -> None:
    found = Edited(
        slots={"case7_category": Typed("", "x, under “MASE-2026-0007 / ZL / 15F”"), "theme4_decision": Typed("", "x, under “Fern Park”")},
        outside=[Typed("MASE-2026-0009 / TS / 16M · Testa Sample", "heading"), Typed("as in MASE-2026-0001", "paragraph")],
    )
    assert legend(found) == {"MASE-2026-0007": "case7", "Fern Park": "theme4", "MASE-2026-0009": "case20260009"}


def test_json_has_every_part() -> None:
    one = Difference("A", "Decision", "changed", "x", "y", "table 1")
    assert one.to_json() == {"heading": "A", "what": "Decision", "kind": "changed", "was": "x", "now": "y", "place": "table 1"}


# Real minutes


@pytest.fixture(scope="module")
def minutes(tmp_path_factory: pytest.TempPathFactory, home: Home) -> bytes:
    """Minutes as they are made from a register."""
    folder = tmp_path_factory.mktemp("minutes")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder))
        with Register.create(str(folder / "register.sqlite"), BOROUGH, witness=witness()) as register:
            fill(register, home)
            return cycle.paper("minutes", register, Occasion(home, TODAY, HELD)).data


@pytest.fixture
def versions(minutes: bytes, tmp_path: Path) -> Callable[..., None]:
    """Writes draft.docx and agreed.docx; `edit` is done to the second."""

    def written(edit: Callable[[Any], None] = lambda _: None) -> None:
        (tmp_path / "draft.docx").write_bytes(minutes)
        document = docx.Document(str(tmp_path / "draft.docx"))
        edit(document)
        document.save(str(tmp_path / "agreed.docx"))

    return written


def say(document: Any, name: str, text: str) -> None:
    """Words typed into a control."""
    tags = {tag.get(qn("w:val")): tag for tag in document.element.body.iter(qn("w:tag"))}
    words = list(tags[name].getparent().getparent().find(qn("w:sdtContent")).iter(qn("w:t")))
    words[0].text = text
    for other in words[1:]:
        other.text = ""


def everything(document: Any) -> None:
    say(document, "meeting_version", "Agreed")
    say(document, "case1_decision", "Accepted: monitor")
    say(document, "case1_new1_action", "Visit the arcade")
    say(document, "action3_due", "20/12/2026")
    strengths = next(p for p in document.paragraphs if p.text.startswith("Strengths: Qown"))
    strengths.add_run(" and more")
    for found in [row for table in document.tables for row in table.rows if "A-2026-0004" in row.cells[0].text][:1]:
        found._tr.getparent().remove(found._tr)


def test_what_was_changed_in_the_file_is_said_in_words(mase_docs: Command, versions: Callable[..., None]) -> None:
    versions(everything)
    done = mase_docs("compare", "draft.docx", "agreed.docx")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "At the top",
        "  Version: was “Draft”, is “Agreed”",
        "",
        "MASE-2026-0001 / QQ / 15F",
        "  A paragraph: was “Strengths: Qown0203z”, is “Strengths: Qown0203z and more”",
        "",
        "MASE-2026-0001 / QQ / 15F › Decision",
        "  Decision of MASE-2026-0001: was “Accepted: with actions”, is “Accepted: monitor”",
        "",
        "MASE-2026-0001 / QQ / 15F › Actions",
        "  Actions, a row was added: “Action: Visit the arcade”",
        "",
        "MASE-2026-0002 / QQ / 15F › Actions",
        "  Actions, A-2026-0003, Due: was “16/12/2026”, is “20/12/2026”",
        "  Actions, a row was removed: “No.: A-2026-0004; Action: Qhiddenchildren_in_needactionz; Lead agency: Children in Need;"
        " Lead person: Perpetua Invented; Due: 16/12/2026”",
    ]
    assert done.stderr == "6 differences, under 5 headings.\n"


def test_the_same_minutes_saved_by_another_program_say_the_same(mase_docs: Command, versions: Callable[..., None]) -> None:
    versions()
    done = mase_docs("compare", "draft.docx", "agreed.docx")
    assert done.stdout == "The two versions say the same.\n"
    assert mase_docs("compare", "draft.docx", "agreed.docx", "--json").stdout == ""


@pytest.mark.needs("soffice")
def test_what_libreoffice_makes_of_minutes_by_saving_them_is_no_difference(minutes: bytes, tmp_path: Path) -> None:
    (tmp_path / "minutes.docx").write_bytes(minutes)
    office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "docx:MS Word 2007 XML"]
    subprocess.run([*office, "--outdir", tmp_path / "saved", tmp_path / "minutes.docx"], check=True, capture_output=True, timeout=180)
    assert (tmp_path / "saved" / "minutes.docx").read_bytes() != minutes
    assert cycle.compare(tmp_path / "minutes.docx", tmp_path / "saved" / "minutes.docx") == []


def test_a_file_of_the_differences_opens_on_windows_and_nothing_is_overwritten(
    mase_docs: Command, versions: Callable[..., None], tmp_path: Path
) -> None:
    versions(everything)
    words = ("compare", "draft.docx", "agreed.docx", "-o", "differences.txt")
    done = mase_docs(*words)
    assert (done.returncode, done.stdout) == (0, "")
    data = (tmp_path / "differences.txt").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfAt the top\r\n  Version: was \xe2\x80\x9cDraft")
    assert mase_docs(*words).returncode == 6


def test_json_is_a_line_for_each(mase_docs: Command, versions: Callable[..., None]) -> None:
    versions(everything)
    done = mase_docs("compare", "draft.docx", "agreed.docx", "--json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["kind"] for one in found] == ["changed", "changed", "changed", "added", "changed", "removed"]
    assert found[2]["what"] == "Decision of MASE-2026-0001"
    assert done.stderr == ""


def test_a_file_that_is_no_minutes_is_named_and_nothing_of_it_said(
    mase_docs: Command, versions: Callable[..., None], tmp_path: Path
) -> None:
    versions()
    (tmp_path / "other.docx").write_bytes(b"Testa Sample")
    done = mase_docs("compare", "draft.docx", "other.docx")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("other.docx: These minutes are damaged")
    assert "Testa" not in done.stderr
