"""`manage.py restore FILE`: a new database filled from a backup."""

import json
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser, call_command

from handtag.kernel.errors import Problem
from handtag.operations.actions import keeping


class Command(BaseCommand):
    """Fill an empty database from a backup."""

    help = "Fill an empty database from FILE: all of it or nothing; exit code 1 where it is refused"

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE and --json."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *_args: Any, file: Path, as_json: bool, **_options: Any) -> None:
        """Run it."""
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        try:
            manifest = keeping.restore(file, say=self.stderr.write)
        except Problem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(json.dumps(manifest) if as_json else f"restored: digest {manifest['digest']}")
