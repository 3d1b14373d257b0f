"""A push service that behaves as those of the browser makers do: RFC 8030, 8188, 8291 and 8292.

It takes nothing whose signature, audience, expiry, lifetime or coding is wrong, and opens what it takes with
the browser's own key, by an implementation of its own: HKDF from `hmac`, byte for byte as RFC 5869 has it.
Under `/all/HOST/…` it is a gateway of the town (PUSH_URL) in front of every push service there is.
"""

import hashlib
import hmac
import json
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

P256 = ec.SECP256R1()
A_DAY = 24 * 60 * 60
MOODS = {"gone": 410, "missing": 404, "busy": 429, "broke": 503}
MOODS |= {"forbidden": 403, "too_large": 413, "odd": 418}


def b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869, one block."""
    pseudo = hmac.new(salt, secret, hashlib.sha256).digest()
    return hmac.new(pseudo, info + b"\x01", hashlib.sha256).digest()[:length]


@dataclass
class Browser:
    """A browser with its subscription: the keys, and what its address is."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(P256))
    auth: bytes = b"sixteen bytes it"

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def form(self) -> dict[str, str]:
        """What its page sends to the town."""
        return {"endpoint": self.endpoint, "p256dh": b64(self.point), "auth": b64(self.auth)}

    def opened(self, body: bytes) -> bytes:
        """The words of a message, as RFC 8188 and 8291 say how they are read."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(P256, sender))
        secret = hkdf(self.auth, shared, b"WebPush: info\x00" + self.point + sender, 32)
        key = hkdf(salt, secret, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = hkdf(salt, secret, b"Content-Encoding: nonce\x00", 12)
        padded = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\x00")
        assert padded[-1:] == b"\x02", "the last record ends with a two"
        return padded[:-1]


@dataclass
class Taken:
    """One message that was taken."""

    endpoint: str
    said: dict[str, Any]
    size: int
    headers: dict[str, str]


@dataclass
class Pushes:
    """The service: its browsers, what it took and refused, and how it feels today."""

    origin: str = ""
    public_key: str = ""
    now: datetime | None = None
    browsers: dict[str, Browser] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    moods: dict[str, str] = field(default_factory=dict)
    awake: threading.Event = field(default_factory=threading.Event)

    def browser(self, at: str = "") -> Browser:
        """Somebody's browser subscribes; `at` is another maker's service, reached through the gateway."""
        made = Browser(f"{at or self.origin}/send/{len(self.browsers)}?v=2")
        self.browsers[made.endpoint] = made
        return made

    def mood(self, browser: Browser, mood: str) -> None:
        self.moods[browser.endpoint] = mood

    @property
    def titles(self) -> list[str]:
        return [each.said["title"] for each in self.taken]

    def answer(self, path: str, headers: Mapping[str, str], body: bytes) -> int:
        """The status, as theirs is."""
        endpoint = f"{self.origin}{path}"
        if path.startswith("/all/"):
            host, _slash, rest = path.removeprefix("/all/").partition("/")
            endpoint = f"https://{host}/{rest}"
            if headers.get("X-Push-Endpoint") != endpoint:
                return self.refuse(400, "the gateway is not told where it goes")
        browser = self.browsers.get(endpoint)
        mood = self.moods.get(endpoint, "well")
        if browser is None:
            return self.refuse(404, "unknown")
        if mood == "slow":
            self.awake.wait(10)
        wrong = self.wrong(endpoint, headers, body)
        if wrong:
            return self.refuse(*wrong)
        if mood in MOODS:
            return self.refuse(MOODS[mood], mood)
        self.taken.append(Taken(endpoint, json.loads(browser.opened(body)), len(body), dict(headers)))
        return 201

    def refuse(self, status: int, why: str) -> int:
        self.refused.append(why)
        return status

    def wrong(self, endpoint: str, headers: Mapping[str, str], body: bytes) -> tuple[int, str] | None:
        """What is wrong with a message, as the specifications have it."""
        if not headers.get("TTL", "").isdecimal():
            return 400, "no TTL"
        if headers.get("Content-Encoding") != "aes128gcm":
            return 415, "no aes128gcm"
        if headers.get("Content-Type") != "application/octet-stream":
            return 415, "no octets"
        if len(body) > 4096:
            return 413, "too long"
        if len(headers.get("Topic", "")) > 32 or set(headers.get("Topic", "")) & set("+/="):
            return 400, "topic"
        return self.unsigned(endpoint, headers.get("Authorization", ""))

    def unsigned(self, endpoint: str, said: str) -> tuple[int, str] | None:
        """What is wrong with the signature."""
        scheme, _space, rest = said.partition(" ")
        parts = dict(each.strip().partition("=")[::2] for each in rest.split(","))
        if scheme != "vapid" or set(parts) != {"t", "k"}:
            return 401, "no vapid"
        head, claims, signature = parts["t"].split(".")
        public = ec.EllipticCurvePublicKey.from_encoded_point(P256, unb64(parts["k"]))
        r, s = (int.from_bytes(unb64(signature)[half], "big") for half in (slice(0, 32), slice(32, 64)))
        try:
            public.verify(encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return 401, "signature"
        if json.loads(unb64(head)) != {"typ": "JWT", "alg": "ES256"}:
            return 401, "header"
        told, host = json.loads(unb64(claims)), endpoint.split("://", 1)
        if told["aud"] != f"{host[0]}://{host[1].partition('/')[0]}":
            return 401, f"audience {told['aud']}"
        left = told["exp"] - (self.now or datetime.now().astimezone()).timestamp()
        if not 0 < left <= A_DAY:
            return 401, "expiry"
        if not told["sub"].startswith(("mailto:", "https:")):
            return 401, "sub"
        if parts["k"] != self.public_key:
            return 403, "another key than the one subscribed with"
        return None


@contextmanager
def running() -> Iterator[Pushes]:
    """The service on a port of its own."""
    pushes = Pushes()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            status = pushes.answer(self.path, dict(self.headers.items()), body)
            try:
                self.send_response(status)
                if status == 429:
                    self.send_header("Retry-After", "1800")
                self.send_header("Content-Length", "0")
                self.end_headers()
            except OSError:
                pass  # who asked has gone

        def log_message(self, *_: Any) -> None:
            """Nothing to say."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    pushes.origin = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield pushes
    finally:
        pushes.awake.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
