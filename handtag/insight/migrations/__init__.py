"""Migrations of the room insight."""
