from tests.validation.invented import Situation


def test_nothing_is_said_of_a_clean_case() -> None:
    assert Situation("", "nothing is changed", {}).problems() == []


def test_nothing_is_said_of_a_clean_case_on_paper_made_for_printing() -> None:
    assert Situation("", "nothing is changed", {}, kind="pdf").problems() == []
