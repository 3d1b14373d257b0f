"""Migrations of the room once."""
