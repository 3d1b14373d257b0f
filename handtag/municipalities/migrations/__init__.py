"""Migrations of the room municipalities."""
