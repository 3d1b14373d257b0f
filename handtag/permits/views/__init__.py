"""Pages of permits: the queue and the decision, one's own, the published rules, settings, verification."""
