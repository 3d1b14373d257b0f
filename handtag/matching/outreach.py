"""Whom to tell of an ask next, how many, and when to look again: as few as will do, and nobody too often.

    wave = next_wave(state)                       # or next_wave(state, Settings(weekly_budget=2))
    wave.who, wave.reasons, wave.next_at

Paced expected fill. Everybody told who has not answered may still say yes; what may be pending at a time is
set by how much time is left, so that the target is met when it must be, and hardly two come for one ask. An
ask with days ahead waits for one at a time; one for tonight tells several at once. Best first is the chance of
a yes (estimate × attention), with what fairness adds, less what the notice is worth elsewhere.

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

from handtag.matching import waking
from handtag.matching.attention import recovered, unanswered

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

URGENT: Final = 240.0  # minutes from posting to deadline, at most, that make an ask urgent
CALM: Final = 0.05  # expected yeses that may be pending whatever the time left
EACH: Final = 0.6  # more of them, for each further one that is wanted
CERTAIN: Final = 0.95  # no chance of a yes counts as more
ANSWER: Final = 30.0  # waking minutes that an answer takes, on the whole
GRID: Final = np.concatenate([np.arange(1.0, 31.0), np.geomspace(32.0, 1500.0, 34)])  # minutes ahead


class BadState(ValueError):
    """A state or settings that make no sense, with the name of what is wrong."""


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
    `step`: least minutes between waves. `margin`: minutes before the deadline after which nobody is told.
    `quiet_hours`: (from, to) in minutes of the day, or None. `answer_time_survival`: share of answers that
    take longer than so many waking minutes. `fairness`: 0 for none, 1 for new helpers asked first as often as
    they are many.
    """

    weekly_budget: ArrayLike = 3
    target: float = 0.98
    step: float = 5.0
    margin: float = 20.0
    quiet_hours: tuple[float, float] | None = (21 * 60.0, 8 * 60.0)
    answer_time_survival: Callable[[Any], Any] = unanswered
    fairness: float = 1.0

    @classmethod
    def urgent(cls, **changed: Any) -> Self:
        """For what is needed within hours: quicker steps, a short margin, those most likely first."""
        return replace(cls(step=3.0, margin=10.0, fairness=0.0), **changed)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one is told: `estimate` (chance of a yes when seen, 0–1), `attention` (share that is back, 0–1),
    `fairness` (chance added, less than 0 for who did much lately), `price` (chance this notice is worth
    elsewhere); `first` if a new helper was due to be asked first. score = estimate·attention + fairness -
    price.
    """

    estimate: float
    attention: float
    fairness: float
    price: float
    first: bool = False

    @property
    def score(self) -> float:
        """What the order goes by."""
        return self.estimate * self.attention + self.fairness - self.price


@dataclass(frozen=True, slots=True)
class Wave:
    """`who`: indices into the state's arrays, best first; `reasons`, one each; `next_at`: the minute to look
    again, or None when there is nobody more to tell, or nothing more to find.
    """

    who: list[int] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    next_at: float | None = None


@dataclass(frozen=True, slots=True)
class _Ask:
    """State and settings, read and checked."""

    now: float
    posted: float
    deadline: float
    wanted: int
    chance: Floats
    since: Floats
    week: Floats
    errands: Floats
    told_at: Floats
    answered: Floats
    price: Floats
    budget: Floats
    target: float
    step: float
    margin: float
    quiet: tuple[float, float]
    survival: Callable[[Floats], Floats]
    fairness: float
    told: Flags = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "told", ~np.isnan(self.told_at))


def next_wave(state: Any, settings: Any = None) -> Wave:
    """Whom to tell now, and when to look again. `state` and `settings` are a State and a Settings, or
    anything with their attributes (settings with some of them). BadState if they make no sense.
    """
    ask = _read(state, settings)
    left = ask.wanted - int((ask.answered == 1).sum())
    last = ask.deadline - ask.margin
    if left <= 0 or ask.now > last:
        return Wave()
    if waking.asleep(ask.now, ask.quiet):
        return Wave(next_at=_before(last, waking.morning(ask.now, ask.quiet)))
    fresh = ~ask.told & (ask.answered == 0)
    free = np.flatnonzero(fresh & (ask.week < ask.budget) & (ask.chance > 0))
    if not len(free):
        return Wave(next_at=_before(last, waking.later(ask.now, 240.0, ask.quiet)) if fresh.any() else None)
    return _paced(ask, left, last, free)


def _paced(ask: _Ask, left: int, last: float, free: NDArray[np.intp]) -> Wave:
    attention = recovered(ask.since)
    score = ask.chance * attention + _fair(ask) - ask.price
    order = free[np.lexsort((ask.errands[free], ask.week[free], -ask.since[free], -score[free]))]
    order = order[ask.chance[order] * attention[order] > ask.price[order]]
    mass = -np.log1p(-np.minimum(ask.chance * attention, CERTAIN))
    pending = _Pending(ask)
    allowed, open_ = _allowed(ask, left, last), pending.after(0.0)
    who: list[int] = []
    for one in order.tolist():
        if open_ + mass[one] / 2 > allowed and (who or open_ > CALM):
            break
        who.append(one)
        open_ += mass[one]
    reasons = [
        Reason(float(ask.chance[i]), float(attention[i]), float(_fair(ask)[i]), float(ask.price[i]))
        for i in who
    ]
    more = bool((~ask.told & (ask.answered == 0)).sum() > len(who))
    ahead = ask.step if not more else _ahead(ask, left, last, pending, mass[who])
    return Wave(who, reasons, _before(last, waking.later(ask.now, ahead, ask.quiet)) if more else None)


def _fair(ask: _Ask) -> Floats:
    """Chance added for fairness: a little less for each errand done lately."""
    return -0.01 * ask.fairness * np.minimum(ask.errands, 10.0)


def _allowed(ask: _Ask, left: int, last: float, ahead: float = 0.0) -> float:
    """Expected yeses that may be pending, so many waking minutes from now."""
    time = float(waking.between(ask.now, last, ask.quiet)) - ahead
    share = 0.35 if ask.deadline - ask.posted <= URGENT else 0.5
    need = -np.log(1 - ask.target) * left
    return float(max(CALM + EACH * (left - 1), need * ANSWER / max(share * time, 1.0)))


class _Pending:
    """What those told may still say, now and later."""

    def __init__(self, ask: _Ask) -> None:
        waiting = np.flatnonzero(ask.told & (ask.answered == 0))
        gap = waking.WEEK / np.maximum(ask.week[waiting], 1.0)
        self.chance = np.minimum(ask.chance[waiting] * recovered(gap), CERTAIN)
        self.gone = waking.between(ask.told_at[waiting], ask.now, ask.quiet)
        self.survival = ask.survival

    def after(self, minutes: float) -> float:
        """Expected yeses (as -log of none) so many waking minutes from now."""
        still = self.chance * self.survival(self.gone + minutes)
        return float(-np.log1p(-still / (1 - self.chance + still)).sum())


def _ahead(ask: _Ask, left: int, last: float, pending: _Pending, new: Floats) -> float:
    """Waking minutes until so little is pending that the next may be told."""
    chance = -np.expm1(-new)
    for minutes in GRID[np.maximum(ask.step, 1.0) <= GRID]:
        still = chance * ask.survival(np.full(len(chance), minutes))
        open_ = pending.after(minutes) - np.log1p(-still / (1 - chance + still)).sum()
        if open_ <= _allowed(ask, left, last, minutes):
            return float(minutes)
    return float(GRID[-1])


def _before(last: float, at: float) -> float | None:
    return float(at) if at <= last else None


def _read(state: Any, settings: Any) -> _Ask:
    chance = _column(state, "answer_probability", None)
    n = None if chance.ndim == 0 else len(chance)
    if n is None:
        raise BadState("answer_probability must be one number for each helper")
    columns = {
        name: _column(state, source, n)
        for name, source in (
            ("since", "minutes_since_told"),
            ("week", "told_last_7_days"),
            ("errands", "recent_errands"),
            ("told_at", "told_at"),
            ("answered", "answered"),
            ("price", "attention_price"),
        )
    }
    columns["since"] = np.where(np.isnan(columns["since"]), np.inf, columns["since"])
    numbers = {name: _number(state, name) for name in ("now", "posted", "deadline", "wanted")}
    default = Settings()
    given = {name: getattr(settings, name, getattr(default, name)) for name in Settings.__slots__}
    quiet = given["quiet_hours"] or (0.0, 0.0)
    if max(quiet) <= 24:
        quiet = (quiet[0] * 60.0, quiet[1] * 60.0)
    return _Ask(
        now=numbers["now"],
        posted=numbers["posted"],
        deadline=numbers["deadline"],
        wanted=int(numbers["wanted"]),
        chance=chance,
        **columns,
        budget=np.broadcast_to(np.asarray(given["weekly_budget"], dtype=np.float64), n),
        target=float(given["target"]),
        step=float(given["step"]),
        margin=float(given["margin"]),
        quiet=quiet,
        survival=given["answer_time_survival"],
        fairness=float(given["fairness"]),
    )


def _column(state: Any, name: str, n: int | None) -> Floats:
    try:
        column = np.asarray(getattr(state, name), dtype=np.float64)
        return column if n is None else np.broadcast_to(column, (n,))
    except AttributeError:
        raise BadState(f"The state has no {name}") from None
    except (TypeError, ValueError):
        raise BadState(f"{name} must be numbers, one for each helper") from None


def _number(state: Any, name: str) -> float:
    try:
        value = float(getattr(state, name))
    except AttributeError:
        raise BadState(f"The state has no {name}") from None
    except (TypeError, ValueError):
        raise BadState(f"{name} must be a number") from None
    if not np.isfinite(value):
        raise BadState(f"{name} must be a number")
    return value
