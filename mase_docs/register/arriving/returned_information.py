"""What an agency knows that is new before a meeting: each case is told by the reference that its label begins with.

Information is welcome from any agency about any case that the register knows, whether the agency works with it or not. What comes again
takes the place of what the same agency sent before; what was said at a meeting stays beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Select, select

from mase_docs.errors import RegisterError
from mase_docs.model.submission import Value
from mase_docs.register.arriving.returned import Returned, words
from mase_docs.register.casework.case_life import case_of
from mase_docs.register.records import Case, Information

ROWS, OTHER = "cases", "other_intelligence"
NOTHING_NEW = "Nothing new to add."
"""Recorded of an agency that answered and knows nothing new: one that didn't answer is told from it."""
WORKER = "Who knows more: {worker}."
Row = dict[str, Value]


def record(returned: Returned) -> int:
    """Keeps what is said of each case, and of other things; how many rows could not be recorded."""
    if other := words(returned.submission.value(OTHER)):
        _add_other(returned, other)
    return sum(not _recorded(returned, row) for row in returned.submission.rows(ROWS) if _said(row))


def _said(row: Row) -> str | None:
    """What a row says, in words; None where it says nothing."""
    information, worker = words(row.get("information")), words(row.get("worker"))
    told = information or (NOTHING_NEW if row.get("nothing_new") is True else None)
    return "\n".join([told, *([WORKER.format(worker=worker)] if worker else [])]) if told else None


def _recorded(returned: Returned, row: Row) -> bool:
    """Whether what a row says is kept."""
    path, said = f"{ROWS}[{row['row']}].case", _said(row)
    try:
        case = case_of(returned.writing.session, str(row.get("case") or "").partition("/")[0])
    except RegisterError:
        returned.say("IN4", path)
        return False
    assert said
    _keep(returned, case, said, path)
    return True


def _keep(returned: Returned, case: Case, said: str, path: str) -> None:
    """Puts what is said in the place of what this agency sent before; nothing new takes nothing away."""
    there = next(_sent_before(returned, _of_case(case)), None)
    if there is None:
        _add(returned, said, case)
    elif there.return_id == _number(returned):
        _change(returned, there, f"{there.information}\n{said}")
    elif not said.startswith(NOTHING_NEW) and _change(returned, there, said):
        returned.say("IN6", path)


def _add_other(returned: Returned, said: str) -> None:
    """Keeps what is about no case of the list. What was sent before stays, unless this says all of it and more."""
    before = list(_sent_before(returned, select(Information).where(Information.case_id.is_(None), Information.context_id.is_(None))))
    if any(said in there.information for there in before):
        return
    there = next((there for there in before if there.information in said), None)
    if there is None:
        _add(returned, said, None)
    else:
        _change(returned, there, said)


def _of_case(case: Case) -> Select[Information]:
    """What was shared about a case, or about one that was joined to it."""
    joined = select(Case.id).where((Case.id == case.id) | (Case.merged_into == case.id))
    return select(Information).where(Information.case_id.in_(joined))


def _sent_before(returned: Returned, about: Select[Information]) -> Iterator[Information]:
    """What this agency sent about something for this meeting, on this form or an earlier one."""
    assert returned.meeting
    these = (Information.meeting_id == returned.meeting.id, Information.agency == returned.agency, Information.return_id.is_not(None))
    yield from returned.writing.session.scalars(about.where(*these).order_by(Information.id))


def _number(returned: Returned) -> int:
    assert returned.row
    return returned.row.id


def _add(returned: Returned, said: str, case: Case | None) -> None:
    assert returned.meeting
    returned.writing.add(
        Information(
            meeting_id=returned.meeting.id, case_id=case.id if case else None, context_id=None, agency=returned.agency,
            information=said, received_on=returned.today, return_id=_number(returned),
        )
    )  # fmt: skip


def _change(returned: Returned, there: Information, said: str) -> bool:
    """Whether it says anything else than it did."""
    if there.information == said:
        return False
    return returned.writing.change(there, information=said, received_on=returned.today, return_id=_number(returned))
