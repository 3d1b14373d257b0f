"""`manage.py backup FILE`: everything in one file."""

import json
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandParser

from handtag.operations.actions import keeping


class Command(BaseCommand):
    """Write everything to one zip file."""

    help = "Write everything to FILE (zip); a file of that name stands until the new one is whole"

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE and --json."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *_args: Any, file: Path, as_json: bool, **_options: Any) -> None:
        """Run it."""
        manifest = keeping.backup(file, say=self.stderr.write)
        self.stdout.write(json.dumps(manifest) if as_json else f"{file}: digest {manifest['digest']}")
