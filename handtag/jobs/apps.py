"""The room jobs as Django knows it."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """What the worker does by itself, when, and what became of it."""

    name = "handtag.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
