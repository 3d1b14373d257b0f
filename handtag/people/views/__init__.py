"""Pages about people: found, registered, opened, and who is what."""
