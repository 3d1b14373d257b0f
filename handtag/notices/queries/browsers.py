"""The browsers in which somebody has turned notices on, as far as the key in force still opens them."""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from handtag.kernel import vapid
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.notices.models import Subscription

LONGEST_ADDRESS = 254
COOKIE = "skarm"  # which of the subscriptions is this browser's own: it ends when one logs out here


class Browser(NamedTuple):
    """One browser, as its owner sees it: since when, and a fingerprint by which it knows itself."""

    id: UUID
    made_at: datetime
    fingerprint: str


class Browsers(NamedTuple):
    """What the page of channels shows: the key to subscribe with (none: not offered), and the list."""

    key: str
    turned_on: tuple[Browser, ...]


def key() -> str:
    """The public key that browsers subscribe with; empty where there is none."""
    return _public(settings.VAPID_PRIVATE_KEY) if settings.VAPID_PRIVATE_KEY else ""


@lru_cache(2)
def _public(private: str) -> str:
    return vapid.public_text(vapid.private_key(private))


def browsers(by: Actor) -> Browsers:
    """One's own browsers here."""
    by.must(Right.TAKE_PART)
    mine = (
        Subscription.objects.of(by.tenant).filter(person_id=by.whose, made_for=key()).order_by("created_at")
    )
    rows = mine.values_list("id", "created_at", "endpoint_hash")
    return Browsers(key(), tuple(Browser(*row) for row in rows))


def services_of(person_id: UUID) -> str:
    """The push services that carry to this person, by name; empty where push does not lead to them."""
    if not settings.VAPID_PRIVATE_KEY:
        return ""
    found = Subscription.objects.everywhere().filter(person_id=person_id, made_for=key())
    hosts = sorted({urlsplit(each).hostname or "" for each in found.values_list("endpoint", flat=True)})
    return ", ".join(hosts)[:LONGEST_ADDRESS]


def subscriptions(person_id: UUID, municipality_id: UUID | None) -> list[Subscription]:
    """Where a notice to this person goes: browsers of the town that it is from, else any of theirs."""
    mine = (
        Subscription.objects.everywhere().filter(person_id=person_id, made_for=key()).order_by("created_at")
    )
    found = list(mine)
    return [each for each in found if each.municipality_id == municipality_id] or found
