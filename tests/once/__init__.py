"""Tests of the room once."""
