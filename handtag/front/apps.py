"""The room front as Django knows it."""

from django.apps import AppConfig


class FrontConfig(AppConfig):
    """Pages made of several rooms, the sample town, and adding a municipality."""

    name = "handtag.front"
    label = "front"
    default_auto_field = "django.db.models.BigAutoField"
