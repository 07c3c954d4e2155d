"""Words that somebody typed, on their way out of the house."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words and where they stand in the register: `action A-2026-0031`, `the reasons of MASE-2026-0007`; no name is in that.

    kind  typed: whatever somebody wrote; worker: a place for the name of somebody at work, where a name alone is theirs, whoever else
          is called the same; place: what a school, place or group is called
    """

    place: str
    text: str
    kind: Literal["typed", "worker", "place"] = "typed"
