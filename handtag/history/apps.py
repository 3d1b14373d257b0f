"""The room history as Django knows it."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """The append-only book of who did what and who looked."""

    name = "handtag.history"
    label = "history"
    default_auto_field = "django.db.models.BigAutoField"
