"""What the options before the command say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mase_docs.definition.home import Home
    from mase_docs.register.register import Register


@dataclass(frozen=True, slots=True)
class Settings:
    """The borough's own folder, which may not be there yet; where its register is, and the file that holds the register's key."""

    folder: Path
    address: str | None = None
    key_file: Path | None = None

    @property
    def home(self) -> Home:
        from mase_docs.definition.home import Home

        return Home(self.folder)

    @property
    def register_address(self) -> str:
        """The register that was named, else the one in the borough's folder."""
        return self.address or str(self.folder / "register.sqlite")

    @contextmanager
    def register(self) -> Iterator[Register]:
        """The register, open. Raises RegisterError."""
        from mase_docs.register.register import Register

        with Register.open(self.register_address, self.home.profile.panel.la_code, self.key) as register:
            yield register

    @property
    def has_register(self) -> bool:
        """Whether its file is there; a server says so itself when one is to be made."""
        return "://" not in self.register_address and Path(self.register_address).exists()

    def make_register(self, *, encrypted: bool) -> str:
        """Makes an empty register; where it is. Raises RegisterError where there is one already."""
        from mase_docs.commands.keys import new_key
        from mase_docs.register.register import Register

        key = new_key(self.key_file) if encrypted else None
        Path(self.folder).mkdir(parents=True, exist_ok=True)
        with Register.create(self.register_address, self.home.profile.panel.la_code, key) as register:
            return register.named

    def key(self) -> str:
        """What opens an encrypted register: from the file named, the system's keyring, or whoever is at the terminal."""
        from mase_docs.commands.keys import key

        return key(self.register_address, self.key_file)
