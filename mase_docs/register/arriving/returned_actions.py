"""How an agency's actions stand, as it says: each is told by its number, which never changes."""

from __future__ import annotations

from datetime import date

from mase_docs.errors import RegisterError, UsageError
from mase_docs.model.sitting import OUTSTANDING
from mase_docs.model.submission import Value
from mase_docs.register.arriving.returned import Returned, words
from mase_docs.register.meetings.actions import of_number, set_status
from mase_docs.register.records import Action

ROWS, SAYS = "actions", ("status", "done_on", "evidence", "reason_not_done")
"""The repeat, and the columns that the agency fills in."""
Row = dict[str, Value]


def record(returned: Returned) -> int:
    """Sets what came of each action; how many rows could not be recorded. A row that says nothing changes nothing."""
    return sum(not _recorded(returned, row) for row in returned.submission.rows(ROWS) if any(words(row.get(name)) for name in SAYS))


def _recorded(returned: Returned, row: Row) -> bool:
    """Whether a row was recorded, or needn't be."""
    action = _action(returned, row)
    if action is None:
        return False
    status = str(row.get("status") or action.status)
    if status in OUTSTANDING and action.status not in OUTSTANDING:
        returned.say("AC6", _path(row, "status"))
        return True
    return _set(returned, row, action, status)


def _set(returned: Returned, row: Row, action: Action, status: str) -> bool:
    done_on, evidence, reason = row.get("done_on"), words(row.get("evidence")), words(row.get("reason_not_done"))
    completed_on = done_on if isinstance(done_on, date) else None
    try:
        set_status(returned.writing, action, status, returned.today, evidence, reason, completed_on)
    except UsageError:
        returned.say("AC7", _path(row, "status"))
        return False
    return True


def _action(returned: Returned, row: Row) -> Action | None:
    """The action of a row; None, and said why, where there is none or it is another agency's."""
    try:
        found = of_number(returned.writing.session, str(row.get("number") or ""))
    except RegisterError:
        returned.say("AC5", _path(row, "number"))
        return None
    theirs = returned.home.codes("agency").match(found.agency or "") or found.agency
    if theirs != returned.agency:
        returned.say("AC5 other", _path(row, "number"))
        return None
    return found


def _path(row: Row, column: str) -> str:
    return f"{ROWS}[{row['row']}].{column}"
