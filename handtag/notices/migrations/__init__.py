"""Migrations of the room notices."""
