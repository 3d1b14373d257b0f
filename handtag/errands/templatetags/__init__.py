"""Template tags of the room errands."""
