"""Speaking to login providers: at public addresses or allowed hosts, no redirects, in a few seconds."""

import json
from base64 import b64encode
from http.client import HTTPException
from typing import Any, Final
from urllib.parse import quote, urlencode

from django.conf import settings

from handtag.kernel import egress
from handtag.login.gateways import sample_issuer
from handtag.login.rules import Refusal, Refused

LOCAL: Final = ("localhost", "127.0.0.1", "::1")  # the sample's neighbours on one's own machine
TIMEOUT: Final = 8  # seconds, for each of three calls
MOST_ANSWER: Final = 500_000


def get(address: str) -> dict[str, Any]:
    """A document of the provider's, in JSON."""
    status, body = _ask("GET", address, "", {})
    if status != 200:
        raise Refused(Refusal.AWAY)
    return _document(body)


def post(address: str, form: dict[str, str], *, login: tuple[str, str] | None) -> dict[str, Any]:
    """What the provider answers to a form; `login` goes in the header where it wants it there."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if login is not None:
        pair = ":".join(quote(part, safe="") for part in login)  # RFC 6749, 2.3.1
        headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    status, body = _ask("POST", address, urlencode(form), headers)
    if status >= 500 or status == 429:
        raise Refused(Refusal.AWAY)
    if status != 200:
        raise Refused(Refusal.SAID_NO)
    return _document(body)


def hosts() -> list[str]:
    """Hosts that may be spoken to though they are not https at a public address."""
    return [*settings.EGRESS_ALLOW, *(LOCAL if settings.SAMPLE else ())]


def may_ask(address: str) -> bool:
    """Whether an address is one that may be spoken to, before its name is looked up."""
    try:
        egress.named(address, hosts())
    except egress.Refused:
        return False
    return True


def _ask(method: str, address: str, form: str, headers: dict[str, str]) -> tuple[int, bytes]:
    if settings.SAMPLE and sample_issuer.answers(address):
        return sample_issuer.answer(address, form)
    try:
        found = egress.target(address, hosts())
    except egress.Refused as fault:
        raise Refused(Refusal.NOT_ALLOWED_OUT) from fault
    except OSError as fault:
        raise Refused(Refusal.AWAY) from fault
    connection = egress.pinned(found, TIMEOUT)
    try:
        connection.request(method, found.path, form or None, {"Accept": "application/json", **headers})
        response = connection.getresponse()
        return response.status, response.read(MOST_ANSWER + 1)
    except (OSError, HTTPException) as fault:
        raise Refused(Refusal.AWAY) from fault
    finally:
        connection.close()


def _document(body: bytes) -> dict[str, Any]:
    if len(body) > MOST_ANSWER:
        raise Refused(Refusal.FORMAT)
    try:
        found = json.loads(body)
    except ValueError as fault:
        raise Refused(Refusal.FORMAT) from fault
    if not isinstance(found, dict):
        raise Refused(Refusal.FORMAT)
    return found
