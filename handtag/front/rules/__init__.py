"""Who lives in the sample, and how."""
