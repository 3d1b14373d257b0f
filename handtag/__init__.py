"""Handtag: neighbours help each other, and the municipality answers for it."""
