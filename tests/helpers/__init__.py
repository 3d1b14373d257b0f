"""What the room helpers promises."""
