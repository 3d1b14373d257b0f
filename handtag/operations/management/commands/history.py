"""`manage.py history export`: the book's rows by or about one person."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.management import BaseCommand, CommandParser

from handtag.history import queries
from handtag.operations.queries import state


class Command(BaseCommand):
    """Print what was done by or about one person, a JSON line for each row."""

    help = "Print what was done by or about one person, a JSON line for each row"

    def add_arguments(self, parser: CommandParser) -> None:
        """The word `export`, --person, --since, --json."""
        parser.add_argument("what", choices=["export"])
        parser.add_argument("--person", type=UUID, required=True)
        parser.add_argument("--since", type=datetime.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--json", action="store_true", help="is always so; for scripts that say it")

    def handle(self, *_args: Any, person: UUID, since: datetime | None, **_options: Any) -> None:
        """Run it."""
        since = since.replace(tzinfo=since.tzinfo or UTC) if since else None
        for found in queries.export(person_id=person, since=since):
            row = {name: state.plain(getattr(found, name)) for name in found.__slots__}
            self.stdout.write(json.dumps(row, ensure_ascii=False))
