"""Migrations of the room login."""
