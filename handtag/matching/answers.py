"""The published estimate that a helper says yes when told: their own answers, drawn to those of all.

    own      = (yes + 6·mean) / (exposure + 6)     of their notices of this service in 180 days
    mean     = (all yes + 3) / (all exposure + 20)
    estimate = own · ½^(km / 7) · 0.8 before nine and from eight in the evening

Counted, not learned: no trait of a person is in it, the same figures give the same estimate, and whoever it
is about can check it by hand. A notice to somebody who was hardly attending, far away or late counts as the
part of a notice that it was (`exposure`), so that being asked at a bad moment speaks against nobody.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from handtag.matching.attention import Floats, recovered

VERSION: Final = "estimate-1"
OVER_DAYS: Final = 180.0
OWN: Final = 6.0  # notices that the mean is worth for one helper
BEFORE: Final = (3.0, 20.0)  # yeses and notices assumed of all before anybody has answered
HALF_KM: Final = 7.0
BUSY: Final = 0.8
MORNING, EVENING = 9.0, 20.0
LEAST, MOST = 0.01, 0.95


def discount(km: ArrayLike, hour: ArrayLike) -> Floats:
    """How much of a chance is left so many km away, told at that hour of the day (0–1): broadcasts."""
    at = np.asarray(hour, dtype=np.float64)
    near = 0.5 ** (np.asarray(km, dtype=np.float64) / HALF_KM)
    return np.asarray(near * np.where((at >= MORNING) & (at < EVENING), 1.0, BUSY))


def exposure(minutes_since_told: ArrayLike, km: ArrayLike, hour: ArrayLike) -> Floats:
    """What a notice counts for: the attention there was when it came, and its discount (0–1)."""
    return recovered(minutes_since_told) * discount(km, hour)


def mean(yes: ArrayLike, exposed: ArrayLike) -> float:
    """The share of yes among all notices of a service to a group, from its sums by helper."""
    said, told = float(np.sum(yes)), float(np.sum(exposed))
    _sensible(np.asarray(yes, dtype=np.float64), np.asarray(exposed, dtype=np.float64))
    return (said + BEFORE[0]) / (told + BEFORE[1])


def own(yes: ArrayLike, exposed: ArrayLike, of_all: float) -> Floats:
    """Each helper's share, drawn to the mean while notices are few: yeses and exposure, shape (n,)."""
    said, told = np.asarray(yes, dtype=np.float64), np.asarray(exposed, dtype=np.float64)
    _sensible(said, told)
    return np.asarray((said + OWN * of_all) / (told + OWN))


def estimate(own_share: ArrayLike, km: ArrayLike, hour: ArrayLike) -> Floats:
    """The chance of a yes to one ask, told at that hour (0–1)."""
    return np.clip(np.asarray(own_share, dtype=np.float64) * discount(km, hour), LEAST, MOST)


def _sensible(yes: Floats, exposed: Floats) -> None:
    if (yes < 0).any() or (exposed < 0).any():
        raise ValueError("yes and exposed must be 0 or more")
