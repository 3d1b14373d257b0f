"""A first start that is killed half-way is mended by the next; the server ends when it is told to."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.ground import ROOT
from tools import ground, running

# The real start with a tiny town in place of the sample: the command `sample CODE`, which may be killed.
START = """
import os, signal, sys
from tools import prepare
real, (code, ending) = prepare.call_command, sys.argv[1:]

def command(name, *words, **named):
    if name != "sample":
        return real(name, *words, **named)
    from handtag.kernel.actor import system
    from handtag.municipalities import actions
    actions.add(by=system(None), code=code, sample=True)
    if ending == "killed":
        os.kill(os.getpid(), signal.SIGKILL)

prepare.call_command = command
prepare.messages.compile_all = prepare._collect_static = lambda: None
sys.exit(prepare.main())
"""


def environment(folder: Path, **more: str) -> dict[str, str]:
    """No variables but those of the sample in a folder of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, "SAMPLE": "1", "DATA_DIR": str(folder), **more}


def start(folder: Path, code: str, ending: str = "whole") -> int:
    """Prepare to serve, with the town of this code for the sample; returns how the process ended."""
    command = [sys.executable, "-c", START, code, ending]
    return subprocess.run(
        command, cwd=ROOT, env=environment(folder), stdout=subprocess.DEVNULL, check=False
    ).returncode


def towns(folder: Path) -> list[str]:
    """The codes of the towns in the database."""
    (file,) = folder.glob("*.sqlite3")
    with sqlite3.connect(file) as database:
        return [code for (code,) in database.execute("SELECT code FROM municipalities_municipality")]


def test_a_start_killed_half_way_is_mended_by_the_next_and_then_kept(tmp_path: Path) -> None:
    assert start(tmp_path, "1260", "killed") == -signal.SIGKILL
    assert (tmp_path / "sample-unfinished").exists()
    assert towns(tmp_path) == ["1260"]
    assert start(tmp_path, "1283") == 0
    assert not (tmp_path / "sample-unfinished").exists()
    assert towns(tmp_path) == ["1283"]
    assert start(tmp_path, "1260") == 0
    assert towns(tmp_path) == ["1283"]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[running.Children]:
    """`manage.py serve` that answers."""
    port = ground.free_port()
    children = running.Children(environment(tmp_path, PORT=str(port)))
    children.start("serve")
    try:
        running.wait_until_ready(port, children, "/healthz")
        yield children
    finally:
        children.stop()


@pytest.mark.parametrize("said", ["", "GET /healthz HTTP/1.1\r\nHost: localhost\r\n"])
def test_serve_ends_in_time_also_while_somebody_hangs_on(served: running.Children, said: str) -> None:
    serve = served.running["serve"]
    with socket.create_connection(("127.0.0.1", int(served.environment["PORT"]))) as visitor:
        visitor.sendall(said.encode())
        serve.terminate()
        assert serve.wait(running.SECONDS_TO_STOP) == 0
