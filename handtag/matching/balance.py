"""Where need and help part: gaps and shares that few numbers cannot fool, what to expect, and an alarm.

Two gaps, for each area and service. *Structural*: asks that at most two helpers could have taken, seen before
anything fails. *Response*: asks left unfilled although three or more could. Shares are drawn towards the
whole while a place has few asks (empirical Bayes), so that one bad ask in a hamlet is no crisis. The alarm
adds up, week by week, what is worse than expected, over a place and its neighbourhood (CUSUM on counts pooled
with a kernel); it goes on high and off low, so that it does not flicker.

Sources: E. Page, Biometrika 41 (1954); J. Lucas, Technometrics 27 (1985) for counts; A. Raubertas, Biometrics
45 (1989) for pooled neighbourhoods; C. Morris, JASA 78 (1983) and J. Kleinman, JASA 68 (1973) for the
shrinkage; W. Luo, Y. Qi, Health & Place 15 (2009) for the accessibility.
"""

from dataclasses import dataclass
from math import log
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from handtag.matching.quantiles import beta_quantile, failures_quantile

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FEW: Final = 2  # as many eligible helpers are too few to be sure of one
LEVEL: Final = 0.9  # of the intervals
WIDTH: Final = 2.0  # km, of the kernel
CUT: Final = 0.05  # weights below this are nothing


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of hits among tries, shrunk to the whole: mean, and the interval it lies in (0–1), one a
    place.
    """

    mean: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Gaps:
    """For each place: asks, and how many fell into either gap, with the shares."""

    asks: NDArray[np.int64]
    structural: NDArray[np.int64]
    response: NDArray[np.int64]
    structural_share: Shares
    response_share: Shares


@dataclass(frozen=True, slots=True)
class Range:
    """What to expect, one a place: mean, and the interval it lies in, in the units of what was counted."""

    mean: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Alarm:
    """When to be alarmed: `worse` is how many times the usual share is to be found; `on` and `off` are sums
    of log likelihood ratios. A cell speaks for its neighbourhood: those with weights of `near` or more are
    one alarm.
    """

    worse: float = 2.0
    on: float = 6.0
    off: float = 1.0
    near: float = 0.3


@dataclass(frozen=True, slots=True)
class Watched:
    """The alarm's state: sums (weeks, cells), cells in alarm, and the middle of each alarm, as flags."""

    sums: Floats
    alarmed: Flags
    middle: Flags


def gaps(eligible: ArrayLike, filled: ArrayLike, place: ArrayLike, places: int) -> Gaps:
    """Both gaps by place. One entry an ask: how many were eligible, whether it was filled (bool), its
    place.
    """
    able, done, where = (
        np.asarray(eligible),
        np.asarray(filled, dtype=bool),
        np.asarray(place, dtype=np.int64),
    )
    _same_length(eligible=able, filled=done, place=where)
    if len(where) and not 0 <= where.min() <= where.max() < places:
        raise ValueError(f"place must be from 0 to {places - 1}")

    def counted(which: Flags) -> NDArray[np.int64]:
        return np.bincount(where[which], minlength=places)

    few, late = counted(able <= FEW), counted((able > FEW) & ~done)
    asks = counted(np.ones(len(where), np.bool_))
    return Gaps(asks, few, late, shrink(few, asks), shrink(late, asks))


def shrink(hits: ArrayLike, tries: ArrayLike, level: float = LEVEL) -> Shares:
    """Shares by place, drawn towards the whole the more, the fewer the tries (beta–binomial, by moments)."""
    x, n = np.asarray(hits, dtype=np.float64), np.asarray(tries, dtype=np.float64)
    _same_length(hits=x, tries=n)
    if (x > n).any() or (x < 0).any():
        raise ValueError("hits must be from 0 to tries")
    whole = (x.sum() + 0.5) / (n.sum() + 1.0)
    strength = _strength(x, n, whole)
    a, b = x + strength * whole, n - x + strength * (1 - whole)
    tail = (1 - level) / 2
    return Shares(a / (a + b), beta_quantile(a, b, tail), beta_quantile(a, b, 1 - tail))


def _strength(x: Floats, n: Floats, whole: float) -> float:
    """How many tries the whole is worth: few where places differ by more than chance, many where they do
    not.
    """
    there = n > 0
    if there.sum() < 2:
        return 10.0
    total, squares = n.sum(), (n**2).sum()
    spread = (n[there] * (x[there] / n[there] - whole) ** 2).sum()
    by_chance = (there.sum() - 1) * whole * (1 - whole)
    between = (spread - by_chance) / (total - squares / total) if total > squares / total else 0.0
    return float(np.clip(whole * (1 - whole) / max(between, 1e-9) - 1, 2.0, 1000.0))


def expected(counts: ArrayLike, level: float = LEVEL) -> Range:
    """Asks of a coming week by place, from counts of weeks (weeks, places): gamma–Poisson, with what may
    come.

    The mean is drawn towards the mean of all places; the interval holds next week's count, not only its mean.
    """
    table = np.asarray(counts, dtype=np.float64)
    if table.ndim != 2 or not table.shape[0]:
        raise ValueError("counts must have the shape (weeks, places), with a week at least")
    weeks, means = table.shape[0], table.mean(axis=0)
    whole = max(float(means.mean()), 1e-6)
    between = max(float(means.var()) - whole / weeks, 1e-3 * whole**2)
    shape, rate = whole**2 / between + table.sum(axis=0), whole / between + weeks
    tail, chance = (1 - level) / 2, rate / (rate + 1)
    low, high = (failures_quantile(shape, chance, one) for one in (tail, 1 - tail))
    return Range(shape / rate, low, high)


def capacity(
    willing: ArrayLike, most: ArrayLike, place: ArrayLike, places: int, level: float = LEVEL
) -> Range:
    """Errands that helpers would take in a week, by place. One entry a helper: the chance that they say yes
    when told (0–1), how many a week they want at most, and their place.
    """
    chance, limit, where = np.asarray(willing, float), np.asarray(most, float), np.asarray(place, np.int64)
    _same_length(willing=chance, most=limit, place=where)
    mean = np.bincount(where, chance * limit, places).astype(np.float64)
    spread = np.sqrt(np.bincount(where, limit * chance * (1 - chance), places))
    far = NormalDist().inv_cdf((1 + level) / 2) * spread
    return Range(mean, np.maximum(mean - far, 0.0), np.minimum(mean + far, np.bincount(where, limit, places)))


def access(asks: ArrayLike, help_: ArrayLike, km: ArrayLike, reach: float, fade: float = 3.0) -> Floats:
    """Errands on offer for each ask, by place (enhanced two-step floating catchment, E2SFCA).

    asks, help_: (places,) a week; km: (places, places), from help to need. Help that lies between two needs
    is shared; beyond `reach` km there is none, within it nearness fades as exp(-(km / fade)²).
    """
    need, supply, away = (np.asarray(each, dtype=np.float64) for each in (asks, help_, km))
    near = np.where(away <= reach, np.exp(-((away / fade) ** 2)), 0.0)
    wanted = near @ need
    ratio = np.divide(supply, wanted, out=np.zeros_like(supply), where=wanted > 0)
    return np.asarray(near.T @ ratio)


def kernel(x_km: ArrayLike, y_km: ArrayLike, width: float = WIDTH) -> Floats:
    """Weights (cells, cells) by which a cell's neighbours count with it: 1 for itself, fading over `width`
    km.
    """
    x, y = np.asarray(x_km, float), np.asarray(y_km, float)
    square = (x[:, None] - x[None, :]) ** 2 + (y[:, None] - y[None, :]) ** 2
    weights = np.exp(-square / (2 * (width / 2) ** 2))
    return np.where(weights >= CUT, weights, 0.0)


def watch(
    hits: ArrayLike, tries: ArrayLike, usual: ArrayLike, weights: Floats, alarm: Alarm | None = None
) -> Watched:
    """Follow cells week by week. hits, tries: (weeks, cells), what went wrong and what was tried; usual:
    (cells,) the share that goes wrong as a rule, from `shrink` over the time before; weights: from `kernel`.

    Each week adds the log likelihood ratio of `worse` times the usual share against the usual one, for counts
    pooled with the weights, and divided by how much pooling makes them vary less than counts do.
    """
    rule = alarm or Alarm()
    x, n, share = (np.asarray(each, dtype=np.float64) for each in (hits, tries, usual))
    if x.shape != n.shape or x.ndim != 2 or x.shape[1:] != share.shape or weights.shape != (len(share),) * 2:
        raise ValueError("hits and tries must be (weeks, cells), usual (cells,), weights (cells, cells)")
    sums, alarmed, middle = np.zeros(x.shape), np.zeros(x.shape, np.bool_), np.zeros(x.shape, np.bool_)
    total, ringing = np.zeros(len(share)), np.zeros(len(share), np.bool_)
    kin = weights >= rule.near
    for week in range(x.shape[0]):
        due = weights @ (n[week] * share)
        vary = weights**2 @ (n[week] * share * (1 - share))
        gain = (weights @ x[week]) * log(rule.worse) - (rule.worse - 1) * due
        total = np.maximum(total + np.divide(gain * due, vary, out=np.zeros_like(gain), where=vary > 0), 0.0)
        ringing = (total >= rule.on) | (ringing & (total > rule.off))
        peak = np.where(kin, np.where(ringing, total, 0.0)[None, :], 0.0).max(axis=1)
        sums[week], alarmed[week], middle[week] = total, ringing, ringing & (total >= peak)
    return Watched(sums, alarmed, middle)


def _same_length(**columns: NDArray[np.generic]) -> None:
    lengths = {name: column.shape for name, column in columns.items()}
    if len(set(lengths.values())) > 1 or any(len(shape) != 1 for shape in lengths.values()):
        said = ", ".join(f"{name} {shape}" for name, shape in lengths.items())
        raise ValueError(f"One entry each is needed, in one dimension: {said}")
