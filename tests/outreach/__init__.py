"""Looking for the helper."""
