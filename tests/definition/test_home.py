"""A borough's own folder comes before what is shipped, and need only say what differs."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from mase_docs import resources
from mase_docs.definition.home import Home
from mase_docs.definition.profile import Agency, Profile
from mase_docs.errors import DefinitionError

AGENCIES = {  # those that the terms of reference name, by group
    "Police": ["Borough Police", "Regional Sexual Exploitation Team", "Missing Persons"],
    "Children's Social Care": ["Children in Need", "Corporate Parenting", "Safeguarding and Reviewing Unit"],
    "Health": [
        "Sexual Health",
        "CHYPS Plus",
        "School Nursing",
        "Homerton Hospital Accident and Emergency",
        "Mental Health",
        "LAC Health Team",
    ],
    "Education": ["Hackney Learning Trust"],
    "Youth": ["Young Hackney", "Youth Offending Team", "Gangs Unit"],
    "Voluntary and specialist": ["Empower", "Off Centre"],
}


def profile_text() -> str:
    return (resources.folder("forms") / "mase.toml").read_text(encoding="utf-8")


def borough(folder: Path, profile: str) -> Home:
    (folder / "mase.toml").write_text(profile, encoding="utf-8")
    return Home(folder)


def test_the_agencies_committed_are_those_of_the_terms_of_reference(home: Home) -> None:
    named: dict[str, list[str]] = {}
    for agency in home.profile.agency:
        if agency.committed:
            named.setdefault(agency.group, []).append(agency.name)
    assert named == AGENCIES


def test_the_shipped_profile_is_hackneys(home: Home) -> None:
    panel, ages = home.profile.panel, home.profile.ages
    assert (panel.name, panel.borough, panel.la_code, panel.youth_service) == ("MASE", "Hackney", "204", "Young Hackney")
    assert (ages.under, ages.extended, ages.upper) == (18, True, 25)
    assert home.codes("cse_category").scheme == home.profile.categories.scheme
    assert home.codes("la").label_of(panel.la_code) == panel.borough


def test_the_shipped_profile_shows_every_setting_there_is() -> None:
    table = tomllib.loads(profile_text())
    for part in dataclasses.fields(Profile):
        assert part.name in table, part.name
        if isinstance(table[part.name], dict):
            kind = type(getattr(Home().profile, part.name))
            assert set(table[part.name]) == {f.name for f in dataclasses.fields(kind)}, part.name
    assert set(table["agency"][0]) == {f.name for f in dataclasses.fields(Agency)}


def test_every_setting_of_the_shipped_profile_is_explained_beside_it() -> None:
    lines = profile_text().partition("[[agency]]")[0].splitlines()
    settings = [(above, line) for above, line in pairwise(lines) if re.match(r"[a-z_]+ = ", line)]
    assert [line for above, line in settings if " # " not in line and not above.startswith("#")] == []


def test_a_profile_need_only_say_what_differs(tmp_path: Path) -> None:
    home = borough(tmp_path, '[panel]\nname = "MACE"\nborough = "Eastwick"\n[ages]\nextended = false\n')
    assert home.profile.panel.name == "MACE"
    assert home.profile.panel.youth_service == "Young Hackney"
    assert home.profile.ages.extended is False
    assert home.profile.ages.upper == 25
    assert len(home.profile.agency) == len(Home().profile.agency)


def test_its_agencies_are_taken_whole(tmp_path: Path) -> None:
    home = borough(tmp_path, '[[agency]]\ncode = "police"\nname = "Eastwick Police"\ngroup = "Police"\n')
    assert list(home.codes("agency").by_code) == ["police"]


def test_the_forms_speak_in_the_boroughs_words(tmp_path: Path) -> None:
    form = borough(tmp_path, '[panel]\nname = "MACE"\nborough = "Eastwick"\nyouth_service = "Eastwick Youth"\n').form("referral")
    said = " ".join([form.title, form.intro, *(field.label for field in form.fields.values())])
    assert "Referral to MACE" in said
    assert "Placed outside Eastwick?" in said
    assert "Eastwick Youth" in said
    assert "MASE" not in said
    assert "Hackney" not in said.replace(Home().profile.panel.coordinator_email, "")


def test_braces_in_the_boroughs_words_are_only_words(tmp_path: Path) -> None:
    home = borough(tmp_path, '[panel]\nname = "MASE {7*7}"\n')
    assert home.form("referral").title == "Referral to MASE {7*7}"


def test_a_mistake_in_the_profile_is_named(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        _ = borough(tmp_path, '[panel]\nburough = "Eastwick"\n[ages]\nunder = "eighteen"\nupper_age_mode = "at"\n').profile
    said = sorted(f"{p.place}: {p.message}" for p in caught.value.problems)
    assert said == [
        "mase.toml › the profile, ages, under: This should be a whole number.",
        "mase.toml › the profile, ages, upper_age_mode: This is not one of the values it may have.",
        'mase.toml › the profile, panel: "burough" is not a setting here.',
    ]


def test_a_week_a_time_and_a_code_that_cannot_be_are_named(tmp_path: Path) -> None:
    agency = '[[agency]]\ncode = "{0}"\nname = "Agency {0}"\ngroup = "Health"\n'
    with pytest.raises(DefinitionError) as caught:
        _ = borough(tmp_path, '[meetings]\nweek = 6\ntime = "ten"\n' + "".join(map(agency.format, ("fine-1", "../up", "Chair")))).profile
    assert [f"{p.place}: {p.message}" for p in caught.value.problems] == [
        "mase.toml › the profile, meetings, week: No month has such a week.",
        "mase.toml › the profile, meetings, time: This is not a time.",
        'mase.toml › the profile, agency "../up": No agency can have this code.',
        'mase.toml › the profile, agency "Chair": No agency can have this code.',
    ]


def test_two_agencies_may_not_answer_to_one_word(tmp_path: Path) -> None:
    agency = '[[agency]]\ncode = "{0}"\nname = "Agency {0}"\ngroup = "Health"\naliases = ["clinic"]\n'
    with pytest.raises(DefinitionError) as caught:
        _ = borough(tmp_path, agency.format("one") + agency.format("two")).profile
    assert '"clinic" also means "one".' in str(caught.value)


def test_an_own_code_list_comes_before_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "forms" / "codes").mkdir(parents=True)
    own = 'label = "Sex"\ncode = [{ code = "F", label = "Woman" }, { code = "M", label = "Man" }]\n'
    (tmp_path / "forms" / "codes" / "sex.toml").write_text(own, encoding="utf-8")
    assert Home(tmp_path).codes("sex").label_of("F") == "Woman"
    assert len(Home(tmp_path).codes("gender").code) == 4


def test_an_own_version_of_a_form_is_the_newest(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    shipped = (resources.folder("forms") / "context_referral_v1.toml").read_text(encoding="utf-8")
    (tmp_path / "forms" / "context_referral_v2.toml").write_text(shipped.replace("version = 1", "version = 2"), encoding="utf-8")
    home = Home(tmp_path)
    assert home.form("context_referral").version == 2
    assert home.form("context_referral", 1).version == 1
    with pytest.raises(KeyError):
        home.form("context_referral", 3)


def test_answers_are_shown_in_words(home: Home) -> None:
    form = home.form("referral")

    def shown(path: str, value: object) -> str:
        return home.show(form.at(path), value)  # type: ignore[arg-type]

    assert shown("dob", date(2011, 7, 3)) == "3 July 2011"
    assert shown("missing_episodes[1].start", datetime(2026, 5, 1, 9, 5)) == "1 May 2026, 09:05"
    assert shown("ethnicity", "MWBC") == "White and Black Caribbean"
    assert shown("host_authority", "Thurrock") == "Thurrock"
    assert shown("cross_border", ["309", "Essex"]) == "Haringey; Essex"
    assert shown("concern_types", ["cse", "hsb"]) == "Child sexual exploitation (CSE); Harmful sexual behaviour (HSB)"
    assert shown("learning_difficulty", True) == "Yes"
    assert shown("learning_difficulty", "not_known") == "Not known"
    assert shown("nhs_number", "9990000018") == "999 000 0018"
    assert shown("nationality", None) == "Not recorded"


def test_a_path_is_said_in_words(home: Home) -> None:
    form = home.form("referral")
    signs = home.codes("safeguard").by_code
    assert form.label_at("dob") == "Date of birth"
    assert form.label_at("linked_people[2].dob") == "People linked to this young person, row 2: Date of birth"
    assert form.label_at("safeguard[S].rating", {k: c.label for k, c in signs.items()}) == (
        "SAFEGUARD warning signs, Sexual health and behaviour: Rating"
    )


def test_every_tick_cell_and_row_has_its_own_place(home: Home) -> None:
    names = {slot.name: slot for slot in home.slots(home.form("referral"), "xlsx")}
    assert names["concern_types_cse"].option == "cse"
    assert names["safeguard_a2_rating"].path == "safeguard[A2].rating"
    assert names["linked_people_2_dob"].path == "linked_people[2].dob"
    assert names["linked_people_2_dob"].label == "People linked to this young person, row 2: Date of birth"
