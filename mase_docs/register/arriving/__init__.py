"""A completed form becomes records."""
