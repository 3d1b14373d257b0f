"""The room permits as Django knows it."""

from django.apps import AppConfig


class PermitsConfig(AppConfig):
    """Who may ask for and who may perform a service, and why."""

    name = "handtag.permits"
    label = "permits"
    default_auto_field = "django.db.models.BigAutoField"
