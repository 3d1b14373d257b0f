"""Migrations of the room mandates."""
