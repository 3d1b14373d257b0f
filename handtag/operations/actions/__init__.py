"""Keeping the whole: serving, working, backing up, restoring."""
