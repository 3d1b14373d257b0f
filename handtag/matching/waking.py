"""The waking part of a clock of local wall minutes: asleep or not, how long between, when so much has passed.

Minutes are counted since some Monday 00:00 as a clock on the wall shows them, so that a day always has 1,440
and the change to summer time is the caller's: whoever turns wall minutes into moments asks the zone then.
Quiet hours are a pair (from, to) of minutes of the day and may pass midnight; equal ends are no quiet hours.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

DAY: Final = 1440.0
WEEK: Final = 7 * DAY

Hours = tuple[float, float]


def asleep(at: float, quiet: Hours) -> bool:
    """Whether the minute lies in the quiet hours; their end does not."""
    start, length = _span(quiet)
    return (at - start) % DAY < length


def morning(at: float, quiet: Hours) -> float:
    """The minute itself if awake, else the end of the quiet hours it lies in."""
    start, length = _span(quiet)
    into = (at - start) % DAY
    return at + length - into if into < length else at


def between(first: ArrayLike, last: ArrayLike, quiet: Hours) -> NDArray[np.float64]:
    """Waking minutes from `first` to `last`, which broadcast; 0 where last is before first."""
    begin, end = np.asarray(first, dtype=np.float64), np.asarray(last, dtype=np.float64)
    return np.maximum(_waking(end, quiet) - _waking(begin, quiet), 0.0)


def later(at: float, minutes: float, quiet: Hours) -> float:
    """The waking minute by which so many waking minutes have passed."""
    start, length = _span(quiet)
    at = morning(at, quiet)
    if minutes <= 0 or not length:
        return at + max(minutes, 0.0)
    awake = DAY - length
    begun = at - (at - start - length) % DAY  # this day's end of quiet
    days, into = divmod(at - begun + minutes, awake)
    return morning(float(begun + days * DAY + into), quiet)


def _span(quiet: Hours) -> Hours:
    """When quiet begins, and how long it lasts."""
    return quiet[0], (quiet[1] - quiet[0]) % DAY


def _waking(at: NDArray[np.float64], quiet: Hours) -> NDArray[np.float64]:
    """Waking minutes passed since the first end of quiet hours."""
    start, length = _span(quiet)
    days, into = np.divmod(at - start - length, DAY)
    return np.asarray(days * (DAY - length) + np.minimum(into, DAY - length))
