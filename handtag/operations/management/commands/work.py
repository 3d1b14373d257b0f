"""`manage.py work`: the worker, in the foreground."""

from typing import Any

from django.core.management import BaseCommand

from handtag.operations.actions import running


class Command(BaseCommand):
    """Work until SIGTERM."""

    help = "Do the duties that are due until SIGTERM: sending notices, announcing asks, chaining history"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run it."""
        running.Worker().run()
