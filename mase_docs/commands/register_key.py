"""mase-docs register key: where the key of an encrypted register is kept, and another key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import talk

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings


@click.group("key")
def key() -> None:
    """The key of an encrypted register: kept in the system's keyring, forgotten there, or changed.

    Example: mase-docs register key store
    """


@key.command("store")
@click.pass_obj
def store(settings: Settings) -> None:
    """Keep the key in the system's keyring, so that it is not asked for again on this computer.

    Example: mase-docs register key store
    """
    from mase_docs.commands import keys
    from mase_docs.register.care.rekeying import protected
    from mase_docs.register.register import Register

    given = keys.given(settings.key_file)
    with Register.open(settings.register_address, settings.home.profile.panel.la_code, lambda: given) as register:
        protected(register)
    keys.keep(settings.register_address, given)
    talk.result("The key is in this system's keyring, for this user alone.")


@key.command("forget")
@click.pass_obj
def forget(settings: Settings) -> None:
    """Take the key out of the system's keyring.

    Example: mase-docs register key forget
    """
    from mase_docs.commands import keys

    gone = keys.forget(settings.register_address)
    talk.result("The key is no more in this system's keyring." if gone else "The keyring has no key of this register.")


@key.command("change")
@click.option(
    "--new-key-file",
    "file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A text file whose first line is the new key; on a terminal you are asked for it.",
)
@click.pass_obj
def change(settings: Settings, file: Path | None) -> None:
    """Give the register another key. A copy is written with it and proved before it takes the register's place.

    Backups have passphrases of their own, and old copies of the file keep the key that they had.

    Example: mase-docs register key change
    """
    from mase_docs.commands import keys
    from mase_docs.register.care.rekeying import rekey

    new, address = keys.new_key(file), settings.register_address
    with settings.register() as register:
        rekey(register, new)
    if keys.kept(address) is not None:
        keys.keep(address, new())
    talk.result("The register has its new key.")
