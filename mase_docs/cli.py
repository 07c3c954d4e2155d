"""The command line: words and exit codes, no decisions. Each command is loaded only when it is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from mase_docs import __version__
from mase_docs.commands.settings import Settings
from mase_docs.resources import data_folder

COMMANDS = {  # name → what it does, as --help lists it; the command is in mase_docs/commands/<name>.py, - as _
    "demo": "An invented month, end to end, into a folder.",
    "init": "Write a first mase.toml, the borough's profile.",
    "doctor": "What is installed and found; what is missing, and what for.",
    "forms": "The forms that can be sent: list, build, check.",
    "read": "The answers of each completed form; no judgement.",
    "check": "Read, then say everything that is wrong.",
    "receive": "Check, then record what is in order in the register.",
    "query": "What goes back to a form's sender: the form, marked, and a draft e-mail.",
    "referrals": "The forms in the register.",
    "cases": "The cases before the panel, as many as you ask for.",
    "show": "All that the register keeps of one case.",
    "case": "What happens to a case: set, close, reopen, assess, ask-review.",
    "people": "The people of the register, and who may be the same: list, matches, same, different, undo.",
    "places": "Its schools and places: list, confirm, same, undo.",
    "links": "What joins cases: as a table, a picture, a Word document.",
    "meeting": "The meetings and who came: add, list, show, attend, set.",
    "actions": "Who is to do what by when: list, add, set, send, receive, log.",
    "remind": "A reminder for each agency: a draft e-mail, its forms, a calendar invite.",
    "agenda": "The agenda, from the register or straight from forms.",
    "minutes": "The minutes, started from the agenda.",
    "readback": "Decisions, attendance and actions, read from the edited minutes.",
    "extract": "One agency's copy of the minutes.",
    "case-notes": "The record line of each case heard, for the young person's own file.",
    "compare": "What differs between two versions of minutes, in words.",
    "report": "The board report, small numbers suppressed.",
    "register": "The care of the register: verify, backup, restore, export, upgrade …",
    "templates": "The Word templates: list, export.",
}


class LazyCommands(click.Group):
    """A group that imports a command's module only when that command is run or asked for help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"mase_docs.commands.{cmd_name.replace('-', '_')}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="MASE_DOCS_HOME",
    help="The borough's own folder: mase.toml, forms, templates.",
)
@click.option("--register", "address", envvar="MASE_DOCS_REGISTER", help="The register: a file, or postgresql+psycopg://…")
@click.option(
    "--key-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    envvar="MASE_DOCS_KEY_FILE",
    help="A file that holds the key of an encrypted register.",
)
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected failure (it may hold answers: don't send it on).")
@click.version_option(__version__, prog_name="mase-docs")
@click.pass_context
def group(ctx: click.Context, folder: Path | None, address: str | None, key_file: Path | None, debug: bool) -> None:
    """The paperwork of a MASE panel: standard forms out, completed forms in, agenda, minutes and board report in Word.

    Example: mase-docs check inbox
    """
    if debug:
        os.environ["MASE_DOCS_DEBUG"] = "1"  # the worker in which files are opened reads it (worker.py)
    ctx.obj = Settings(folder or data_folder(), address, key_file)


def main() -> NoReturn:
    """Runs the command and ends the process with its exit code (the table is in docs/commands.md)."""
    _speak_utf8()
    sys.exit(run(sys.argv[1:]))


def run(words: list[str]) -> int:
    """The exit code of a command line; what went wrong is said on stderr in a line or two, never with an answer in it."""
    from mase_docs.errors import MaseDocsError

    try:
        return group.main(words, prog_name="mase-docs", standalone_mode=False) or 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _say("Stopped; what was being written was not kept.", 130)
    except MaseDocsError as error:
        return _say(str(error), error.exit_code)
    except (BrokenPipeError, SystemExit):  # click ends the program itself where it meets the first
        return _quietly_closed()
    except OSError as error:
        return _say(f"{error.strerror or 'The system refused'}: {error.filename or 'a file'}.", 1)
    except Exception as error:  # noqa: BLE001 the shell edge: whatever is left is a defect of ours, said without its contents
        return _unexpected(error, "--debug" in words)


def _say(words: str, code: int) -> int:
    click.echo(words, err=True)
    return code


def _quietly_closed() -> int:
    """Whoever read our output stopped reading (`mase-docs read … | head`): that is no failure."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _unexpected(error: Exception, debug: bool) -> int:
    """One line that names the kind and the place in our code: the message itself could hold an answer."""
    if debug:
        raise error
    last: Any = error.__traceback__
    while last.tb_next:
        last = last.tb_next
    place = f"{Path(last.tb_frame.f_code.co_filename).name} line {last.tb_lineno}"
    return _say(f"Unexpected {type(error).__name__} in {place}. This is a defect of mase-docs: please report this line.", 1)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
