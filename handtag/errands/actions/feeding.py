"""A helper's secret calendar address: made, renewed and revoked; only its hash is kept."""

from uuid import UUID

from django.db import transaction

from handtag.errands.models import Feed
from handtag.history import actions as history
from handtag.kernel import clock, ids
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right


@transaction.atomic
def open_feed(*, by: Actor) -> str:
    """Make a calendar address and answer with its secret, shown this once; an earlier one stops working."""
    by.must(Right.TAKE_PART)
    _end(by)
    token = ids.token()
    feed = Feed.objects.create(
        municipality_id=by.tenant, person_id=by.person, token_hash=ids.hashed(token), made_at=clock.now()
    )
    history.record(by=by, verb="feed.opened", kind="feed", object_id=feed.id, about=by.person)
    return token


@transaction.atomic
def revoke_feed(*, by: Actor) -> int:
    """Let the address stop working at once; returns how many did."""
    by.must(Right.TAKE_PART)
    ended = _end(by)
    for feed_id in ended:
        history.record(by=by, verb="feed.revoked", kind="feed", object_id=feed_id, about=by.person)
    return len(ended)


def _end(by: Actor) -> list[UUID]:
    mine = Feed.objects.of(by.tenant).filter(person_id=by.person, revoked_at=None).select_for_update()
    ended = list(mine.values_list("id", flat=True))
    Feed.objects.of(by.tenant).filter(id__in=ended).update(revoked_at=clock.now())
    return ended
