"""`manage.py erase PERSON`: erase one person, with a report of what stays and why."""

import json
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.management import BaseCommand, CommandError, CommandParser

from handtag.kernel.actor import Via, system
from handtag.kernel.errors import HandtagError
from handtag.people import queries as people
from handtag.privacy.actions import erasing


class Command(BaseCommand):
    """Erase one person."""

    help = "Erase PERSON (an id) everywhere; prints what was deleted, blanked and kept, as JSON"

    def add_arguments(self, parser: CommandParser) -> None:
        """PERSON and --json."""
        parser.add_argument("person", type=UUID)
        parser.add_argument("--json", action="store_true", help="is always so; for scripts that say it")

    def handle(self, *_args: Any, person: UUID, **_options: Any) -> None:
        """Run it."""
        towns = people.towns_of(person)
        if not towns:
            raise CommandError(f"There is no such person here: nobody with the id {person} was ever known.")
        try:
            erased = erasing.erase(by=system(towns[0], Via.COMMAND), person_id=person)
        except HandtagError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(json.dumps(asdict(erased), indent=1, ensure_ascii=False))
