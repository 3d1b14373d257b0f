"""Template tags of the room privacy."""
