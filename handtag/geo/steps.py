"""Distances as people see them: seven steps, so that nobody can work out where somebody lives."""

from enum import IntEnum

from handtag.geo.points import Point, metres, snap

_LIMITS = (0, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)


class Step(IntEnum):
    """How far, in steps; the nearer the smaller. What it is called is the reader's language's matter."""

    UNDER_1_KM = 0
    KM_1_TO_2 = 1
    KM_2_TO_5 = 2
    KM_5_TO_10 = 3
    KM_10_TO_20 = 4
    KM_20_TO_50 = 5
    OVER_50_KM = 6

    @property
    def low(self) -> int:
        """From so many metres, these included."""
        return _LIMITS[self]

    @property
    def high(self) -> int | None:
        """To so many metres, these not included; none for the last step."""
        return _LIMITS[self + 1] if self + 1 < len(_LIMITS) else None


def step_of(distance: float) -> Step:
    """The step of a distance in metres."""
    return Step(sum(distance >= limit for limit in _LIMITS[1:]))


def snapped_metres(one: Point, other: Point) -> float:
    """The only distance between two people that may be compared or shown: that of their squares."""
    return metres(snap(one), snap(other))


def step_between(one: Point, other: Point) -> Step:
    """How far apart two people are, always measured between the middles of their squares."""
    return step_of(snapped_metres(one, other))
