"""What is held, why, and how long: pure rules."""
