"""What whoever steers asks looks at: the asks nobody has taken, and who could be asked about one of them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from handtag.errands.models import Ask, AskGroup, Occasion, Series
from handtag.errands.queries import eligible
from handtag.errands.queries.asks import own_or_steered
from handtag.errands.queries.sought import Slot, Sought, open_occasions
from handtag.errands.rules import steering
from handtag.errands.rules.times import Window
from handtag.groups.models import Group, Membership
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.matching.score import kilometres
from handtag.people.models import Person
from handtag.people.queries import shown_as
from handtag.permits.queries import visible_services

MOST = 50


@dataclass(frozen=True, slots=True)
class Untaken:
    """An open ask with its next date: what a coordinator knows of it before opening anything."""

    id: UUID
    service_id: UUID
    area: str
    agreement: str
    asker_id: UUID
    asker: str
    is_protected: bool
    for_whom: str
    need: str
    know: str
    written_in: str
    languages: tuple[str, ...]
    sounds_like_care: bool
    opened_at: datetime
    occasion_id: UUID
    starts_at: datetime
    ends_at: datetime
    is_weekly: bool
    wider_by: int
    longitude: float
    latitude: float
    told: int
    seen: int
    declined: int
    listed_at: datetime | None

    @property
    def waited(self) -> timedelta:
        """How long it has waited."""
        return clock.now() - self.opened_at

    @property
    def urgency(self) -> str:
        """Nothing, "warn" or "bad"."""
        return steering.urgency(self.waited, self.starts_at - clock.now())


@dataclass(frozen=True, slots=True)
class Wider:
    """One step further away, and how many more may then be asked."""

    metres: int
    more: int

    @property
    def km(self) -> int:
        """The same in kilometres."""
        return self.metres // 1000


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """A group that could be asked; `is_shown` where the ask is shown in it already."""

    id: UUID
    name: str
    members: int
    is_shown: bool


def reach(by: Actor) -> set[UUID]:
    """The services whose asks this actor may steer; to be asked once where several queries need it."""
    return visible_services(by, Right.STEER_ASKS)


def untaken(by: Actor, service_ids: Collection[UUID]) -> list[Untaken]:
    """Open asks that still want somebody: first those that are the coordinators' to see to, then the oldest.

    Protected people's are for the officers alone.
    """
    by.must(Right.STEER_ASKS)
    asks = Ask.objects.of(by.tenant).filter(state=Ask.State.OPEN, service_id__in=service_ids)
    if not by.may(Right.KEEP_PROTECTED):
        asks = asks.filter(asker__protection=Person.Protection.NONE)
    rows = (
        _with_next_date(by, asks)
        .select_related("asker")
        .order_by(F("listed_at").asc(nulls_last=True), "opened_at", "id")
    )
    return [_untaken(by, ask) for ask in rows[:MOST]]


def steered(by: Actor, ask_id: UUID) -> Ask:
    """An ask that this actor may steer; NotFound for all others, one's own among them without the right."""
    by.must(Right.STEER_ASKS)
    ask = own_or_steered(by, ask_id)
    is_own = by.stands_for(ask.asker_id)
    if is_own and (ask.service_id not in reach(by) or ask.asker.is_protected):
        raise NotFound("ask")
    return ask


def wider(by: Actor, ask: Untaken, group_ids: Collection[UUID]) -> list[Wider]:
    """Each step further away that would reach somebody new, with how many."""
    found = eligible.helpers(replace(_sought(by, ask, tuple(group_ids)), wider_by=steering.WIDER[-1]))
    rows = np.array(list(found.values_list("longitude", "latitude", "reach")), dtype=float).reshape(-1, 3)
    beyond = kilometres(ask.longitude, ask.latitude, rows[:, 0], rows[:, 1]) * 1000 - rows[:, 2]
    counts = [
        Wider(metres, int(np.count_nonzero((beyond > ask.wider_by) & (beyond <= metres))))
        for metres in steering.next_steps(ask.wider_by)
    ]
    return [step for index, step in enumerate(counts) if step.more > (counts[index - 1].more if index else 0)]


def groups(by: Actor, ask_id: UUID) -> list[GroupChoice]:
    """The groups of the municipality, largest first, and in which of them the ask is shown."""
    members = Count("memberships", filter=Q(memberships__state=Membership.State.MEMBER))
    shown = Exists(AskGroup.objects.filter(ask_id=ask_id, group=OuterRef("pk")))
    rows = Group.objects.of(by.tenant).filter(closed_at=None).annotate(members=members, shown=shown)
    return [
        GroupChoice(*row)
        for row in rows.order_by("-members", "name").values_list("id", "name", "members", "shown")
    ]


def _with_next_date(by: Actor, asks: QuerySet[Ask]) -> QuerySet[Ask]:
    """Each ask with its next date that wants somebody, and how many have been told of it."""
    open_ones = Occasion.objects.of(by.tenant).filter(pk__in=open_occasions(by.tenant).values("pk"))
    following = open_ones.filter(ask=OuterRef("pk")).order_by("starts_at")
    return asks.annotate(
        next_id=Subquery(following.values("pk")[:1]),
        next_start=Subquery(following.values("starts_at")[:1]),
        next_end=Subquery(following.values("ends_at")[:1]),
        area_name=F("area__name"),
        weekly=Exists(Series.objects.filter(ask=OuterRef("pk"))),
        told_count=Count("told"),
        seen_count=Count("told", filter=Q(told__seen_at__isnull=False)),
        declined_count=Count("told", filter=Q(told__declined_at__isnull=False)),
    ).exclude(next_id=None)


def _untaken(by: Actor, ask: Ask) -> Untaken:
    row = vars(ask)
    return Untaken(
        id=ask.id,
        service_id=ask.service_id,
        area=row["area_name"] or "",
        agreement=ask.agreement,
        asker_id=ask.asker_id,
        asker=shown_as(ask.asker, to=by),
        is_protected=ask.asker.is_protected,
        for_whom=ask.for_name if ask.for_whom != Ask.ForWhom.SELF else "",
        need=ask.need,
        know=ask.know,
        written_in=ask.written_in,
        languages=tuple(ask.languages),
        sounds_like_care=bool(ask.care_words),
        opened_at=ask.opened_at,
        occasion_id=row["next_id"],
        starts_at=row["next_start"],
        ends_at=row["next_end"],
        is_weekly=row["weekly"],
        wider_by=ask.wider_by,
        longitude=ask.longitude,
        latitude=ask.latitude,
        told=row["told_count"],
        seen=row["seen_count"],
        declined=row["declined_count"],
        listed_at=ask.listed_at,
    )


def _sought(by: Actor, ask: Untaken, group_ids: tuple[UUID, ...]) -> Sought:
    return Sought(
        id=ask.id,
        municipality_id=by.tenant,
        asker_id=ask.asker_id,
        service_id=ask.service_id,
        longitude=ask.longitude,
        latitude=ask.latitude,
        wider_by=ask.wider_by,
        languages=ask.languages,
        group_ids=group_ids,
        slots=(Slot(ask.occasion_id, Window(ask.starts_at, ask.ends_at)),),
    )
