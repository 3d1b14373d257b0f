"""Pictures of figures for templates."""
