"""Tests of who may ask for and perform what."""
