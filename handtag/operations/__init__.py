"""Serving, working, verifying, backing up."""
