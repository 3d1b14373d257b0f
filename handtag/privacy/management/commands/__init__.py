"""Commands of the room privacy, a line or two each."""
