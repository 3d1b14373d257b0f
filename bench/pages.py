"""What pages cost the server: CPU of its processes for each answer, as a multiple of an empty page."""

import http.client
import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tools import ground, running
from tools.ground import PYTHON, ROOT, step

EMPTY = "/healthz"  # through every middleware, and no page at all
FRAME = "/helsingborg/be-om-hjalp/nagot-annat/"  # head, menu and foot around a few fixed sentences
LEAST_CPU, LEAST_ANSWERS = 1.0, 40  # seconds of CPU and answers to measure each page by
TICK = os.sysconf("SC_CLK_TCK")
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@dataclass(frozen=True)
class Page:
    """A page somebody opens, and how much it may cost at most, where a limit is set."""

    name: str
    key: str
    path: str
    limit: float | None = None


def pages() -> list[Page]:
    """What is measured."""
    return [
        Page("head, menu and foot", "", FRAME),
        Page("all municipalities", "", "/"),
        Page("front page of a town", "", "/helsingborg/", 8),
        Page("the rules of all services", "", "/helsingborg/villkor/"),
        Page("first step of asking", "", "/helsingborg/be-om-hjalp/for-vem/", 8),
        Page("my asks", "asker", "/helsingborg/mina-fragor/", 8),
        Page("list of those who would like a hand", "helper", "/helsingborg/hjalpa-till/", 8),
        Page("the same, 50 of the whole town", "helper", "/helsingborg/hjalpa-till/?within=60000&most=50", 8),
        Page("my errands", "helper", "/helsingborg/uppdrag/", 8),
        Page("overview of a coordinator", "coordinator", "/helsingborg/oversikt/"),
        Page("figures", "coordinator", "/helsingborg/siffror/"),
        Page("permits that wait", "coordinator", "/helsingborg/behorigheter/", 8),
    ]


class Server:
    """The product as it is served, and the CPU that its processes have used."""

    def __init__(self, environment: dict[str, str], children: running.Children) -> None:
        self.port = int(environment["PORT"])
        self._first = children.running["serve"].pid
        self._line = http.client.HTTPConnection("localhost", self.port, timeout=30)

    def get(self, path: str, cookie: str = "") -> bytes:
        """One page, by a line that stays open."""
        self._line.request("GET", path, headers={"Cookie": cookie, "Accept-Language": "sv"})
        answer = self._line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise ground.Stop(f"{path} answers {answer.status}")
        return body

    def enter(self, member: dict[str, str]) -> str:
        """Log in; gives back the cookies."""
        self._line.request("GET", "/login/")
        answer = self._line.getresponse()
        fields = dict(HIDDEN.findall(answer.read().decode()))
        cookie = _cookies(answer)
        words = {**fields, "username": member["username"], "password": member["password"]}
        headers = {
            "Cookie": cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://localhost:{self.port}",
        }
        self._line.request("POST", "/login/", urlencode(words), headers)
        answer = self._line.getresponse()
        answer.read()
        return "; ".join(filter(None, (cookie, _cookies(answer))))

    @property
    def cpu(self) -> float:
        """Seconds of CPU that all processes of the server have used so far."""
        return sum(_cpu_of(pid) for pid in _family(self._first))


def _cookies(answer: http.client.HTTPResponse) -> str:
    return "; ".join(line.partition(";")[0] for line in answer.headers.get_all("Set-Cookie") or [])


def _family(first: int) -> Iterator[int]:
    yield first
    for task in Path(f"/proc/{first}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from _family(int(child))


def _cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def cost(server: Server, path: str, cookie: str = "") -> tuple[float, int]:
    """Milliseconds of CPU for one answer, and its size in bytes."""
    for _warm in range(5):
        size = len(server.get(path, cookie))
    before, count = server.cpu, 0
    while count < LEAST_ANSWERS or server.cpu - before < LEAST_CPU:
        server.get(path, cookie)
        count += 1
    return (server.cpu - before) / count * 1000, size


def main() -> int:
    """Build the sample, serve it with one process, and print the table."""
    environment = running.environment_of_run(ground.free_port()) | {"WEB_CONCURRENCY": "1"}
    said = built(environment)
    children = running.Children(environment)
    try:
        children.start("serve")
        running.wait_until_ready(int(environment["PORT"]), children, "/healthz")
        time.sleep(1)  # what a fresh process does once is over
        measure(Server(environment, children), said)
    finally:
        children.stop()
    return 0


def built(environment: dict[str, str]) -> dict[str, Any]:
    """The sample in full, as `dev.py run` builds it."""
    with step("Building the sample town"):
        for words in (["migrate", "-v0"], ["createcachetable"], ["collectstatic", "--noinput", "-v0"]):
            _manage(environment, *words)
        answer = _manage(environment, "sample", "--json")
    said: dict[str, Any] = json.loads(answer[answer.index("{") :])
    return said


def measure(server: Server, said: dict[str, Any]) -> None:
    """Print what each page costs."""
    cast = {member["key"]: member for member in said["users"]}
    cookies = {"": ""}
    empty, _size = cost(server, EMPTY)
    frame, _size = cost(server, FRAME)
    print(f"\nAn empty answer ({EMPTY}) costs {empty:.2f} ms of CPU.\n")
    print("| page | as whom | CPU, ms | times an empty answer | aim | times head, menu and foot | HTML, kB |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for page in pages():
        if page.key not in cookies:
            cookies[page.key] = server.enter(cast[page.key])
        spent, size = cost(server, page.path, cookies[page.key])
        limit = f"{page.limit:.0f}" if page.limit else ""
        over = " (over)" if page.limit and spent / empty > page.limit else ""
        whom, times = page.key or "a visitor", f"{spent / empty:.1f}{over}"
        row = (page.name, whom, f"{spent:.1f}", times, limit, f"{spent / frame:.1f}")
        print(f"| {' | '.join(row)} | {size / 1000:.1f} |", flush=True)


def _manage(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [PYTHON, "manage.py", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout
