"""The room jobs as Django knows it; finds the duties of all rooms."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """What the worker does by itself, when, and what became of it."""

    name = "handtag.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every room's `tasks` register its duties."""
        autodiscover_modules("tasks")
