"""`manage.py permissions`: the matrix of roles and rights."""

import json
from typing import Any

from django.core.management import BaseCommand, CommandParser

from handtag.operations.queries import routes


class Command(BaseCommand):
    """Print which role has which rights."""

    help = "Print which role has which rights"

    def add_arguments(self, parser: CommandParser) -> None:
        """--json."""
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *_args: Any, as_json: bool, **_options: Any) -> None:
        """Run it."""
        matrix = routes.permissions()
        if as_json:
            self.stdout.write(json.dumps(matrix, indent=1))
            return
        for role, rights in matrix.items():
            self.stdout.write(f"{role}: {', '.join(rights)}")
