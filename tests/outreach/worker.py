"""A worker in a process of its own that stands still where it is told to, says so, and waits to be killed.

    python -m tests.outreach.worker MOMENT MODULE NAME TIMES

does what `manage.py work` does, at that moment, until MODULE.NAME has been called so many times.
"""

import sys
from datetime import datetime
from importlib import import_module
from typing import Any

import django


def stand_still(module: str, name: str, times: int) -> None:
    """Once it has been called so often, that function does not come back."""
    place = import_module(module)
    real, called = getattr(place, name), 0

    def deed(*given: Any, **named: Any) -> Any:
        nonlocal called
        answer = real(*given, **named)
        called += 1
        if called == times:
            print("here", flush=True)
            sys.stdin.read()
        return answer

    setattr(place, name, deed)


def main(moment: str, module: str, name: str, times: str) -> None:
    """Work."""
    django.setup()
    from django.core.management import call_command

    from handtag.kernel import clock

    stand_still(module, name, int(times))
    with clock.travelling(datetime.fromisoformat(moment)):
        call_command("work")


if __name__ == "__main__":
    main(*sys.argv[1:])
