"""Offers, invitations and errands as the two sides see them in lists, and one open ask before it is taken."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from handtag.errands.models import Ask, Errand, Feed, Invitation, Occasion, Offer, Told
from handtag.errands.queries import eligible, open_asks, saying
from handtag.errands.queries.asks import own_or_steered
from handtag.errands.queries.open_asks import OpenAsk
from handtag.errands.rules import lifecycle
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.kernel.prepared import Prepared, a_moment, an_id
from handtag.mandates.queries import proxies_of
from handtag.people.models import Person
from handtag.people.queries import Called, called, shown_as
from handtag.permits.models import HelperCode
from handtag.permits.queries import ServiceRow, service, services


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One helper who offers to come, as the asker sees them when choosing."""

    id: UUID
    name: str
    occasion_id: UUID
    start: datetime
    end: datetime
    made_at: datetime
    errands_done: int
    came_before: bool
    verify_code: str
    is_proxy: bool


@dataclass(frozen=True, slots=True)
class ErrandRow:
    """One errand in a list."""

    id: UUID
    state: str
    name: str
    service: ServiceRow
    area: str
    start: datetime
    end: datetime
    helper_id: UUID
    is_over: bool

    @property
    def tag(self) -> tuple[str, str]:
        """Its state as a kind of tag and words."""
        kind, words = saying.STATES[self.state]
        return kind, str(words)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An offer or an invitation that waits for its answer."""

    id: UUID
    ask_id: UUID
    occasion_id: UUID
    name: str
    service: ServiceRow
    area: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class MyErrands:
    """All that a helper has to do with."""

    invitations: tuple[Waiting, ...]
    coming: tuple[ErrandRow, ...]
    offers: tuple[Waiting, ...]
    past: tuple[ErrandRow, ...]
    has_feed: bool


@dataclass(frozen=True, slots=True)
class OpenDetail:
    """One ask before it is taken. `ask` is None when nothing of it is left to take."""

    ask_id: UUID
    service: ServiceRow
    responsibility: str
    ask: OpenAsk | None
    invitations: tuple[Waiting, ...] = ()
    errand_id: UUID | None = None
    offered: tuple[Waiting, ...] = ()

    @property
    def said_of_responsibility(self) -> str:
        """What the asker agreed to, in the reader's language where it is still what the service says."""
        same = self.responsibility == self.service.binding_words
        return self.service.words.responsibility if same else self.responsibility


def offers_of(by: Actor, ask_id: UUID) -> list[OfferRow]:
    """The offers the asker may choose among, the earliest first."""
    ask = own_or_steered(by, ask_id)
    made = (
        Offer.objects.of(by.tenant)
        .filter(occasion__ask=ask, state=Offer.State.MADE, occasion__starts_at__gt=clock.now())
        .filter(person__protection="none")
        .select_related("person", "occasion")
        .order_by("occasion__starts_at", "made_at", "id")
    )
    offers = list(made)
    people = [offer.person_id for offer in offers]
    done = Errand.objects.of(by.tenant).filter(helper_id__in=people, state=Errand.State.COMPLETED)
    pairs = list(done.values_list("helper_id", "asker_id"))
    counts = Counter(helper for helper, _ in pairs)
    codes = HelperCode.objects.of(by.tenant).filter(person_id__in=people)
    verify = dict(codes.values_list("person_id", "code"))
    proxies = proxies_of(by.tenant, ask.asker_id) if offers else set()
    return [
        OfferRow(
            id=offer.id,
            name=shown_as(offer.person, to=by),
            occasion_id=offer.occasion_id,
            start=offer.occasion.starts_at,
            end=offer.occasion.ends_at,
            made_at=offer.made_at,
            errands_done=counts[offer.person_id],
            came_before=(offer.person_id, ask.asker_id) in pairs,
            verify_code=verify.get(offer.person_id, ""),
            is_proxy=offer.person_id in proxies,
        )
        for offer in offers
    ]


def my_errands(by: Actor) -> MyErrands:
    """A helper's invitations, coming errands, offers and the latest past ones."""
    now = clock.now()
    offered = {row.id: row for row in services(by.tenant, on=None)}
    ahead = _AHEAD.ask(town=by.tenant, person=by.hands)
    past = _PAST.ask(town=by.tenant, person=by.hands)
    return MyErrands(
        invitations=invitations_of(by, offered),
        coming=tuple(_mine(by, row, offered, now) for row in ahead),
        offers=offers_by(by, offered),
        past=tuple(_mine(by, row, offered, now) for row in past),
        has_feed=has_feed(by),
    )


def has_feed(by: Actor) -> bool:
    """Whether this person has a calendar address in force."""
    return _FEED.first(town=by.tenant, person=by.hands) is not None


def _feed() -> QuerySet[Feed, Any]:
    mine = Feed.objects.of(an_id("town")).filter(person_id=an_id("person"), revoked_at=None)
    return mine.values_list("id")[:1]


def _errands() -> QuerySet[Errand, Any]:
    mine = Errand.objects.of(an_id("town")).filter(helper_id=an_id("person"))
    columns = ("id", "state", "starts_at", "ends_at", "helper_id", "occasion__ask__service_id")
    return mine.values_list(*columns, "occasion__ask__area__name", *called("asker"))


def _ahead() -> QuerySet[Errand, Any]:
    return _errands().exclude(state__in=sorted(lifecycle.OVER)).order_by("starts_at", "id")[:50]


def _past() -> QuerySet[Errand, Any]:
    return _errands().filter(state__in=sorted(lifecycle.OVER)).order_by("-starts_at", "-id")[:20]


_FEED, _AHEAD, _PAST = Prepared(_feed), Prepared(_ahead), Prepared(_past)


def _mine(by: Actor, row: tuple[Any, ...], offered: dict[UUID, ServiceRow], now: datetime) -> ErrandRow:
    key, state, start, end, helper_id, service_id, area, *asker = row
    return ErrandRow(
        id=key,
        state=state,
        name=shown_as(Called(*asker), to=by, close=lifecycle.are_close(state, end, now)),
        service=offered[service_id],
        area=area or "",
        start=start,
        end=end,
        helper_id=helper_id,
        is_over=state in lifecycle.OVER,
    )


def open_detail(by: Actor, ask_id: UUID) -> OpenDetail:
    """One ask as this helper may see it; NotFound for who may neither take it nor was invited."""
    ask = Ask.objects.of(by.tenant).filter(id=ask_id).first()
    if ask is None:
        raise NotFound("ask")
    offered = {ask.service_id: service(by.tenant, ask.service_id)}
    invitations = tuple(each for each in invitations_of(by, offered) if each.ask_id == ask_id)
    if not (eligible.may_take(by, ask_id) or invitations):
        raise NotFound("ask")
    helper = eligible.helper(by.tenant, by.hands)
    errands = Errand.objects.of(by.tenant).filter(occasion__ask_id=ask_id, helper_id=by.hands)
    mine = errands.exclude(state__in=lifecycle.CANCELLED).order_by("starts_at")
    return OpenDetail(
        ask_id=ask_id,
        service=offered[ask.service_id],
        responsibility=ask.responsibility,
        ask=open_asks.one(by, helper, ask, [each.occasion_id for each in invitations]) if helper else None,
        invitations=invitations,
        errand_id=mine.values_list("id", flat=True).first(),
        offered=tuple(each for each in offers_by(by, offered) if each.ask_id == ask_id),
    )


def invitations_of(by: Actor, offered: dict[UUID, ServiceRow]) -> tuple[Waiting, ...]:
    """The invitations to this helper that wait, for what is still open."""
    return _waiting(by, _INVITATIONS, offered)


def offers_by(by: Actor, offered: dict[UUID, ServiceRow]) -> tuple[Waiting, ...]:
    """The offers of this helper that wait for the asker."""
    return _waiting(by, _OFFERS, offered)


def _invitations() -> QuerySet[Invitation, Any]:
    sent = Invitation.objects.of(an_id("town")).filter(state=Invitation.State.SENT)
    return _to_come(sent.filter(occasion__state=Occasion.State.OPEN))


def _offers() -> QuerySet[Offer, Any]:
    return _to_come(Offer.objects.of(an_id("town")).filter(state=Offer.State.MADE))


def _to_come(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    ask = ("occasion__ask_id", "occasion_id", "occasion__ask__service_id", "occasion__ask__area__name")
    return (
        rows.filter(person_id=an_id("person"), occasion__starts_at__gt=a_moment("now"))
        .order_by("occasion__starts_at", "id")
        .values_list("id", *ask, "occasion__starts_at", "occasion__ends_at", *called("occasion__ask__asker"))
    )


_INVITATIONS, _OFFERS = Prepared(_invitations), Prepared(_offers)


def _waiting(by: Actor, asked: Prepared, offered: dict[UUID, ServiceRow]) -> tuple[Waiting, ...]:
    rows = asked.ask(town=by.tenant, person=by.hands, now=clock.now())
    return tuple(
        Waiting(
            id=key,
            ask_id=ask_id,
            occasion_id=occasion_id,
            name=shown_as(Called(*asker), to=by),
            service=offered[service_id],
            area=area or "",
            start=start,
            end=end,
        )
        for key, ask_id, occasion_id, service_id, area, start, end, *asker in rows
        if service_id in offered
    )


def _row(
    by: Actor, errand: Errand, other: Person, offered: dict[UUID, ServiceRow], now: datetime
) -> ErrandRow:
    ask = errand.occasion.ask
    return ErrandRow(
        id=errand.id,
        state=errand.state,
        name=shown_as(other, to=by, close=lifecycle.are_close(errand.state, errand.ends_at, now)),
        service=offered[ask.service_id],
        area=ask.area.name if ask.area else "",
        start=errand.starts_at,
        end=errand.ends_at,
        helper_id=errand.helper_id,
        is_over=errand.state in lifecycle.OVER,
    )


def must_have_declined(by: Actor, ask_id: UUID) -> None:
    """NotFound for an ask that this helper has not said no to."""
    told = Told.objects.of(by.tenant).filter(ask_id=ask_id, person_id=by.hands)
    if not told.exclude(declined_at=None).exists():
        raise NotFound("ask")
