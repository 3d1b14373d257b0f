"""A provider of texts and calls that behaves as 46elks does: basic auth, a form in, JSON out, callbacks.

What it does not do, theirs does not do either: it signs nothing, and it knows no idempotency. It keeps the
`Idempotency-Key` of each request, so that a test can tell a double. The shapes are those of its pages
send-sms, receive-sms, sms-delivery-reports, make-call, receive-call, voice-connect and call-actions.
"""

import json
import re
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

USER, PASSWORD = "u-test", "p@ss/word"
E164 = re.compile(r"\+[1-9]\d{6,14}")
CREATED = "2026-11-26T12:00:00.000000"
# What we may answer: `record` and `recordcall` exist at theirs, and must never come from us.
ACTIONS = frozenset({"connect", "callerid", "next", "whenhangup", "hangup", "play", "timeout"})


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
class Call:
    """One telephone call: asked for by us, or dialled by somebody; and what each display shows."""

    id: str
    to: str
    sender: str
    start: str
    ended: str
    key: str = ""
    connected: str = ""
    display: str = ""
    then: str = ""


@dataclass
class Elks:
    """The server: what it was asked to send, and how it feels today."""

    url: str = ""
    taken: list[Message] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    refused: int = 0
    mood: str = "well"  # well, down, broke, bad_number, odd, slow, mute
    awake: threading.Event = field(default_factory=threading.Event)

    @property
    def words(self) -> list[str]:
        """What people read."""
        return [message.words for message in self.taken]

    def answer(self, path: str, form: dict[str, str], login: str, key: str) -> tuple[int, str]:
        """Status and body, as theirs are."""
        moods = {
            "down": (503, "Service unavailable"),
            "broke": (403, "Not enough credits"),
            "bad_number": (403, 'Invalid "to" phone number'),
            "odd": (418, "What?"),
        }
        if login != f"Basic {b64encode(f'{USER}:{PASSWORD}'.encode()).decode()}":
            return 401, "API access requires Basic HTTP authentication."
        needed = ("from", "to", "message") if path == "/a1/sms" else ("from", "to", "voice_start")
        missing = [name for name in needed if not form.get(name)]
        if missing:
            return 403, f"Missing key {missing[0]}"
        if not E164.fullmatch(form["to"]):
            return 403, 'Invalid "to" phone number'
        if self.mood in moods:
            return moods[self.mood]
        said = self._send(form, key) if path == "/a1/sms" else self._ring(form, key)
        return (200, "<html>hello</html>") if self.mood == "mute" else (200, json.dumps(said))

    def _send(self, form: dict[str, str], key: str) -> dict[str, object]:
        made = Message(
            id=f"s{len(self.taken):032x}",
            to=form["to"],
            sender=form["from"],
            words=form["message"],
            report_to=form.get("whendelivered", ""),
            key=key,
        )
        self.taken.append(made)
        return {
            "status": "created",
            "direction": "outgoing",
            "from": made.sender,
            "created": CREATED,
            "parts": 1,
            "to": made.to,
            "cost": 3500,
            "message": made.words,
            "id": made.id,
        }

    def _ring(self, form: dict[str, str], key: str) -> dict[str, object]:
        made = Call(
            id=f"c{len(self.calls):032x}",
            to=form["to"],
            sender=form["from"],
            start=form["voice_start"],
            ended=form.get("whenhangup", ""),
            key=key,
        )
        self.calls.append(made)
        return {
            "id": made.id,
            "direction": "outgoing",
            "from": made.sender,
            "to": made.to,
            "state": "ongoing",
            "created": CREATED,
        }

    # --- what theirs does to us -------------------------------------------------------------------------

    def report(self, browser: Any, message: Message, status: str) -> int:
        """Tell the one who sent it what became of it; returns how they answered."""
        form = {"id": message.id, "status": status}
        if status == "delivered":
            form["delivered"] = "2026-11-26T12:00:05.000000"
        return int(browser.post(_path(message.report_to), form).status_code)

    def dial(self, browser: Any, address: str, sender: str, to: str = "+46766861004") -> Call:
        """Somebody dials a number of ours; what the product answers is done."""
        call = Call(f"d{len(self.calls):032x}", to=to, sender=sender, start=address, ended="")
        self.calls.append(call)
        return self.go_on(browser, call, direction="incoming")

    def pick_up(self, browser: Any, call: Call) -> Call:
        """Whom we rang answers."""
        return self.go_on(browser, call, direction="outgoing")

    def go_on(self, browser: Any, call: Call, *, direction: str) -> Call:
        """Ask what next, and do it."""
        form = {"direction": direction, "callid": call.id, "from": call.sender, "to": call.to}
        answer = browser.post(_path(call.start), {**form, "created": CREATED, "result": "newoutgoing"})
        assert answer.status_code in (200, 204), answer.status_code
        said = json.loads(answer.content)
        assert set(said) <= ACTIONS, said
        call.connected = said.get("connect", "")
        if call.connected:
            assert E164.fullmatch(call.connected), call.connected
            # "If you leave it out, it will default to the incoming caller's number."
            call.display = said.get("callerid", call.sender)
        call.then, call.ended = said.get("next", ""), said.get("whenhangup", call.ended)
        return call

    def after_connect(self, browser: Any, call: Call, result: str) -> None:
        """The second telephone was answered, was busy, or was not answered."""
        if call.then:
            answer = browser.post(_path(call.then), {"callid": call.id, "result": result})
            assert set(json.loads(answer.content)) <= ACTIONS

    def hang_up(self, browser: Any, call: Call, *, state: str = "success", seconds: int = 61) -> int:
        """It is over."""
        if not call.ended:
            return 0
        form = {"id": call.id, "direction": "outgoing", "from": call.sender, "to": call.to, "state": state}
        more = {"duration": str(seconds), "start": CREATED, "created": CREATED, "cost": "3500"}
        return int(browser.post(_path(call.ended), {**form, **more}).status_code)


def _path(address: str) -> str:
    return "/" + address.split("://", 1)[1].split("/", 1)[1] if "://" in address else address


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
            path = self.path.split("?")[0]
            if path not in ("/a1/sms", "/a1/calls"):
                status, answer = 404, "Not found"
            elif not right:
                status, answer = 415, "Unsupported"
            else:
                status, answer = elks.answer(path, form, login, key)
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
