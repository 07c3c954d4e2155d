"""mase-docs register"""

from __future__ import annotations

import click

from mase_docs.commands import register_copies, register_import, register_key, register_retention, register_subject, register_trust

COMMANDS: tuple[click.Command, ...] = (
    register_trust.verify,
    register_copies.backup,
    register_copies.restore,
    register_copies.export,
    register_subject.subject_access,
    register_retention.review,
    register_retention.keep,
    register_retention.dispose,
    register_retention.certificate,
    register_import.import_,
    register_trust.upgrade,
    register_key.key,
)
"""What the register is cared for with, in the order in which --help lists it: one line each, from a module of its own."""


class InOrder(click.Group):
    """A group that lists its commands as they were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group("register", cls=InOrder)
def command() -> None:
    """The care of the register: prove it, copy it, hand it over, and let it forget.

    Example: mase-docs register verify
    """


for _command in COMMANDS:
    command.add_command(_command)
