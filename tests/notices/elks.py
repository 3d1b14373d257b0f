"""A provider of text messages that behaves as 46elks does: basic auth, a form in, JSON out, callbacks.

What it does not do, theirs does not do either: it signs nothing, and it knows no idempotency. It keeps the
`Idempotency-Key` of each request, so that a test can tell a double.
"""

import json
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

USER, PASSWORD = "u-test", "p@ss/word"


@dataclass
class Message:
    """One text message that was asked for."""

    id: str
    to: str
    sender: str
    words: str
    report_to: str
    key: str


@dataclass
class Elks:
    """The server: what it was asked to send, and how it feels today."""

    url: str = ""
    taken: list[Message] = field(default_factory=list)
    refused: int = 0
    mood: str = "well"  # well, down, broke, bad_number, odd, slow, mute
    awake: threading.Event = field(default_factory=threading.Event)

    @property
    def words(self) -> list[str]:
        """What people read."""
        return [message.words for message in self.taken]

    def answer(self, form: dict[str, str], login: str, key: str) -> tuple[int, str]:
        """Status and body, as theirs are."""
        moods = {
            "down": (503, "Service unavailable"),
            "broke": (403, "Not enough credits"),
            "bad_number": (403, 'Invalid "to" phone number'),
            "odd": (418, "What?"),
        }
        if login != f"Basic {b64encode(f'{USER}:{PASSWORD}'.encode()).decode()}":
            return 401, "API access requires Basic HTTP authentication."
        missing = [name for name in ("from", "to", "message") if not form.get(name)]
        if missing:
            return 403, f"Missing key {missing[0]}"
        if not form["to"].startswith("+"):
            return 403, 'Invalid "to" phone number'
        if self.mood in moods:
            return moods[self.mood]
        made = Message(
            id=f"s{len(self.taken):032x}",
            to=form["to"],
            sender=form["from"],
            words=form["message"],
            report_to=form.get("whendelivered", ""),
            key=key,
        )
        self.taken.append(made)
        if self.mood == "mute":
            return 200, "<html>hello</html>"
        said = {
            "status": "created",
            "direction": "outgoing",
            "from": made.sender,
            "created": "2026-11-26T12:00:00.000000",
            "parts": 1,
            "to": made.to,
            "cost": 3500,
            "message": made.words,
            "id": made.id,
        }
        return 200, json.dumps(said)

    def report(self, browser: Any, message: Message, status: str) -> int:
        """Tell the one who sent it what became of it; returns how they answered."""
        path = "/" + message.report_to.split("://", 1)[1].split("/", 1)[1]
        form = {"id": message.id, "status": status}
        if status == "delivered":
            form["delivered"] = "2026-11-26T12:00:05.000000"
        return browser.post(path, form).status_code


@contextmanager
def running() -> Iterator[Elks]:
    """The provider on a port of its own."""
    elks = Elks()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            form = {name: values[0] for name, values in parse_qs(body, strict_parsing=bool(body)).items()}
            if elks.mood == "slow":
                elks.awake.wait(10)
            right = self.headers.get("Content-Type", "") == "application/x-www-form-urlencoded"
            login, key = self.headers.get("Authorization", ""), self.headers.get("Idempotency-Key", "")
            status, answer = elks.answer(form, login, key) if right else (415, "Unsupported")
            if self.path.split("?")[0] != "/a1/sms":
                status, answer = 404, "Not found"
            elks.refused += status >= 300
            try:
                self.send_response(status)
                self.end_headers()
                self.wfile.write(answer.encode())
            except OSError:
                pass  # who asked has gone

        def log_message(self, *_: Any) -> None:
            """Nothing to say."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    elks.url = f"http://{USER}:p%40ss%2Fword@127.0.0.1:{server.server_address[1]}/a1/sms?from=Handtag"
    try:
        yield elks
    finally:
        elks.awake.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
