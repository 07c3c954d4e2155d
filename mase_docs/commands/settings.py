"""What the options before the command say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mase_docs.definition.home import Home


@dataclass(frozen=True, slots=True)
class Settings:
    """The borough's own folder, which may not be there yet."""

    folder: Path

    @property
    def home(self) -> Home:
        from mase_docs.definition.home import Home

        return Home(self.folder)
