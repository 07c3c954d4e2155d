"""Completed forms as a Referral keeps them, whole, and as they were again: what was read once need never be read twice."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from mase_docs.model.submission import EXPLICIT, Answer, Change, Mail, Resend, Source, Submission, Value
from mase_docs.problems import Problem
from mase_docs.register.persons.likeness import Described
from mase_docs.register.records import Referral


def kept(submission: Submission) -> dict[str, Any]:
    """Column of a Referral → what it holds of a completed form: its file, its mail, every answer and every problem.

    The answers stand in the form's order, which the rows of its repeats are told by.
    """
    source, mail = submission.source, submission.source.mail
    return {
        "form": submission.form,
        "version": submission.version,
        "source_name": source.name,
        "sha256": source.sha256,
        "kind": source.kind,
        "mail_subject": mail.subject if mail else None,
        "mail_sender": mail.sender if mail else None,
        "message_id": mail.message_id if mail else None,
        "answers": _json(_answers(submission)),
        "problems": _json([problem.to_json() for problem in submission.problems]),
    }


def submission(referral: Referral) -> Submission:
    """The completed form that a referral keeps: equal to the one that was recorded."""
    found = json.loads(referral.answers)
    return Submission(
        Source(referral.source_name, referral.sha256, referral.kind, _mail(referral)),
        referral.form,
        referral.version,
        {path: _answer(told) for path, told in found["answers"].items()},
        [Problem(**problem) for problem in json.loads(referral.problems)],
        found.get("reference", ""),
        _resend(found["resend"]) if "resend" in found else None,
    )


def described(submission: Submission) -> Described:
    """The child or young person that a form is about, as far as it says."""
    asked = ("family_name", "given_names", "dob_status", "nhs_number", "upn", "social_care_id", "home_postcode")
    family, given, status, nhs, upn, care, postcode = (_said(submission.value(name)) for name in asked)
    known_as, dob = submission.value("known_as"), submission.value("dob")
    other = tuple(map(str, known_as)) if isinstance(known_as, list) else (_said(known_as),) if _said(known_as) else ()
    return Described(family, given, other, dob if isinstance(dob, date) else None, status, nhs, upn, care, postcode)


def _said(value: Value) -> str:
    return "" if value is None or value in EXPLICIT else str(value)


def _answers(submission: Submission) -> dict[str, Any]:
    answers = {path: _told(answer) for path, answer in submission.answers.items()}
    reference = {"reference": submission.reference} if submission.reference else {}
    return {"answers": answers, **reference, **({"resend": _changes(submission.resend)} if submission.resend else {})}


def _told(answer: Answer) -> dict[str, Any]:
    always = {"value": _typed(answer.value), "raw": answer.raw, "place": answer.place}
    more = {"confidence": answer.confidence, "issues": list(answer.issues), "nearest": answer.nearest}
    return {**always, **{name: value for name, value in more.items() if value not in ("high", [], None)}}


def _answer(told: dict[str, Any]) -> Answer:
    value, issues = _value(told["value"]), tuple(told.get("issues", ()))
    return Answer(value, told["raw"], told["place"], told.get("confidence", "high"), issues, told.get("nearest"))


def _typed(value: Value) -> Any:
    """A value as JSON that keeps its type: {"date": "2026-11-09"} is a date, and no text that looks like one."""
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    return {"date": value.isoformat()} if isinstance(value, date) else value


def _value(told: Any) -> Value:
    if not isinstance(told, dict):
        kept: Value = told
        return kept
    return datetime.fromisoformat(told["datetime"]) if "datetime" in told else date.fromisoformat(told["date"])


def _changes(resend: Resend) -> dict[str, Any]:
    changes = [{"path": c.path, "before": _typed(c.before), "after": _typed(c.after)} for c in resend.changes]
    return {"source": resend.source, "sha256": resend.sha256, "reference": resend.reference, "changes": changes}


def _resend(told: dict[str, Any]) -> Resend:
    changes = (Change(c["path"], _value(c["before"]), _value(c["after"])) for c in told["changes"])
    return Resend(told["source"], told["sha256"], told["reference"], tuple(changes))


def _mail(referral: Referral) -> Mail | None:
    told = (referral.mail_subject, referral.mail_sender, referral.message_id)
    return None if told == (None, None, None) else Mail(*(word or "" for word in told))


def _json(value: Any) -> str:
    """Text that every store takes, whatever characters an answer has."""
    return json.dumps(value, separators=(",", ":"))
