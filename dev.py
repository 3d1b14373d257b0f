#!/usr/bin/env python3
"""The door for builders: everything starts here, with nothing but Python 3.11 and git on the machine."""

import os
import shutil
import sys

HELP = """Handtag: python3 dev.py COMMAND

  run             open the sample town in a browser; the first start prepares everything
  test [WHAT …]   everything, or the rooms and files named: test errands, test tests/people/test_block.py
  check           style, types, the plan of the house, words: what needs no test
  fix             mend what a machine can mend of it
  bench [NAME …]  what pages and actions cost
  shots [NAME …]  screenshots of every page, in shots/; shots --at URL: of the town served there
  lock            write requirements/ anew from pyproject.toml
  help            this

A port other than 8000: PORT=8001 python3 dev.py run. All variables: docs/running.md."""


def _right_python() -> None:
    """Go on in a Python that is new enough, if the one we were started with is not."""
    if os.name == "nt":
        sys.exit("Handtag is built on Linux and macOS; on Windows, use it inside WSL.")
    if sys.version_info >= (3, 11):
        return
    for name in ("python3.13", "python3.12", "python3.11", "python3.14"):
        path = shutil.which(name)
        if path:
            os.execv(path, [path, *sys.argv])  # noqa: S606 (the same program in another Python)
    sys.exit("Handtag needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2])


def main() -> int:
    """Do what is asked."""
    _right_python()
    from tools import ground, making, running

    commands = {
        "run": running.run,
        "test": making.test,
        "check": making.check,
        "fix": making.fix,
        "bench": making.bench,
        "shots": making.shots,
        "lock": making.lock,
    }
    name, words = (sys.argv[1] if len(sys.argv) > 1 else "help"), sys.argv[2:]
    if name not in commands:
        print(HELP)
        return 0 if name in ("help", "-h", "--help") else 2
    try:
        return commands[name](words)
    except ground.Stop as stop:
        print("\n  %s" % stop)
        return 1
    except KeyboardInterrupt:
        print("\n  Stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main())
