"""Reading the whole: its routes, its health, its state."""
