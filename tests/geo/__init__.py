"""The room geo: points, areas, addresses and what the product knows of Sweden."""
