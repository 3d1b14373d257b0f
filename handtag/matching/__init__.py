"""Numbers in, numbers out: who fits an ask, and why; no Django, no database."""
