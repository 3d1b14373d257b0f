"""Where asks are seen and helpers gather."""
