"""The room helpers as Django knows it."""

from django.apps import AppConfig


class HelpersConfig(AppConfig):
    """How somebody helps: services, reach, times, languages."""

    name = "handtag.helpers"
    label = "helpers"
    default_auto_field = "django.db.models.BigAutoField"
