"""Ages, NHS numbers, pupil numbers and postcodes, on the examples that their makers publish and on numbers never issued."""

from __future__ import annotations

from datetime import date

import pytest

from mase_docs.model.ages import age_on, birthday, months_before
from mase_docs.validation import numbers


@pytest.mark.parametrize(
    ("day", "dob", "age"),
    [
        (date(2026, 4, 15), date(2008, 4, 16), 17),
        (date(2026, 4, 16), date(2008, 4, 16), 18),
        (date(2026, 2, 28), date(2008, 2, 29), 17),
        (date(2026, 3, 1), date(2008, 2, 29), 18),
        (date(2028, 2, 28), date(2008, 2, 29), 19),
        (date(2028, 2, 29), date(2008, 2, 29), 20),
        (date(2026, 1, 1), date(2026, 1, 2), -1),
    ],
)
def test_an_age_is_whole_years(day: date, dob: date, age: int) -> None:
    assert age_on(day, dob) == age


def test_someone_born_on_29_february_has_a_birthday_on_1_march_of_a_common_year() -> None:
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert birthday(date(2008, 2, 29), 20) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 5, 1), 6, date(2025, 11, 1)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2028, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2025, 12, 31)),
        (date(2026, 3, 30), 1, date(2026, 2, 28)),
        (date(2026, 5, 15), 12, date(2025, 5, 15)),
        (date(1, 3, 1), 12, date(1, 1, 1)),
    ],
)
def test_months_before_a_day(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


@pytest.mark.parametrize("number", ["9990000018", "9990000026", "9990000034", "9990000042", "943 476 5919", "987-654-3210", "401 023 2137"])
def test_a_right_nhs_number(number: str) -> None:
    assert numbers.is_nhs_number(number)


@pytest.mark.parametrize(
    "number", ["943 476 5871", "0000000000", "1111111111", "9991234560", "999000001", "99900000180", "99900000l8", "", "٩٩٩٠٠٠٠٠١٨"]
)
def test_a_wrong_nhs_number(number: str) -> None:
    assert not numbers.is_nhs_number(number)


@pytest.mark.parametrize("number", ["B801200005001", "B204432116001", "A20443211601A", "a20443211601a", "B 2044 3211 6001"])
def test_a_right_pupil_number(number: str) -> None:
    assert numbers.is_upn(number)


@pytest.mark.parametrize("number", ["A801200005001", "I204432116001", "B2044321160011", "B20443211600", "A20443211601I", ""])
def test_a_wrong_pupil_number(number: str) -> None:
    assert not numbers.is_upn(number)


@pytest.mark.parametrize("code", ["E8 1EA", "e81ea", "EC1A 1BB", "W1A 0AX", "N1C 4AG", "E20 2ST", "GIR 0AA", "ZZ99 3VZ", "SW1A  2AA"])
def test_a_right_postcode(code: str) -> None:
    assert numbers.is_postcode(code)


@pytest.mark.parametrize("code", ["E8 1CA", "E8", "QA1 1AA", "E8 EA1", "Hackney", "", "E8 1EA E8 1EB"])
def test_a_wrong_postcode(code: str) -> None:
    assert not numbers.is_postcode(code)


@pytest.mark.parametrize(
    ("code", "is_half"), [("E8", True), ("ec1a", True), ("N1C", True), ("E8 1EA", False), ("8", False), ("Hackney", False)]
)
def test_the_first_half_of_a_postcode(code: str, is_half: bool) -> None:
    assert numbers.is_outward_postcode(code) is is_half
