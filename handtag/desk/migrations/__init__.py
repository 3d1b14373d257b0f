"""Migrations of the room desk."""
