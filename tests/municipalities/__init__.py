"""What a municipality can be and do."""
