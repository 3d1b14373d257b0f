"""The room once as Django knows it."""

from django.apps import AppConfig


class OnceConfig(AppConfig):
    """A form sent twice has its effect once."""

    name = "handtag.once"
    label = "once"
    default_auto_field = "django.db.models.BigAutoField"
