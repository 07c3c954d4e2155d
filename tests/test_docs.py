"""The documentation doesn't lie: every command and option is in it, the README's commands run, its Python runs."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from mase_docs.cli import COMMANDS, group
from tests.conftest import ROOT, Command

README = (ROOT / "README.md").read_text(encoding="utf-8")
MANUAL = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command
        yield from _with_those_in_it(name, command)


def _with_those_in_it(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    for sub in command.commands if isinstance(command, click.Group) else ():
        yield from _with_those_in_it(f"{name} {sub}", command.commands[sub])


@pytest.mark.parametrize(("name", "command"), list(commands()))
def test_every_command_and_option_is_in_the_manual(name: str, command: click.Command) -> None:
    assert f"mase-docs {name}" in MANUAL or f"and the same for `{name}`" in MANUAL
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert any(f"{option}" in MANUAL for option in parameter.opts), parameter.opts


@pytest.mark.parametrize(("name", "command"), list(commands()))
def test_every_command_has_help_with_an_example(name: str, command: click.Command) -> None:
    assert command.help
    assert f"Example: mase-docs {name.split()[0]}" in command.help or f"Example: mase-docs --home my-borough {name}" in command.help


def test_the_manual_names_no_option_that_is_not_there() -> None:
    parameters = [*group.params, *(p for _, command in commands() for p in command.params)]
    real = {option for p in parameters for option in (*p.opts, *p.secondary_opts)}
    assert set(re.findall(r"--[a-z][a-z-]+", MANUAL)) <= real | {"--help"}


def test_every_command_of_the_readme_runs(mase_docs: Command, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "month", tmp_path / "inbox")
    month = [line.split("#")[0].split()[1:] for line in README.splitlines() if line.startswith("    mase-docs ")]
    assert len(month) == 10
    for words in month:
        done = mase_docs("--home", tmp_path / "home", *words)
        assert done.returncode in (0, 3), (words, done.stderr)
        assert "Traceback" not in done.stderr
    assert {"board_report.docx", "to-send", "to-return", "reminders"} <= {p.name for p in tmp_path.iterdir()}
    assert {"agenda.docx", "minutes.docx"} == {p.name for p in (tmp_path / "chair").iterdir()}


def test_the_python_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples" / "month", tmp_path / "inbox")
    monkeypatch.chdir(tmp_path)
    code = README.split("```python\n", 1)[1].split("```", 1)[0]
    exec(compile(code, "README.md", "exec"), {})
    assert (tmp_path / "minutes.docx").is_file()


def test_every_link_of_the_readme_and_the_docs_leads_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page.name, target)


def test_everything_that_is_said_of_edited_minutes_is_in_the_manual() -> None:
    from mase_docs.register.meetings.minuted_words import SAID

    page = (ROOT / "docs" / "meeting.md").read_text(encoding="utf-8")
    assert {code.split()[0] for code in SAID} <= set(re.findall(r"\b(?:RB\d+|CA4|DA7)\b", page))
