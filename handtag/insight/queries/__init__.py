"""Reading figures: of the whole, never of one."""
