"""Everything that can be done with asks, offers and errands."""
