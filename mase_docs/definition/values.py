"""What was typed → a typed value, with what was odd about it (domain sections 5.3 to 5.5 and 7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from mase_docs.definition.boxes import boxes_in
from mase_docs.definition.codes import CodeList, plain
from mase_docs.definition.dates import Born, read_date, read_datetime
from mase_docs.definition.deletions import is_starred, is_told_to_delete, left_standing
from mase_docs.definition.form import Field
from mase_docs.definition.home import Home
from mase_docs.definition.parsed import Parsed
from mase_docs.definition.words import clean, explicit, is_placeholder, is_pointer, mended
from mase_docs.model.submission import NONE, NOT_APPLICABLE, NOT_KNOWN, Confidence

__all__ = ["CHOSEN", "Parsed", "as_text", "is_ticked", "parse", "ticked_in", "ticks_in"]

YES = {"x", "y", "yes", "yes please", "true", "1", "tick", "ticked", "checked", "on"}
NO = {"n", "no", "false", "0", "off", "unticked", "unchecked"}
TICKS, NO_TICKS, STROKES = set("✓✔☑☒🗸🗹x×"), set("☐□"), ("/", "\\", "*")


@dataclass(frozen=True, slots=True)
class Typed:
    """One answer as it was typed, with all that reading it may depend on."""

    field: Field
    raw: object
    text: str
    home: Home
    today: date
    date1904: bool

    @property
    def codes(self) -> CodeList:
        assert self.field.choices
        return self.home.codes(self.field.choices)

    @property
    def born(self) -> Born:
        if self.field.name == "dob":
            return "child" if self.field.required else "anyone"
        return "anyone" if self.field.name.endswith("_dob") else ""


def parse(field: Field, raw: object, home: Home, today: date, date1904: bool = False) -> Parsed:
    """The value of one answer.

    raw is what stood there: str, int, float, bool, date, datetime or None; date1904 is the workbook's epoch.
    What can't be understood is None with its issue: CO12, TY1 to TY3, AR16, AR39 (see Answer); a blank or a placeholder is None without
    one.
    """
    text = clean(as_text(raw))
    if not text or (isinstance(raw, str) and is_placeholder(text) and not (field.type in CHOSEN and is_starred(text))):
        return Parsed()
    if field.type in CHOSEN:
        text = ticked_in(text, field.type == "select_multiple")
        if not text:
            return Parsed()
    typed = _with_deletions(Typed(field, raw, text, home, today, date1904))
    found = _undeleted(typed) or _said_elsewhere(typed) or _said_explicitly(typed) or PARSERS[field.type](typed)
    if isinstance(raw, date) and field.type not in ("date", "datetime"):
        return replace(found, confidence="low")  # typed was perhaps 10/11, of which a program made 10 November of its own year
    return _with_confidence(found, "medium") if isinstance(raw, str) and mended(raw) != raw else found


def as_text(raw: object) -> str:
    """What stood there, as text: 10.0 → "10", a date → "03/07/2011"; "" for None."""
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer():
        return f"{raw:.0f}"
    if isinstance(raw, datetime) and (raw.hour or raw.minute):
        return f"{raw:%d/%m/%Y %H:%M}"
    return f"{raw:%d/%m/%Y}" if isinstance(raw, date) else str(raw)


def is_ticked(raw: object) -> bool | None:
    """Whether a tick box is ticked; None where something stands in it that is neither a tick nor a no."""
    text = clean(as_text(raw)).casefold()
    if text in STROKES:
        return None
    if not text or is_placeholder(text) or text in NO or set(text) <= NO_TICKS or explicit(text) == NOT_APPLICABLE:
        return False
    return True if text in YES or set(text) <= TICKS else None


def _with_confidence(parsed: Parsed, most: Confidence) -> Parsed:
    return replace(parsed, confidence=most) if parsed.confidence == "high" else parsed


def ticked_in(text: str, several: bool) -> str:
    """What is ticked among boxes typed into one place, "No" of "☐ Yes ☑ No" and nothing of "☐ Yes ☐ No"; any other text as it is."""
    boxes = boxes_in(text)
    ticked = ticks_in(text)
    if len(boxes) < 2 or not all(words for _, words in boxes):
        return text
    return "; ".join(ticked) if several or len(ticked) < 2 else text


def ticks_in(text: str) -> list[str]:
    """The words beside the ticked ones of the boxes in a text."""
    return [words for filled, words in boxes_in(text) if filled]


def _with_deletions(typed: Typed) -> Typed:
    """What is left of "Yes / No (delete as appropriate)" where one of them was deleted; any other answer as it is."""
    left = left_standing(typed.text) if typed.field.type in CHOSEN and typed.field.type != "select_multiple" else []
    return replace(typed, text=left[0]) if len(left) == 1 else typed


def _undeleted(typed: Typed) -> Parsed | None:
    """AR39: choices printed side by side were left as they were, where all but one are to be deleted."""
    left = left_standing(typed.text) if typed.field.type in (*CHOSEN, "text", "name") else []
    if len(left) > 1 and (is_told_to_delete(typed.text) or (typed.field.type in CHOSEN and _are_choices(typed, left))):
        return Parsed(None, "low", ("AR39",))
    return None


def _are_choices(typed: Typed, left: list[str]) -> bool:
    """Whether two or more of the words between strokes are choices of a question that takes one, and no choice together."""
    if typed.field.type == "yes_no":
        return len({is_ticked(part) for part in left} - {None}) > 1
    if typed.field.type != "select_one" or typed.field.or_other or _match(typed.codes, typed.text):
        return False
    return len({_match(typed.codes, part) for part in left} - {None}) > 1


def _said_elsewhere(typed: Typed) -> Parsed | None:
    """AR16: the answer stands "above" or in an attachment; words keep it, nothing else can."""
    worded = typed.field.type in WORDED
    return Parsed(typed.text if worded else None, "low", ("AR16",)) if is_pointer(typed.text) else None


def _said_explicitly(typed: Typed) -> Parsed | None:
    """CO9: "not known" and its like; a code list's own word for it comes first."""
    meaning = explicit(typed.text, typed.field.type == "name")
    if meaning is None or (meaning == NONE and typed.field.type == "yes_no"):
        return None
    if typed.field.type in ("select_one", "select_multiple"):
        code = typed.codes.match(typed.text) or _unknown_code(typed.codes, meaning)
        chosen = code or meaning
        return Parsed([chosen] if code and typed.field.type == "select_multiple" else chosen)
    return Parsed(meaning)


def _unknown_code(codes: CodeList, meaning: str) -> str | None:
    own = next((c.code for c in codes.code if c.unknown), None) if meaning == NOT_KNOWN else None
    return own or codes.match(meaning)


def _text(typed: Typed) -> Parsed:
    return Parsed(typed.text)


def _one_line(typed: Typed) -> Parsed:
    return Parsed(" ".join(typed.text.split()))


def _text_list(typed: Typed) -> Parsed:
    return _select_multiple(typed) if typed.field.choices else Parsed(_pieces(typed.text))


def _pieces(text: str) -> list[str]:
    """The parts of a text between semicolons and line ends, without the bullets before them."""
    parts = (re.sub(r"\A[-–•*·]\s+", "", part.strip()) for part in re.split(r"[;\n]", text))
    return [part for part in parts if part and not is_placeholder(part)]


def _integer(typed: Typed) -> Parsed:
    numbers = re.findall(r"(?<![\d.])-?\d+(?:\.0+)?(?![\d.])", re.sub(r"(?<=\d),(?=\d{3}\b)", "", typed.text))
    if len(numbers) != 1 or len(numbers[0]) > 15:
        return Parsed(None, "low", ("TY2",))
    return Parsed(int(float(numbers[0])), "high" if numbers[0] == typed.text else "medium")


def _date(typed: Typed) -> Parsed:
    return read_date(_as_typed(typed), typed.today, typed.born, typed.date1904)


def _datetime(typed: Typed) -> Parsed:
    return read_datetime(_as_typed(typed), typed.today, typed.date1904)


def _as_typed(typed: Typed) -> object:
    return typed.raw if isinstance(typed.raw, date | int | float) and not isinstance(typed.raw, bool) else typed.text


def _yes_no(typed: Typed) -> Parsed:
    ticked = is_ticked(typed.text)
    if ticked is not None:
        return Parsed(ticked)
    if len(ticks_in(typed.text)) > 1:
        return Parsed(None, "low", ("CO12",))
    begins = re.match(r"(yes|no|y|n)\s*[-–—,.;:(\n]", typed.text, re.IGNORECASE)
    if begins:
        return Parsed(begins[1][0].casefold() == "y", "medium")
    return Parsed(None, "low", ("TY3",))


def _select_one(typed: Typed) -> Parsed:
    code = _match(typed.codes, typed.text)
    if code:
        return Parsed(code)
    if len(ticks_in(typed.text)) > 1:
        return Parsed(None, "low", ("CO12",))
    if typed.field.or_other:
        return Parsed(typed.text, "medium")
    return Parsed(None, "low", ("CO12",), typed.codes.nearest(typed.text))


def _match(codes: CodeList, text: str) -> str | None:
    """The code meant by a text that is its code, label or alias, or two of them together ("C2 – Full care order"); a "?" is doubt."""
    if "?" in text:
        return None
    meant = {codes.match(part) for part in re.split(r"\s*[-–—:=(]\s*", text, maxsplit=1) if plain(part)}
    return codes.match(text) or (meant.pop() if len(meant) == 1 else None)


def _select_multiple(typed: Typed) -> Parsed:
    pieces = [part for piece in _pieces(typed.text) for part in _choices_in(typed.codes, piece)]
    codes = [_match(typed.codes, piece) or (piece if typed.field.or_other else None) for piece in pieces]
    chosen = _in_order(typed.codes, filter(None, codes))
    missed = [piece for piece, code in zip(pieces, codes, strict=True) if code is None]
    if missed:
        return Parsed(chosen or None, "low", ("CO12",), typed.codes.nearest(missed[0]))
    return Parsed(chosen)


def _choices_in(codes: CodeList, piece: str) -> list[str]:
    """A piece as it is where it is a choice, else what stands between its commas, slashes and "and"s where all of that is."""
    parts = [part.strip() for part in re.split(r",|/|&|\band\b", piece) if part.strip()]
    return parts if _match(codes, piece) is None and any(_match(codes, part) for part in parts) else [piece]


def _in_order(codes: CodeList, chosen: Iterable[str]) -> list[str]:
    """Each once, in the order of the list, others after."""
    places = {code: n for n, code in enumerate(codes.by_code)}
    return sorted(dict.fromkeys(chosen), key=lambda code: places.get(code, len(places)))


def _email(typed: Typed) -> Parsed:
    found = re.fullmatch(r"(?:mailto:|.*<)?\s*([^\s<>]+@[^\s<>]+?)\s*>?", typed.text, re.IGNORECASE)
    return Parsed(found[1] if found else typed.text)


def _phone(typed: Typed) -> Parsed:
    """As typed; a number cell has lost the 0 that every UK number of ten more digits begins with, or the + of +44."""
    if not isinstance(typed.raw, int | float):
        return _one_line(typed)
    if re.fullmatch(r"[1-9]\d{9}", typed.text):
        return Parsed(f"0{typed.text}", "medium")
    return Parsed(f"+{typed.text}" if re.fullmatch(r"44\d{10}", typed.text) else typed.text, "medium")


def _nhs_number(typed: Typed) -> Parsed:
    return Parsed(re.sub(r"(?<=\d)[\s.–-]+(?=\d)", "", typed.text))


def _upn(typed: Typed) -> Parsed:
    return Parsed(re.sub(r"\s", "", typed.text).upper())


def _postcode(typed: Typed) -> Parsed:
    """Upper case with its one space where it looks like a postcode or its first half; else as typed (ID rules judge it)."""
    tight = re.sub(r"[\s.-]", "", typed.text).upper()
    whole = re.fullmatch(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})", tight)
    if whole:
        return Parsed(f"{whole[1]} {whole[2]}")
    return Parsed(tight if re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?", tight) else " ".join(typed.text.split()))


CHOSEN = ("yes_no", "select_one", "select_multiple")
WORDED = ("text", "long_text", "text_list")
PARSERS: dict[str, Callable[[Typed], Parsed]] = {
    "text": _text,
    "name": _one_line,
    "long_text": _text,
    "text_list": _text_list,
    "integer": _integer,
    "date": _date,
    "datetime": _datetime,
    "yes_no": _yes_no,
    "select_one": _select_one,
    "select_multiple": _select_multiple,
    "email": _email,
    "phone": _phone,
    "nhs_number": _nhs_number,
    "upn": _upn,
    "postcode": _postcode,
}
