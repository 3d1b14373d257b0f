"""Who may act for whom just now, and what follows from it for deeds, warnings and notices."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed
from handtag.kernel.prepared import Prepared, a_day, an_id
from handtag.mandates import rules
from handtag.mandates.models import Mandate


def in_force(municipality_id: UUID, proxy_id: UUID, helped_id: UUID) -> Mandate | None:
    """The mandate by which one acts for the other today, if there is one."""
    today = clock.today()
    found = Mandate.objects.of(municipality_id).filter(
        proxy_id=proxy_id, helped_id=helped_id, ended_at=None, starts_on__lte=today, ends_on__gte=today
    )
    return found.select_related("helped", "proxy").first()


def within(mandate: Mandate) -> frozenset[UUID] | None:
    """The services that a mandate covers; None for every one."""
    return frozenset(UUID(each) for each in mandate.services) or None


def must_hold(by: Actor) -> None:
    """Refuse a deed for another once the mandate is over: asked again in the deed's own transaction.

    The row is held until the deed is done, so that an end comes either before it or after it. In one's own
    name nothing is asked; staff who act for somebody, or carry a caller's words, do so by their office.
    """
    if by.behalf_of is None or by.is_staff or by.office:
        return
    found = in_force(by.tenant, by.person, by.behalf_of)
    live = Mandate.objects.of(by.tenant).select_for_update().filter(ended_at=None)
    held = live.filter(pk=found.pk).first() if found else None
    if held is None or within(held) != by.within:
        raise NotAllowed("the mandate does not hold")


def stands_between(municipality_id: Any, *, proxy: str, helped: str, today: Any = None) -> Exists:
    """Of rows with two people, whether the one may act for the other: that needs an eye on it.

    Municipality and day may be holes of a question that is put together once.
    """
    today = today or clock.today()
    live = Mandate.objects.of(municipality_id).filter(ended_at=None, starts_on__lte=today, ends_on__gte=today)
    return Exists(live.filter(proxy_id=OuterRef(proxy), helped_id=OuterRef(helped)))


def proxies_of(municipality_id: UUID, helped_id: UUID) -> set[UUID]:
    """Who may act for somebody today: if one of them also comes to help, that needs an eye on it."""
    return {proxy_id for proxy_id, _services, _told in _in_force_for(municipality_id, helped_id)}


def told_beside(municipality_id: UUID, helped_id: UUID) -> list[tuple[UUID, frozenset[UUID]]]:
    """Who is told with the helped of what becomes of the asks, and of which services; none named: of all."""
    found = _in_force_for(municipality_id, helped_id)
    return [(proxy_id, frozenset(map(UUID, services))) for proxy_id, services, told in found if told]


def not_their_own(person_id: UUID) -> frozenset[str]:
    """Addresses of those who act, or just now acted, for somebody: what leads there does not reach them."""
    ended = Q(ended_at=None) | Q(ended_at__gte=clock.now() - rules.FOLLOWED)
    acting = Mandate.objects.everywhere().filter(ended, helped_id=person_id)
    rows = acting.values_list("proxy__email", "proxy__phone")
    return frozenset(address for row in rows for address in row if address)


def _in_force_for(municipality_id: UUID, helped_id: UUID) -> list[tuple[UUID, list[str], bool]]:
    return _IN_FORCE_FOR.ask(town=municipality_id, helped=helped_id, today=clock.today())


def _live_for() -> QuerySet[Mandate, Any]:
    live = Mandate.objects.of(an_id("town")).filter(
        ended_at=None, starts_on__lte=a_day("today"), ends_on__gte=a_day("today")
    )
    return live.filter(helped_id=an_id("helped")).values_list("proxy_id", "services", "proxy_told")


_IN_FORCE_FOR = Prepared(_live_for)
