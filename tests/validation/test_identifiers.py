"""NHS numbers not from the test range are the specimens that the NHS itself publishes; pupil numbers are made up."""

from __future__ import annotations

import pytest

from tests.validation.broken import is_broken, is_kept
from tests.validation.invented import Situation, odd, rows

DIGIT = "an nhs number has its check digit"
RANGE = "an nhs number is from a range in issue"
TEST = "an nhs number is not a test number"
LETTER = "a pupil number has its check letter"
AUTHORITY = "a pupil number is from a known authority"
PERMANENT = "a pupil number is permanent"
POSTCODE = "a postcode has the pattern of one"
WHOLE = "a postcode is whole"
EMAIL = "an email address looks like one"
SECURE = "an email address is secure"
PHONE = "a telephone number has enough digits"
URN = "a school number has six digits"
COUNCIL = "an authority is a known one"

PRACTICE = {"checks": {"test_numbers_allowed": True}}
ANY_MAIL = {"secure_domains": ()}

BROKEN = [
    Situation(DIGIT, "the last digit is wrong", {"nhs_number": "9990000019"}, "nhs_number"),
    Situation(DIGIT, "the check would be ten", {"nhs_number": "9991234560"}, "nhs_number"),
    Situation(DIGIT, "a digit is lacking", {"nhs_number": "999000001"}, "nhs_number"),
    Situation(DIGIT, "every digit is the same", {"nhs_number": "1111111111"}, "nhs_number"),
    Situation(RANGE, "it begins with 9", {"nhs_number": "9434765919"}, "nhs_number"),
    Situation(TEST, "it begins with 999", {"nhs_number": "999 000 0018"}, "nhs_number"),
    Situation(LETTER, "the letter is wrong", {"upn": "A801200005001"}, "upn"),
    Situation(LETTER, "it is too short", {"upn": "B80120000500"}, "upn"),
    Situation(LETTER, "it ends in a letter that is never used", {"upn": "A20443211601S"}, "upn"),
    Situation(AUTHORITY, "801 is not in London", {"upn": "B801200005001"}, "upn"),
    Situation(PERMANENT, "it ends in a letter", {"upn": "A20443211601A"}, "upn"),
    Situation(POSTCODE, "C is not a letter of a second half", {"home_postcode": "E8 1CA"}, "home_postcode"),
    Situation(POSTCODE, "it is no postcode at all", {"home_postcode": "near the park"}, "home_postcode"),
    Situation(WHOLE, "only E8", {"home_postcode": "E8"}, "home_postcode"),
    Situation(EMAIL, "there is no @", {"referrer_email": "petra.vance"}, "referrer_email"),
    Situation(EMAIL, "there are two addresses", {"referrer_email": "a@northmere.gov.uk, b@northmere.gov.uk"}, "referrer_email"),
    Situation(SECURE, "it is a private one", {"referrer_email": "petra@post.example"}, "referrer_email"),
    Situation(SECURE, "it only ends alike", {"referrer_email": "petra@fakenhs.net"}, "referrer_email"),
    Situation(PHONE, "there are six digits", {"referrer_phone": "946 000"}, "referrer_phone"),
    Situation(PHONE, "a mother's has six", rows("parents_carers", {"name": "Ilse", "phone": "123456"}), "parents_carers[1].phone"),
    Situation(URN, "there are five digits", {"school_urn": "10023"}, "school_urn"),
    Situation(COUNCIL, "it has four digits", {"placed_in_by_other_la": True, "responsible_authority": "3041"}, "responsible_authority"),
]

KEPT = [
    Situation(DIGIT, "it is right, with spaces", {"nhs_number": "943 476 5919"}),
    Situation(DIGIT, "the check is nought", {"nhs_number": "9876543210"}),
    Situation(DIGIT, "it is not known", {"nhs_number": "not_known"}),
    Situation(DIGIT, "it stands above", {"nhs_number": odd("AR16", value="as above", raw="as above")}),
    Situation(RANGE, "it begins with 4", {"nhs_number": "4010232137"}),
    Situation(RANGE, "it is a test number, which is said elsewhere", {"nhs_number": "9990000018"}),
    Situation(TEST, "practice is allowed here", {"nhs_number": "9990000018"}, profile=PRACTICE),
    Situation(TEST, "it begins with 4", {"nhs_number": "4010232137"}),
    Situation(LETTER, "it is permanent", {"upn": "B204432116001"}),
    Situation(LETTER, "it is temporary and in small letters", {"upn": "a20443211601a"}),
    Situation(AUTHORITY, "204 is Hackney", {"upn": "B204432116001"}),
    Situation(PERMANENT, "it ends in a digit", {"upn": "B204432116001"}),
    *(
        Situation(POSTCODE, code, {"home_postcode": code})
        for code in ("E8 1EA", "ec1a1bb", "W1A 0AX", "N1C 4AG", "E20 2ST", "ZZ99 3VZ", "E8")
    ),
    Situation(WHOLE, "all is there", {}),
    Situation(EMAIL, "it is one", {}),
    Situation(SECURE, "it ends in .gov.uk", {}),
    Situation(SECURE, "it is of nhs.net", {"referrer_email": "Petra.Vance@NHS.net"}),
    Situation(SECURE, "this borough has no list", {"referrer_email": "petra@post.example"}, profile=ANY_MAIL),
    Situation(PHONE, "eleven digits and a remark", {"referrer_phone": "020 7946 0000 ext 12 (mornings)"}),
    Situation(PHONE, "two numbers", {"referrer_phone": "+44 (0)20 7946 0000 / 07700 900123"}),
    Situation(URN, "there are six digits", {"school_urn": "100234"}),
    Situation(COUNCIL, "it is a name", {"placed_in_by_other_la": True, "responsible_authority": "Northmere"}),
    Situation(COUNCIL, "it has three digits and is not in London", {"placed_in_by_other_la": True, "responsible_authority": "881"}),
]


@pytest.mark.parametrize("situation", BROKEN, ids=str)
def test_is_broken_when(situation: Situation) -> None:
    is_broken(situation)


@pytest.mark.parametrize("situation", KEPT, ids=str)
def test_is_kept_when(situation: Situation) -> None:
    is_kept(situation)
