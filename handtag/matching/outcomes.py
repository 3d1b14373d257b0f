"""What came of a simulated town: measures with their units, and the most that anybody could have filled."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final, Self

import numpy as np

from handtag.matching import compiled
from handtag.matching.kernels import flow
from handtag.matching.towns import Flags, Floats, Ints, Pairs, Town
from handtag.matching.waking import WEEK

LEVELS: Final = (0.05, 0.95)  # of the spread over seeds


@dataclass(slots=True)
class Trace:
    """What happened, as it is written down: fills and minute of the last one by ask; errands and having had
    enough by helper; who was told when; yeses that came too late because somebody was sooner.
    """

    filled: Ints
    filled_at: Floats
    errands: Ints
    left: Flags
    told: list[tuple[float, Ints]]
    taken: int = 0

    @classmethod
    def empty(cls, asks: int, helpers: int) -> Self:
        """Nothing yet."""
        return cls(
            np.zeros(asks, np.int64),
            np.full(asks, np.nan),
            np.zeros(helpers, np.int64),
            np.zeros(helpers, np.bool_),
            [],
        )

    def tell(self, now: float, helpers: Ints) -> None:
        """Note who was told."""
        self.told.append((now, helpers))

    def fill(self, now: float, ask: int, helper: int) -> None:
        """Note who comes."""
        self.filled[ask] += 1
        self.filled_at[ask] = now
        self.errands[helper] += 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """One policy in one town. Minutes; shares 0–1; nan where there is nothing to measure.

    wanted: helpers asked for; filled: those who came; bound: the most that could have come; share: filled of
    bound. wait: from the ask to the (last) yes, of those filled. urgent: asks with four hours or less.
    per_week: notices a helper and whole week, all helpers counted. taken: yeses to what was taken already.
    gini: of errands over helpers, 0 if all do as much. left: helpers who had enough.
    """

    asks: int
    wanted: int
    filled: int
    bound: int
    fill: float
    share: float
    wait_median: float
    wait_p90: float
    urgent_fill: float
    urgent_wait_median: float
    urgent_wait_p90: float
    notices: int
    notices_per_fill: float
    per_week_mean: float
    per_week_p99: float
    taken_per_fill: float
    gini: float
    left: int


def measured(town: Town, trace: Trace, most: int) -> Outcome:
    """The measures of what happened."""
    asks, urgent = town.asks, town.asks.urgent
    filled, wanted, notices = int(trace.filled.sum()), int(asks.wanted.sum()), _notices(trace)
    waits = trace.filled_at - asks.posted
    weekly = _weekly(town, trace)
    return Outcome(
        asks=len(asks),
        wanted=wanted,
        filled=filled,
        bound=most,
        fill=_ratio(filled, wanted),
        share=_ratio(filled, most),
        wait_median=_quantile(waits, 0.5),
        wait_p90=_quantile(waits, 0.9),
        urgent_fill=_ratio(int(trace.filled[urgent].sum()), int(asks.wanted[urgent].sum())),
        urgent_wait_median=_quantile(waits[urgent], 0.5),
        urgent_wait_p90=_quantile(waits[urgent], 0.9),
        notices=notices,
        notices_per_fill=_ratio(notices, filled),
        per_week_mean=float(weekly.mean()) if len(weekly) else np.nan,
        per_week_p99=_quantile(weekly, 0.99),
        taken_per_fill=_ratio(trace.taken, filled),
        gini=gini(trace.errands),
        left=int(trace.left.sum()),
    )


def bound(town: Town, pairs: Pairs, yes: Flags) -> int:
    """The most that a clairvoyant could fill, of helpers wanted: a b-matching of would-be yeses.

    Everybody who would say yes to an ask may be sent, up to as many errands in a calendar week (by the hour
    of the errand) as they take; that they attend, answer in time or are busy is not asked. So nobody fills
    more. Hopcroft–Karp, with a helper's week written out as often as it may be used.
    """
    asks = town.asks
    count = np.add.reduceat(np.append(yes, False), pairs.indptr[:-1]) * (np.diff(pairs.indptr) > 0)
    helper = pairs.helper[yes]
    week = np.repeat((asks.deadline // WEEK).astype(np.int64), count)
    _keys, key, often = np.unique(
        helper * (week.max(initial=0) + 1) + week, return_inverse=True, return_counts=True
    )
    owner = np.zeros(len(often), np.int64)
    owner[key] = helper
    places = np.minimum(often, town.helpers.most[owner])
    begin = np.cumsum(places) - places
    width = places[key]
    rows = np.repeat(np.arange(len(asks)), count)
    within = np.arange(width.sum()) - np.repeat(np.cumsum(width) - width, width)
    col, row = np.repeat(begin[key], width) + within, np.repeat(rows, width)
    return _largest(row, col, asks.wanted, int(places.sum()))


def _largest(row: Ints, col: Ints, wanted: Ints, columns: int) -> int:
    """Size of the largest matching; an ask that wants several is as many rows."""
    ptr = np.searchsorted(row, np.arange(len(wanted) + 1))
    lists = [col[ptr[ask] : ptr[ask + 1]] for ask, often in enumerate(wanted.tolist()) for _ in range(often)]
    starts = np.concatenate([[0], np.cumsum([len(each) for each in lists])]).astype(np.int64)
    edges = np.concatenate(lists).astype(np.int32) if lists else np.zeros(0, np.int32)
    mate, back = np.full(len(lists), -1, np.int32), np.full(columns, -1, np.int32)
    compiled.functions(flow, len(edges)).largest(starts, edges, mate, back)
    return int((mate >= 0).sum())


def gini(values: Ints) -> float:
    """Gini's measure of inequality: 0 if all have as much, towards 1 if one has all."""
    ordered, n = np.sort(values).astype(np.float64), len(values)
    if not ordered.sum():
        return np.nan
    return float(2 * (np.arange(1, n + 1) * ordered).sum() / (n * ordered.sum()) - (n + 1) / n)


@dataclass(frozen=True, slots=True)
class Spread:
    """A measure over seeds: its mean, and between what it lies in nine towns of ten."""

    mean: float
    low: float
    high: float


def spreads(outcomes: Sequence[Outcome]) -> dict[str, Spread]:
    """Every measure over seeds; nan where there was nothing to measure."""
    found = {}
    for each in fields(Outcome):
        values = np.array([getattr(outcome, each.name) for outcome in outcomes], np.float64)
        values = values[~np.isnan(values)]
        found[each.name] = (
            Spread(float(values.mean()), *(float(np.quantile(values, level)) for level in LEVELS))
            if len(values)
            else Spread(np.nan, np.nan, np.nan)
        )
    return found


def _notices(trace: Trace) -> int:
    return sum(len(helpers) for _at, helpers in trace.told)


def _weekly(town: Town, trace: Trace) -> Ints:
    """Notices by helper and whole week, one entry each."""
    weeks, n = town.days // 7, len(town.helpers)
    counted = np.zeros(weeks * n, np.int64)
    for at, helpers in trace.told:
        if at < weeks * WEEK:
            counted[int(at // WEEK) * n + helpers] += 1
    return counted


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else np.nan


def _quantile(values: Floats | Ints, level: float) -> float:
    kept = values[~np.isnan(values)]
    return float(np.quantile(kept, level)) if len(kept) else np.nan
