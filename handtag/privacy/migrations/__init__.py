"""Migrations of the room privacy."""
