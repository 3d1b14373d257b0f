"""The room operations as Django knows it."""

from django.apps import AppConfig
from django.core import checks


class OperationsConfig(AppConfig):
    """Serving, working, verifying, backing up."""

    name = "handtag.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Refuse to start with a door that says nothing."""
        from handtag.operations.queries import routes

        checks.register(routes.undeclared, checks.Tags.urls)
