"""`manage.py municipality add CODE --coordinator EMAIL`: a town that is live at once."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from handtag.front.actions import opening
from handtag.kernel.errors import Problem


class Command(BaseCommand):
    """Add a municipality."""

    help = (
        "municipality add CODE --coordinator EMAIL: make one of the 290 live, print a one-time sign-in link"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """`add`, CODE, --coordinator, --json."""
        parser.add_argument("what", choices=["add"])
        parser.add_argument("code", help="four-digit SCB code, 1283 for Helsingborg")
        parser.add_argument("--coordinator", required=True, metavar="EMAIL")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *_args: Any, code: str, coordinator: str, as_json: bool, **_options: Any) -> None:
        """Run it."""
        try:
            validate_email(coordinator)
        except ValidationError as fault:
            raise CommandError(f"{coordinator} is not an e-mail address.") from fault
        try:
            opened = opening.open_town(code=code, coordinator=coordinator)
        except Problem as problem:
            raise CommandError(str(problem)) from problem
        if as_json:
            self.stdout.write(json.dumps({"slug": opened.town.slug, "sign_in_link": opened.link}))
            return
        self.stdout.write(f"{opened.town.name} is live. Its first coordinator signs in here, once, within")
        self.stdout.write(f"{opening.LINK_HOURS} hours, and finishes the settings:\n\n  {opened.link}\n")
