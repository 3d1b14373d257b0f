"""A form sent twice has its effect once."""
