"""A form that was saved as a web page: read as one pasted into a mail. A page that is none may be a link in place of the form."""

from __future__ import annotations

from mase_docs.definition.home import Home
from mase_docs.errors import InputRefusedError
from mase_docs.intake import pasted
from mase_docs.intake.finding import Reading
from mase_docs.intake.refusals import refuse


def read(data: bytes, home: Home) -> Reading:
    """What was found in the page. Raises InputRefusedError: AR30 where no form is in it, and as pasted.read does."""
    try:
        return pasted.read(data, home)
    except InputRefusedError as refusal:
        raise (refuse("AR30 html") if refusal.code == "AR18" else refusal) from None
