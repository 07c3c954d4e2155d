"""Which of our forms a file says it is, and the refusal of a version or a form that isn't known here (domain section 7, row 15)."""

from __future__ import annotations

import re

from mase_docs.definition.form import Form
from mase_docs.definition.home import Home
from mase_docs.errors import InputRefusedError
from mase_docs.intake.refusals import refuse

ENOUGH = 0.5
"""The share of a form's names or labels that a file must have to be taken for that form."""


def known_form(id: str, version: str, home: Home) -> Form:
    """The form of that id and version. Raises InputRefusedError AR15, with what is known of it, where there is none."""
    versions = {str(f.version): f for f in home.forms if f.id == id.strip() and not f.based_on}
    number = re.sub(r"\.0+\Z", "", version.strip())
    if number in versions:
        return versions[number]
    raise wrong_version(list(versions.values()), number)


def stamped_forms(printed: str, home: Home) -> Form | None:
    """The form whose stamp is printed (`MASE-REF 1`); None where there is no stamp.

    Raises InputRefusedError AR15 for the stamp of a version that isn't known.
    """
    text = " ".join(printed.split())
    for code in {f.code for f in home.forms if f.code and not f.based_on}:
        found = re.search(rf"(?<![\w-]){re.escape(code)} (\d{{1,4}})(?!\w)", text)
        if found:
            same = [f for f in home.forms if f.code == code and not f.based_on]
            fit = [f for f in same if str(f.version) == found[1]]
            if not fit:
                raise wrong_version(same, found[1])
            return fit[0]
    return None


def best_fit(shares: list[tuple[float, Form]]) -> Form:
    """The form of whose names or labels a file has most, when nothing else tells which it is.

    Raises InputRefusedError: AR15 where no form has enough of its own there, AR31 where two fit equally well.
    """
    best = max((share for share, _ in shares), default=0.0)
    fit = [form for share, form in shares if share == best >= ENOUGH]
    if len(fit) == 1:
        return fit[0]
    both = " and ".join(f"{form.id}_v{form.version}" for form in fit)
    raise refuse("AR31", f"{len(fit)} forms fit this file equally well: {both}.") if fit else refuse("AR15")


def wrong_version(known: list[Form], number: str) -> InputRefusedError:
    """The refusal: which version this looks like, and which are known. What isn't a plain number is not repeated."""
    if not known:
        return refuse("AR15")
    which = f"version {number}" if number.isdigit() and len(number) < 5 else "an unknown version"
    have = " and ".join(str(f.version) for f in known)
    return refuse(
        "AR15",
        f"This looks like {which} of the form “{known[-1].title}”, and only version {have} is known here.",
        f"Ask the sender to fill in version {known[-1].version}, or install the version of mase-docs that knows theirs.",
    )
