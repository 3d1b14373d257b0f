"""How an ask stands, as its asker sees it: facts for the page that says in words what is happening."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from handtag.errands.models import Ask, Errand, Feedback, Occasion, Offer
from handtag.errands.queries import asks
from handtag.errands.queries.figures import typical_wait
from handtag.errands.queries.saying import both_names
from handtag.errands.rules import times
from handtag.errands.rules.lifecycle import IN_FORCE, close_until
from handtag.history.queries import of_objects
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.people.queries import shown_as
from handtag.permits.queries import ServiceRow, service

LIVE: Final = (Occasion.State.OPEN, Occasion.State.FILLED)


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody who has agreed to come: who, when, and the code they will say."""

    errand_id: UUID
    occasion_id: UUID
    person_id: UUID
    name: str
    state: str
    code: str
    starts_at: datetime
    ends_at: datetime
    agreed_at: datetime
    is_thanked: bool

    @property
    def is_ahead(self) -> bool:
        """Whether they are still to come, or with the asker now."""
        return self.state in ("agreed", "started")

    @property
    def hidden_from(self) -> datetime:
        """When the place disappears for the helper."""
        return close_until(self.ends_at)


@dataclass(frozen=True, slots=True)
class Date:
    """One date of an ask."""

    occasion_id: UUID
    state: str
    starts_at: datetime
    ends_at: datetime
    wanted: int
    filled: int
    coming: tuple[Coming, ...]
    is_past: bool
    is_excepted: bool


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the ask has come: told, read, and cannot."""

    told: int
    seen: int
    declined: int
    offered: int


@dataclass(frozen=True, slots=True)
class Status:
    """Everything the page of an ask says, but for the words."""

    ask: Ask
    service: ServiceRow
    area: str
    dates: tuple[Date, ...]
    reached: Reached
    wait: timedelta | None
    phase: str
    may_undo: bool
    by_others: tuple[str, ...]

    @property
    def is_weekly(self) -> bool:
        """Whether it has several dates."""
        return getattr(self.ask, "series", None) is not None

    @property
    def focus(self) -> Date:
        """The date the page speaks of: the next to come, else the last there was."""
        return focus_of(self.dates)

    @property
    def coming(self) -> tuple[Coming, ...]:
        """Who comes on that date."""
        return self.focus.coming

    @property
    def is_agreed(self) -> bool:
        """Whether somebody has agreed to any date still to come."""
        return any(each.is_ahead for date in self.dates for each in date.coming)

    @property
    def is_live(self) -> bool:
        """Whether anything can still happen."""
        return self.ask.state in (Ask.State.OPEN, Ask.State.FILLED)

    @property
    def may_change(self) -> bool:
        """Whether all of it can be changed."""
        return self.is_live and not self.is_agreed

    @property
    def version(self) -> str:
        """Changes when anything on the page does: an open page asks whether it still says the truth."""
        facts = [
            self.phase,
            self.reached,
            self.ask.state,
            self.ask.listed_at,
            self.ask.need,
            self.ask.know,
            self.may_undo,
        ]
        facts += [
            (d.occasion_id, d.state, d.is_past, [(c.errand_id, c.state) for c in d.coming])
            for d in self.dates
        ]
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def focus_of(dates: Sequence[Date]) -> Date:
    """The next date to come, else the last one that took place, else the last there was."""
    live = [date for date in dates if date.state in LIVE and not date.is_past]
    if live:
        return live[0]
    held = [date for date in dates if date.state != Occasion.State.WITHDRAWN]
    return (held or list(dates))[-1]


def status(by: Actor, ask_id: UUID) -> Status:
    """How one of one's own asks stands; else NotFound."""
    ask = asks.own(by, ask_id)
    dates = _dates(by, ask)
    reached = _reached(ask)
    phase = _phase(ask, focus_of(dates), reached)
    waits = phase in ("sent", "told")
    return Status(
        ask=ask,
        service=service(by.tenant, ask.service_id),
        area=ask.area.name if ask.area else "",
        dates=dates,
        reached=reached,
        wait=typical_wait(by.tenant, ask.service_id, ask.area_id) if waits else None,
        phase=phase,
        may_undo=_may_undo(ask, dates),
        by_others=_by_others(by, ask),
    )


def _by_others(by: Actor, ask: Ask) -> tuple[str, ...]:
    """Both names, once each, of those who have done something with it in the asker's name."""
    return tuple(sorted(both_names(by, of_objects([ask.pk])).values()))


def _phase(ask: Ask, focus: Date, reached: Reached) -> str:
    """The one thing that is happening now."""
    ended = {Ask.State.WITHDRAWN: "withdrawn", Ask.State.EXPIRED: "expired", Ask.State.DONE: "done"}
    if ask.state in ended:
        return ended[Ask.State(ask.state)]
    if any(each.state == Errand.State.STARTED for each in focus.coming):
        return "started"
    if focus.coming:
        return "over" if focus.is_past else "agreed" if focus.filled >= focus.wanted else "partly"
    if ask.asker.is_protected or ask.agreement == "coordinator":
        return "placing"
    if reached.offered:
        return "offers"
    return "told" if reached.told else "sent"


def _may_undo(ask: Ask, dates: Sequence[Date]) -> bool:
    if ask.state != Ask.State.WITHDRAWN or ask.ended_at is None:
        return False
    ahead = [date.starts_at for date in dates if date.state == Occasion.State.WITHDRAWN and not date.is_past]
    return bool(ahead) and times.may_undo(ask.ended_at, min(ahead), clock.now())


def _dates(by: Actor, ask: Ask) -> tuple[Date, ...]:
    """The dates of an ask in order; those that a change replaced are gone."""
    occasions = Occasion.objects.of(by.tenant).filter(ask=ask).order_by("starts_at", "pk")
    coming = _coming(by, ask)
    series = getattr(ask, "series", None)
    excepted = set(series.excepted) if series else set()
    now = clock.now()
    dates = [
        _date(each, coming.get(each.pk, []), excepted, now)
        for each in occasions
        if _shows(ask, each, excepted)
    ]
    return tuple(dates)


def _shows(ask: Ask, occasion: Occasion, excepted: set[str]) -> bool:
    """What is on, what was taken out by itself, and what went with the whole ask; not what was replaced."""
    if occasion.state != Occasion.State.WITHDRAWN:
        return True
    return _day(occasion) in excepted or occasion.ended_at == ask.ended_at


def _day(occasion: Occasion) -> str:
    return clock.local(occasion.starts_at).date().isoformat()


def _date(occasion: Occasion, coming: list[Coming], excepted: set[str], now: datetime) -> Date:
    return Date(
        occasion_id=occasion.pk,
        state=occasion.state,
        starts_at=occasion.starts_at,
        ends_at=occasion.ends_at,
        wanted=occasion.wanted,
        filled=occasion.filled,
        coming=tuple(coming),
        is_past=occasion.ends_at <= now,
        is_excepted=occasion.state == Occasion.State.WITHDRAWN and _day(occasion) in excepted,
    )


def _coming(by: Actor, ask: Ask) -> dict[UUID, list[Coming]]:
    """Who comes to which occasion; family names only for as long as the two are close."""
    said = Feedback.objects.filter(errand=OuterRef("pk"), side=Errand.Side.ASKER)
    errands = (
        Errand.objects.of(by.tenant)
        .filter(occasion__ask=ask, state__in=sorted(IN_FORCE))
        .select_related("helper")
        .annotate(thanked=Exists(said))
        .order_by("agreed_at")
    )
    found: dict[UUID, list[Coming]] = {}
    for errand in errands:
        found.setdefault(errand.occasion_id, []).append(_person(by, errand, errand.thanked))
    return found


def _person(by: Actor, errand: Errand, is_thanked: bool) -> Coming:
    ahead = errand.state in (Errand.State.AGREED, Errand.State.STARTED)
    return Coming(
        errand_id=errand.id,
        occasion_id=errand.occasion_id,
        person_id=errand.helper_id,
        name=shown_as(errand.helper, to=by),
        state=errand.state,
        code=errand.door_code if ahead else "",
        starts_at=errand.starts_at,
        ends_at=errand.ends_at,
        agreed_at=errand.agreed_at,
        is_thanked=is_thanked,
    )


def _reached(ask: Ask) -> Reached:
    counts = (
        Ask.objects.of(ask.municipality_id)
        .filter(pk=ask.pk)
        .aggregate(
            all_told=Count("told", distinct=True),
            seen=Count("told", distinct=True, filter=Q(told__seen_at__isnull=False)),
            declined=Count("told", distinct=True, filter=Q(told__declined_at__isnull=False)),
            offered=Count(
                "occasions__offers", distinct=True, filter=Q(occasions__offers__state=Offer.State.MADE)
            ),
        )
    )
    return Reached(counts["all_told"], counts["seen"], counts["declined"], counts["offered"])
