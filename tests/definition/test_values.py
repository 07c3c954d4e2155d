"""What people type becomes typed values, and what is odd about it is said (domain CO9, CO12, DA6, section 7)."""

from __future__ import annotations

import random
from datetime import date, datetime

import pytest

from mase_docs.definition.form import Field
from mase_docs.definition.home import Home
from mase_docs.definition.values import PARSERS, Parsed, as_text, is_ticked, parse
from mase_docs.definition.words import clean, is_placeholder

TODAY = date(2026, 11, 21)
HOME = Home()


def read(kind: str, raw: object, name: str = "asked", **more: object) -> Parsed:
    date1904 = bool(more.pop("date1904", False))
    return parse(Field(name, kind, "Asked", **more), raw, HOME, TODAY, date1904)  # type: ignore[arg-type]


def value(kind: str, raw: object, name: str = "asked", **more: object) -> object:
    return read(kind, raw, name, **more).value


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ann \t Bee ", "Ann Bee"),
        ("BRAMLEY-O'SHEA", "BRAMLEY-O'SHEA"),
        ("Zoe\u0308", "Zoë"),
        ("Łukasz\u200b Żółć\ufeff", "Łukasz Żółć"),
        ("one\r\ntwo\rthree\x0bfour", "one\ntwo\nthree\nfour"),
        ("bell\x07 and null\x00", "bell and null"),
        ("O\u00a0Shea", "O Shea"),
        ("{{ 7*7 }} <x> & Sons", "{{ 7*7 }} <x> & Sons"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_text_is_cleaned_and_otherwise_kept(typed: str, kept: str) -> None:
    assert read("text", typed) == Parsed(kept)


def test_words_of_which_a_program_made_a_date_are_a_guess() -> None:
    assert read("text", datetime(2026, 11, 10)) == Parsed("10/11/2026", "low")


@pytest.mark.parametrize(("typed", "meant"), [("ZoÃ«", "Zoë"), ("Å\x81ukasz", "Łukasz"), ("donâ€™t", "don’t")])
def test_text_that_was_read_in_the_wrong_encoding_is_mended_and_less_sure(typed: str, meant: str) -> None:
    assert read("text", typed) == Parsed(meant, "medium")


@pytest.mark.parametrize("typed", ["Ångström", "São Tomé", "Âge", "Ærø €5"])
def test_accents_that_are_meant_are_never_mended(typed: str) -> None:
    assert read("text", typed) == Parsed(typed)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "   ", "-", "–", "____", "....", "__/__/____", "…", "[ ]", None),
        *(
            "Click here to enter text.",
            "Click or tap to enter a date.",
            "Choose an item.",
            "Please choose",
            "Select Gender",
            "Please select",
        ),
        *("dd/mm/yyyy", "DD / MM / YYYY", "Yes / No", "Y/N", "Enter text here"),
    ],
)
@pytest.mark.parametrize("kind", ["text", "name", "date", "long_text", "text_list", "yes_no", "integer"])
def test_what_the_form_said_before_anyone_answered_is_blank(kind: str, typed: str | None) -> None:
    assert read(kind, typed) == Parsed()


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("n/k", "not_known"),
        ("Not known.", "not_known"),
        ("UNKNOWN", "not_known"),
        ("?", "not_known"),
        ("No information available", "not_known"),
        ("N/A", "not_applicable"),
        ("not applicable", "not_applicable"),
        ("None", "none"),
        ("nil", "none"),
    ],
)
@pytest.mark.parametrize("kind", ["text", "long_text", "date", "integer", "text_list", "postcode", "phone", "nhs_number"])
def test_not_known_is_an_answer_and_not_a_blank(kind: str, typed: str, meaning: str) -> None:
    assert read(kind, typed) == Parsed(meaning)


@pytest.mark.parametrize("typed", ["Na", "None", "Nil", "Nk", "Nan"])
def test_a_word_that_is_somebodys_name_stays_a_name(typed: str) -> None:
    assert read("name", typed) == Parsed(typed)


@pytest.mark.parametrize(
    ("typed", "meaning"), [("n/k", "not_known"), ("not known", "not_known"), ("Unknown", "not_known"), ("n/a", "not_applicable")]
)
def test_what_can_be_nobodys_name_is_not_known(typed: str, meaning: str) -> None:
    assert read("name", typed) == Parsed(meaning)


def test_no_is_never_taken_for_not_known() -> None:
    assert value("yes_no", "No") is False
    assert value("yes_no", "n/k") == "not_known"
    assert read("yes_no", "none").issues == ("TY3",)


@pytest.mark.parametrize(
    "typed", ["as above", "See attached", "Please see attached MAP minutes", "same as above", "ditto", "see chronology"]
)
def test_an_answer_that_is_elsewhere_says_so(typed: str) -> None:
    assert read("text", typed) == Parsed(typed, "low", ("AR16",))
    assert read("date", typed) == Parsed(None, "low", ("AR16",))


def test_a_place_that_is_withheld_is_an_answer() -> None:
    assert read("long_text", "Placement address withheld – see social worker").issues == ()


@pytest.mark.parametrize(
    ("typed", "number"), [("10", 10), (10, 10), (10.0, 10), ("10.0", 10), ("Yr 10", 10), ("approx 17", 17), ("1,200", 1200), ("-3", -3)]
)
def test_a_whole_number_is_found_among_words(typed: object, number: int) -> None:
    assert value("integer", typed) == number


@pytest.mark.parametrize("typed", ["ten", "10.5", 10.5, "10 or 11", "3/4"])
def test_what_is_no_whole_number_is_said(typed: object) -> None:
    assert read("integer", typed) == Parsed(None, "low", ("TY2",))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (datetime(2011, 7, 3), date(2011, 7, 3)),
        (date(2011, 7, 3), date(2011, 7, 3)),
        ("2011-07-03", date(2011, 7, 3)),
        ("2011-07-03 00:00:00", date(2011, 7, 3)),
        ("2011-07-03T10:15:00Z", date(2011, 7, 3)),
        ("13/07/2011", date(2011, 7, 13)),
        ("13.07.2011", date(2011, 7, 13)),
        ("13-7-2011", date(2011, 7, 13)),
        ("13 / 7 / 2011", date(2011, 7, 13)),
        ("03/03/2011", date(2011, 3, 3)),
        ("3rd July 2011", date(2011, 7, 3)),
        ("Sunday 3rd of July, 2011", date(2011, 7, 3)),
        ("2 November 2026", date(2026, 11, 2)),
        ("Jul 3 2011", date(2011, 7, 3)),
        ("July 3rd, 2011", date(2011, 7, 3)),
        ("3-Sept-2011", date(2011, 9, 3)),
        ("13072011", date(2011, 7, 13)),
        ("20110713", date(2011, 7, 13)),
        ("13/07/2011 (aged 15)", date(2011, 7, 13)),
        ("29/2/2008", date(2008, 2, 29)),
    ],
)
def test_a_date_is_read_day_first_however_it_is_typed(typed: object, day: date) -> None:
    assert read("date", typed) == Parsed(day)


@pytest.mark.parametrize(
    ("typed", "day"), [("03/07/2011", date(2011, 7, 3)), ("3.7.2011", date(2011, 7, 3)), ("06.10.26", date(2026, 10, 6))]
)
def test_a_day_and_month_that_could_be_exchanged_are_read_day_first_and_said(typed: str, day: date) -> None:
    assert read("date", typed) == Parsed(day, "medium", ("DA6",))


@pytest.mark.parametrize("typed", ["Tuesday 3 July 2011", "3 July 2011 (or the 4th)", "3 July 2011 (estimated)"])
def test_a_date_that_its_weekday_contradicts_or_brackets_qualify_is_little_sure(typed: str) -> None:
    assert read("date", typed) == Parsed(date(2011, 7, 3), "low")
    assert read("date", "Sunday 3 July 2011 (aged 15)") == Parsed(date(2011, 7, 3))


@pytest.mark.parametrize("typed", ["13–7–2011", "13‑07‑2011", "13—7—2011"])
def test_any_dash_parts_a_date(typed: str) -> None:
    assert read("date", typed) == Parsed(date(2011, 7, 13))


def test_a_year_before_1900_is_a_slip() -> None:
    assert read("date", "13/07/0011").issues == read("date", "13 July 1811").issues == ("TY1",)


def test_a_date_that_can_only_be_month_first_is_a_guess() -> None:
    assert read("date", "07/23/2011") == Parsed(date(2011, 7, 23), "low", ("DA6",))


@pytest.mark.parametrize(
    "typed", ["31/02/2011", "00/00/0000", "2010", 2010, 99999, "approx 17", "12/2010", "summer", "3 Foo 2011", "03/07/2011 and 05/06/2012"]
)
def test_what_is_no_date_is_said(typed: object) -> None:
    assert read("date", typed).value is None
    assert read("date", typed).issues == ("TY1",)


def test_an_excel_serial_is_a_date_only_where_a_date_is_asked() -> None:
    assert read("date", 37685) == Parsed(date(2003, 3, 5), "medium")
    assert read("date", 37685.5) == Parsed(date(2003, 3, 5), "medium")
    assert value("date", "37685") == date(2003, 3, 5)
    assert value("text", 37685) == "37685"
    assert value("integer", 37685) == 37685


def test_a_serial_of_a_1904_workbook_is_four_years_and_a_day_later() -> None:
    assert value("date", 36223, date1904=True) == date(2003, 3, 5)


@pytest.mark.parametrize(
    ("typed", "name", "day"),
    [
        ("13/07/11", "dob", date(2011, 7, 13)),
        ("13/07/01", "dob", date(2001, 7, 13)),
        ("13/07/26", "dob", date(2026, 7, 13)),
        ("29/02/08", "dob", date(2008, 2, 29)),
        ("13/07/79", "parent_dob", date(1979, 7, 13)),
        ("13/12/26", "parent_dob", date(1926, 12, 13)),
        ("13/12/27", "order_expires", date(2027, 12, 13)),
        ("13/12/98", "arrived", date(1998, 12, 13)),
    ],
)
def test_a_year_of_two_digits_is_the_likely_one_and_said(typed: str, name: str, day: date) -> None:
    assert read("date", typed, name, required=True) == Parsed(day, "medium", ("DA6",))


@pytest.mark.parametrize("typed", ["13/07/85", "13/12/26", "13/07/99"])
def test_a_childs_year_of_two_digits_never_makes_them_unborn_or_over_25(typed: str) -> None:
    assert read("date", typed, "dob", required=True).issues == ("TY1",)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("13/07/2026 14:30", datetime(2026, 7, 13, 14, 30)),
        ("13/7/2026 at 2.30pm", datetime(2026, 7, 13, 14, 30)),
        ("13/7/2026, 1430hrs", datetime(2026, 7, 13, 14, 30)),
        ("13 July 2026 9am", datetime(2026, 7, 13, 9)),
        ("14:30 13/07/2026", datetime(2026, 7, 13, 14, 30)),
        ("2026-07-13T14:30", datetime(2026, 7, 13, 14, 30)),
        ("13/07/2026", datetime(2026, 7, 13)),
        (datetime(2026, 7, 13, 14, 30), datetime(2026, 7, 13, 14, 30)),
        (date(2026, 7, 13), datetime(2026, 7, 13)),
        (46216.604166667, datetime(2026, 7, 13, 14, 30)),
    ],
)
def test_a_moment_is_read_with_its_time(typed: object, moment: datetime) -> None:
    assert value("datetime", typed) == moment


def test_a_time_without_a_day_is_no_moment() -> None:
    assert read("datetime", "14:30").issues == ("TY1",)


@pytest.mark.parametrize("typed", ["X", "x", "✓", "✔", "☒", "☑", "Yes", "Y", "true", True, 1, "1", "tick", "Yes please"])
def test_a_mark_is_a_yes(typed: object) -> None:
    assert value("yes_no", typed) is True
    assert is_ticked(typed) is True


@pytest.mark.parametrize("typed", ["No", "n", "false", False, 0, "0"])
def test_a_no_is_a_no(typed: object) -> None:
    assert value("yes_no", typed) is False


@pytest.mark.parametrize("typed", ["☐", "", None, "No", False])
def test_an_empty_box_is_not_ticked(typed: object) -> None:
    assert is_ticked(typed) is False


@pytest.mark.parametrize("typed", ["/", "*", "√", "P"])
def test_another_stroke_in_a_tick_box_is_never_taken_for_a_blank(typed: str) -> None:
    assert is_ticked(typed) is None


def test_not_applicable_in_a_tick_box_is_no_tick() -> None:
    assert is_ticked("n/a") is False


@pytest.mark.parametrize(("typed", "meant"), [("☐ Yes ☑ No", False), ("☑ Yes ☐ No", True), ("✓ Yes  □ No", True)])
def test_a_yes_or_no_ticked_among_typed_boxes_is_read(typed: str, meant: bool) -> None:
    assert value("yes_no", typed) is meant
    assert value("select_one", typed, choices="yes_no_not_known") == ("yes" if meant else "no")


def test_two_ticked_boxes_are_not_one_answer() -> None:
    assert read("yes_no", "☑ Yes ☑ No").issues == ("CO12",)
    assert read("yes_no", "☐ Yes ☐ No") == read("yes_no", "No/Yes") == Parsed()


@pytest.mark.parametrize("typed", ["Yes/unsure", "No/not sure"])
def test_yes_or_something_else_is_neither(typed: str) -> None:
    assert read("yes_no", typed).issues == ("TY3",)


def test_choose_not_to_say_is_an_answer() -> None:
    assert value("text", "Choose not to say") == "Choose not to say"


@pytest.mark.parametrize("typed", ["TBC", "To be confirmed", "not yet known"])
@pytest.mark.parametrize("kind", ["text", "name", "date", "integer", "yes_no"])
def test_what_is_still_to_be_confirmed_is_not_known(kind: str, typed: str) -> None:
    assert value(kind, typed) == "not_known"


def test_yes_with_more_behind_it_is_a_yes_to_confirm() -> None:
    assert read("yes_no", "Yes - since June") == Parsed(True, "medium")
    assert read("yes_no", "No, not yet") == Parsed(False, "medium")


@pytest.mark.parametrize("typed", ["not sure", "maybe", "nobody", "✗", 7])
def test_what_is_neither_yes_nor_no_is_said(typed: object) -> None:
    assert read("yes_no", typed).issues == ("TY3",)


@pytest.mark.parametrize("typed", ["2", 2, 2.0, "Cat 2", "category 2", "Category 2: medium risk", "2 – Category 2: medium risk"])
def test_a_choice_is_known_by_code_label_or_alias(typed: object) -> None:
    assert read("select_one", typed, choices="cse_category") == Parsed("2")


def test_what_is_none_of_the_choices_is_not_guessed_but_the_nearest_is_named() -> None:
    found = read("select_one", "cat 2 ?? maybe", choices="cse_category")
    assert (found.value, found.issues) == (None, ("CO12",))
    assert found.nearest
    assert "2" in found.nearest


def test_not_known_is_the_lists_own_code_where_it_has_one() -> None:
    assert value("select_one", "n/k", choices="ethnicity") == "NOBT"
    assert value("select_one", "not known", choices="risk_rating") == "not_known"
    assert value("select_one", "None", choices="risk_rating") == "none"
    assert value("select_one", "n/a", choices="legal_status") == "not_applicable"


def test_another_answer_is_kept_where_it_may_be() -> None:
    assert read("select_one", "Thurrock", choices="la", or_other=True) == Parsed("Thurrock", "medium")
    assert value("select_one", "LB Hackney", choices="la", or_other=True) == "204"


@pytest.mark.parametrize(
    "typed", ["Going missing; CSE", "CSE, missing from home", "cse / going missing", "CSE and missing from home", "CSE\ngoing missing"]
)
def test_several_choices_in_one_text_are_told_apart_and_put_in_the_lists_order(typed: str) -> None:
    assert value("select_multiple", typed, choices="concern_type") == ["cse", "missing"]


def test_one_of_several_choices_that_is_none_is_said_and_the_others_kept() -> None:
    found = read("select_multiple", "CSE; county lins", choices="concern_type")
    assert (found.value, found.issues) == (["cse"], ("CO12",))


def test_a_list_is_told_apart_at_semicolons_and_line_ends_only() -> None:
    assert value("text_list", "Zo; 'Bee'\n• Bee, the second;;") == ["Zo", "'Bee'", "Bee, the second"]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("nhs_number", "999 000 0018", "9990000018"),
        ("nhs_number", "999-000-0018", "9990000018"),
        ("nhs_number", 9990000018, "9990000018"),
        ("nhs_number", 9990000018.0, "9990000018"),
        ("nhs_number", "ask the GP", "ask the GP"),
        ("phone", "020 7946 0321", "020 7946 0321"),
        ("phone", 2079460321.0, "02079460321"),
        ("phone", 447700900123, "+447700900123"),
        ("phone", 999, "999"),
        ("postcode", "e8 1ea", "E8 1EA"),
        ("postcode", "n168qt", "N16 8QT"),
        ("postcode", " EC1A  1bb ", "EC1A 1BB"),
        ("postcode", "e8", "E8"),
        ("postcode", "no fixed abode", "no fixed abode"),
        ("upn", "b 801200005001", "B801200005001"),
        ("email", "Ann <a.bee@southmere.example>", "a.bee@southmere.example"),
        ("email", "mailto:a.bee@southmere.example", "a.bee@southmere.example"),
        ("email", "none yet", "none yet"),
    ],
)
def test_numbers_and_addresses_keep_what_identifies(kind: str, typed: object, kept: str) -> None:
    assert value(kind, typed) == kept


NASTY = [
    *("9" * 400, "1e999", "-", "(", "[", "\\", "$", "{0}", "%s", "\x00", "\ud800", "\u202e", "٣", "２", "é", "e\u0301", "🗹", "x", "y", "n"),
    *("/", ".", ":", " ", "\n", ";", ",", "31", "02", "2011", "11", "July", "th", "am", "T", "Z", "yes", "no", "n/k", "see", "as above"),
]


@pytest.mark.parametrize("kind", PARSERS)
def test_whatever_is_typed_is_read_or_said_and_never_stops_the_reading(kind: str) -> None:
    chance = random.Random(kind)
    choices = "concern_type" if kind.startswith("select") else None
    for _ in range(300):
        text = "".join(chance.choices(NASTY, k=chance.randrange(1, 9)))
        found = read(kind, text, chance.choice(["dob", "asked"]), choices=choices, required=True)
        assert found.value not in (None, "", []) or found.issues or is_placeholder(clean(text))


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan"), 1e300, -1, 0, 10**400, 2958466])
@pytest.mark.parametrize("kind", PARSERS)
def test_a_number_that_is_none_never_stops_the_reading(kind: str, number: float) -> None:
    read(kind, number, choices="concern_type" if kind.startswith("select") else None)


@pytest.mark.parametrize(("raw", "text"), [(None, ""), (10.0, "10"), (0.5, "0.5"), (datetime(2011, 7, 3), "03/07/2011"), (True, "True")])
def test_what_stood_there_is_kept_as_people_would_write_it(raw: object, text: str) -> None:
    assert as_text(raw) == text
