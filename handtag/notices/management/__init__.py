"""Commands of the room notices."""
