"""Template tags of the room once."""
