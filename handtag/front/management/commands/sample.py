"""`manage.py sample`: two towns with 60 days of invented life, in SAMPLE=1 only."""

import json
import sys
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from handtag.front.actions.sample import building
from handtag.front.queries import sample_json
from handtag.kernel.errors import Problem
from handtag.municipalities import queries as municipalities


class Command(BaseCommand):
    """Build the sample, or only describe the one that is there."""

    help = "Build two towns with 60 days of invented life; --json prints who and what there is"

    def add_arguments(self, parser: CommandParser) -> None:
        """--seed, --people, --json."""
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--people", type=int, default=building.PEOPLE)
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *_args: Any, seed: int, people: int, as_json: bool, **_options: Any) -> None:
        """Run it."""
        if not (as_json and municipalities.everyone()):
            try:
                building.build(seed=seed, people=people, say=self._say)
            except Problem as problem:
                raise CommandError(str(problem)) from problem
        if as_json:
            self.stdout.write(json.dumps(sample_json.described(), indent=1))

    def _say(self, words: str) -> None:
        """Progress, on one line where somebody watches."""
        ending = "\r" if sys.stderr.isatty() and not words.startswith("left out") else "\n"
        self.stderr.write(f"  {words}   ", ending=ending)
