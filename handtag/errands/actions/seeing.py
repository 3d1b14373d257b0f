"""Noting that somebody who was told of an ask has seen it: the asker is told how many have."""

from collections.abc import Collection
from uuid import UUID

from handtag.errands.models import Told
from handtag.kernel import clock
from handtag.kernel.actor import Actor


def see(*, by: Actor, ask_ids: Collection[UUID]) -> int:
    """Note it once; a reading leaves no trace in the book. Returns how many asks were new to them."""
    if not ask_ids:
        return 0
    unseen = Told.objects.of(by.tenant).filter(person_id=by.person, ask_id__in=ask_ids, seen_at=None)
    return unseen.update(seen_at=clock.now())
