"""The register: what the panel remembers from month to month, and who looked at it."""
