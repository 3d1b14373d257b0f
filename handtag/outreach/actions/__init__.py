"""Everything that can be done about who is told, and about placing the week."""
