"""Migrations of the room permits."""
