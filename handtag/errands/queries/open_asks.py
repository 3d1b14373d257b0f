"""The asks a helper may take, best first, with reasons: all that may be seen before anything is agreed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from handtag.errands.models import Ask, Errand, Occasion, Told
from handtag.errands.queries import eligible, looking, saying
from handtag.errands.queries.looking import Helper
from handtag.errands.queries.sought import open_occasions
from handtag.errands.rules.hours import covers, weekly_of
from handtag.errands.rules.reasons import Facts, Reason, reasons
from handtag.errands.rules.times import Window
from handtag.geo.steps import Step, step_of
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.prepared import Prepared, a_moment, an_id, ids
from handtag.kernel.tongues import TONGUES
from handtag.matching import ranking
from handtag.people.queries import Called, called, shown_as
from handtag.permits.queries import ServiceRow, services

AT_ONCE: Final = 20
SOON: Final = timedelta(days=7)
ALL_OF_THEM: Final = 1_000_000
FIRST: Final = list(Reason("first"))


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody looks for asks: within how many metres (None: their own reach) and when."""

    within: int | None = None
    when: str = ""
    most: int = AT_ONCE


class Date(NamedTuple):
    """One occasion that may be taken."""

    occasion_id: UUID
    start: datetime
    end: datetime
    wanted: int
    filled: int

    @property
    def left(self) -> int:
        """How many are still wanted."""
        return self.wanted - self.filled


@dataclass(slots=True)
class Group:
    """The occasions of one ask that suit, before ranking."""

    ask_id: UUID
    asker_id: UUID
    service_id: UUID
    longitude: float
    latitude: float
    wider_by: int
    languages: list[str]
    dates: list[Date] = field(default_factory=list)


class Found(NamedTuple):
    """One ask, a group of the reader's it is shown in, and if they were told, why, and have not seen it."""

    ask_id: UUID
    area: str | None
    need: str
    written_in: str
    ceiling: int | None
    agreement: str
    group: str | None
    is_new: bool
    told_why: list[list[str]] | None
    asker: Called


@dataclass(frozen=True, slots=True)
class OpenAsk:
    """One ask as a helper sees it before they are agreed."""

    id: UUID
    service: ServiceRow
    area: str
    name: str
    need: str
    written_in: str
    ceiling: int | None
    languages: tuple[str, ...]
    agreement: str
    is_weekly: bool
    dates: tuple[Date, ...]
    step: Step
    reasons: tuple[Reason, ...]
    is_new: bool

    @property
    def first(self) -> Date:
        """The date that comes first."""
        return self.dates[0]

    @property
    def why(self) -> list[str]:
        """The reasons in words."""
        return [saying.reason_words(reason) for reason in self.reasons]

    @property
    def distance(self) -> str:
        """How far away, in words."""
        return saying.distance_words(self.step)

    @property
    def dots(self) -> int:
        """The same as dots."""
        return saying.distance_dots(self.step)

    @property
    def wished(self) -> list[str]:
        """The languages it would be good to speak, by name; Swedish alone goes without saying."""
        named = [str(TONGUES.get(code, code)) for code in self.languages]
        return [] if self.languages == ("sv",) else named

    @property
    def weekday(self) -> int:
        """The day of the week it falls on."""
        return clock.local(self.first.start).weekday()


@dataclass(frozen=True, slots=True)
class Wanting:
    """A service a helper would like to help with, or might, that still lacks its permit."""

    service: ServiceRow
    chosen: bool


@dataclass(frozen=True, slots=True)
class OpenPage:
    """What the list shows; `helper` is None for who has not said yet how they want to help."""

    helper: Helper | None
    asks: tuple[OpenAsk, ...] = ()
    count: int = 0
    wanting: tuple[Wanting, ...] = ()

    @property
    def more(self) -> bool:
        """Whether there are more than are shown."""
        return self.count > len(self.asks)


def open_page(by: Actor, look: Look) -> OpenPage:
    """The list for this helper."""
    helper = eligible.helper(by.tenant, by.hands)
    if helper is None:
        return OpenPage(None)
    groups = [each for each in _groups(helper, look.within) if _suits(helper, each, look.when)]
    offered = {row.id: row for row in services(by.tenant)}
    asks = _best(by, helper, groups, look.most, offered)
    return OpenPage(helper, asks, len(groups), _wanting(helper, offered))


def one(by: Actor, helper: Helper, ask: Ask, invited_to: list[UUID]) -> OpenAsk | None:
    """One open ask wherever it is, with the dates one was invited to; None when nothing is left to take."""
    anywhere = looking.near(helper, eligible.FURTHEST)
    mine = eligible.asks(helper, anywhere).filter(id=ask.id).exists()
    dates = eligible.occasions(helper, anywhere) if mine else _asked_for(by, invited_to)
    columns = ("id", "starts_at", "ends_at", "wanted", "filled")
    rows = dates.filter(ask_id=ask.id).order_by("starts_at", "id").values_list(*columns)
    group = Group(
        *(ask.id, ask.asker_id, ask.service_id, ask.longitude, ask.latitude, ask.wider_by, ask.languages),
        dates=[Date(*row) for row in rows],
    )
    if not group.dates:
        return None
    offered = {row.id: row for row in services(by.tenant)}
    return next(iter(_best(by, helper, [group], 1, offered)), None)


def _asked_for(by: Actor, invited_to: list[UUID]) -> QuerySet[Occasion]:
    return open_occasions(by.tenant).filter(id__in=invited_to)


def _groups(helper: Helper, within: int | None) -> list[Group]:
    """Eligible occasions by ask, as far away as the helper looks and the ask was widened."""
    found: dict[UUID, Group] = {}
    shape = len(helper.service_ids), helper.languages
    for row in _TAKEABLE.ask(*shape, **looking.given(helper, within), now=clock.now()):
        group = found.get(row[0]) or found.setdefault(row[0], Group(*row[:7]))
        group.dates.append(Date(*row[7:]))
    return _near(helper, list(found.values()), within)


def _takeable(services: int, languages: frozenset[str]) -> QuerySet[Occasion, Any]:
    columns = ("ask_id", "ask__asker_id", "ask__service_id", "ask__longitude", "ask__latitude")
    more = ("ask__wider_by", "ask__languages", "id", "starts_at", "ends_at", "wanted", "filled")
    found = eligible.occasions(*looking.hollow(services, languages), a_moment("now"))
    return found.order_by("starts_at", "id").values_list(*columns, *more)


_TAKEABLE = Prepared(_takeable)


def _near(helper: Helper, groups: list[Group], within: int | None) -> list[Group]:
    reach = helper.reach if within is None else within
    ranked = ranking.rank_asks(helper.longitude, helper.latitude, _field(groups), ALL_OF_THEM)
    return [
        groups[row]
        for row, km in zip(ranked.rows, ranked.km, strict=True)
        if km * 1000 <= reach + groups[row].wider_by
    ]


def _field(
    groups: list[Group], helper: Helper | None = None, before: Counter[UUID] | None = None
) -> ranking.Field:
    """The columns of the ranking; without a helper only the distances are of use."""
    counted = before or Counter()
    return ranking.Field(
        ids=ranking.halves([each.ask_id for each in groups]),
        longitude=np.array([each.longitude for each in groups]),
        latitude=np.array([each.latitude for each in groups]),
        language=np.array([_fit(each, helper) for each in groups]),
        before=np.array([float(counted[each.asker_id]) for each in groups]),
        time=np.array([_share(each, helper) for each in groups]),
    )


def _fit(group: Group, helper: Helper | None) -> float:
    if helper is None or not group.languages or group.languages[0] in helper.languages:
        return 1.0
    return 0.5


def _share(group: Group, helper: Helper | None) -> float:
    if helper is None or helper.any_time:
        return 1.0
    return sum(covers(helper.hours, Window(date.start, date.end)) for date in group.dates) / len(group.dates)


def _suits(helper: Helper, group: Group, when: str) -> bool:
    if when == "soon":
        return group.dates[0].start <= clock.now() + SOON
    if when == "weekend":
        return any(clock.local(date.start).weekday() >= 5 for date in group.dates)
    return when != "hours" or _share(group, helper) > 0


def _best(
    by: Actor, helper: Helper, groups: list[Group], most: int, offered: dict[UUID, ServiceRow]
) -> tuple[OpenAsk, ...]:
    if not groups:
        return ()
    pairs = _DONE.ask(town=by.tenant, person=helper.person_id)
    before, did = Counter(pair[0] for pair in pairs), {pair[1] for pair in pairs}
    best = ranking.rank_asks(helper.longitude, helper.latitude, _field(groups, helper, before), most)
    chosen = [(groups[row], float(km)) for row, km in zip(best.rows, best.km, strict=True)]
    rows = _rows(by, [group.ask_id for group, _ in chosen])
    found = []
    for group, km in chosen:
        ask = rows[group.ask_id]
        facts = Facts(
            km=km,
            weekday=_weekday(helper, group.dates),
            language=next((each for each in group.languages if each in helper.languages), ""),
            group=ask.group or "",
            did_service=group.service_id in did,
            came_before=before[group.asker_id] > 0,
            is_first=FIRST in (ask.told_why or ()),
            is_free=helper.any_time,
        )
        found.append(_shown(by, ask, group, step_of(km * 1000), offered[group.service_id], reasons(facts)))
    return tuple(found)


def _done() -> QuerySet[Errand, Any]:
    done = Errand.objects.of(an_id("town")).filter(helper_id=an_id("person"), state=Errand.State.COMPLETED)
    return done.values_list("asker_id", "occasion__ask__service_id")


def _shown(
    by: Actor, found: Found, group: Group, step: Step, service: ServiceRow, why: tuple[Reason, ...]
) -> OpenAsk:
    return OpenAsk(
        id=found.ask_id,
        service=service,
        area=found.area or "",
        name=shown_as(found.asker, to=by),
        need=found.need,
        written_in=found.written_in,
        ceiling=found.ceiling,
        languages=tuple(group.languages),
        agreement=found.agreement,
        is_weekly=len(group.dates) > 1,
        dates=tuple(group.dates),
        step=step,
        reasons=why,
        is_new=found.is_new,
    )


def _rows(by: Actor, ask_ids: list[UUID]) -> dict[UUID, Found]:
    rows = _FOUND.ask(len(ask_ids), town=by.tenant, person=by.hands, asks=ask_ids)
    return {row[0]: Found._make((*row[:9], Called(*row[9:]))) for row in rows}


def _found(count: int) -> QuerySet[Ask, Any]:
    town, person = an_id("town"), an_id("person")
    groups = eligible.shared_groups(town, person).order_by("group__name").values("group__name")[:1]
    mine = Told.objects.of(town).filter(ask=OuterRef("pk"), person_id=person)
    return (
        Ask.objects.of(town)
        .filter(id__in=ids("asks", count))
        .annotate(
            group_name=Subquery(groups),
            is_new=Exists(mine.filter(seen_at=None)),
            told_why=Subquery(mine.values("reasons")[:1]),
        )
        .values_list(
            *("id", "area__name", "need", "written_in", "outlay_ceiling", "agreement", "group_name"),
            *("is_new", "told_why"),
            *called("asker"),
        )
    )


_DONE, _FOUND = Prepared(_done), Prepared(_found)


def _weekday(helper: Helper, dates: Iterable[Date]) -> int | None:
    """The weekday of the first date in the helper's own hours; None for who can come at any time."""
    for date in dates:
        window = Window(date.start, date.end)
        if covers(helper.hours, window) and (weekly := weekly_of(window)):
            return weekly.weekday
    return None


def _wanting(helper: Helper, offered: dict[UUID, ServiceRow]) -> tuple[Wanting, ...]:
    """A service with open asks that this helper has no permit for: one they chose, or else another."""
    rows = [row for row in offered.values() if row.id in helper.asked_ids - helper.service_ids]
    chosen = [Wanting(row, True) for row in rows if row.id in helper.lacking_ids]
    others = [Wanting(row, False) for row in rows if row.id not in helper.lacking_ids]
    return (*chosen, *others)[:1]
