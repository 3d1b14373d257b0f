"""The room insight as Django knows it."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Figures for the municipality, and the true figure a resident is told."""

    name = "handtag.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"
