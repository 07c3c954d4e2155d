"""Who may be the same person, and what the coordinator decided."""
