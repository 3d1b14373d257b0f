"""Commands of the room operations, a line or two each."""
