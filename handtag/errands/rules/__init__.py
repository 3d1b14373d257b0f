"""What holds in this room whatever the database says: limits, times, words, lifecycles."""
