"""Pictures, palettes and sheets, drawn without knowing what they are about."""
