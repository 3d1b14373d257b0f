"""Figures for the municipality, and the true figure a resident is told."""
