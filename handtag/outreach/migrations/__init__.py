"""Migrations of the room outreach."""
