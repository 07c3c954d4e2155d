"""What agenda, minutes and report have in common: forms in, one Word file out, and what was left out said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from mase_docs.commands import options, talk
from mase_docs.commands.check import show_verdict

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.model.sitting import Sitting
    from mase_docs.pipeline import Document, Merged, Occasion


def meeting_paper(document: Literal["agenda", "minutes"], does: str) -> click.Command:
    """The command that makes a paper for a meeting."""

    @click.command(document, help=f"{does}\n\nExample: mase-docs {document} --meeting 2026-12-02 -o {document}.docx")
    @options.paths_if_any
    @options.output
    @options.meeting
    @click.option("--layout", type=click.Choice(["case-first", "theme-first"]), help="What comes first; default: as the profile says.")
    @options.include_invalid
    @options.password_file
    @options.today
    @options.force
    @click.pass_obj
    def command(
        settings: Settings,
        /,
        paths: tuple[Path, ...],
        output: Path,
        include_invalid: bool,
        passwords: list[str],
        force: bool,
        **occasion: Any,
    ) -> int:
        from mase_docs.pipeline import Occasion

        made_for = Occasion(settings.home, **occasion)
        if not paths:
            return make_from_register(settings, document, made_for, output, force=force)
        return make(document, paths, made_for, output, include_invalid=include_invalid, passwords=passwords, force=force)

    return command


def make_from_register(settings: Settings, document: Literal["agenda", "minutes"], occasion: Occasion, output: Path, *, force: bool) -> int:
    """Writes the paper of a meeting in the register, and says what is on it and what isn't."""
    from mase_docs import cycle
    from mase_docs.files import must_not_exist, write
    from mase_docs.model.sitting import CHAIR

    must_not_exist(output, force=force)
    with settings.register() as register:
        cycle.must_not_mix(register, output, CHAIR, occasion.home)
        made = cycle.paper(document, register, occasion)
    write(output, made.data, force=force)
    talk.aside(f"{output}: {in_short(made.sitting)}")
    for case in made.sitting.not_heard:
        talk.aside(f"  Not on the list: {case.label.partition(' / ')[0]}. {case.why}.")
    return 0


def in_short(sitting: Sitting) -> str:
    """`Meeting of 2 December 2026: 3 new cases, 2 reviews, 4 themes, 5 outstanding actions.`"""
    new = sum(hearing.heard_under == "new_cases" for hearing in sitting.hearings)
    counts = {
        "new case": new, "review": len(sitting.hearings) - new, "theme": len(sitting.themes or ()),
        "outstanding action": len(sitting.outstanding),
    }  # fmt: skip
    said = ", ".join(f"{count or 'no'} {thing}{'' if count == 1 else 's'}" for thing, count in counts.items())
    return f"meeting of {sitting.meeting.held_on:%d/%m/%Y}: {said}." if sitting.meeting else said


def make(
    document: Document,
    paths: tuple[Path, ...],
    occasion: Occasion,
    output: Path,
    *,
    include_invalid: bool,
    passwords: list[str],
    force: bool,
) -> int:
    """Writes the document of the forms that are in order; 3 where some are not, else 0."""
    from mase_docs.files import must_not_exist, write
    from mase_docs.pipeline import check, count, merge, read

    must_not_exist(output, force=force)
    home, today = occasion.home, occasion.today
    arrived = read(paths, home, today, talk.passwords(passwords))
    forms = check(talk.watched(arrived, of=count(paths)), home, today, occasion.meeting)
    merged = merge(document, forms, occasion, include_invalid)
    write(output, merged.data, force=force)
    for form in merged.left_out:
        show_verdict(form, home)
    talk.aside(
        f"{output}: {len(merged.taken)} of {sum(not form.passed_over for form in forms)} forms are in it." + "".join(_why_not_all(merged))
    )
    return talk.exit_code(forms)


def _why_not_all(merged: Merged) -> Iterator[str]:
    if merged.left_out:
        yield " Left out: see above."
    if merged.outside:
        yield f" Dated outside the period: {len(merged.outside)}."
    if merged.copies:
        yield f" The same file again: {len(merged.copies)}."
    if merged.returns:
        yield f" What agencies sent back, which the register takes (mase-docs receive): {len(merged.returns)}."
    if merged.removed:
        yield f" Characters that Word cannot hold, left out: {merged.removed}."
