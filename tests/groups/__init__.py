"""What the room groups promises."""
