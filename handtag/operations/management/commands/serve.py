"""`manage.py serve`: the web server, in the foreground."""

from typing import Any

from django.core.management import BaseCommand

from handtag.operations.actions import running


class Command(BaseCommand):
    """Serve the site until SIGTERM."""

    help = "Serve the site at PORT until SIGTERM"
    requires_system_checks = "__all__"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run it."""
        running.serve()
