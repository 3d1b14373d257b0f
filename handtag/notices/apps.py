"""The room notices as Django knows it."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The outbox: one message to one person on one channel, written with the deed and sent afterwards."""

    name = "handtag.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
