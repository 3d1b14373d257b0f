"""Migrations of the room groups."""
