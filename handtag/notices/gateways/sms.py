"""Text messages over the interface of 46elks: one form posted for each, answered in JSON."""

import json
import re
from base64 import b64encode
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final, NamedTuple
from urllib.parse import SplitResult, parse_qs, unquote, urlencode, urlsplit

from django.conf import settings

from handtag.notices.gateways.faults import NeverSendable, NotSent, ServerAway

TIMEOUT: Final = 8  # seconds; a worker waiting longer would not be down in time
MOST_ANSWER: Final = 20_000
_ABOUT_THE_NUMBER: Final = re.compile(r"\bto\b|recipient|destination", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sms:
    """One text message; `key` is the same however often it is tried, so that a double can be told."""

    to: str
    words: str
    key: str
    sender: str = ""
    report_to: str = ""


class Taken(NamedTuple):
    """What the provider calls it, and in how many parts it goes."""

    provider_id: str
    parts: int


def send(sms: Sms) -> Taken:
    """Hand it to the provider. Raises NotSent, ServerAway or NeverSendable."""
    where = urlsplit(settings.SMS_URL)
    if not where.hostname:
        raise ServerAway("no SMS_URL")
    form = {
        "from": sms.sender or parse_qs(where.query).get("from", ["Handtag"])[0],
        "to": sms.to,
        "message": sms.words,
    }
    if sms.report_to:
        form["whendelivered"] = sms.report_to
    status, answer = post(where, urlencode(form), sms.key)
    if status in (200, 201, 202):
        return _taken(answer)
    raise refusal(status, answer)


def post(where: SplitResult, form: str, key: str) -> tuple[int, str]:
    """Post a form to the provider; status and body. Raises ServerAway."""
    kind = HTTPSConnection if where.scheme == "https" else HTTPConnection
    connection = kind(str(where.hostname), where.port, timeout=TIMEOUT)
    login = f"{unquote(where.username or '')}:{unquote(where.password or '')}"
    headers = {
        "Authorization": f"Basic {b64encode(login.encode()).decode()}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Idempotency-Key": key,
    }
    try:
        connection.request("POST", where.path or "/", form, headers)
        response = connection.getresponse()
        return response.status, response.read(MOST_ANSWER).decode("utf-8", "replace")
    except (OSError, HTTPException) as fault:
        raise ServerAway(type(fault).__name__) from fault
    finally:
        connection.close()


def _taken(answer: str) -> Taken:
    """An answer that we cannot read was a yes all the same: to send again would be to send twice."""
    try:
        said = json.loads(answer)
        return Taken(str(said["id"])[:64], int(said.get("parts", 1)))
    except (ValueError, KeyError, TypeError, AttributeError):
        return Taken("", 1)


def refusal(status: int, answer: str) -> NotSent | NeverSendable:
    """A bad number is final; a fault in our account or theirs befalls the next message too."""
    if status in (400, 403, 422) and _ABOUT_THE_NUMBER.search(answer):
        return NeverSendable(f"{status} number refused")
    if status in (401, 402, 403, 404, 429) or status >= 500 or 300 <= status < 400:
        return ServerAway(str(status))
    return NotSent(str(status))
