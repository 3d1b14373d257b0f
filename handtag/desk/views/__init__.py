"""Pages of the contact centre."""
