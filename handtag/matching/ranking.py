"""Ranks helpers for an ask, and asks for a helper, best first; same input, same order, parts kept."""

from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from handtag.matching import score
from handtag.matching.score import WEIGHTS, Floats, Masks, Weights

DECIMALS = 9  # beyond them lies the noise of the arithmetic, which must not decide an order


@dataclass(frozen=True, slots=True)
class Wanted:
    """One ask: its point in degrees (snapped), its languages as bits, the first of them apart."""

    longitude: float
    latitude: float
    languages: int = 0
    first: int = 0


@dataclass(frozen=True, slots=True)
class Pool:
    """n helpers as columns; whoever stands here has already passed every hard demand.

    ids: uint64 (n, 2), the halves of a UUID, high first. longitude, latitude: degrees, snapped points.
    languages: uint64 bits, the caller's code book. answers: share of notices answered, 0–1. load: errands in
    28 days. idle: hours since the last one. before: errands done with this asker. time: share of the ask's
    occasions inside the helper's own hours, 0–1. All float64 of shape (n,) but ids and languages.
    """

    ids: NDArray[np.uint64]
    longitude: Floats
    latitude: Floats
    languages: Masks
    answers: Floats
    load: Floats
    idle: Floats
    before: Floats
    time: Floats

    def __len__(self) -> int:
        return int(self.ids.shape[0])


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


def rank(ask: Wanted, pool: Pool, k: int, weights: Weights = WEIGHTS) -> Ranking:
    """The k helpers who fit the ask best; equals are taken in the order of their ids."""
    km = score.kilometres(ask.longitude, ask.latitude, pool.longitude, pool.latitude)
    parts = {
        "distance": score.nearness(km, weights),
        "language": score.language(pool.languages, ask.languages, ask.first, weights),
        "readiness": score.readiness(pool.answers, pool.load, pool.idle, weights),
        "continuity": score.continuity(pool.before, weights),
        "time": score.timing(pool.time, weights),
    }
    return _best(pool.ids, km, parts, k, weights)


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
    return _best(asks.ids, km, parts, k, weights)


def _best(ids: NDArray[np.uint64], km: Floats, parts: dict[str, Floats], k: int, weights: Weights) -> Ranking:
    total = np.round(np.sum([parts[name] for name in score.PARTS], axis=0), DECIMALS)
    rows = np.lexsort((ids[:, 1], ids[:, 0], -total))[: max(k, 0)]
    kept = {name: parts[name][rows] for name in score.PARTS}
    return Ranking(rows, total[rows], km[rows], kept, weights.version)
