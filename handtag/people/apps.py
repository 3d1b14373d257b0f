"""The room people as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who is known to the platform, in which roles, and what others may see of them."""

    name = "handtag.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
