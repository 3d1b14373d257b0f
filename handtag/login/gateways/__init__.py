"""Outside systems of the room login."""
