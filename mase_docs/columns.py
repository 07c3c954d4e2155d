"""A spreadsheet's columns, by letters and by number: A is 1, AA is 27 (ECMA-376 part 1, 18.18.62)."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(1000)
def column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
