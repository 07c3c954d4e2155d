"""What was read is kept whole, and comes back as it was."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mase_docs.model.submission import Answer, Change, Mail, Resend, Source, Submission, Value
from mase_docs.problems import Problem
from mase_docs.register.casework import kept_forms
from mase_docs.register.persons.likeness import Described
from mase_docs.register.records import Referral
from tests.register.forms import the_month

PLAIN = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
"""What stands in columns of its own: every store takes it as it is (records.storable)."""
TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)
VALUES = st.one_of(st.none(), TEXT, st.booleans(), st.integers(), st.dates(), st.datetimes(), st.lists(TEXT, max_size=4))
ANSWERS = st.builds(
    Answer,
    VALUES,
    st.none() | TEXT,
    TEXT,
    st.sampled_from(["high", "medium", "low"]),
    st.lists(TEXT, max_size=3).map(tuple),
    st.none() | TEXT,
)
PROBLEMS = st.builds(Problem, st.sampled_from(["error", "warning", "note"]), TEXT, TEXT, TEXT, st.none() | TEXT, st.none() | TEXT)
CHANGES = st.lists(st.builds(Change, TEXT, VALUES, VALUES), max_size=3).map(tuple)
SUBMISSIONS = st.builds(
    Submission,
    st.builds(Source, PLAIN, PLAIN, PLAIN, st.none() | st.builds(Mail, PLAIN, PLAIN, PLAIN)),
    PLAIN,
    st.integers(1, 99),
    st.dictionaries(TEXT, ANSWERS, max_size=6),
    st.lists(PROBLEMS, max_size=3),
    TEXT,
    st.none() | st.builds(Resend, TEXT, TEXT, TEXT, CHANGES),
)


def there_and_back(submission: Submission) -> Submission:
    return kept_forms.submission(Referral(**kept_forms.kept(submission)))


def types(submission: Submission) -> list[type]:
    return [type(answer.value) for answer in submission.answers.values()]


@given(SUBMISSIONS)
def test_whatever_was_read_comes_back_the_same(submission: Submission) -> None:
    back = there_and_back(submission)
    assert back == submission
    assert list(back.answers) == list(submission.answers)
    assert types(back) == types(submission)


@given(SUBMISSIONS)
def test_what_is_kept_can_be_written_by_every_store(submission: Submission) -> None:
    kept = kept_forms.kept(submission)
    assert all(character.isprintable() and character.isascii() for character in kept["answers"] + kept["problems"])


def test_every_form_of_the_month_comes_back_the_same() -> None:
    assert [there_and_back(form) for form in the_month()] == list(the_month())


def test_a_form_tells_whom_it_is_about() -> None:
    answers: dict[str, Value] = {
        "family_name": "Sample",
        "given_names": "Testa",
        "known_as": ["Tess"],
        "dob": date(2011, 3, 4),
        "nhs_number": "not_known",
    }
    told = Submission(Source("a.xlsx", "0", "xlsx"), "referral", 1, {path: Answer(v, "typed", "A1") for path, v in answers.items()})
    assert kept_forms.described(told) == Described("Sample", "Testa", ("Tess",), date(2011, 3, 4))
