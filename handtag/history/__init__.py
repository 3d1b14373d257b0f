"""The append-only book of who did what and who looked."""
