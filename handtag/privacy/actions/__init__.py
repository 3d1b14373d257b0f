"""Deciding on retention, destroying with two people, erasing a person."""
