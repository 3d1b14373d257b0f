"""Finding asks: one's own, and those that staff may steer; everything else is absent."""

from datetime import datetime
from uuid import UUID

from handtag.errands.models import Ask, Occasion
from handtag.errands.rules import times
from handtag.history.queries import of_objects
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.permits.queries import reaches, service

_WITH = ("asker", "series", "where", "where__place", "area")


def own(by: Actor, ask_id: UUID) -> Ask:
    """An ask of the person whose affairs these are, within what one may do for another; else NotFound."""
    found = Ask.objects.of(by.tenant).filter(pk=ask_id, asker_id=by.whose).select_related(*_WITH).first()
    if found is None or not by.covers(found.service_id):
        raise NotFound("ask")
    return found


def own_or_steered(by: Actor, ask_id: UUID) -> Ask:
    """An ask of one's own, or one that this staff role may steer; else NotFound.

    A protected person's ask exists for its asker and the officers alone.
    """
    found = Ask.objects.of(by.tenant).filter(pk=ask_id).select_related(*_WITH).first()
    if found is None or not (is_own(by, found) or _steers(by, found)):
        raise NotFound("ask")
    return found


def is_own(by: Actor, ask: Ask) -> bool:
    """Whether it is an ask of the person whose affairs these are, within what one may do for another."""
    return by.stands_for(ask.asker_id) and by.covers(ask.service_id)


def would_come_back(ask: Ask) -> list[Occasion]:
    """The occasions that undoing a withdrawal brings back, the earliest first; none where it is too late."""
    if ask.state != Ask.State.WITHDRAWN or ask.ended_at is None:
        return []
    now = clock.now()
    went = Occasion.objects.of(ask.municipality_id).filter(
        ask=ask, state=Occasion.State.WITHDRAWN, ended_at=ask.ended_at, starts_at__gt=now
    )
    found = list(went.order_by("starts_at"))
    return found if found and times.may_undo(ask.ended_at, found[0].starts_at, now) else []


def staff_took_back(ask: Ask) -> bool:
    """Whether it was the municipality that took it back, and not the asker or somebody in their name."""
    lines = [line for line in of_objects([ask.id]) if line.verb == "ask.withdrawn"]
    who = (lines[-1].actor_id, lines[-1].behalf_of) if lines else (None, None)
    return who[0] is not None and ask.asker_id not in who


def undo_until(ask: Ask) -> datetime | None:
    """Until when staff can undo that they took it back; None where it is too late, or was not theirs."""
    found = would_come_back(ask) if staff_took_back(ask) else []
    return times.undo_until(ask.ended_at, found[0].starts_at) if found and ask.ended_at else None


def within_reach(by: Actor, service_id: UUID) -> bool:
    """Whether this staff role steers the asks of this service: by its narrowing and the service's frame."""
    return by.may(Right.STEER_ASKS) and reaches(by, Right.STEER_ASKS, service(by.tenant, service_id))


def _steers(by: Actor, ask: Ask) -> bool:
    if ask.asker.is_protected and not by.may(Right.KEEP_PROTECTED):
        return False
    return within_reach(by, ask.service_id)
