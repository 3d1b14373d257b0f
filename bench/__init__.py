"""What pages and actions cost; run by `dev.py bench`."""
