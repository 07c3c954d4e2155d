"""Which form a file is, when only its names or labels can tell."""

from __future__ import annotations

import pytest

from mase_docs.definition.home import Home
from mase_docs.errors import InputRefusedError
from mase_docs.intake.versions import best_fit


def test_the_form_that_a_file_has_most_of_is_taken(home: Home) -> None:
    place, child = home.form("context_referral"), home.form("referral")
    assert best_fit([(0.6, place), (0.9, child)]) is child


def test_two_that_fit_equally_well_are_both_named(home: Home) -> None:
    with pytest.raises(InputRefusedError, match="context_referral_v1 and referral_v1") as refused:
        best_fit([(0.9, home.form("context_referral")), (0.9, home.form("referral"))])
    assert refused.value.code == "AR31"


def test_a_file_with_little_of_any_form_is_none_of_them(home: Home) -> None:
    with pytest.raises(InputRefusedError) as refused:
        best_fit([(0.4, home.form("context_referral")), (0.1, home.form("referral"))])
    assert refused.value.code == "AR15"
