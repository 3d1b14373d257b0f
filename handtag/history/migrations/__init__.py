"""Migrations of the room history."""
