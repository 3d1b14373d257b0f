"""The heart: from an ask to a done errand and what both sides said of it."""
