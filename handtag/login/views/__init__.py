"""Pages of logging in, of becoming a member, and of one's own logins."""
