"""Telephone calls over the interface of 46elks: we ask it to ring somebody, and it asks us what then.

https://46elks.com/docs/make-call and /docs/voice-connect: `from`, `to`, `voice_start` (fetched once somebody
answers), `whenhangup`; the answer to `voice_start` is JSON such as {"connect": "+46…", "callerid": "+46…"}.
Nothing is ever recorded: `record` and `recordcall` are not among the words used here.
"""

import json
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from handtag.notices.gateways.faults import ServerAway
from handtag.notices.gateways.sms import post, refusal

SECONDS_TO_ANSWER: Final = 40


@dataclass(frozen=True, slots=True)
class Ring:
    """Ring this number from that one; `start` is asked when it is answered, `ended` told when it is over."""

    to: str
    sender: str
    start: str
    ended: str
    key: str


def ring(call: Ring) -> str:
    """Have it rung; returns what the provider calls it. Raises NotSent, ServerAway or NeverSendable."""
    where = urlsplit(settings.SMS_URL)
    if not where.hostname:
        raise ServerAway("no SMS_URL")
    form = {
        "from": call.sender,
        "to": call.to,
        "voice_start": call.start,
        "whenhangup": call.ended,
        "timeout": str(SECONDS_TO_ANSWER),
    }
    # Their interface for calls lies beside the one for messages: /a1/sms and /a1/calls.
    beside = where._replace(path=where.path.rsplit("/", 1)[0] + "/calls")
    status, answer = post(beside, urlencode(form), call.key)
    if status not in (200, 201, 202):
        raise refusal(status, answer)
    try:
        return str(json.loads(answer)["id"])[:64]
    except (ValueError, KeyError, TypeError):
        return ""


def connected(number: str, *, sender: str, then: str = "", ended: str = "") -> dict[str, str]:
    """What we answer for a call to go on to this number, with the municipality's number on the display.

    Without `sender` they would show the caller's own: never left out. `then` is told whether it was
    answered, `ended` when all is over.
    """
    said = {"connect": number, "callerid": sender, "next": then, "whenhangup": ended}
    return {name: value for name, value in said.items() if value}


def hung_up() -> dict[str, str]:
    """What we answer where a call cannot go on; https://46elks.com/docs/voice-hangup."""
    return {"hangup": "reject"}
