"""Makes the pages of docs/ that follow from the code: python3 docs/developing/make_docs.py"""

from __future__ import annotations

from pathlib import Path

from mase_docs.definition.home import Home
from mase_docs.intake.explained import page as arrives
from mase_docs.intake.refusals import REFUSALS, SEVERITY, WARNINGS
from mase_docs.register.arriving.returned import FOUND
from mase_docs.register.explained import page as record_model
from mase_docs.validation.explain import Explained, page

DOCS = Path(__file__).resolve().parent.parent


def checks() -> str:
    """docs/checks.md, in the words of the shipped profile."""
    refusals = [Explained(reason.split()[0], "error", what, remedy, "domain section 7") for reason, (what, remedy) in REFUSALS.items()]
    warnings = [
        Explained(code, SEVERITY.get(code, "warning"), what.replace("{count}", "…"), remedy, "how PDF forms arrive")
        for code, (what, remedy) in WARNINGS.items()
    ]
    found = [Explained(code.split()[0], severity, what, remedy, "the register") for code, (severity, what, remedy) in FOUND.items()]
    return page(Home(), [*refusals, *warnings], found)


PAGES = {"checks.md": checks, "arrives.md": arrives, "record-model.md": record_model}


def main() -> None:
    for name, made in PAGES.items():
        (DOCS / name).write_text(made(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
