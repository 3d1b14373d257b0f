"""Whose duties a worker takes over: those of the dead on its own machine, and of who had its name before."""

import os
import socket
import subprocess
import sys

from handtag.operations.actions.running import Worker


def test_it_knows_who_lives_on_its_own_machine_alone() -> None:
    worker, host = Worker(), socket.gethostname()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert worker._may_live(f"{host}-{os.getppid()}")
    assert not worker._may_live(f"{host}-{ended.pid}")
    assert worker._may_live(f"elsewhere-{ended.pid}")


def test_a_container_that_starts_again_has_the_same_name_and_number() -> None:
    worker = Worker()
    assert not worker._may_live(worker.name)
