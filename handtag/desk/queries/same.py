"""The same ask, filed already: by the caller, from the web, or by a daughter yesterday."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handtag.errands.models import Ask, Occasion
from handtag.errands.queries.status import status
from handtag.errands.queries.wording import said
from handtag.errands.rules.asks import Wish
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.mandates.models import Mandate
from handtag.people.models import Person
from handtag.people.queries import names

LIVE = (Ask.State.OPEN, Ask.State.FILLED)


@dataclass(frozen=True, slots=True)
class Same:
    """An ask that this may be already, with how it stands and who filed it."""

    id: UUID
    asker_id: UUID
    asker: str
    filed_by: str
    start: datetime
    end: datetime
    opened_at: datetime
    title: str
    need: str


def same(by: Actor, caller: Actor, wish: Wish) -> list[Same]:
    """Live asks of the same service on an overlapping day: the caller's, or of whom they may act for."""
    days = set(wish.days)
    rows = Occasion.objects.of(by.tenant).filter(
        ask__asker_id__in=_whose(caller),
        ask__service_id=wish.service_id,
        ask__state__in=LIVE,
        state__in=(Occasion.State.OPEN, Occasion.State.FILLED),
        ends_at__gt=clock.now(),
    )
    found: dict[UUID, Occasion] = {}
    for row in rows.select_related("ask").order_by("starts_at", "id"):
        if clock.local(row.starts_at).date() in days:
            found.setdefault(row.ask_id, row)
    called = names(
        by, {one for row in found.values() for one in (row.ask.asker_id, row.ask.filed_by_id) if one}
    )
    return [_same(by, caller, row, called) for row in found.values()]


def _whose(caller: Actor) -> set[UUID]:
    """The caller, and those whom they hold a mandate for; nobody protected."""
    today = clock.today()
    held = Mandate.objects.of(caller.tenant).filter(
        proxy_id=caller.whose, ended_at=None, starts_on__lte=today, ends_on__gte=today
    )
    seen = held.filter(helped__protection=Person.Protection.NONE)
    return {caller.whose, *seen.values_list("helped_id", flat=True)}


def _same(by: Actor, caller: Actor, row: Occasion, called: dict[UUID, str]) -> Same:
    ask = row.ask
    theirs = caller if ask.asker_id == caller.whose else caller.as_caller(ask.asker_id, caller.hats)
    return Same(
        id=ask.id,
        asker_id=ask.asker_id,
        asker=called[ask.asker_id],
        filed_by=called[ask.filed_by_id] if ask.filed_by_id else "",
        start=row.starts_at,
        end=row.ends_at,
        opened_at=ask.opened_at,
        title=said(status(theirs, ask.id)).title,
        need=ask.need,
    )
