"""Backups, exports, subject access, retention: the care of the register."""
