"""A person's own asks as a list, with one line each on what is happening."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from handtag.errands.models import Ask, Draft, Errand, Occasion, Offer, Told
from handtag.errands.queries.drafts import Where, find
from handtag.errands.rules.lifecycle import BOOKED
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.prepared import Prepared, a_moment, an_id
from handtag.permits.queries import ServiceRow, services

_MOST = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One ask in the list."""

    id: UUID
    service: str
    icon: str
    state: str
    need: str
    starts_at: datetime
    ends_at: datetime
    is_weekly: bool
    is_agreed: bool
    has_offers: bool
    told: bool

    @property
    def is_live(self) -> bool:
        """Whether it is still going on."""
        return self.state in (Ask.State.OPEN, Ask.State.FILLED)


@dataclass(frozen=True, slots=True)
class Mine:
    """What a person has asked for: going on, past, and not yet sent."""

    live: tuple[Line, ...]
    past: tuple[Line, ...]
    has_draft: bool


def mine(by: Actor) -> Mine:
    """The asks of the person whose affairs these are, the next to come first."""
    lines = _lines(by)
    return Mine(
        live=tuple(sorted((line for line in lines if line.is_live), key=lambda line: line.starts_at)),
        past=tuple(line for line in lines if not line.is_live),
        has_draft=_has_draft(by),
    )


def _has_draft(by: Actor) -> bool:
    if by.behalf_of is not None:
        return find(by, Where(by.tenant)) is not None
    return _DRAFT.first(town=by.tenant, person=by.whose) is not None


def _lines(by: Actor) -> list[Line]:
    named = {row.id: row for row in services(by.tenant, on=None)}
    rows = _ASKS.ask(town=by.tenant, person=by.whose, now=clock.now())
    return [_line(row, named) for row in rows if by.covers(row[1])]


def _draft() -> QuerySet[Draft, Any]:
    return (
        Draft.objects.of(an_id("town"))
        .filter(person_id=an_id("person"), ask=None, begun_by=None)
        .values_list("id")[:1]
    )


def _asks() -> QuerySet[Ask, Any]:
    town = an_id("town")
    occasions = Occasion.objects.of(town).filter(ask=OuterRef("pk"))
    coming = occasions.filter(state__in=["open", "filled"], ends_at__gt=a_moment("now")).order_by("starts_at")
    last = occasions.order_by("-starts_at")
    errands = Errand.objects.of(town).filter(occasion__ask=OuterRef("pk"), state__in=sorted(BOOKED))
    offers = Offer.objects.of(town).filter(occasion__ask=OuterRef("pk"), state=Offer.State.MADE)
    return (
        Ask.objects.of(town)
        .filter(asker_id=an_id("person"))
        .order_by("-opened_at")
        .annotate(
            next_start=Subquery(coming.values("starts_at")[:1]),
            next_end=Subquery(coming.values("ends_at")[:1]),
            last_start=Subquery(last.values("starts_at")[:1]),
            last_end=Subquery(last.values("ends_at")[:1]),
            agreed=Exists(errands),
            offered=Exists(offers),
            weekly=F("series__first_on"),
            was_told=Exists(Told.objects.of(town).filter(ask=OuterRef("pk"), wave__gt=0)),
        )
        .values_list(
            *("id", "service_id", "state", "need", "next_start", "next_end", "last_start", "last_end"),
            *("weekly", "agreed", "offered", "was_told"),
        )[:_MOST]
    )


_DRAFT, _ASKS = Prepared(_draft), Prepared(_asks)


def _line(row: tuple[Any, ...], named: dict[UUID, ServiceRow]) -> Line:
    key, service_id, state, need, start, end, last_start, last_end, weekly, agreed, offered, told = row
    return Line(
        id=key,
        service=named[service_id].words.name,
        icon=named[service_id].icon,
        state=state,
        need=need,
        starts_at=start or last_start,
        ends_at=end or last_end,
        is_weekly=weekly is not None,
        is_agreed=agreed,
        has_offers=offered,
        told=told,
    )
