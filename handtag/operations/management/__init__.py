"""Commands of the room operations."""
