"""`dev.py run`: from a fresh clone to a served town and its two processes; standard library only."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path
from types import FrameType

from tools import ground
from tools.ground import PYTHON, ROOT, Stop, step

SECONDS_TO_READY = 90
SECONDS_TO_STOP = 10


def _die_with_parent() -> None:
    """Ask Linux to stop this process when its parent is gone, however that ended (prctl PR_SET_PDEATHSIG)."""
    import ctypes

    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


BEFORE_CHILD = _die_with_parent if sys.platform == "linux" else None


class Stopped(Exception):
    """Somebody asked us to stop."""


def run(words: list[str]) -> int:
    """Prepare whatever is missing, then serve until somebody says stop."""
    if words:
        raise Stop(f"`run` takes no {words[0]}; settings are environment variables, e.g. PORT=8001.")
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, _stop)
    try:
        return _run()
    except Stopped:
        print("\n  Stopped.")
        return 0


def _run() -> int:
    start = time.monotonic()
    port = _free(os.environ.get("PORT", "8000"))
    print("Handtag", flush=True)
    ground.packages("run")
    environment = environment_of_run(port)
    prepare = [PYTHON, "-m", "tools.prepare"]
    done = subprocess.run(prepare, cwd=ROOT, env=environment, check=False, preexec_fn=BEFORE_CHILD)
    if done.returncode:
        raise Stop(
            "The town could not be made ready; the reason stands above. The next start mends what it can."
        )
    children = Children(environment)
    try:
        children.start("serve", "work")
        wait_until_ready(port, children)
        took = f"ready after {time.monotonic() - start:.0f} s"
        _welcome(environment, took)
        return children.watch()
    finally:
        children.stop()


def environment_of_run(port: int) -> dict[str, str]:
    """The variables of the served town: the sample's, unless somebody said otherwise."""
    environment = {"SAMPLE": "1", "BASE_URL": f"http://localhost:{port}", **os.environ, "PORT": str(port)}
    environment["DATA_DIR"] = os.path.abspath(environment.get("DATA_DIR") or ROOT / ".data")
    return environment


def _stop(number: int, frame: FrameType | None) -> None:
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    raise Stopped


def _free(port: str) -> int:
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise Stop(f"PORT={port} is not a port: it must be a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", int(port)))  # noqa: S104 (only to see whether it is free)
            return int(port)
        except PermissionError:
            raise Stop(
                f"Port {port} is only for the system. Take another: PORT=8000 python3 dev.py run"
            ) from None
        except OSError:
            pass
    who = "Handtag already runs there" if _answer(int(port), "/healthz") else "another program uses it"
    other = int(port) + 1
    raise Stop(f"Port {port} is busy: {who}. Stop that, or take another: PORT={other} python3 dev.py run")


def _answer(port: int, path: str) -> bool | str:
    """True when the answer is good, else the words of the answer, or nothing when nobody answers."""
    try:
        with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as refusal:
        return refusal.read(500).decode(errors="replace")
    except (OSError, HTTPException):
        return ""


class Children:
    """The processes that are the product: one serves pages, one works in the background."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.logs = Path(environment["DATA_DIR"]) / "log"
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *commands: str) -> None:
        """Start each command of manage.py with a log of its own."""
        self.logs.mkdir(parents=True, exist_ok=True)
        for command in commands:
            with (self.logs / f"{command}.log").open("wb") as log:
                self.running[command] = subprocess.Popen(
                    [PYTHON, "manage.py", command],
                    cwd=ROOT,
                    env=self.environment,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,  # Ctrl-C reaches us alone, and we pass it on
                    preexec_fn=BEFORE_CHILD,  # noqa: PLW1509 (one thread)
                )

    def dead(self) -> str:
        """The command that ended by itself, if any."""
        return next((name for name, child in self.running.items() if child.poll() is not None), "")

    def watch(self) -> int:
        """Wait until a child ends, which none should."""
        while not (name := self.dead()):
            time.sleep(0.5)
        raise Stop(self.last_words(name))

    def last_words(self, name: str) -> str:
        """How a child ended."""
        lines = (self.logs / f"{name}.log").read_text(errors="replace").splitlines()[-15:]
        code = self.running[name].returncode
        ended = f"`manage.py {name}` ended by itself (exit code {code}); all is stopped. Its last lines:"
        return "\n".join([ended, *(f"    {line[:300]}" for line in lines)])

    def stop(self) -> None:
        """End all children: first politely, then not."""
        for child in self.running.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + SECONDS_TO_STOP
        for child in self.running.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()


def wait_until_ready(port: int, children: Children, path: str = "/readyz") -> None:
    """Wait until the children answer well at `path`, or say what is missing."""
    with step("Starting the server" + (" and the worker" if "work" in children.running else "")):
        deadline = time.monotonic() + SECONDS_TO_READY
        answer: bool | str = ""
        while answer is not True:
            if name := children.dead():
                raise Stop(children.last_words(name))
            if time.monotonic() > deadline:
                raise Stop(f"Not ready after {SECONDS_TO_READY} s. {path} says: {answer or 'nothing'}")
            time.sleep(0.2)
            answer = _answer(port, path)


def _welcome(environment: dict[str, str], took: str) -> None:
    where = environment["BASE_URL"]
    print(f"\nHandtag runs at {where}  ({took})\n")
    if environment["SAMPLE"] == "1":
        print("  An invented town. Enter as anybody in it, without a password:")
        print(f"    {where}/prova/")
        print(f"  For scripts: a form with user name and password at {where}/login/;")
        print("    names and passwords: SAMPLE=1 .venv/bin/python manage.py sample --json\n")
    else:
        print(f"  Log in at {where}/logga-in/\n")
    print(f"  Data and logs: {environment['DATA_DIR']}   Start over: delete that folder.")
    print("  Stop: Ctrl-C\n", flush=True)
