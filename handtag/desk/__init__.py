"""The contact centre: calls, acting for a caller, what is printed for the counter and the wall."""
