"""The tenant: municipality, committee, partnership, areas and places."""
