"""A person lets a browser show notices, and ends that; each browser once, and in the name of who said so."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.history import actions as history
from handtag.kernel import clock, egress, ids, vapid
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problem
from handtag.kernel.rights import Right
from handtag.notices import queries
from handtag.notices.models import Preference, Subscription
from handtag.notices.queries.browsers import key
from handtag.notices.rules.channels import PUSH
from handtag.people.models import Person

LONGEST: Final = 1000
MOST: Final = 10  # browsers of one person; the oldest goes
POINT, SECRET = 65, 16


@dataclass(frozen=True, slots=True)
class Device:
    """What a browser says of its subscription: the address at its push service, its key and its secret."""

    endpoint: str
    p256dh: str
    auth: str


@transaction.atomic
def subscribe(*, by: Actor, device: Device) -> None:
    """Show notices in this browser from now on; it becomes the first channel of who has said so."""
    by.must(Right.TAKE_PART)
    _must_be_a_browser(device)
    kept = {
        "municipality_id": by.tenant,
        "person_id": by.whose,
        "endpoint": device.endpoint,
        "p256dh": device.p256dh,
        "auth": device.auth,
        "made_for": key(),
    }
    fingerprint = ids.hashed(device.endpoint)
    # A browser belongs to the one who uses it now.
    _row, is_new = Subscription.objects.everywhere().update_or_create(
        endpoint_hash=fingerprint, defaults=kept, create_defaults={**kept, "created_at": clock.now()}
    )
    mine = Subscription.objects.everywhere().filter(person_id=by.whose).order_by("-created_at")
    Subscription.objects.everywhere().filter(id__in=list(mine.values_list("id", flat=True)[MOST:])).delete()
    _put_first(by.whose)
    if is_new:
        history.record(by=by, verb="person.push_on", kind="person", object_id=by.whose, about=by.whose)


@transaction.atomic
def unsubscribe(*, by: Actor, subscription_id: UUID) -> None:
    """Show nothing in that browser any more."""
    by.must(Right.TAKE_PART)
    mine = Subscription.objects.of(by.tenant).filter(id=subscription_id, person_id=by.whose)
    if not mine.delete()[0]:
        raise NotFound("subscription")
    history.record(by=by, verb="person.push_off", kind="person", object_id=by.whose, about=by.whose)


@transaction.atomic
def end_push(*, by: Actor, person_id: UUID, only: str = "", but: str = "") -> int:
    """Show no more in the browser that somebody logs out of, or in all but one; returns in how many.

    A browser is named by its fingerprint. Another's, who uses the same browser now, goes on.
    """
    theirs = Subscription.objects.everywhere().filter(person_id=person_id).exclude(endpoint_hash=but)
    if only:
        theirs = theirs.filter(endpoint_hash=only)
    ended, _rows = theirs.delete()
    if ended:
        history.record(
            by=by, verb="person.push_off", kind="person", object_id=person_id, about=person_id, browsers=ended
        )
    return ended


def _must_be_a_browser(device: Device) -> None:
    """An address that others name is looked at before anything is ever sent to it."""
    try:
        egress.named(device.endpoint, settings.EGRESS_ALLOW)
        lengths = [len(vapid.decoded(part)) for part in (device.p256dh, device.auth)]
    except (egress.Refused, ValueError):
        lengths = []
    if not key() or lengths != [POINT, SECRET] or len(device.endpoint) > LONGEST:
        raise Problem(_("This browser could not be turned on. Try again, or choose another way."))


def _put_first(person_id: UUID) -> None:
    """Who has chosen ways, and who is protected and reached only in chosen ways, gets this as the first."""
    person = Person.objects.only("protection").get(pk=person_id)
    chosen = queries.chosen(person_id).channels
    if chosen is None and not person.is_protected:
        return
    wished = [PUSH, *(each for each in chosen or () if each != PUSH)]
    Preference.objects.update_or_create(
        person_id=person_id, defaults={"channels": wished, "changed_at": clock.now()}
    )
