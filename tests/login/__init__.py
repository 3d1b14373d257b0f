"""What the room login promises."""
