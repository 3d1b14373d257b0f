"""Logins, sessions and the Actor of each request."""
