"""The room outreach as Django knows it."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Looking for the helper."""

    name = "handtag.outreach"
    label = "outreach"
    default_auto_field = "django.db.models.BigAutoField"
