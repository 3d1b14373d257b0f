"""`manage.py verify`: whether what is stored agrees with itself."""

import json
import sys
from typing import Any

from django.core.management import BaseCommand, CommandParser

from handtag.history import queries as history
from handtag.operations.queries import verifying


class Command(BaseCommand):
    """Examine everything; exit code 1 where something is wrong."""

    help = (
        "Examine integrity, permits, postings, errands, history and files; JSON; "
        "exit code 1 where something is wrong"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """--json."""
        parser.add_argument("--json", action="store_true", help="is always so; for scripts that say it")

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run it."""
        found = verifying.verify()
        sound = not any(found.values())
        report = {"sound": sound, "faults": found, "unsealed": history.unsealed()}
        self.stdout.write(json.dumps(report, indent=1))
        if not sound:
            sys.exit(1)
