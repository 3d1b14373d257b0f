"""Which side of an errand a reader stands on; a stranger stands on none, and finds nothing."""

from uuid import UUID

from django.db.models import QuerySet

from handtag.errands.models import Errand
from handtag.errands.queries.asks import within_reach
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.kernel.prepared import Prepared, a_day, an_id
from handtag.kernel.rights import Right
from handtag.mandates.queries import stands_between

_WITH = ("occasion__ask__area", "helper", "asker", "outlay")


def side_of(by: Actor, errand: Errand) -> Errand.Side | None:
    """Helper, asker, or None for staff. Who acts by a mandate stands where that person asked alone."""
    if _is_helper(by, errand):
        return Errand.Side.HELPER
    if by.stands_for(errand.asker_id) and by.covers(errand.occasion.ask.service_id):
        return Errand.Side.ASKER
    return None


def _is_helper(by: Actor, errand: Errand) -> bool:
    if by.person_id is None or (by.behalf_of is not None and not by.office):
        return False
    return errand.helper_id == by.hands


def errand_of(by: Actor, errand_id: UUID) -> Errand:
    """An errand of this municipality as one of the two, or as who steers asks; NotFound for all others."""
    found: Errand | None = _ERRAND.first(town=by.tenant, errand=errand_id, today=clock.today())
    if found is None:
        raise NotFound("errand")
    if side_of(by, found) is None:
        if not within_reach(by, found.occasion.ask.service_id):
            raise NotFound("errand")
        if is_relayed(found) and not by.may(Right.KEEP_PROTECTED):
            raise NotFound("errand")
    return found


def _errand() -> QuerySet[Errand]:
    proxy_comes = stands_between(an_id("town"), proxy="helper_id", helped="asker_id", today=a_day("today"))
    errands = Errand.objects.of(an_id("town")).annotate(is_helped_by_proxy=proxy_comes)
    return errands.select_related(*_WITH).filter(id=an_id("errand")).order_by()


_ERRAND = Prepared(_errand)


def is_relayed(errand: Errand) -> bool:
    """Whether the municipality arranges the contact, since one of the two is protected."""
    return errand.helper.is_protected or errand.asker.is_protected
