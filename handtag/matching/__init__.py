"""Who fits, in which order: numbers in, numbers out."""
