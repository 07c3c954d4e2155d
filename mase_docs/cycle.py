"""The meeting cycle, step by step, as pipeline.py has the way of one form: the order of the steps, nothing else."""

from __future__ import annotations
