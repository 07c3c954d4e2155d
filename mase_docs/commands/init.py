"""mase-docs init"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings

QUESTIONS = {  # a setting of [panel] → how it is asked for
    "name": "What the panel is called for short",
    "full_name": "Its full name",
    "borough": "The borough",
    "authority": "The council's full name",
    "la_code": "The council's three-digit DfE number",
    "board": "The safeguarding board or partnership",
    "coordinator_email": "The mailbox that forms are sent to",
}


@click.command("init")
@click.option("--yes", is_flag=True, help="Ask nothing: start from Hackney's terms of reference.")
@click.option("--encrypted", is_flag=True, help="The register is a file that nobody can read without its key.")
@options.force
@click.pass_obj
def command(settings: Settings, yes: bool, encrypted: bool, force: bool) -> None:
    """Write a first mase.toml, the borough's profile, into the home folder, and make an empty register.

    What is there already stays as it is: --force writes mase.toml anew, never the register.

    Example: mase-docs --home my-borough init --yes
    """
    from mase_docs.errors import OutputExistsError

    made = [_profile(settings, yes=yes, force=force), _register(settings, encrypted=encrypted)]
    if not any(made):
        raise OutputExistsError(
            "mase.toml and the register are there already; nothing was written.", "To write mase.toml anew, add --force."
        )


def _profile(settings: Settings, *, yes: bool, force: bool) -> bool:
    """Whether it was written."""
    from mase_docs import files, resources

    target = settings.folder / "mase.toml"
    if target.exists() and not force:
        return False
    text = (resources.folder("forms") / "mase.toml").read_text(encoding="utf-8")
    text = text if yes else _asked(text, settings)
    talk.result(str(files.write(target, text.encode(), force=force)))
    talk.aside("Open it in a text editor: agencies and their contacts, ages, timings and wording are all in it.")
    return True


def _register(settings: Settings, *, encrypted: bool) -> bool:
    """Whether it was made."""
    if settings.has_register:
        return False
    talk.result(settings.make_register(encrypted=encrypted))
    talk.aside("The register is empty. Record completed forms in it with: mase-docs receive inbox")
    return True


def _asked(text: str, settings: Settings) -> str:
    """The shipped profile's text with the answers put in place of its own."""
    import json

    panel = settings.home.profile.panel
    for name, question in QUESTIONS.items():
        before = getattr(panel, name)
        after = click.prompt(question, default=before)
        text = text.replace(f"{name} = {json.dumps(before, ensure_ascii=False)}", f"{name} = {json.dumps(after, ensure_ascii=False)}", 1)
    return text
