"""A municipality's own helpers and asks as columns, to be simulated; nothing tells of a person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from numpy.typing import NDArray

from handtag.errands.models import Ask, Occasion, Offer, Told
from handtag.front.rules import what_if as rules
from handtag.helpers.models import Availability, HelperProfile, HelperService
from handtag.kernel import clock
from handtag.matching import towns
from handtag.matching.attention import recovered, unanswered
from handtag.matching.history import FADE_KM
from handtag.matching.waking import WEEK
from handtag.people.models import Person
from handtag.permits.models import Permit, Side

ANSWERS_OVER: Final = timedelta(days=180)
NO_LIMIT: Final = 7  # errands a week of who has said no number
KM_NORTH: Final = 111.19
BY_DAY: Final = [7 <= hour % 24 < 22 for hour in range(towns.HOURS)]
A_MONDAY: Final = datetime(2026, 1, 5).date()

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OwnTown:
    """Helpers (but for how willing they are), how often each could have said yes and did, the asks of the
    last weeks in the order in which they came, and the bit that stands for each service.
    """

    helpers: towns.Helpers
    tried: Floats
    yes: Floats
    asks: towns.Asks
    bits: dict[str, int]


@dataclass(frozen=True, slots=True)
class Size:
    """How many help here, and how many asks there were in the last weeks."""

    helpers: int
    asks: int

    @property
    def is_too_small(self) -> bool:
        """Whether there is too little to simulate, or so little that it would tell of one."""
        return self.helpers < rules.LEAST_HELPERS or self.asks < rules.LEAST_ASKS


@dataclass(frozen=True, slots=True)
class _Helper:
    profile_id: UUID
    person_id: UUID
    longitude: float
    latitude: float
    reach: int
    any_time: bool
    most: int | None
    services: list[UUID] = field(default_factory=list)
    hours: list[tuple[int, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Ask:
    service_id: UUID
    longitude: float
    latitude: float
    opened_at: datetime
    starts_at: datetime
    wanted: int


def size(municipality_id: UUID) -> Size:
    """How large the town is, in two questions to the database."""
    helping = _wanting(municipality_id).filter(profile__in=_profiles(municipality_id))
    return Size(helping.values("profile").distinct().count(), _lately(municipality_id).count())


def read(municipality_id: UUID) -> OwnTown:
    """The town as it stands: five questions to the database."""
    found, asked = _helpers(municipality_id), _asks(municipality_id)
    kinds = {each for helper in found for each in helper.services} | {ask.service_id for ask in asked}
    bits = {str(kind): 1 << place for place, kind in enumerate(sorted(kinds))}
    longitude, latitude = (
        np.array([getattr(each, name) for each in (*found, *asked)], np.float64)
        for name in ("longitude", "latitude")
    )
    x, y = _plane(longitude, latitude)
    n = len(found)
    tried, yes = _answers(municipality_id, found)
    return OwnTown(
        helpers=towns.Helpers(
            x=x[:n],
            y=y[:n],
            reach=np.array([each.reach / 1000 for each in found], np.float64),
            services=np.array([sum(bits[str(kind)] for kind in each.services) for each in found], np.uint64),
            free=_free(found),
            willing=np.zeros(n),
            most=np.array([each.most or NO_LIMIT for each in found], np.int64),
        ),
        tried=tried,
        yes=yes,
        asks=towns.Asks(
            posted=_minutes([ask.opened_at for ask in asked]),
            deadline=_minutes([ask.starts_at for ask in asked]),
            service=np.array([bits[str(ask.service_id)] for ask in asked], np.uint64),
            x=x[n:],
            y=y[n:],
            wanted=np.array([ask.wanted for ask in asked], np.int64),
        ),
        bits=bits,
    )


def _profiles(municipality_id: UUID) -> QuerySet[HelperProfile]:
    return HelperProfile.objects.of(municipality_id).filter(
        Q(paused_until=None) | Q(paused_until__lte=clock.now()),
        is_active=True,
        person__protection=Person.Protection.NONE,
        person__erased_at=None,
    )


def _wanting(municipality_id: UUID) -> QuerySet[HelperService]:
    """The services that helpers want and hold the permit for."""
    held = Permit.objects.of(municipality_id).filter(
        Q(valid_until=None) | Q(valid_until__gte=clock.today()),
        person_id=OuterRef("profile__person_id"),
        service_id=OuterRef("service_id"),
        side=Side.PERFORM,
        state=Permit.State.GRANTED,
    )
    return HelperService.objects.filter(
        Exists(held), profile__municipality_id=municipality_id, service__is_on=True
    )


def _lately(municipality_id: UUID) -> QuerySet[Ask]:
    return Ask.objects.of(municipality_id).filter(
        opened_at__gte=clock.now() - timedelta(weeks=rules.WEEKS), asker__protection=Person.Protection.NONE
    )


def _helpers(municipality_id: UUID) -> list[_Helper]:
    """Active helpers who may do something, with the services and their own hours."""
    columns = ("id", "person_id", "longitude", "latitude", "reach", "any_time", "most_in_week")
    rows = _profiles(municipality_id).order_by("id").values_list(*columns)
    found = {row[0]: _Helper(*row) for row in rows}
    for profile, service in _wanting(municipality_id).values_list("profile_id", "service_id"):
        if profile in found:
            found[profile].services.append(service)
    hours = Availability.objects.filter(profile__municipality_id=municipality_id)
    for profile, *window in hours.values_list("profile_id", "weekday", "from_minute", "to_minute"):
        if profile in found:
            found[profile].hours.append((window[0], window[1], window[2]))
    return [helper for helper in found.values() if helper.services]


def _asks(municipality_id: UUID) -> list[_Ask]:
    """The asks of the last weeks, each with its first date."""
    first = Occasion.objects.of(municipality_id).filter(ask=OuterRef("pk")).order_by("starts_at")
    rows = _lately(municipality_id).annotate(
        starts_at=Subquery(first.values("starts_at")[:1]), wanted=Subquery(first.values("wanted")[:1])
    )
    columns = ("service_id", "longitude", "latitude", "opened_at", "starts_at", "wanted")
    found = rows.filter(starts_at__isnull=False).order_by("opened_at", "id").values_list(*columns)
    return [_Ask(*row) for row in found]


def _answers(municipality_id: UUID, found: Sequence[_Helper]) -> tuple[Floats, Floats]:
    """For each helper: notices they could have said yes to, and yeses.

    A notice counts the less, the farther away the ask was, the sooner after another it came, and the sooner
    somebody else had said yes: who had no time to answer has not declined.
    """
    said_yes = Exists(
        Offer.objects.of(municipality_id).filter(
            occasion__ask_id=OuterRef("ask_id"), person_id=OuterRef("person_id")
        )
    )
    columns = ("person_id", "told_at", "declined_at", "ask__filled_at", "ask__longitude", "ask__latitude")
    rows = Told.objects.of(municipality_id).filter(told_at__gte=clock.now() - ANSWERS_OVER)
    told: dict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    for person, *facts in rows.order_by("told_at").values_list(*columns, said_yes):
        told[person].append(tuple(facts))
    tried, yes = np.zeros(len(found)), np.zeros(len(found))
    for place, helper in enumerate(found):
        if notices := told.get(helper.person_id):
            said = np.array([notice[5] for notice in notices], np.float64)
            heard = np.array([_heard(notice) for notice in notices])
            at = np.array([(notice[0] - notices[0][0]) / timedelta(minutes=1) for notice in notices])
            rested = recovered(np.diff(at, prepend=-np.inf))
            weight = np.maximum(heard * rested * _near(helper, notices), said)
            tried[place], yes[place] = weight.sum(), said.sum()
    return tried, yes


def _heard(notice: tuple[Any, ...]) -> float:
    """The chance that somebody who would have answered had, before it was filled by another."""
    told_at, declined_at, filled_at, *_point, said_yes = notice
    if said_yes or declined_at or filled_at is None:
        return 1.0
    return 1.0 - float(unanswered((filled_at - told_at) / timedelta(minutes=1)))


def _near(helper: _Helper, notices: Sequence[tuple[Any, ...]]) -> Floats:
    """By how much distance lessened each."""
    points = np.array([(helper.longitude, helper.latitude), *(notice[3:5] for notice in notices)])
    x, y = _plane(points[:, 0], points[:, 1])
    return np.asarray(np.exp(-np.hypot(x - x[0], y - y[0])[1:] / FADE_KM))


def _plane(longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    """Points as km east and north: near enough within a municipality."""
    if not len(latitude):
        return longitude, latitude
    return longitude * KM_NORTH * np.cos(np.radians(latitude.mean())), latitude * KM_NORTH


def _minutes(moments: Sequence[datetime]) -> Floats:
    """Minutes on a Swedish wall clock since some Monday."""
    begin = datetime.combine(A_MONDAY, time())
    walls = [clock.local(moment).replace(tzinfo=None) for moment in moments]
    return np.array([(wall - begin) / timedelta(minutes=1) for wall in walls], np.float64)


def _free(found: Sequence[_Helper]) -> NDArray[np.bool_]:
    """Whole hours of the week that lie in the helper's own."""
    free = np.zeros((len(found), towns.HOURS), np.bool_)
    for place, helper in enumerate(found):
        free[place] = BY_DAY if helper.any_time else False
        for weekday, begin, end in helper.hours:
            free[place, weekday * 24 + -(-begin // 60) : weekday * 24 + end // 60] = True
    return free


def drawn(own: OwnTown, changes: rules.Changes, seed: int) -> towns.Town:
    """One town like it, with the change: how willing each is, and which asks come when, are drawn anew.

    The same seed draws the same helpers and asks whatever the change is.
    """
    random = np.random.default_rng([seed, 21])
    days = _days(own)
    helpers = replace(own.helpers, willing=_willing(own, random), reach=own.helpers.reach + changes.km)
    town = towns.Town(helpers, _again(own.asks, days, random), days)
    return towns.with_helpers(town, _joining(town.helpers, own, changes, seed)) if changes.helpers else town


def _days(own: OwnTown) -> int:
    """Eight weeks, or fewer whole ones where that is many asks."""
    a_week = len(own.asks) / rules.WEEKS
    return 7 * int(np.clip(rules.MOST_ASKS // max(a_week, 1.0), 1, rules.WEEKS))


def _willing(own: OwnTown, random: np.random.Generator) -> Floats:
    """How willing each may be, after what they answered: much in doubt for who was hardly ever told."""
    mean = (own.yes.sum() + rules.PRIOR[0]) / (own.tried.sum() + rules.PRIOR[1])
    willing: Floats = random.beta(own.yes + rules.OWN * mean, own.tried - own.yes + rules.OWN * (1 - mean))
    return willing


def _again(asks: towns.Asks, days: int, random: np.random.Generator) -> towns.Asks:
    """As many asks as there are in so many days, drawn from those there were, each in any of the weeks."""
    many = int(random.poisson(len(asks) * days / (7 * rules.WEEKS)))
    which = random.integers(0, len(asks), many)
    posted = asks.posted[which] % WEEK + WEEK * random.integers(0, days // 7, many)
    order = np.argsort(posted, kind="stable")
    which, posted = which[order], posted[order]
    return towns.Asks(
        posted,
        posted + (asks.deadline - asks.posted)[which],
        asks.service[which],
        asks.x[which],
        asks.y[which],
        asks.wanted[which],
    )


def _joining(helpers: towns.Helpers, own: OwnTown, changes: rules.Changes, seed: int) -> towns.Helpers:
    """New helpers, who live and have time as those who do this already, or as all where nobody does."""
    random, bit = np.random.default_rng([seed, 22]), np.uint64(own.bits.get(changes.service, 0))
    like = np.flatnonzero(helpers.services & bit)
    like = like if len(like) else np.arange(len(helpers))
    which = like[random.integers(0, len(like), changes.helpers)]
    new = towns.Helpers(*(getattr(helpers, name)[which] for name in towns.Helpers.__slots__))
    return replace(new, services=np.full(changes.helpers, bit, np.uint64))
