"""Reads the state of an ask and the settings of outreach from whatever holds them, or says what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from handtag.matching import waking
from handtag.matching.attention import Floats

Flags = NDArray[np.bool_]

URGENT: Final = 240.0  # minutes from posting to deadline, at most, that make an ask urgent
MARGIN: Final = 0.25  # of the time from posting to deadline, at most
DAY_HOURS: Final = 24


class BadState(ValueError):
    """A state or settings that make no sense, with the name of what is wrong."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One ask, read and checked; arrays have one entry for each helper."""

    now: float
    posted: float
    last: float  # the minute after which nobody is told
    time: float  # waking minutes until then
    margin: float
    left: int  # helpers still wanted
    urgent: bool
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
    quiet: tuple[float, float]
    survival: Callable[[Any], Any]
    fairness: float

    @property
    def told(self) -> Flags:
        """Who has heard of it."""
        return np.asarray(~np.isnan(self.told_at))

    @property
    def fresh(self) -> Flags:
        """Who has not, and has not answered either."""
        return np.asarray(np.isnan(self.told_at) & (self.answered == 0))


def read(state: Any, settings: Any, default: Any) -> Asked:
    """The ask of a state; gaps in the settings are filled from `default`. BadState if they make no sense."""
    chance = _numbers(state, "answer_probability")
    if chance.ndim != 1:
        raise BadState("answer_probability must be a list of numbers, one for each helper")
    n = len(chance)
    since = _column(state, "minutes_since_told", n)
    answered = _column(state, "answered", n)
    now, posted, deadline = (_number(state, name) for name in ("now", "posted", "deadline"))
    wanted = _number(state, "wanted")
    _demand(bool((chance >= 0).all() and (chance <= 1).all()), "answer_probability must be from 0 to 1")
    _demand(bool((answered * answered == np.abs(answered)).all()), "answered must be 0, 1 or -1")
    _demand(wanted >= 0 and wanted == int(wanted), "wanted must be a whole number, 0 or more")
    _demand(deadline >= posted, "deadline must not be before posted")
    wish = _Wish(settings, default)
    margin = min(wish.number("margin", 0.0), MARGIN * (deadline - posted))
    last, quiet = deadline - margin, wish.quiet()
    return Asked(
        now=now,
        posted=posted,
        last=last,
        time=float(waking.between(now, last, quiet)),
        margin=margin,
        left=int(wanted) - int((answered == 1).sum()),
        urgent=deadline - posted <= URGENT,
        chance=chance,
        since=np.maximum(np.where(np.isnan(since), np.inf, since), 0.0),
        week=_counts(state, "told_last_7_days", n),
        errands=_counts(state, "recent_errands", n),
        told_at=_column(state, "told_at", n),
        answered=answered,
        price=_counts(state, "attention_price", n),
        budget=wish.budget(n),
        target=min(wish.number("target", 0.0), 1 - 1e-6),
        step=wish.number("step", 0.0),
        quiet=quiet,
        survival=wish.survival(),
        fairness=wish.number("fairness", 0.0),
    )


class _Wish:
    """Settings, read one by one."""

    def __init__(self, settings: Any, default: Any) -> None:
        self.given, self.default = settings, default

    def get(self, name: str) -> Any:
        return getattr(self.given, name, getattr(self.default, name))

    def number(self, name: str, least: float) -> float:
        value = _as_number(self.get(name), name)
        _demand(value >= least, f"{name} must be {least:g} or more")
        return value

    def budget(self, n: int) -> Floats:
        try:
            return np.broadcast_to(np.asarray(self.get("weekly_budget"), dtype=np.float64), (n,))
        except (TypeError, ValueError):
            raise BadState("weekly_budget must be a number, or one for each helper") from None

    def quiet(self) -> tuple[float, float]:
        """Minutes of the day; hours are known by being at most 24, whoever gives them."""
        given = self.get("quiet_hours")
        if given is None:
            return 0.0, 0.0
        try:
            start, end = (_as_number(each, "quiet_hours") for each in given)
        except (TypeError, ValueError):
            raise BadState("quiet_hours must be two minutes of the day, or None") from None
        unit = 60.0 if max(start, end) <= DAY_HOURS else 1.0
        return start * unit, end * unit

    def survival(self) -> Callable[[Any], Any]:
        """As a function of arrays: a function of single minutes will do, or shares by minute."""
        given = self.get("answer_time_survival")
        if not callable(given):
            shares = _as_array(given, "answer_time_survival")
            _demand(shares.ndim == 1 and len(shares) > 0, "answer_time_survival must be shares by minute")
            return lambda minutes: np.interp(minutes, np.arange(len(shares)), shares)

        def shared(minutes: Any) -> Any:
            try:
                found = np.asarray(given(minutes), dtype=np.float64)
                if found.shape == np.shape(minutes):
                    return np.clip(found, 0.0, 1.0)
            except (TypeError, ValueError):
                pass
            return np.clip(np.vectorize(given, otypes=[np.float64])(minutes), 0.0, 1.0)

        return shared


def _numbers(state: Any, name: str) -> Floats:
    try:
        return _as_array(getattr(state, name), name)
    except AttributeError:
        raise BadState(f"The state has no {name}") from None


def _column(state: Any, name: str, n: int) -> Floats:
    given = _numbers(state, name)
    if given.shape == (n,):
        return given
    if given.size != 1:
        raise BadState(f"{name} must have one number for each of {n} helpers")
    return np.full(n, float(given.reshape(-1)[0]))


def _counts(state: Any, name: str, n: int) -> Floats:
    column = _column(state, name, n)
    _demand(bool((column >= 0).all()), f"{name} must be 0 or more")
    return column


def _number(state: Any, name: str) -> float:
    try:
        return _as_number(getattr(state, name), name)
    except AttributeError:
        raise BadState(f"The state has no {name}") from None


def _as_number(value: Any, name: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise BadState(f"{name} must be a number") from None
    _demand(bool(np.isfinite(number)), f"{name} must be a number")
    return number


def _as_array(value: Any, name: str) -> Floats:
    try:
        return np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise BadState(f"{name} must be numbers") from None


def _demand(holds: bool, what: str) -> None:
    if not holds:
        raise BadState(what)
