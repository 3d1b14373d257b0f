"""Who is known to the platform, in which roles, and what others may see of them."""
