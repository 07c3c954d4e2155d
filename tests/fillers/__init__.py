"""Other people's programs, filling blanks in as a person would: what they write is what our readers must understand."""
