"""Pages of the tenant: its settings for staff, and what it says of itself to everybody."""
