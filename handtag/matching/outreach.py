"""Whom to tell of an ask next, how many, and when to look again: as few as will do, and nobody too often.

    wave = next_wave(state)                       # or next_wave(state, Settings(weekly_budget=2))
    wave.who, wave.reasons, wave.next_at

Paced expected fill. Everybody told who has not answered may still say yes; how much may be pending at a time
hangs on the time left (`pacing`). An ask with days ahead waits for one at a time; one for tonight tells
several at once. Best first is the chance of a yes (estimate × attention), with what fairness adds, less what
the notice is worth elsewhere. Where many have been told as often as their week allows, those who were told
lately are left in peace until their attention is back: their notices are few, and worth more then.

A pure function: no clock, no chance, no memory. What it returns holds whenever it is called: at `next_at`, at
each answer, or in between. Hard limits, never traded: the weekly budget, quiet hours, told once for an ask.

Sources: V. Manshadi, S. Rodilitz, Management Science 68 (2022); S. Balseiro, Y. Gur, Management Science 65
(2019), for the price of attention.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from handtag.matching import pacing, waking
from handtag.matching.attention import Floats, recovered, unanswered
from handtag.matching.reading import URGENT, Asked, BadState, read

__all__ = ["URGENT", "BadState", "Reason", "Settings", "State", "Wave", "next_wave"]

WORTH: Final = 0.12  # share of a usual chance in this pool, under which nobody is told
REST: Final = 0.4  # attention that must be back where the pool has no notices to spare
SPARE: Final = (0.3, 0.8)  # share of its notices that a pool has had: nothing is tight, everything is
PATIENCE: Final = 0.7  # attention that must be back when there is so much time, in waking minutes
LONG: Final = 1500.0
HURRY: Final = 0.5  # of either, and of a price, that counts for an urgent ask
DONE: Final = 0.01  # chance less for each recent errand, of ten at most
MOST_ERRANDS: Final = 10.0
GOLDEN: Final = (5**0.5 - 1) / 2  # spreads turns evenly over asks, whenever they come
AGAIN: Final = 120.0  # waking minutes until somebody may have come back
SOON_AGAIN: Final = 10.0
OFTEN: Final = 5.0

Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class State:
    """One ask as it stands. `now`, `posted`, `deadline`: minutes since some Monday 00:00, local wall time.

    For n eligible helpers, arrays of shape (n,), or one number for all: `answer_probability`, the published
    estimate that they say yes when they see it (0–1); `minutes_since_told` of anything, inf if never;
    `told_last_7_days`, notices; `recent_errands`, in 28 days; `told_at` for this ask, nan if not; `answered`,
    0 none, 1 yes, -1 no; `attention_price`, what a notice is worth elsewhere (`attention.price_after`).
    """

    now: float
    posted: float
    deadline: float
    wanted: int
    answer_probability: ArrayLike
    minutes_since_told: ArrayLike = np.inf
    told_last_7_days: ArrayLike = 0
    recent_errands: ArrayLike = 0
    told_at: ArrayLike = np.nan
    answered: ArrayLike = 0
    attention_price: ArrayLike = 0.0


@dataclass(frozen=True, slots=True)
class Settings:
    """`weekly_budget`: notices in 7 days, one number or one each. `target`: chance of a fill aimed at.
    `step`: least minutes between waves. `margin`: minutes before the deadline after which nobody is told, at
    most a quarter of the time there was. `quiet_hours`: (from, to) in minutes of the day, or None.
    `answer_time_survival`: share of answers that take longer than so many waking minutes; a function, or
    shares by minute. `fairness`: 0 for none, 1 for new helpers asked first as often as they are many.
    """

    weekly_budget: ArrayLike = 3
    target: float = 0.98
    step: float = 5.0
    margin: float = 20.0
    quiet_hours: tuple[float, float] | None = (21 * 60.0, 8 * 60.0)
    answer_time_survival: Callable[[Any], Any] | ArrayLike = unanswered
    fairness: float = 1.0

    @classmethod
    def urgent(cls, **changed: Any) -> Self:
        """For what is needed within hours: quicker steps, a short margin, those most likely first."""
        return replace(cls(step=3.0, margin=10.0, fairness=0.0), **changed)


DEFAULT: Final = Settings()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one is told: `estimate` (chance of a yes when seen, 0–1), `attention` (share that is back, 0–1),
    `fairness` (chance added for a new helper whose turn it is, or taken off who did much lately), `price`
    (chance this notice is worth elsewhere). They are ordered by the score.
    """

    estimate: float
    attention: float
    fairness: float
    price: float

    @property
    def score(self) -> float:
        """estimate·attention + fairness - price."""
        return self.estimate * self.attention + self.fairness - self.price


@dataclass(frozen=True, slots=True)
class Wave:
    """`who`: indices into the state's arrays, best first; `reasons`, one each; `next_at`: the minute to look
    again, or None when there is nobody more to tell, or nothing more to find.
    """

    who: list[int] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    next_at: float | None = None


def next_wave(state: Any, settings: Any = None) -> Wave:
    """Whom to tell now, and when to look again. `state` and `settings` are a State and a Settings, or
    anything with their attributes (settings with some of them). BadState if they make no sense.
    """
    ask = read(state, settings, DEFAULT)
    if ask.left <= 0 or ask.now > ask.last or not ask.fresh.any():
        return Wave()
    if waking.asleep(ask.now, ask.quiet):
        return Wave(next_at=_in_time(ask, waking.morning(ask.now, ask.quiet)))
    who, reasons, over = _best(ask)
    more = over > 0 or bool(ask.fresh.sum() > len(who))
    ahead = SOON_AGAIN if ask.urgent else AGAIN
    if over > 0:
        due = pacing.due_in(ask, ask.chance[who] * recovered(ask.since[who]))
        ahead = min(due, OFTEN) if ask.urgent else due  # a no may have made room before
    at = waking.later(ask.now, max(ahead, ask.step), ask.quiet)
    return Wave(who, reasons, _in_time(ask, at) if more else None)


def _best(ask: Asked) -> tuple[list[int], list[Reason], int]:
    """Who is told now, why, and how many more might be."""
    attention = recovered(ask.since)
    chance = ask.chance * attention
    price = ask.price * (HURRY if ask.urgent else 1.0)
    free = np.flatnonzero(ask.fresh & (ask.week < ask.budget) & (ask.chance > 0))
    fair = _fairness(ask, free, chance - price)
    score = chance + fair - price
    tight = _tightness(ask)
    worth = ((fair > 0) | _worth_it(ask, attention, chance, tight)) & (chance > price * tight)
    free = free[worth[free]]
    order = free[np.lexsort((ask.errands[free], ask.week[free], -ask.since[free], -score[free]))]
    who = order[: _how_many(ask, pacing.mass(chance[order]))].tolist()
    columns = (each[who].tolist() for each in (ask.chance, attention, fair, price))
    return who, [Reason(*parts) for parts in zip(*columns, strict=True)], len(order) - len(who)


def _how_many(ask: Asked, mass: Floats) -> int:
    """As many as may be pending; one at least where there is room."""
    room = float(pacing.may_be_pending(ask, np.zeros(1))[0])
    there = float(pacing.pending(ask, np.zeros(1))[0])
    if not len(mass) or there > pacing.RICH * room:
        return 0
    middles = there + np.cumsum(mass) - mass / 2
    return max(int(np.searchsorted(middles, room, side="right")), 1)


def _tightness(ask: Asked) -> float:
    """How scarce notices are in this pool, 0–1: by the share of its week it has had, those who count most
    first. Where they are not, a price decides nothing but the order.
    """
    spent = np.minimum(ask.week / np.maximum(ask.budget, 1.0), 1.0)
    had = float(spent @ ask.chance) / max(float(ask.chance.sum()), 1e-9)
    return min(max((had - SPARE[0]) / (SPARE[1] - SPARE[0]), 0.0), 1.0)


def _worth_it(ask: Asked, attention: Floats, chance: Floats, tight: float) -> NDArray[np.bool_]:
    """Who has chance enough, by what is usual here, and is rested where notices are scarce."""
    hurry = HURRY if ask.urgent else 1.0
    usual = float(ask.chance @ ask.chance) / max(float(ask.chance.sum()), 1e-9)
    rest = max(REST * tight, PATIENCE * min(ask.time / LONG, 1.0))
    return (chance >= hurry * WORTH * usual) & (attention >= hurry * rest)


def _fairness(ask: Asked, free: Ints, score: Floats) -> Floats:
    """Chance taken off for errands done lately; and, in as many asks as they are many, so much added for the
    likeliest new helper (no errand, never told) as makes them the first to be told.
    """
    fair = -DONE * ask.fairness * np.minimum(ask.errands, MOST_ERRANDS)
    new = free[(ask.errands[free] == 0) & np.isinf(ask.since[free])]
    if not len(new) or ask.urgent or ask.told.any():
        return fair
    share = min(ask.fairness * len(new) / len(free), 1.0)
    if (ask.posted * GOLDEN) % 1.0 < share:
        first = new[int(np.argmax(score[new]))]
        ahead = float((score + fair)[free].max() - score[first])
        fair[first] = max(ahead, 0.0) + 1e-9
    return fair


def _in_time(ask: Asked, at: float) -> float | None:
    return float(at) if at <= ask.last else None
