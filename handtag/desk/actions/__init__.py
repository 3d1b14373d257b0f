"""What the desk does: the only writers of the room."""
