"""What an answer was understood as."""

from __future__ import annotations

from dataclasses import dataclass

from mase_docs.model.submission import Confidence, Value


@dataclass(frozen=True, slots=True)
class Parsed:
    """A typed value with what was odd about it, in the words of Answer; value None without issues is "not answered"."""

    value: Value = None
    confidence: Confidence = "high"
    issues: tuple[str, ...] = ()
    nearest: str | None = None
