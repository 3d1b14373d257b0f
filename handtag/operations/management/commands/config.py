"""`manage.py config check`: every variable, its source, and what is wrong or unsafe."""

import sys
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser

from handtag.operations.queries import configuration


class Command(BaseCommand):
    """Check the configuration; exit code 1 where something is wrong or unsafe."""

    help = "Print every variable with its source, secrets masked; exit code 1 where one is wrong or unsafe"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """The word `check`."""
        parser.add_argument("what", choices=["check"])

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run it."""
        for name, setting in settings.VARIABLES.items():
            self.stdout.write(f"{name}={setting.shown}  ({setting.source}) {setting.variable.meaning}")
        faults = configuration.faults()
        for fault in faults:
            self.stderr.write(f"WRONG  {fault}")
        if faults:
            sys.exit(1)
        self.stdout.write("All is well.")
