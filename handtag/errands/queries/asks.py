"""Finding asks: one's own, and those that staff may steer; everything else is absent."""

from uuid import UUID

from handtag.errands.models import Ask
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.permits.queries import reaches, service

_WITH = ("asker", "series", "where", "where__place", "area")


def own(by: Actor, ask_id: UUID) -> Ask:
    """An ask of the person whose affairs these are; else NotFound."""
    found = Ask.objects.of(by.tenant).filter(pk=ask_id, asker_id=by.whose).select_related(*_WITH).first()
    if found is None:
        raise NotFound("ask")
    return found


def own_or_steered(by: Actor, ask_id: UUID) -> Ask:
    """An ask of one's own, or one that this staff role may steer; else NotFound.

    A protected person's ask exists for its asker and the officers alone.
    """
    found = Ask.objects.of(by.tenant).filter(pk=ask_id).select_related(*_WITH).first()
    if found is None or not (found.asker_id in (by.person_id, by.behalf_of) or _steers(by, found)):
        raise NotFound("ask")
    return found


def within_reach(by: Actor, service_id: UUID) -> bool:
    """Whether this staff role steers the asks of this service: by its narrowing and the service's frame."""
    return by.may(Right.STEER_ASKS) and reaches(by, Right.STEER_ASKS, service(by.tenant, service_id))


def _steers(by: Actor, ask: Ask) -> bool:
    if ask.asker.is_protected and not by.may(Right.KEEP_PROTECTED):
        return False
    return within_reach(by, ask.service_id)
