"""How results and problems are said: results on stdout, talk on stderr, colour only on a terminal."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

import click

from mase_docs.model.submission import Submission
from mase_docs.problems import SEVERITIES, Problem, has_errors

if TYPE_CHECKING:
    from mase_docs.intake.arriving import Passwords

T = TypeVar("T")
COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


def result(words: str = "") -> None:
    click.echo(words, color=_colour())


def aside(words: str = "") -> None:
    click.echo(words, err=True, color=_colour())


def _colour() -> bool | None:
    """False where NO_COLOR asks for plain text; else click looks whether this is a terminal."""
    return False if os.environ.get("NO_COLOR") else None


def problem(found: Problem, file: str = "") -> None:
    """A problem on stderr, in two lines; stdout may be elsewhere, so each names its file, as compilers do."""
    named, place = f"{file}: " if file else "", f" · {found.place}" if found.place else ""
    aside(f"  {named}{click.style(found.severity, fg=COLOURS[found.severity])} {found.code}{place}: {found.message}")
    aside(f"      → {found.remedy}")


def verdict(form: Submission) -> str:
    """`clean`, `refused` or `2 errors, 1 warning`."""
    if form.form is None:
        return "refused" if form.refused else "passed over"
    counts = Counter(p.severity for p in form.problems)
    said = [f"{counts[s]} {s}{'s' if counts[s] > 1 else ''}" for s in SEVERITIES if counts[s]]
    return ", ".join(said) or "clean"


def passwords(known: list[str]) -> Passwords:
    """The passwords given; on a terminal, another is asked for where none of them opens a file."""
    from mase_docs.intake.arriving import Passwords

    return Passwords(known, _ask if sys.stdin.isatty() and sys.stderr.isatty() else None)


def _ask(name: str) -> str | None:
    aside()
    asked: str = click.prompt(f"{name} asks for a password (Enter: leave it)", default="", show_default=False, hide_input=True, err=True)
    return asked or None


def table(forms: Iterable[Submission]) -> None:
    """What came of each file, in a table on stdout, where that is a terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table("File", "Form", "What happened", "Why", box=None, pad_edge=False, header_style="bold")
    for form in forms:
        colour = next((COLOURS[p.severity] for p in form.problems), "")
        shown.add_row(Text(form.source.name, overflow="fold"), kind_of(form), Text(verdict(form), colour), Text(why(form)))
    Console().print(shown)


def kind_of(form: Submission) -> str:
    """`referral 1, pdf_flat`; the kind of file alone where it is no form."""
    return f"{form.form} {form.version}, {form.source.kind}" if form.form else form.source.kind


def why(form: Submission) -> str:
    """The first thing found, and how many more there are."""
    more = len(form.problems) - 1
    return " ".join([*(p.message for p in form.problems[:1]), *([f"(and {more} more)"] if more > 0 else [])])


def exit_code(forms: Iterable[Submission]) -> int:
    """3 where at least one was refused or has errors, else 0."""
    return 3 if any(has_errors(form.problems) for form in forms) else 0


def watched(items: Iterable[T], of: int) -> Iterator[T]:
    """The items, with a progress bar on stderr once the work has taken a second, on a terminal only."""
    started, bar = time.monotonic(), None
    for done, item in enumerate(items, 1):
        yield item
        if bar is None and sys.stderr.isatty() and time.monotonic() - started > 1:
            bar = click.progressbar(length=of, file=sys.stderr, label="Forms")
        if bar:
            bar.length = max(of, done)
            bar.update(done - bar.pos)
    if bar:
        bar.render_finish()
