"""Tests of pages made of several rooms."""
