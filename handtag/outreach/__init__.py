"""Whom to tell of an ask and when, and how the whole week could be placed."""
