"""Pages of the room outreach."""
