"""The tests, room by room, and the rules of the house."""
