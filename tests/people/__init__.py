"""Who is known, as what, and to whom."""
