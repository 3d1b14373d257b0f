"""`manage.py digest`: a stable hash of the business state."""

import json
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from handtag.municipalities import queries as municipalities
from handtag.operations.queries import state


class Command(BaseCommand):
    """Print a stable hash of the business state."""

    help = "Print a hash of the business state, the same for the same state on any database"

    def add_arguments(self, parser: CommandParser) -> None:
        """--municipality CODE; --json."""
        parser.add_argument("--municipality", metavar="CODE")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *_args: Any, municipality: str | None, as_json: bool, **_options: Any) -> None:
        """Run it."""
        town = municipalities.by_code(municipality) if municipality else None
        if municipality and town is None:
            raise CommandError(f"There is no municipality {municipality} here.")
        digest = state.digest(town.id if town else None)
        found = {"municipality": municipality, "digest": digest}
        self.stdout.write(json.dumps(found) if as_json else digest)
