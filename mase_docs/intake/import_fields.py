"""What a column of a coordinator's own register can stand for: the referral form's questions, the columns of its tables, and what only a
case has (docs/import.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from mase_docs.definition.codes import plain
from mase_docs.definition.form import Field, Form, Section
from mase_docs.definition.home import Home
from mase_docs.definition.own_form import names_in
from mase_docs.definition.words import clean

FORM = "referral"
CASE = (
    Field("opened_on", "date", "Day the case was opened"),
    Field("closed_on", "date", "Day the case was closed"),
    Field("outcome", "select_one", "Outcome of the case", choices="case_outcome"),
    Field("closing_agency", "select_one", "Agency that goes on with the case", choices="agency"),
    Field("closing_reason", "long_text", "Why the case was closed"),
    Field("lead_agency", "select_one", "Lead agency", choices="agency"),
    Field("next_review", "date", "Next review"),
    Field("owner", "name", "Who manages the case"),
)
"""What the register keeps of a case and no form asks."""
JOINED = ("text", "long_text", "text_list")
"""The types of question that can take what stands under several headings."""
NAMES = ("family_name", "given_names", "known_as")
"""What a child or young person is known by: a row needs one of them."""
HEADINGS = {
    "family_name": "surname; last name; family name; child surname; yp surname",
    "given_names": "forename; forenames; first name; first names; given name; child forename; yp forename",
    "{family_name}, {given_names}": "name; full name; child; childs name; child name; yp; yp name; young person; young persons name; "
    "surname forename; name of child; name of young person",
    "known_as": "alias; aliases; aka; nickname; also known as; preferred name; known as",
    "dob": "dob; d o b; date of birth; birth date; born",
    "sex": "sex; gender; m f",
    "ethnicity": "ethnicity; ethnic origin; ethnic group",
    "nhs_number": "nhs; nhs no; nhs number",
    "social_care_id": "mosaic; mosaic id; mosaic no; lcs id; lcs no; case id; client id; social care id; framework i no",
    "referral_ref": "ref; reference; ref no; mase ref; case ref; referral ref; mase no",
    "date_received": "received; date received; date recd; date rec d; date in; recd; rec d",
    "referral_date": "referred; referral date; date of referral; date referred; ref date; date",
    "referrer_name": "referrer; referred by; referrer name; name of referrer",
    "referrer_agency": "agency; referring agency; source; referral source; referred from; service; team referring",
    "case_status": "new review; new or review; type; case type; new rev",
    "concern_types": "concern; concerns; type of concern; exploitation type; category of concern; issue",
    "cse_category": "category; cat; cse category; cse cat; cse level; risk level; level; risk; rag; mase category",
    "hsb_level": "hsb; hsb level",
    "reason_for_referral": "reason; reason for referral; summary; notes; comments; details; background; update; updates; information",
    "home_address": "address; home address",
    "home_postcode": "postcode; post code; home postcode",
    "school_name": "school; college; education; school college; provision",
    "allocated_worker": "sw; social worker; allocated sw; allocated worker; allocated social worker; worker; lead professional",
    "allocated_team": "team; sw team; unit",
    "social_care_status": "status; cin cp lac; social care status; legal status; cp cin; lac; lac cp cin",
    "placed_out_of_borough": "out of borough; oob; placed out of borough",
    "linked_people.name": "associates; associate; linked to; links; linked people; peers; known associates; suspects",
    "locations.name": "locations; location; hotspots; places; places of concern",
    "crime_refs": "crime ref; crime no; cris; cris no; crime reference",
    "meeting_date": "meeting; meeting date; panel date; mase date; date of meeting; date heard; heard; last mase",
    "opened_on": "opened; date opened; case opened; open date; start date",
    "closed_on": "closed; date closed; closed date; case closed; end date; closure date",
    "outcome": "outcome; closure outcome; closing outcome",
    "closing_reason": "reason closed; closure reason; reason for closure; why closed",
    "next_review": "next review; review date; review; review due; next mase; date of next review",
    "owner": "owner; case owner; lead; chair; case manager; coordinator",
}
"""What coordinators call their columns → what that stands for."""
TOLD = {"update", "updates", "notes", "note", "comments", "comment"}
"""Words that make any heading one of text: "Oct update"."""
COUNTED = {"no", "number", "row", "row no", "s no", "sr no", "line"}
"""Headings above the numbers of a register's own rows."""
NEAR = 80
"""From how like another, of 100, two headings are taken for one."""
PATH = re.compile(r"(\w+)(?:\[(\w+)\])?(?:\.(\w+))?")


@dataclass(frozen=True, slots=True)
class Target:
    """What a heading stands for: a question; a column of a table, of its `row` where one is named; or several by patterns (`parts`)."""

    name: str = ""
    row: str = ""
    column: str = ""
    parts: tuple[str, ...] = ()

    @property
    def fed(self) -> tuple[tuple[str, str], ...]:
        """The questions it answers, each with the column of a table or ""."""
        return tuple((name, "") for name in names_in({"parts": list(self.parts)})) or ((self.name, self.column),)


def target(said: str | list[str]) -> Target | None:
    """What a mapping says of a heading: "dob", "linked_people.name", "linked_people[2].name", "{family_name}, {given_names}"."""
    parts = tuple([said] if isinstance(said, str) else said)
    if "{" in parts[0]:
        return Target(parts=parts)
    found = PATH.fullmatch(parts[0]) if len(parts) == 1 else None
    return Target(found[1], found[2] or "", found[3] or "") if found else None


def form_of(home: Home) -> Form:
    """The newest referral form with the case's own questions behind its own. Nothing is required of a row: it was written for another use.

    (A date of birth that isn't required may be anyone's: a child of ten years ago is grown up.)
    """
    form = home.form(FORM)
    asked = tuple(replace(s, field=tuple(replace(f, required=False, required_when={}) for f in s.field)) for s in form.section)
    return replace(form, section=(*asked, Section("case", "The case", field=CASE)))


def is_in(form: Form, name: str, column: str) -> Field | None:
    """The question, or the column of a table, of that name."""
    found = form.fields.get(name)
    if found is None or (found.type == "repeat") != bool(column):
        return None
    return next((c for c in found.column if c.name == column), None) if column else found


def every_path(form: Form) -> Iterator[str]:
    """Everything that a heading can stand for."""
    for field in form.fields.values():
        rows = f"{field.name}[…]" if field.keys else field.name
        yield from [f"{rows}.{column.name}" for column in field.column] or [field.name]


def heading_key(text: str) -> str:
    """A heading as it is compared: without case, accents, punctuation and line ends; one of signs alone as it is."""
    return plain(text) or clean(text).casefold()


def sheet_key(name: str) -> str:
    """A sheet's name as it is compared: without case, and spaces around it."""
    return clean(name).casefold()


def nearest(heading: str, form: Form) -> tuple[str, float]:
    """What a heading most likely stands for, and how sure that is, of 100; "" where nothing is near."""
    from rapidfuzz import fuzz, process

    known, said = _vocabulary(form), heading_key(heading)
    if said in known:
        return known[said], 100.0
    found = process.extractOne(said, known.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=NEAR)
    told = ("reason_for_referral", float(NEAR)) if set(said.split()) & TOLD else ("", 0.0)
    return (known[found[0]], found[1]) if found else told


@lru_cache(2)
def _vocabulary(form: Form) -> dict[str, str]:
    """Words that a heading may be → what it stands for: labels and names, and above them what coordinators say."""
    fields = [f for f in form.fields.values() if f.type != "repeat" and f.filled_by != "tool"]
    told = {plain(word): f.name for f in reversed(fields) for word in (f.label, f.name)}
    return {**told, **{plain(word): path for path, words in HEADINGS.items() for word in words.split(";")}}
