"""Text as it arrives: cleaned, and told from placeholders, explicit unknowns and pointers elsewhere (domain CO9, section 7)."""

from __future__ import annotations

import re
import unicodedata

from mase_docs.definition.codes import plain
from mase_docs.model.submission import NONE, NOT_APPLICABLE, NOT_KNOWN

LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
SPACES = re.compile(r"[^\S\n]+")
MOJIBAKE = re.compile(r"[ÃÂÄÅ][\u0080-\u00bf\u0152-\u017e\u0192\u02c6\u02dc\u2013-\u2122]|â€")
JOINERS = "\u200c\u200d"
"""Zero-width characters that some languages and emoji need between two others; every other invisible one is dropped."""
ASTRAY = re.compile(rf"(?:(?<=\s)|\A)[{JOINERS}]+|[{JOINERS}]+(?=\s|\Z)")
UNSEEN = ("Cc", "Cf", "Cs", "Cn")
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks that show nothing: fillers of Hangul and Khmer, the empty Braille sign, the grapheme joiner (Unicode 17, 23.2)."""

_TOKENS = {
    NOT_KNOWN: "not known|unknown|n k|nk|dont know|don t know|do not know|no information|no information available"
    "|not available|not recorded|not yet known|tbc|to be confirmed|tba|to be advised",
    NOT_APPLICABLE: "n a|na|not applicable|does not apply|doesn t apply",
    NONE: "none|nil|none known|none recorded|none reported|none identified|nothing|nothing known",
}
EXPLICIT_WORDS = {word: meaning for meaning, words in _TOKENS.items() for word in words.split("|")}
NEVER_A_NAME = {
    *("not known", "not yet known", "unknown", "no information available", "not recorded", "tbc", "to be confirmed", "to be advised"),
    *("not applicable", "none known", "none recorded"),
}
"""What cannot be a person's name: Na, Nil, None and Nk are or could be."""

_PLACEHOLDER = re.compile(
    r"(click|tap)( or tap)?( here)? to (enter|add|type|select|choose)\b.*|click here\b.*"
    r"|(please )?(choose|select)(?! not\b)( (an?|one|the|your|from))?( [a-z]+){0,3}"
    r"|please (enter|type|specify|state)( [a-z]+){0,3}|(enter|type|insert) (here|text|date|name|a date|text here|date here)"
    r"|dd mm yy(yy)?|d d m m y y( y y)?|yes no( (not known|n k|n a|unknown))?|no yes|y n( u)?"
)
_POINTER = re.compile(
    r"(please )?(see|refer to|as)( (the|my|our|in|per))?( (above|below|attached|enclosed|before|overleaf|previous|separate)\b.{0,40})"
    r"|(same )?as above|ditto|attached|enclosed|see (referral|assessment|chronology|report|minutes|file|system|mosaic|lcs)\b.{0,30}"
)
SHORT = 80
"""A longer text is an answer, whatever it begins with."""
FILLED_BOXES = set("☑☒✓✔✗✘🗸🗹■")
"""With one of these beside it, even a form's own word is an answer: "☑ Yes ☐ No"."""
_RULES = set("-–—_.…/\\:;,*| \n[]()")


def clean(text: str) -> str:
    """NFC, trimmed, lines ended by \\n, single spaces, no control or invisible characters; capitals as typed."""
    if text.isascii() and text.isprintable():
        return SPACES.sub(" ", text).strip()
    text = LINE_ENDS.sub("\n", mended(text))
    text = unicodedata.normalize("NFC", ASTRAY.sub("", "".join(c for c in text if not _is_unseen(c))))
    return "\n".join(SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


def _is_unseen(character: str) -> bool:
    """Whether a character shows nothing, and is neither a space nor the end of a line."""
    if character in "\n\t" or character in JOINERS:
        return False
    return character in BLANKS or unicodedata.category(character) in UNSEEN


def unseen(text: str) -> int:
    """How many characters `clean` takes out of a text though nobody could see them there: controls, marks of direction, zero widths."""
    if text.replace("\n", "").isprintable() and BLANKS.isdisjoint(text):
        return 0
    text = LINE_ENDS.sub("\n", mended(text))
    kept = "".join(c for c in text if not _is_unseen(c))
    return len(text) - len(ASTRAY.sub("", kept))


def mended(text: str) -> str:
    """UTF-8 that was once read as Windows-1252 ("ZoÃ«") put right; any other text as it is."""
    if not MOJIBAKE.search(text):
        return text
    try:
        return b"".join(_windows_byte(c) for c in text).decode("utf-8")
    except UnicodeError:
        return text


def _windows_byte(character: str) -> bytes:
    """The byte of Windows-1252; the five it leaves empty stand for themselves, as they do when browsers read it."""
    return character.encode("latin-1" if "\x80" <= character <= "\x9f" else "cp1252")


def is_placeholder(text: str) -> bool:
    """Whether a cleaned text is only what the form said before anyone answered, or a rule to write on."""
    return set(text) <= _RULES or (len(text) <= SHORT and FILLED_BOXES.isdisjoint(text) and bool(_PLACEHOLDER.fullmatch(plain(text))))


def explicit(text: str, in_name: bool = False) -> str | None:
    """not_known, not_applicable or none where a cleaned text says so and nothing more; in a name only what can't be one."""
    if set(text) == {"?"}:
        return NOT_KNOWN
    if len(text) > SHORT:
        return None
    said = plain(text)
    if in_name and said not in NEVER_A_NAME and text.casefold() not in ("n/k", "n/a"):
        return None
    return EXPLICIT_WORDS.get(said)


def is_pointer(text: str) -> bool:
    """Whether a text says only where the answer stands ("as above", "see attached")."""
    return len(text) <= SHORT and bool(_POINTER.fullmatch(plain(text)))
