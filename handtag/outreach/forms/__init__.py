"""What a coordinator types about waves and the week, as plain values."""
