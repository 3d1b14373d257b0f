"""Reading asks, offers and errands."""
