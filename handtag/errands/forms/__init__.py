"""What people type about asks and errands, as plain values."""
