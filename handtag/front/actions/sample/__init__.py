"""The sample: two towns with 60 days of invented life, built through the same actions as real life."""
