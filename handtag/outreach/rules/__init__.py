"""Pure rules of the room outreach."""
