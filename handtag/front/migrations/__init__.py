"""Migrations of the room front."""
