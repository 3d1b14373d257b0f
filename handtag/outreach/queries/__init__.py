"""What the room knows of waves, of those who could be told, and of the week to place."""
