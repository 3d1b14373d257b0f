"""Towns to simulate: who helps and who asks as columns, drawn from a kind of town or filled from one's own.

    town = draw(KINDS["compact"], seed=1)
    pairs = who_could(town)

Time is in minutes since some Monday 00:00, local; places are km on a plane; services are bits of a mask.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from handtag.matching.waking import DAY

HOURS: Final = 168
URGENT: Final = 240.0  # minutes: an ask with no more time than this is urgent
LEAST_LEAD: Final = 45.0  # minutes from the ask to its hour: with less nobody asks a stranger

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Helpers:
    """n helpers as columns of shape (n,): place and reach in km, services as bits, free (n, 168) bool by hour
    of the week; willing: chance (0–1) of a yes from somebody who reads of an ask next door; most: errands a
    week at most.
    """

    x: Floats
    y: Floats
    reach: Floats
    services: NDArray[np.uint64]
    free: Flags
    willing: Floats
    most: Ints

    def __len__(self) -> int:
        return len(self.x)


@dataclass(frozen=True, slots=True)
class Asks:
    """m asks as columns of shape (m,), in the order in which they come: minutes when posted and when somebody
    must be there, service as one bit, place in km, how many helpers are wanted.
    """

    posted: Floats
    deadline: Floats
    service: NDArray[np.uint64]
    x: Floats
    y: Floats
    wanted: Ints

    def __len__(self) -> int:
        return len(self.posted)

    @property
    def urgent(self) -> Flags:
        """Those whose hour comes within four hours."""
        return self.deadline - self.posted <= URGENT


@dataclass(frozen=True, slots=True)
class Town:
    """Who helps and who asks, for so many days."""

    helpers: Helpers
    asks: Asks
    days: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every helper who may take an ask, in CSR form: those of ask a are rows indptr[a] to indptr[a + 1], in
    the order of their numbers; km between the two.
    """

    indptr: Ints
    helper: Ints
    km: Floats

    def of(self, ask: int) -> slice:
        """The rows of one ask."""
        return slice(int(self.indptr[ask]), int(self.indptr[ask + 1]))


@dataclass(frozen=True, slots=True)
class Kind:
    """What a town is like. size: km across. reach: km and how many choose each. free: share of the hours in
    which a helper can. willing: the beta distribution of yeses. villages: 0 for one even town. arrivals:
    around which hour asks come, how widely (hours), and how much days differ (0 not at all).
    """

    helpers: int = 2000
    asks_per_day: float = 20.0
    days: int = 56
    size: float = 14.0
    villages: int = 0
    services: int = 10
    per_helper: int = 2
    reach: tuple[float, ...] = (1.0, 2.0, 5.0)
    reach_shares: tuple[float, ...] = (0.25, 0.45, 0.30)
    free: float = 0.6
    willing: tuple[float, float] = (0.6, 2.4)
    most: int = 3
    arrivals: tuple[float, float, float] = (13.0, 4.0, 0.0)
    urgent: float = 0.15
    next_day: float = 0.35


KINDS: Final = {
    "compact": Kind(),
    "spread": Kind(
        helpers=900,
        asks_per_day=9.0,
        size=26.0,
        services=8,
        per_helper=3,
        reach=(2.0, 5.0, 10.0),
        reach_shares=(0.3, 0.4, 0.3),
        free=0.55,
    ),
    "unequal": Kind(size=18.0, villages=6),
    "busy": Kind(helpers=1200, asks_per_day=25.0, size=11.0, willing=(0.5, 2.0)),
    "overload": Kind(asks_per_day=160.0),
}


def draw(kind: Kind, seed: int) -> Town:
    """A town of this kind; the same seed draws the same one."""
    random = np.random.default_rng([seed, 1])
    middles = random.uniform(0.15 * kind.size, 0.85 * kind.size, (kind.villages, 2))
    helpers = _helpers(kind, random, middles)
    return Town(helpers, _asks(kind, random, middles), kind.days)


def _helpers(kind: Kind, random: np.random.Generator, middles: Floats) -> Helpers:
    n = kind.helpers
    place = _places(kind, random, middles, n, 1.0)
    chosen = np.argsort(random.random((n, kind.services)), axis=1)[:, : kind.per_helper]
    parts = random.random((n, 7, 4)) < kind.free  # a day has a morning, an afternoon, an evening, a night
    by_hour = parts[:, :, [3] * 7 + [0] * 5 + [1] * 5 + [2] * 6 + [3]]
    return Helpers(
        place[:, 0],
        place[:, 1],
        random.choice(kind.reach, n, p=kind.reach_shares),
        (np.uint64(1) << chosen.astype(np.uint64)).sum(axis=1, dtype=np.uint64),
        by_hour.reshape(n, HOURS),
        random.beta(*kind.willing, n),
        np.full(n, kind.most, np.int64),
    )


def _asks(kind: Kind, random: np.random.Generator, middles: Floats) -> Asks:
    around, wide, uneven = kind.arrivals
    rate = np.full(kind.days, kind.asks_per_day)
    if uneven > 0:
        rate = rate * random.gamma(1 / uneven, uneven, kind.days)
    day = np.repeat(np.arange(kind.days), random.poisson(rate))
    posted = day * DAY + np.clip(random.normal(around, wide, len(day)), 6.5, 22.5) * 60
    deadline = posted + _leads(kind, random, posted)
    hour = deadline % DAY
    fits = (hour >= 7 * 60) & (hour < 23 * 60) & (deadline - posted >= LEAST_LEAD)
    posted, deadline = posted[fits], deadline[fits]
    order = np.argsort(posted, kind="stable")
    place = _places(kind, random, middles, len(order), 0.7)
    return Asks(
        posted[order],
        deadline[order],
        np.uint64(1) << random.integers(0, kind.services, len(order)).astype(np.uint64),
        place[:, 0],
        place[:, 1],
        np.ones(len(order), np.int64),
    )


def _leads(kind: Kind, random: np.random.Generator, posted: Floats) -> Floats:
    """Minutes until somebody must be there: some within hours, some the day after, most within the week."""
    m, lot = len(posted), random.random(len(posted))
    soon = random.uniform(60, URGENT, m)
    tomorrow, later = random.uniform(0.5, 1.25, m) * DAY, random.uniform(1.5, 7.0, m) * DAY
    far = posted + np.where(lot < kind.urgent + kind.next_day, tomorrow, later)
    by_day = np.floor(far / DAY) * DAY + random.uniform(9 * 60, 19 * 60, m)
    asleep = (far % DAY < 8 * 60) | (far % DAY >= 20 * 60)
    return np.where(lot < kind.urgent, soon, np.where(asleep, by_day, far) - posted)


def _places(kind: Kind, random: np.random.Generator, middles: Floats, n: int, inside: float) -> Floats:
    """Places of n; where there are villages, this share of them lie in one."""
    anywhere = random.uniform(0, kind.size, (n, 2))
    if not kind.villages:
        return anywhere
    near = middles[random.integers(0, kind.villages, n)] + random.normal(0, kind.size / 15, (n, 2))
    return np.where((random.random(n) < inside)[:, None], near, anywhere)


def who_could(town: Town) -> Pairs:
    """Every helper for every ask: the service, free at that hour, and near enough. Time: asks × helpers."""
    helpers, asks = town.helpers, town.asks
    hour = (asks.deadline // 60).astype(np.int64) % HOURS
    rows: list[Ints] = []
    distances: list[Floats] = []
    for ask in range(len(asks)):
        able = np.flatnonzero(
            (helpers.services & asks.service[ask]).astype(bool) & helpers.free[:, hour[ask]]
        )
        km = np.hypot(helpers.x[able] - asks.x[ask], helpers.y[able] - asks.y[ask])
        near = km <= helpers.reach[able]
        rows.append(able[near])
        distances.append(km[near])
    indptr = np.concatenate([[0], np.cumsum([len(each) for each in rows])]).astype(np.int64)
    helper = np.concatenate(rows) if rows else np.zeros(0, np.int64)
    km = np.concatenate(distances) if distances else np.zeros(0)
    return Pairs(indptr, helper.astype(np.int64), km)


def with_helpers(town: Town, more: Helpers) -> Town:
    """The town with these helpers too, behind those it has."""
    columns = {
        name: np.concatenate([getattr(town.helpers, name), getattr(more, name)]) for name in Helpers.__slots__
    }
    return replace(town, helpers=Helpers(**columns))
