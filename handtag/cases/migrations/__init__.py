"""Migrations of the room cases."""
