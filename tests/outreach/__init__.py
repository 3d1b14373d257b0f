"""Tests of whom to tell and when, and of placing the week."""
