"""The rules of docs/house.md that no ready-made tool can hold."""
