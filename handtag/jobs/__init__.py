"""What the worker does by itself, when, and what became of it."""
