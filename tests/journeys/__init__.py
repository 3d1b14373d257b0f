"""Trips through the product in a real browser, with axe on every page they pass."""
