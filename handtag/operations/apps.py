"""The room operations as Django knows it."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Serving, working, verifying, backing up."""

    name = "handtag.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"
