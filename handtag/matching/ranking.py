"""Ranks helpers for an ask, and asks for a helper, best first; same input, same order, parts kept.

    best = rank(Wanted(12.69, 56.05, service=1), pool, 20)          # columns, read from end to end
    best = rank(Wanted(12.69, 56.05, service=1), index(pool), 20)   # the same answer, from posting lists

Hard demands are never traded against score: whoever fails one is not in the ranking. A column that the pool
leaves out (None) has been seen to by the caller, and asks nothing of anybody.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from handtag.matching import postings, score
from handtag.matching.score import WEIGHTS, Floats, Masks, Weights

DECIMALS = 9  # beyond them lies the noise of the arithmetic, which must not decide an order
DEGREE_KM = 111.1  # kilometres a degree of latitude is at least

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One ask: its point in degrees (snapped), its languages as bits, the first of them apart.

    Demands, where the pool has the column: service, one bit; demanded, bits of languages of which a helper
    must have one; hours, bits of the week that must all be the helper's; wider, km added to each reach;
    towns, the municipalities that may send somebody, all if empty. never: rows of helpers who may not come
    (blocked by either, booked then, told already). met: errands done with this asker, by row of the helper,
    in place of the column `before`.
    """

    longitude: float
    latitude: float
    languages: int = 0
    first: int = 0
    service: int = 0
    demanded: int = 0
    hours: tuple[int, int, int] = (0, 0, 0)
    wider: float = 0.0
    towns: tuple[int, ...] = ()
    never: Collection[int] = ()
    met: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pool:
    """n helpers as columns, of shape (n,) but for ids and hours; None: seen to by the caller, or nothing to
    tell.

    ids: uint64 (n, 2), the halves of a UUID, high first. longitude, latitude: degrees, snapped points.
    languages: uint64 bits, the caller's code book. answers: share of notices answered, 0–1. load: errands in
    28 days. idle: hours since the last one. before: errands done with this asker. time: share of the ask's
    occasions inside the helper's own hours, 0–1 (None: 1). All float64, or what NumPy makes into it exactly.

    Hard: services, uint64 bits of what the helper has a permit for, with valid checks. reach, km. hours,
    uint64 (n, 3): bit h of the 168 hours of a local week, word h // 64. active: bool, neither left nor
    paused. town: integers, the municipality. Whatever an index made of these says, eligibility is checked
    again where an offer is made: an old index may miss somebody, it never sends anybody.
    """

    ids: NDArray[np.uint64]
    longitude: Floats
    latitude: Floats
    languages: Masks
    answers: Floats
    load: Floats
    idle: Floats
    before: Floats | None = None
    time: Floats | None = None
    services: Masks | None = None
    reach: Floats | None = None
    hours: Masks | None = None
    active: NDArray[np.bool_] | None = None
    town: NDArray[np.integer] | None = None

    def __len__(self) -> int:
        return int(self.ids.shape[0])

    def __post_init__(self) -> None:
        for name in self.__slots__:
            column = getattr(self, name)
            if column is not None and column.shape[0] != len(self):
                raise ValueError(f"{name} has {column.shape[0]} entries for {len(self)} helpers")


@dataclass(frozen=True, slots=True)
class Field:
    """n asks as columns, seen from one helper: what differs from ask to ask.

    before: errands done with that asker. time: share of the ask's occasions inside the helper's own hours.
    language: 0.0, 0.5 or 1.0, how well the languages meet. All float64 of shape (n,) but ids.
    """

    ids: NDArray[np.uint64]
    longitude: Floats
    latitude: Floats
    language: Floats
    before: Floats
    time: Floats


@dataclass(frozen=True, slots=True)
class Ranking:
    """The k best: their rows in the pool, score, distance in km, and the parts each score is the sum of."""

    rows: NDArray[np.intp]
    scores: Floats
    km: Floats
    parts: dict[str, Floats]
    version: str

    def __len__(self) -> int:
        return int(self.rows.shape[0])


def halves(ids: list[UUID]) -> NDArray[np.uint64]:
    """UUIDs as two columns of 64 bits that sort as the UUIDs do; shape (n, 2)."""
    rows = [(each.int >> 64, each.int & 0xFFFF_FFFF_FFFF_FFFF) for each in ids]
    return np.array(rows, dtype=np.uint64).reshape(len(ids), 2)


def index(pool: Pool, weights: Weights = WEIGHTS) -> postings.Index:
    """Posting lists of a pool as it is now, for many rankings by these weights; about 150 bytes a helper."""
    return postings.build(pool, weights)


def rank(ask: Wanted, pool: Pool | postings.Index, k: int, weights: Weights = WEIGHTS) -> Ranking:
    """The k helpers who may come and fit the ask best; equals are taken in the order of their ids.

    From a pool, in time proportional to it; from an index, in time that hardly grows: the same answer.
    """
    if isinstance(pool, postings.Index):
        if pool.weights != weights:
            raise ValueError(
                f"The index was built for the weights {pool.weights.version}, not {weights.version}"
            )
        found = postings.best(ask, pool, max(k, 0))
        parts = dict(zip(score.PARTS, found.parts, strict=True))
        return Ranking(found.rows.astype(np.intp), found.scores, found.km, parts, weights.version)
    rows = _eligible(ask, pool)
    km = score.kilometres(ask.longitude, ask.latitude, pool.longitude[rows], pool.latitude[rows])
    if pool.reach is not None:
        within = km <= pool.reach[rows] + ask.wider
        rows, km = rows[within], km[within]
    return _best(pool.ids, km, _parts(ask, pool, rows, km, weights), k, weights, rows)


def _eligible(ask: Wanted, pool: Pool) -> Rows:
    """The rows that meet every demand but the reach, which is known to be near enough north and south."""
    rows = np.arange(len(pool))
    if ask.service and pool.services is not None:
        rows = np.flatnonzero(pool.services & np.uint64(ask.service))
    if pool.reach is not None:
        away = np.abs(pool.latitude[rows] - ask.latitude) * DEGREE_KM
        rows = rows[away <= pool.reach[rows] + ask.wider]
    if pool.active is not None:
        rows = rows[pool.active[rows]]
    if ask.demanded:
        rows = rows[(pool.languages[rows] & np.uint64(ask.demanded)) != 0]
    if any(ask.hours) and pool.hours is not None:
        wanted = np.array(ask.hours, dtype=np.uint64)
        rows = rows[((pool.hours[rows] & wanted) == wanted).all(axis=1)]
    if ask.towns and pool.town is not None:
        rows = rows[np.isin(pool.town[rows], ask.towns)]
    return rows[~np.isin(rows, list(ask.never))] if ask.never else rows


def _parts(ask: Wanted, pool: Pool, rows: Rows, km: Floats, weights: Weights) -> dict[str, Floats]:
    before = np.zeros(len(rows)) if pool.before is None else pool.before[rows]
    if ask.met:
        before = before.copy()
        for met, errands in ask.met.items():
            before[rows == met] = errands
    return {
        "distance": score.nearness(km, weights),
        "language": score.language(pool.languages[rows], ask.languages, ask.first, weights),
        "readiness": score.readiness(pool.answers[rows], pool.load[rows], pool.idle[rows], weights),
        "continuity": score.continuity(before, weights),
        "time": score.timing(np.ones(len(rows)) if pool.time is None else pool.time[rows], weights),
    }


def rank_asks(longitude: float, latitude: float, asks: Field, k: int, weights: Weights = WEIGHTS) -> Ranking:
    """The k asks that suit one helper best: the same parts, but for readiness, which is the same for all."""
    km = score.kilometres(longitude, latitude, asks.longitude, asks.latitude)
    parts = {
        "distance": score.nearness(km, weights),
        "language": weights.language * asks.language,
        "readiness": np.zeros(km.shape),
        "continuity": score.continuity(asks.before, weights),
        "time": score.timing(asks.time, weights),
    }
    return _best(asks.ids, km, parts, k, weights, np.arange(len(km)))


def _best(
    ids: NDArray[np.uint64], km: Floats, parts: dict[str, Floats], k: int, weights: Weights, rows: Rows
) -> Ranking:
    total = np.round(np.sum([parts[name] for name in score.PARTS], axis=0), DECIMALS)
    near = np.arange(len(total))
    if 0 < k < len(total):  # whoever is below the k-th score need not be sorted
        near = np.flatnonzero(total >= np.partition(total, len(total) - k)[len(total) - k])
    by_id = ids[rows[near]]
    chosen = near[np.lexsort((by_id[:, 1], by_id[:, 0], -total[near]))[: max(k, 0)]]
    kept = {name: parts[name][chosen] for name in score.PARTS}
    return Ranking(rows[chosen], total[chosen], km[chosen], kept, weights.version)
