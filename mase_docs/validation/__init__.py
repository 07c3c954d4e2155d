"""Completed forms held against their definition and the panel's rules: see check.py, and docs/checks.md for the rules."""
