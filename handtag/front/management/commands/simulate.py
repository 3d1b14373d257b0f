"""`manage.py simulate`: whom to tell of an ask, by several policies, in simulated towns."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from handtag.front.queries import simulated
from handtag.matching.behaviour import BEHAVIOURS
from handtag.matching.simulate import POLICIES
from handtag.matching.towns import KINDS

WIDTH = 30


class Command(BaseCommand):
    """Simulate towns."""

    help = "Policies of telling helpers side by side, in invented towns; no database is needed"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """--town, --behaviour, --policy, --seeds, --first-seed, --days, --picture, --json."""
        parser.add_argument("--town", choices=list(KINDS), default="compact", help="the kind of town")
        parser.add_argument("--behaviour", choices=list(BEHAVIOURS), default="as assumed")
        parser.add_argument(
            "--policy", choices=list(POLICIES), action="append", help="again for more; all if none"
        )
        parser.add_argument("--seeds", type=int, default=5, metavar="N", help="so many towns (5)")
        parser.add_argument("--first-seed", type=int, default=1, metavar="N", help="the first of them (1)")
        parser.add_argument("--days", type=int, default=56, metavar="N", help="how long each is played (56)")
        parser.add_argument("--picture", type=Path, metavar="FILE", help="write a picture (SVG)")
        parser.add_argument("--json", action="store_true", dest="as_json", help="all measures as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run it."""
        asked = self._asked(options)
        self._begun = time.monotonic()
        found = simulated.simulated(asked, self._tell)
        if options["picture"]:
            options["picture"].write_text(simulated.picture(found), encoding="utf-8")
        if options["as_json"]:
            self.stdout.write(json.dumps(simulated.figures(found), indent=1))
            return
        self.stdout.write(
            f"{asked.seeds} × {asked.town}, {asked.days} days, behaviour: {asked.behaviour}\n\n"
        )
        self.stdout.write(simulated.table(found))

    def _asked(self, options: dict[str, Any]) -> simulated.Asked:
        for name, least in (("seeds", 1), ("days", 7), ("first_seed", 0)):
            if options[name] < least:
                raise CommandError(
                    f"--{name.replace('_', '-')} must be {least} or more, not {options[name]}."
                )
        picture = options["picture"]
        if picture and not picture.absolute().parent.is_dir():
            raise CommandError(f"There is no folder {picture.absolute().parent} for the picture.")
        chosen = tuple(dict.fromkeys(options["policy"] or POLICIES))
        return simulated.Asked(
            options["town"],
            options["behaviour"],
            chosen,
            options["seeds"],
            options["first_seed"],
            options["days"],
        )

    def _tell(self, done: int, of: int) -> None:
        """Progress, on one line where somebody watches."""
        full = WIDTH * done // of
        left = (time.monotonic() - self._begun) / done * (of - done)
        bar = f"[{'#' * full}{'.' * (WIDTH - full)}] {done}/{of}, about {left:.0f} s left   "
        self.stderr.write(bar, ending="\r" if sys.stderr.isatty() and done < of else "\n")
