"""What the template of a certificate of disposal shows: kinds and numbers, never whom it was about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mase_docs.definition.home import Home
from mase_docs.definition.types import show_datetime
from mase_docs.model.certificate import STILL_THERE, Certificate, Disposed

KINDS = {
    "action": "Actions", "assessment": "Categories and levels", "case": "Cases", "context": "Places, groups and means of contact",
    "context_name": "Their ways of being written", "discussion": "Discussions at meetings", "disruption": "Notices, orders and other steps",
    "information": "What agencies shared", "intervention": "Help given or proposed", "involvement": "Agencies' part", "link": "Links",
    "match": "Comparisons with other people", "missing_episode": "Times missing",
    "original": "Files of completed forms, and of forms that agencies sent back",
    "panel_link": "Other panels", "person": "People", "reference": "Fingerprints of files (the numbers stay used)", "referral": "Forms",
}  # fmt: skip
"""Table → what its rows are."""


def context(done: Certificate, home: Home) -> dict[str, Any]:
    """The values of `templates/certificate.docx`."""
    panel = home.profile.panel
    return {
        "title": title(home),
        "panel_in_full": panel.full_name,
        "authority": panel.authority,
        "marking": panel.marking.upper(),
        "on": f"{show_datetime(datetime.fromisoformat(done.on))} (universal time)",
        "because": done.because,
        "approved_by": done.approved_by,
        "done_by": done.done_by,
        "records": list(map(_record, done.disposed)),
        "still_there": list(STILL_THERE),
        "emptied": done.emptied,
        "seq": done.seq,
        "hash": done.hash,
    }


def title(home: Home) -> str:
    """The paper's title, also of the file."""
    return f"{home.profile.panel.name}: certificate of disposal"


def must_show(done: Certificate) -> list[str]:
    """What the finished paper is proved to show: what went, and the hash that proves it."""
    return [*(", ".join(one.references) for one in done.disposed), done.hash]


def _record(one: Disposed) -> dict[str, Any]:
    counts = [{"what": KINDS.get(kind, kind), "number": number} for kind, number in one.counts.items()]
    return {"references": ", ".join(one.references), "rule": one.rule, "years": one.years, "counts": counts}
