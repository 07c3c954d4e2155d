"""A picture of a form's page, or a tiff of several, as scanners and telephones make them."""

from __future__ import annotations

from dataclasses import replace

from mase_docs.definition.home import Home
from mase_docs.errors import InputRefusedError
from mase_docs.intake.finding import Reading
from mase_docs.intake.refusals import refuse
from mase_docs.intake.scan import read as read_scan

NO_FORM = ("AR5", "AR27")


def read(data: bytes, home: Home) -> Reading:
    """What can be recovered of a form's picture. Raises InputRefusedError AR30 where it is none, else as `scan.read` does."""
    try:
        return replace(read_scan(data, home), kind="")
    except InputRefusedError as refusal:
        raise refuse("AR30 picture") if refusal.code in NO_FORM else refusal from None
