from __future__ import annotations

from datetime import date
from time import process_time

from mase_docs.definition.home import Home
from mase_docs.validation.case import Case
from mase_docs.validation.check import check
from mase_docs.validation.schema import compiled, findings, schema
from tests.validation.invented import TODAY, completed


def case(home: Home, **changes: object) -> Case:
    return Case(completed(dict(changes)), home.form("referral"), home, TODAY)


def test_a_question_of_the_form_becomes_a_rule_of_cerberus(home: Home) -> None:
    fields = home.form("referral").fields
    made = schema([fields["reason_for_referral"], fields["year_group"], fields["dob"]], home)
    assert made["reason_for_referral"] == {"type": ["string", "explicit"], "nullable": False, "empty": False, "maxlength": 5000}
    assert made["year_group"]["min"] == 0
    assert made["year_group"]["max"] == 14
    assert made["dob"]["type"] == ["date", "explicit"]


def test_long_code_lists_are_kept_out_of_the_schema(home: Home) -> None:
    made = schema(home.form("referral").fields.values(), home)
    assert not any("allowed" in rules for rules in made.values())
    assert callable(made["host_authority"]["check_with"])


def test_the_validators_of_a_form_are_made_once(home: Home) -> None:
    assert compiled(home.form("referral"), home) is compiled(home.form("referral"), home)


def test_a_clean_case_breaks_nothing(home: Home) -> None:
    assert findings(case(home)) == []


def test_what_is_found_is_a_code_and_a_path_and_never_the_answer(home: Home) -> None:
    found = findings(
        case(
            home,
            dob="Quillon",
            sex="Xerxes",
            year_group=99,
            **{"agencies_involved[1].agency": None, "agencies_involved[1].worker": "Quillon"},
        )
    )
    assert sorted(found) == [("CO12", "sex"), ("NU1", "year_group"), ("RQ1", "agencies_involved[1].agency"), ("TY6", "dob")]


def test_one_form_does_not_colour_the_next(home: Home) -> None:
    assert findings(case(home, sex=None)) == [("RQ1", "sex")]
    assert findings(case(home)) == []


def test_a_condition_holds_for_any_of_several_choices(home: Home) -> None:
    both = {"concern_types": ["hsb", "missing"], "hsb_level": "4"}
    assert ("RQ1", "missing_episodes") in findings(case(home, **both))
    assert ("RQ1", "missing_episodes") not in findings(case(home, **both, **{"missing_episodes[1].start": "none"}))


def test_a_form_is_checked_in_a_few_hundredths_of_a_second(home: Home) -> None:
    form = completed({"dob": date(2011, 1, 1)})
    check(form, home, TODAY)
    begun = process_time()
    for _ in range(20):
        check(form, home, TODAY)
    assert (process_time() - begun) / 20 < 0.05
