"""`manage.py purge`: destroy what two people have approved, or only say what is due."""

import json
from typing import Any

from django.core.management import BaseCommand, CommandParser

from handtag.municipalities import queries as municipalities
from handtag.privacy.actions import retention
from handtag.privacy.queries import retention as queries


class Command(BaseCommand):
    """Destroy what was approved."""

    help = "Destroy what two people have approved; --dry-run: only count what is due in each municipality"

    def add_arguments(self, parser: CommandParser) -> None:
        """--dry-run and --json."""
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--json", action="store_true", help="is always so; for scripts that say it")

    def handle(self, *_args: Any, dry_run: bool, **_options: Any) -> None:
        """Run it."""
        if dry_run:
            report = {town.code: queries.due(town.id) for town in municipalities.everyone()}
            self.stdout.write(json.dumps(report, indent=1))
            return
        self.stdout.write(json.dumps(retention.destroy_approved(), indent=1))
