"""Schools, places and all else that cases have in common."""
