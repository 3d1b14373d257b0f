"""Migrations of the room helpers."""
