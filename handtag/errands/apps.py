"""The room errands as Django knows it."""

from django.apps import AppConfig


class ErrandsConfig(AppConfig):
    """The heart: from an ask to a done errand and what both sides said of it."""

    name = "handtag.errands"
    label = "errands"
    default_auto_field = "django.db.models.BigAutoField"
