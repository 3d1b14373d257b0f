"""How long the first start takes in a fresh clone, and the second: seconds until a page is served."""

import http.client
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from tools import ground
from tools.ground import ROOT

FIRST, LONGEST = 90, 900  # seconds: the limit of a first start, and when to give up
PAUSE = 0.25


def main() -> int:
    """Start twice in a clone of what is committed, and print the table."""
    folder = Path(tempfile.mkdtemp(prefix="handtag-start-"))
    try:
        clone = folder / "clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        took = [started(clone, folder / "data") for _again in range(2)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    over = " (over)" if took[0] > FIRST else ""
    print("\n| start | seconds | at most |\n| --- | ---: | ---: |")
    print(f"| first: packages, database, sample town, server | {took[0]:.0f}{over} | {FIRST} |")
    print(f"| second | {took[1]:.0f} | |")
    return 0


def started(clone: Path, data: Path) -> float:
    """Seconds from the command to the first page; the server is stopped again."""
    port = ground.free_port()
    environment = {**os.environ, "PORT": str(port), "DATA_DIR": str(data)}
    begun = time.monotonic()
    with (clone / "start.log").open("ab") as log:
        run = subprocess.Popen(
            ["python3", "dev.py", "run"], cwd=clone, env=environment, stdout=log, stderr=log
        )
    try:
        while not _serves(port):
            if run.poll() is not None or time.monotonic() - begun > LONGEST:
                raise ground.Stop((clone / "start.log").read_text()[-2000:])
            time.sleep(PAUSE)
        return time.monotonic() - begun
    finally:
        run.send_signal(signal.SIGTERM)
        run.wait(60)


def _serves(port: int) -> bool:
    line = http.client.HTTPConnection("localhost", port, timeout=5)
    try:
        line.request("GET", "/helsingborg/")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()
