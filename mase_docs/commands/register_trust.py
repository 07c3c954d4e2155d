"""mase-docs register verify, upgrade: whether the register can be trusted, and whether it is this version's."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mase_docs.commands import options, talk
from mase_docs.commands.passphrases import Passphrase, passphrase_file

if TYPE_CHECKING:
    from mase_docs.commands.settings import Settings
    from mase_docs.register.care.proof import Proof
    from mase_docs.register.verify import Fault


@click.command("verify")
@options.as_json
@click.option("--seal", "seal_only", is_flag=True, help="Only the seal, to be written into the minutes: number and hash of the newest row.")
@click.option("--minuted", metavar="SEAL", help="A seal from the minutes, number and hash: whether the register still has that row.")
@click.pass_obj
def verify(settings: Settings, as_json: bool, seal_only: bool, minuted: str | None) -> int:
    """Whether the register is as mase-docs wrote it: whatever was altered, removed or put in behind its back is named.

    Nothing is written into the register. Where all is well, this computer keeps the seal.

    Example: mase-docs register verify
    """
    from mase_docs.register.care.proof import prove

    with settings.register() as register:
        proof = prove(register, minuted)
    if as_json:
        talk.result(json.dumps(asdict(proof), ensure_ascii=False))
    elif seal_only and not proof.faults:
        talk.result(f"{proof.seal} {proof.hash}")
    else:
        _told(proof)
    return 4 if proof.faults else 0


def _told(proof: Proof) -> None:
    for restored in proof.restored:
        talk.result(str(restored))
    if not proof.faults:
        kept = f"{many(proof.history, 'row')} of history, {many(proof.rows, 'row')}"
        talk.result(f"The register is as mase-docs wrote it: {kept}; seal {proof.seal} · {proof.hash[:16]}")
    faults(proof.faults)
    if not proof.known:
        talk.result("This computer had no seal of it: that its newest rows are all there is known only from here on.")


def faults(found: list[Fault]) -> None:
    """Each in a line: they are the result."""
    for fault in found:
        talk.result(str(fault))
    if found:
        talk.aside(f"{many(len(found), 'fault')}. Change nothing more; docs/register.md says what to do.")


def many(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


@click.command("upgrade")
@click.option("-o", "--output", "path", type=click.Path(path_type=Path, dir_okay=False), help="The backup, of a register on a server.")
@passphrase_file
@click.pass_obj
def upgrade(settings: Settings, path: Path | None, passphrase: Passphrase) -> int:
    """Bring a register that an older mase-docs made to this version. A copy is made first, and the register is verified afterwards.

    Example: mase-docs register upgrade
    """
    from mase_docs.register.care.upgrade import upgrade

    done = upgrade(settings.register_address, settings.home.profile.panel.la_code, settings.key, passphrase.new, path)
    if done is None:
        talk.result("The register is of this version; there is nothing to do.")
        return 0
    talk.result(f"The register was of version {done.before} and is of {done.after} now. As it was before, it is in {done.copy}")
    faults(done.faults)
    return 4 if done.faults else 0
