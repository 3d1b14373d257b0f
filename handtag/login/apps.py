"""The room login as Django knows it."""

from django.apps import AppConfig


class LoginConfig(AppConfig):
    """Logins, sessions and the Actor of each request."""

    name = "handtag.login"
    label = "login"
    default_auto_field = "django.db.models.BigAutoField"
