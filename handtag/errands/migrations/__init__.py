"""Migrations of the room errands."""
