"""The room desk as Django knows it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Those whom we reach by phone, letter and counter."""

    name = "handtag.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
