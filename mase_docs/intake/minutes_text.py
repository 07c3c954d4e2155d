"""The text of edited minutes, handed out piece by piece: what belongs to a place is taken, what nobody took is listed in the end."""

from __future__ import annotations

from collections.abc import Iterable

from mase_docs.definition.boxes import FILLED, is_box
from mase_docs.definition.words import clean
from mase_docs.intake.minutes_walk import Cell, MinutesWalk, Words, is_unfilled, typed_inside
from mase_docs.intake.word_marks import child
from mase_docs.intake.word_text import Span
from mase_docs.model.control import FIRST_WORDS

YES = "yes"
"""What a tick says."""
FEW = 9
"""So many pieces may stand around a box: ends of paragraphs, runs without words."""
NEVER_TYPED = sorted({FIRST_WORDS["text"], FIRST_WORDS["choice"], FIRST_WORDS["date"]}, key=len, reverse=True)
"""First words of controls that nobody begins or ends a sentence with; people write beside them where a program left them as text."""


class Text:
    """Who took which piece; each is taken once."""

    def __init__(self, walk: MinutesWalk) -> None:
        self._pieces = walk.pieces
        self._taken = bytearray(len(walk.pieces))

    def of(self, words: Words) -> str:
        """All of a cell or paragraph, taken or not."""
        return "".join(self._pieces[at] for part in words.ranges for at in part)

    def left(self, words: Words) -> str:
        """What nobody took of a cell or paragraph."""
        return "".join(self._pieces[at] for part in words.ranges for at in part if not self._taken[at])

    def take_cell(self, cell: Cell) -> str:
        """What stands in a cell that is for one thing: all that is left in it; of a cell with a box to tick, that box."""
        box = next((span for span in cell.spans if self._is_tick(span)), None)
        return self.take(box.start, box.end) if box else self.take_all(cell)

    def _is_tick(self, span: Span) -> bool:
        """A control to tick; or what is left of one: a bookmark around a box."""
        if child(span.about, "w14:checkbox") is not None:
            return True
        around = "".join(self._pieces[span.start : span.end]).strip() if 0 < span.end - span.start < FEW else ""
        return len(around) == 1 and is_box(around)

    def take_all(self, words: Words) -> str:
        return self._take(words.ranges)

    def take(self, start: int, end: int) -> str:
        """What stands between two pieces."""
        return self._take([range(start, end)])

    def _take(self, ranges: Iterable[range]) -> str:
        found = []
        for at in (at for part in ranges for at in part if not self._taken[at]):
            found.append(self._pieces[at])
            self._taken[at] = 1
        said = typed("".join(found))
        return (YES if said in FILLED else "") if len(said) == 1 and is_box(said) else said


def typed(text: str) -> str:
    """A text without what its control said before anyone typed."""
    said = text.strip()
    for words in NEVER_TYPED:
        said = said.removeprefix(words).removesuffix(words).strip()
        said = typed_inside(said, words).strip() if words != FIRST_WORDS["date"] else said
    return "" if is_unfilled(said) or not clean(said) else said
