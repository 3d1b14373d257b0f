"""`manage.py restore FILE`: a new database filled from a backup."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser, call_command

from handtag.kernel.errors import Problem
from handtag.operations.actions import keeping


class Command(BaseCommand):
    """Fill an empty database from a backup."""

    help = "Fill an empty database from FILE: all of it or nothing; exit code 1 where it is refused"

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE."""
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        """Run it."""
        call_command("migrate", verbosity=0)
        call_command("createcachetable")
        try:
            manifest = keeping.restore(file, say=self.stderr.write)
        except Problem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"restored: digest {manifest['digest']}")
