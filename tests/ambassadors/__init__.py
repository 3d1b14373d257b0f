"""What the room ambassadors promises."""
