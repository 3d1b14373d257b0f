"""Tests of the arithmetic of matching."""
