"""Forms, their fields and types, code lists and the borough's profile: everything that is written once, as data."""
