"""Commands of the room front, a line or two each."""
