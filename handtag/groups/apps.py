"""The room groups as Django knows it."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Where asks are seen and helpers gather."""

    name = "handtag.groups"
    label = "groups"
    default_auto_field = "django.db.models.BigAutoField"
