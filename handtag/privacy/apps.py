"""The room privacy as Django knows it."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """What we hold on a person, why, how long, and who has looked."""

    name = "handtag.privacy"
    label = "privacy"
    default_auto_field = "django.db.models.BigAutoField"
