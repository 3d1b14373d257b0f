"""`manage.py jobs`: the worker's duties, and letting a parked one run again."""

import json
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from handtag.jobs import actions, queries
from handtag.operations.queries import state


class Command(BaseCommand):
    """List the worker's duties, or retry a parked one."""

    help = "jobs list: every duty as it stands; jobs retry NAME: let a parked one run again"

    def add_arguments(self, parser: CommandParser) -> None:
        """`list` or `retry NAME`; --json."""
        parser.add_argument("what", choices=["list", "retry"])
        parser.add_argument("name", nargs="?", default="")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *_args: Any, what: str, name: str, as_json: bool, **_options: Any) -> None:
        """Run it."""
        if what == "retry":
            if not actions.retry(name):
                raise CommandError(f"There is no duty {name!r}.")
            return
        for duty in queries.duties():
            row = {
                "name": duty.name,
                "parked": duty.parked,
                "failures": duty.failures,
                "last_error": duty.last_error,
                "last_done_at": state.plain(duty.last_done_at),
            }
            said = f"{duty.name} {'PARKED ' if duty.parked else ''}{duty.last_error}"
            self.stdout.write(json.dumps(row) if as_json else said)
