"""What the room mandates promises."""
