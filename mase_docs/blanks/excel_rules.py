"""What a cell accepts: drop-downs from the hidden sheet `Lists`, date, number and length rules, and the prompt beside each box."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from mase_docs.blanks.excel_paper import Paper, Spot
from mase_docs.blanks.excel_sheet import column_label, hint
from mase_docs.blanks.wording import choices, sentences
from mase_docs.definition.form import Field

TITLE_MAX, MESSAGE_MAX = 32, 255
"""The most that Excel takes (ECMA-376 part 1, 18.3.1.32 dataValidation: error, errorTitle, prompt, promptTitle)."""
TICK_LIST = "list_tick"
OLDEST, LATEST = "DATE(1900,1,1)", "DATE(2100,12,31)"
NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a cell accepts (ECMA-376 18.3.1.32) and what is said when it doesn't; `strict`: other text is refused."""

    type: str | None = None
    formula: str | None = None
    title: str = ""
    message: str = ""
    operator: str | None = None
    strict: bool = True


def add_rules(paper: Paper, book: Workbook) -> None:
    """Puts the sheet of lists into the workbook, and onto every answer its rule and its prompt."""
    lists = Lists(book)
    shared: dict[tuple[Rule, str, str], DataValidation] = {}
    for spot in paper.spots.values():
        rule, (title, prompt) = _rule(paper, spot, lists), _prompt(paper, spot)
        validation = shared.get((rule, title, prompt)) or _validation(rule, title, prompt)
        if (rule, title, prompt) not in shared:
            paper.sheet.add_data_validation(validation)
            shared[rule, title, prompt] = validation
        validation.add(spot.anchor.replace("$", ""))


class Lists:
    """The very hidden sheet that drop-downs take their choices from, one column a list, each with a name of its own."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.sheet: Worksheet = book.create_sheet("Lists")
        self.sheet.sheet_state = "veryHidden"
        self.names: dict[str, str] = {}

    def name(self, wanted: str, offered: list[str]) -> str:
        """The defined name of a list of choices; the list is written the first time it is asked for."""
        if wanted not in self.names:
            column = len(self.names) + 1
            for row, text in enumerate([wanted, *offered], 1):
                self.sheet.cell(row, column, text)
            letter = get_column_letter(column)
            self.book.defined_names[wanted] = DefinedName(wanted, attr_text=f"Lists!${letter}$2:${letter}${len(offered) + 1}")
            self.names[wanted] = wanted
        return wanted


def _rule(paper: Paper, spot: Spot, lists: Lists) -> Rule:
    asked, cell = spot.slot.field, spot.anchor.replace("$", "")
    if spot.slot.option:
        return Rule("list", lists.name(TICK_LIST, ["X"]), "X or nothing", "Choose X from the list, or leave the box empty.")
    if asked.type in ("select_one", "yes_no"):
        return _choice(paper, asked, lists)
    if asked.type in ("date", "datetime"):
        return _date(asked, cell)
    if asked.type == "integer":
        return _whole_number(asked, cell)
    length = asked.length_on("xlsx")
    if length:
        message = f"This box holds up to {length} characters. Shorten the text, or send the rest as an attachment and say so here."
        return Rule("textLength", str(length), "Too long", message, operator="lessThanOrEqual")
    return Rule()


def _choice(paper: Paper, asked: Field, lists: Lists) -> Rule:
    offered = choices(asked, paper.home)
    name = f"list_{asked.choices or asked.type}" + ("_or_not_known" if asked.unknown else "")
    message = "Choose one from the list: click the arrow beside the box."
    return Rule("list", lists.name(name, offered), "Not one of the choices", message, strict=not asked.or_other)


def _date(asked: Field, cell: str) -> Rule:
    """A real date, or "Not known" in words where that is an answer: Excel's own date rule would refuse those."""
    time = " and the time as 14:30" if asked.type == "datetime" else ""
    message = f"Write the date as day/month/year, like 03/07/2011{time}."
    if not asked.unknown:
        return Rule("date", f"{OLDEST};{LATEST}", "Not a date", message, operator="between")
    real = f"AND(ISNUMBER({cell}),{cell}>={OLDEST},{cell}<={LATEST}+1)"
    return Rule("custom", _or_not_known(real, cell), "Not a date", f"{message} If it is not known, write Not known.")


def _whole_number(asked: Field, cell: str) -> Rule:
    least, most = asked.minimum or 0, asked.maximum if asked.maximum is not None else 9999
    message = f"Write a whole number from {least} to {most}, in figures."
    if not asked.unknown:
        return Rule("whole", f"{least};{most}", "Not a whole number", message, operator="between")
    # AND looks at all its parts, so a text must not reach INT: N() makes it 0
    real = f"AND(ISNUMBER({cell}),N({cell})=INT(N({cell})),N({cell})>={least},N({cell})<={most})"
    return Rule("custom", _or_not_known(real, cell), "Not a whole number", f"{message} If it is not known, write Not known.")


def _or_not_known(real: str, cell: str) -> str:
    return f'OR({real},LOWER(TRIM({cell}))="{NOT_KNOWN}")'


def _prompt(paper: Paper, spot: Spot) -> tuple[str, str]:
    """The title and text that show when the box is entered; none for a tick, whose label is beside it, unless it has a hint."""
    slot = spot.slot
    if slot.option:
        assert slot.field.choices
        text = paper.home.codes(slot.field.choices).by_code[slot.option].hint
    else:
        text = sentences(hint(paper, slot.field), "Required" if slot.field.required else "")
    label = column_label(paper, slot) if slot.repeat else slot.field.label
    return (shorten(label, TITLE_MAX, placeholder="…"), shorten(text, MESSAGE_MAX, placeholder="…")) if text else ("", "")


def _validation(rule: Rule, title: str, prompt: str) -> DataValidation:
    first, _, second = (rule.formula or "").partition(";")
    return DataValidation(
        type=rule.type,  # type: ignore[arg-type]
        formula1=first or None,
        formula2=second or None,
        operator=rule.operator,  # type: ignore[arg-type]
        allow_blank=True,
        showErrorMessage=bool(rule.type) and rule.strict,
        errorTitle=rule.title or None,
        error=rule.message or None,
        showInputMessage=bool(prompt),
        promptTitle=title or None,
        prompt=prompt or None,
    )
