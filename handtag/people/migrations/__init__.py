"""Migrations of the room people."""
