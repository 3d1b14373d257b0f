"""Commands of the room privacy."""
