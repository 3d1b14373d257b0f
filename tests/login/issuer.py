"""A small OpenID provider over real HTTP, which can be told to lie in any way a provider could."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from handtag.kernel import clock

Claims = dict[str, Any]


def letters(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Issuer:
    """What the provider is, what it is told to answer, and what it was asked."""

    url: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    shown: list[RSAKey] | None = None  # the keys it publishes; None: its own
    document: Claims = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    status: int = 200
    sign: Callable[[Claims], str] | None = None
    change: Callable[[Claims], None] = lambda claims: None
    granted: dict[str, Claims] = field(default_factory=dict)
    challenges: dict[str, str] = field(default_factory=dict)

    def grant(self, address: str, **claims: Any) -> dict[str, str]:
        """A person says yes at the provider: what comes back in the address."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        now = int(clock.now().timestamp())
        said: Claims = {
            **{"iss": self.url, "aud": query["client_id"], "sub": "person-1", "nonce": query["nonce"]},
            **{"iat": now, "exp": now + 300, "auth_time": now, "acr": "loa3"},
            **claims,
        }
        self.change(said)
        code = f"code-{len(self.granted)}"
        self.granted[code] = said
        self.challenges[code] = query["code_challenge"]
        return {"code": code, "state": query["state"]}

    def token(self, claims: Claims) -> str:
        """The identity token, signed as it should be unless told otherwise."""
        if self.sign is not None:
            return self.sign(claims)
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    def asked_for(self, path: str) -> int:
        """How often a page was asked for."""
        return sum(1 for asked, _form, _auth in self.asked if asked == path)

    def answer(self, path: str, form: dict[str, str], auth: str) -> tuple[int, Any]:
        """What it says to one request."""
        self.asked.append((path, form, auth))
        if path == "/.well-known/openid-configuration":
            own = {"issuer": self.url, "authorization_endpoint": f"{self.url}/authorize"}
            own |= {"token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/jwks"}
            return 200, own | {"end_session_endpoint": f"{self.url}/end"} | self.document
        if path == "/jwks":
            keys = [self.key] if self.shown is None else self.shown
            return 200, {"keys": [key.as_dict(private=False) for key in keys]}
        if path == "/token" and self.status == 200:
            return self._trade(form)
        return self.status if self.status != 200 else 404, {}

    def _trade(self, form: dict[str, str]) -> tuple[int, Any]:
        code = form.get("code", "")
        proof = letters(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if code not in self.granted or proof != self.challenges[code]:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "access", "id_token": self.token(self.granted.pop(code))}


@contextmanager
def served() -> Iterator[Issuer]:
    """A provider at an address of its own."""
    issuer = Issuer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say()

        def do_POST(self) -> None:
            self._say()

        def _say(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
            path = urlsplit(self.path).path
            status, said = issuer.answer(path, form, self.headers.get("Authorization", ""))
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: Any) -> None:
            """Nothing on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    issuer.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def unsigned(claims: Claims) -> str:
    """A token that says it needs no signature."""
    return f"{_part({'alg': 'none'})}.{_part(claims)}."


def by_public_key(issuer: Issuer) -> Callable[[Claims], str]:
    """A token sealed with what everybody knows: the provider's public key as if it were a password."""

    def sign(claims: Claims) -> str:
        said = f"{_part({'alg': 'HS256', 'kid': issuer.key.kid})}.{_part(claims)}"
        proof = hmac.new(issuer.key.as_pem(private=False), said.encode(), hashlib.sha256).digest()
        return f"{said}.{letters(proof)}"

    return sign


def by_key(key: RSAKey | OctKey, kid: str) -> Callable[[Claims], str]:
    """A token signed by another key than the provider's."""
    return lambda claims: jwt.encode({"alg": "RS256", "kid": kid}, claims, key)


def _part(value: Claims) -> str:
    return letters(json.dumps(value).encode())
