"""Migrations of the room operations."""
