"""`manage.py postings`: the lists in which an ask looks for helpers."""

import json
from typing import Any

from django.core.management import BaseCommand, CommandParser

from handtag.helpers import actions


class Command(BaseCommand):
    """Make the posting lists anew from the profiles; may be run at any time, and twice."""

    help = "postings rebuild: make the lists of helpers by service and square anew; prints how many differed"

    def add_arguments(self, parser: CommandParser) -> None:
        """The word `rebuild`; --json."""
        parser.add_argument("what", choices=["rebuild"])
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *_args: Any, as_json: bool, **_options: Any) -> None:
        """Run it."""
        differed = actions.rebuild_postings()
        self.stdout.write(json.dumps({"differed": differed}) if as_json else f"{differed} postings differed.")
