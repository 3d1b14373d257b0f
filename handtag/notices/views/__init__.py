"""Pages of how one is told, and the addresses at which the SMS provider speaks to us."""
