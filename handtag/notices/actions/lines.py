"""The municipality opens its line at the provider, and changes its secret without missing a message."""

from datetime import timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from handtag.history import actions as history
from handtag.kernel import clock, ids, phones
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.municipalities.queries import by_id
from handtag.notices.models import Line

LENGTH_OF_SECRET: Final = 40
OVERLAP: Final = timedelta(hours=24)  # the provider tries what failed for six hours at least


class Opened(NamedTuple):
    """The addresses that the provider is to be given, shown this once: for texts and for calls."""

    texts: str
    calls: str


@transaction.atomic
def open_line(*, by: Actor, number: str = "", voice_number: str = "", has_leaked: bool = False) -> Opened:
    """A new secret address for the provider; the one before it opens for a day more unless it has leaked."""
    by.must(Right.SET_UP)
    kept = phones.normal(number, field="number") if number.strip() else ""
    spoken = phones.normal(voice_number, field="voice_number") if voice_number.strip() else ""
    secret, before = ids.token(LENGTH_OF_SECRET), Line.objects.of(by.tenant).select_for_update().first()
    overlaps = before is not None and not has_leaked
    Line.objects.of(by.tenant).update_or_create(
        municipality_id=by.tenant,
        defaults={
            "number": kept,
            "voice_number": spoken,
            "secret_hash": ids.hashed(secret),
            "made_at": clock.now(),
            "previous_hash": before.secret_hash if before and overlaps else "",
            "previous_until": clock.now() + OVERLAP if overlaps else None,
            "refused": 0,
        },
    )
    history.record(by=by, verb="line.opened", kind="municipality", object_id=by.tenant)
    town = by_id(by.tenant)
    slug = town.slug if town else ""
    return Opened(
        *(f"{settings.BASE_URL}{reverse(name, args=[slug, secret])}" for name in ("sms_in", "call_in"))
    )


def count_refused(municipality_id: UUID) -> None:
    """Somebody came to the line who is not the provider: of that a number is kept, and nothing else."""
    Line.objects.of(municipality_id).update(refused=F("refused") + 1)
