"""Bringing a town to life: adding a municipality, and the sample."""
