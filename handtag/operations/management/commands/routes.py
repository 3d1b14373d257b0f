"""`manage.py routes`: every address with what stands on its door."""

import json
from typing import Any

from django.core.management import BaseCommand, CommandParser

from handtag.operations.queries import routes


class Command(BaseCommand):
    """List every route."""

    help = "List every route: path, methods, name, right or reason, tenant, personal data"

    def add_arguments(self, parser: CommandParser) -> None:
        """--json."""
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *_args: Any, as_json: bool, **_options: Any) -> None:
        """Run it."""
        found = [route.as_json() for route in routes.routes()]
        if as_json:
            self.stdout.write(json.dumps(found, indent=1))
            return
        for route in found:
            self.stdout.write(
                f"{route['path']}  {route['right'] or 'public: ' + str(route['public_because'])}"
            )
