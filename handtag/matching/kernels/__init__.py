"""Loops over arrays, plain Python that Numba can compile; each family of functions in one file."""
