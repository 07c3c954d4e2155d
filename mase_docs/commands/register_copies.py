"""mase-docs register backup, restore, export: the register in other places."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk
from mase_docs.commands.passphrases import Passphrase, passphrase_file
from mase_docs.commands.register_trust import faults, many

if TYPE_CHECKING:
    from collections.abc import Callable

    from mase_docs.commands.settings import Settings
    from mase_docs.register.care.backup import Backup


@click.command("backup")
@click.option(
    "-o", "--output", "path", type=click.Path(path_type=Path, dir_okay=False), help="The file. Default: register_DAY_SEAL.age, here."
)
@passphrase_file
@click.pass_obj
def backup(settings: Settings, path: Path | None, passphrase: Passphrase) -> int:
    """One encrypted file of the whole register, opened again and looked through before you are told that it is there.

    Example: mase-docs register backup -o backups/november.age
    """
    from mase_docs import files
    from mase_docs.register.care.backup import back_up

    if path:
        files.must_not_exist(path)
    with settings.register() as register:
        made = back_up(register, path, passphrase.new())
    talk.result(str(made.path))
    talk.aside(_what_it_holds(made))
    return 0 if made.holds else 4


def _what_it_holds(made: Backup) -> str:
    forms = sum(name.startswith("originals/") for name in made.manifest.sha256)
    kept = f"{many(made.manifest.rows, 'row')}, {many(made.manifest.counts['history'], 'row')} of history, {many(forms, 'completed form')}"
    said = f"{kept}: read again from the disk, and whole."
    keep = "Without its passphrase nobody can open it, you included: keep that in another place."
    broken = "But the history in the register itself is broken: run mase-docs register verify. Keep earlier backups too."
    untold = "" if made.recorded else " The register cannot be written to: its history does not say that it was backed up."
    return f"{said} {keep if made.holds else broken}{untold}"


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@passphrase_file
@click.option("--force", is_flag=True, help="A register file that is there is moved aside first; it is never removed.")
@click.option("--plain", is_flag=True, help="Make a register that needs no key, of a backup of one that did.")
@click.option("--with-faults", is_flag=True, help="Take a backup of a register that had been altered behind mase-docs' back.")
@click.pass_obj
def restore(settings: Settings, file: Path, passphrase: Passphrase, force: bool, plain: bool, with_faults: bool) -> int:
    """Make a register of a backup, where --register says, on any kind of store; it is proved before you are told that it is there.

    Example: mase-docs register restore backups/november.age
    """
    from mase_docs.register.care.restore import Restore, restore

    borough = settings.home.profile.panel.la_code
    to = Restore(
        settings.register_address, borough, lambda protected: _key(settings, protected, plain), replace=force, with_faults=with_faults
    )
    done = restore(file, passphrase.known(), to)
    manifest = done.manifest
    kept = f"{many(manifest.rows, 'row')}, {many(manifest.counts['history'], 'row')} of history"
    talk.result(f"The register is there: {kept}, as of {manifest.made_on[:10]}.")
    if done.aside:
        talk.aside(f"What was there before is in {done.aside}")
    talk.aside("What was done after that backup is not in it. Now run: mase-docs register verify")
    faults(done.faults)
    return 4 if done.faults else 0


def _key(settings: Settings, protected: bool, plain: bool) -> Callable[[], str] | None:
    """What will protect the new file, unless it is to be plain: the key in the keyring, the one in the file named, or a new one."""
    from mase_docs.commands.keys import kept, new_key

    if plain or not (protected or settings.key_file):
        return None
    known = None if settings.key_file else kept(settings.register_address)
    return (lambda: known) if known else new_key(settings.key_file)


@click.command("export")
@options.folder
@options.force
@click.pass_obj
def export(settings: Settings, folder: Path, force: bool) -> None:
    """Everything in the register in open formats: CSV, JSON, one Excel workbook, and the completed forms. It is not encrypted.

    Example: mase-docs register export -o handed-over
    """
    from mase_docs.pipeline import export

    with settings.register() as register:
        done = export(register, folder, force=force)
    talk.result(str(folder))
    talk.aside(f"{done.files} files; README.txt says what each is. Excel workbook: {done.trimmed}")
    talk.aside(
        "They are not encrypted and name children: keep them where only those who may see them can, and delete them when they have served."
    )
