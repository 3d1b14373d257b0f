"""Migrations of the room ambassadors."""
