"""The arithmetic of NHS numbers, unique pupil numbers and postcodes. Each function takes text as typed and looks at nothing else."""

from __future__ import annotations

import re

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
UPN = re.compile(rf"[{UPN_LETTERS}][0-9]{{11}}[0-9{UPN_LETTERS}]\Z")
POSTCODE = re.compile(
    r"(GIR 0AA|([A-PR-UWYZ][0-9][0-9]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9]?|[A-PR-UWYZ][0-9][A-HJKSTUW]"
    r"|[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]) [0-9][ABD-HJLNP-UW-Z]{2})\Z"
)
PSEUDO_POSTCODE = re.compile(r"ZZ99 [0-9][A-Z]{2}\Z")
OUTWARD = re.compile(
    r"([A-PR-UWYZ][0-9][0-9]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9]?|[A-PR-UWYZ][0-9][A-HJKSTUW]|[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY])\Z"
)


def bare(text: str) -> str:
    """A number or code without spaces and hyphens, in capitals."""
    return re.sub(r"[\s\-‐‑–]", "", text).upper()


def is_nhs_number(text: str) -> bool:
    """Whether ten digits have the right check digit (NHS Data Dictionary, modulus 11); ten of the same digit are none."""
    digits = bare(text)
    if not re.fullmatch(r"[0-9]{10}", digits) or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == int(digits[9])  # a check of 10 equals no digit: never issued


def is_test_nhs_number(text: str) -> bool:
    """Whether a number is from the range 999 000 0000 up, which is kept for tests and never issued."""
    return bare(text).startswith("999")


def is_issued_nhs_range(text: str) -> bool:
    """Whether a number begins as the numbers issued in England do: 3, 4, 6 or 7."""
    return bare(text)[:1] in set("3467")


def is_upn(text: str) -> bool:
    """Whether 13 characters are a unique pupil number with its right check letter (DfE guide to UPNs, modulus 23)."""
    upn = bare(text)
    if not UPN.match(upn):
        return False
    values = [int(c) if c.isdigit() else UPN_LETTERS.index(c) for c in upn[1:]]
    return UPN_LETTERS[sum(place * value for place, value in enumerate(values, 2)) % 23] == upn[0]


def is_temporary_upn(text: str) -> bool:
    """Whether the last character is a letter: given by a school until the permanent number is known."""
    return bare(text)[-1:].isalpha()


def upn_authority(text: str) -> str:
    """The DfE number of the authority that gave a unique pupil number: its second to fourth characters."""
    return bare(text)[1:4]


def spaced(text: str) -> str:
    """A postcode in capitals with one space before its last three characters."""
    return f"{bare(text)[:-3]} {bare(text)[-3:]}"


def is_postcode(text: str) -> bool:
    """Whether a text has the pattern of a UK postcode (BS 7666), or is one of the NHS's ZZ99 codes for no fixed abode."""
    return bool(POSTCODE.match(spaced(text)) or PSEUDO_POSTCODE.match(spaced(text)))


def is_outward_postcode(text: str) -> bool:
    """Whether a text is only the first half of a postcode: E8, EC1A."""
    return bool(OUTWARD.match(bare(text)))
