"""What the room says, and to whom."""
