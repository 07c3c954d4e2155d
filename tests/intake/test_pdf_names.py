"""Our own PDF form whose names another program changed or lost: the answers are found, and each says how sure that is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

from mase_docs.blanks import pdf as blank_pdf
from mase_docs.definition.home import Home
from mase_docs.intake.reader import read_source
from mase_docs.model.submission import Submission
from tests.intake.handmade_pdf import form, text_field

TYPED = {"family_name": "Żółć", "dob": "3 July 2011", "parents_carers_2_name": "A. Carer"}
EXPECTED = {"family_name": "Żółć", "dob": date(2011, 7, 3), "parents_carers[2].name": "A. Carer", "concern_types": ["cse"], "sex": "F"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home whose blank is built from the form as it is today."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "forms").mkdir()
    home = Home(folder)
    (folder / "forms/referral_v1.pdf").write_bytes(blank_pdf.build(home.form("referral", 1), home))
    return home


Change = Callable[[DictionaryObject, str], None]


def filled(home: Home, change: Change, typed: dict[str, str] = TYPED, ticks: bool = True) -> bytes:
    """The blank with answers in it, each field then changed as another program might."""
    assert home.folder
    writer = PdfWriter(BytesIO((home.folder / "forms/referral_v1.pdf").read_bytes()))
    root = writer.root_object["/AcroForm"]
    for reference in root["/Fields"]:  # type: ignore[index]
        field = reference.get_object()
        _answer(field, str(field["/T"]), typed, ticks)
        change(field, str(field["/T"]))
    return _saved(writer)


def _answer(field: DictionaryObject, name: str, typed: dict[str, str], ticks: bool) -> None:
    if name in typed:
        field[NameObject("/V")] = TextStringObject(typed[name])
    if ticks and name == "concern_types_cse":
        field[NameObject("/V")] = field[NameObject("/AS")] = NameObject("/Yes")
    if ticks and name == "sex":
        field[NameObject("/V")] = NameObject("/F")
        for kid in field.get("/Kids", ()):
            kid.get_object()[NameObject("/AS")] = NameObject("/F" if "/F" in kid.get_object()["/AP"]["/N"] else "/Off")


def _saved(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def renamed(pattern: str) -> Change:
    def change(field: DictionaryObject, name: str) -> None:
        field[NameObject("/T")] = TextStringObject(pattern.replace("…", name))

    return change


def numbered(*lose: str) -> Change:
    """Names that say nothing, the entries in `lose` taken out as well."""
    count = iter(range(1, 10_000))

    def change(field: DictionaryObject, name: str) -> None:
        field[NameObject("/T")] = TextStringObject(f"Field {next(count)}")
        for key in lose:
            field.pop(key, None)

    return change


def read(data: bytes, home: Home) -> Submission:
    return read_source("form.pdf", data, home, date(2026, 11, 23))


def found(submission: Submission) -> dict[str, object]:
    return {path: submission.value(path) for path in EXPECTED}


def test_unchanged_names_give_sure_answers(home: Home) -> None:
    submission = read(filled(home, lambda field, name: None), home)
    assert found(submission) == EXPECTED
    assert {submission.answers[path].confidence for path in EXPECTED} == {"high"}
    assert submission.problems == []


@pytest.mark.parametrize("pattern", ["form1_…", "…_2", "… copy", "topmostSubform[0].Page1[0].…[0]", "F[0].…", "….0", "scan-…#1"])
def test_names_with_something_before_or_after_still_match(pattern: str, home: Home) -> None:
    submission = read(filled(home, renamed(pattern)), home)
    assert found(submission) == EXPECTED
    assert {submission.answers[path].confidence for path in EXPECTED} == {"medium"}
    assert submission.problems == []


def test_lost_names_are_made_up_for_by_tooltips(home: Home) -> None:
    submission = read(filled(home, numbered()), home)
    assert found(submission) == EXPECTED
    assert submission.answers["dob"].confidence == "medium"


def test_lost_names_and_tooltips_are_made_up_for_by_the_place_on_the_page(home: Home) -> None:
    submission = read(filled(home, numbered("/TU")), home)
    assert found(submission) == EXPECTED
    assert {submission.answers[path].confidence for path in EXPECTED} == {"low"}


def test_answers_in_boxes_the_form_does_not_have_are_warned_about(home: Home) -> None:
    def other(field: DictionaryObject, name: str) -> None:
        if name == "dob":
            field[NameObject("/T")] = TextStringObject("colour")
            field[NameObject("/TU")] = TextStringObject("Colour")
            field[NameObject("/Rect")][1] = field["/Rect"][0]  # type: ignore[index]

    codes = {p.code: p for p in read(filled(home, other), home).problems}
    assert set(codes) == {"AR33", "AR34"}
    assert codes["AR34"].field == "dob"
    assert str(codes["AR33"].place).endswith(", colour")


def test_a_form_that_lost_a_page_is_warned_about(home: Home) -> None:
    whole = PdfReader(BytesIO(filled(home, lambda field, name: None)))
    part = PdfWriter()
    for page in whole.pages[:-1]:
        part.add_page(page)
    problems = read(_saved(part), home).problems
    assert [p.code for p in problems] == ["AR34"]


@pytest.mark.parametrize("pattern", ["…", "…+1", "2.…", "… [17]"])
def test_the_forms_of_two_children_in_one_file_are_refused_and_never_mixed(pattern: str, home: Home) -> None:
    both = PdfWriter(BytesIO(filled(home, lambda field, name: None)))
    both.append(BytesIO(filled(home, renamed(pattern), typed={"nhs_number": "999 000 0018"})))
    submission = read(_saved(both), home)
    assert (submission.form, [p.code for p in submission.problems]) == (None, ["AR14"])


@pytest.mark.parametrize("off", [TextStringObject("No"), TextStringObject("false"), NameObject("/0")])
def test_a_tick_set_to_no_is_no_tick(off: TextStringObject | NameObject, home: Home) -> None:
    def change(field: DictionaryObject, name: str) -> None:
        if name == "concern_types_missing":
            field[NameObject("/V")] = off

    assert read(filled(home, change), home).answers["concern_types"].value == ["cse"]


def test_a_blank_form_sent_back_is_an_error(home: Home) -> None:
    submission = read(filled(home, lambda field, name: None, typed={}, ticks=False), home)
    assert [(p.severity, p.code) for p in submission.problems] == [("error", "AR35")]


def test_the_viewer_is_never_asked_to_draw_the_answers_first(home: Home) -> None:
    """A form saved with NeedAppearances (no picture of its answers yet) reads the same."""
    writer = PdfWriter(BytesIO(filled(home, lambda field, name: None)))
    writer.root_object["/AcroForm"][NameObject("/NeedAppearances")] = BooleanObject(True)  # type: ignore[index]
    assert found(read(_saved(writer), home)) == EXPECTED


@pytest.mark.parametrize(("stored", "raw"), [("(WBRI)", "WBRI"), ("(Blanc britannique)", "WBRI"), ("(WOTH)", "White other"), ("(?)", "?")])
def test_a_drop_down_shown_in_other_words_is_read_by_what_it_stores(stored: str, raw: str) -> None:
    named = (text_field("form_id", b"(referral)"), text_field("form_version", b"(1)"))
    options = "/Opt[[(WBRI)(Blanc britannique)][(WOTH)(White other)]]"
    chosen = f"<</Subtype/Widget/FT/Ch/T(ethnicity)/V{stored}{options}/Rect[0 0 9 9]>>"
    assert read(form(*named, chosen), Home()).answers["ethnicity"].raw == raw


def test_a_tick_that_the_file_contradicts_is_to_be_confirmed(home: Home) -> None:
    def change(field: DictionaryObject, name: str) -> None:
        if name == "concern_types_missing":
            field[NameObject("/V")] = NameObject("/Yes")

    answer = read(filled(home, change), home).answers["concern_types"]
    assert (answer.value, answer.confidence, answer.issues) == (["cse", "missing"], "low", ("TI1",))
