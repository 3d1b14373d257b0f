"""What a helper's fit for an ask is made of: five parts, their weights, and how far apart two points are.

The weights are a start and carry a version; a suggestion that was shown can be explained by it later. No part
is learnt about a person and none is a protected trait.
"""

from dataclasses import dataclass
from math import inf, log
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Masks = NDArray[np.uint64]

EARTH_KM: Final = 6371.009  # mean radius, as handtag.geo has it
PARTS: Final = ("distance", "language", "readiness", "continuity", "time")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part may give at most; `fade_km` is where nearness has sunk to 37 per cent."""

    version: str = "2026-1"
    distance: float = 0.40
    fade_km: float = 3.0
    language: float = 0.15
    answers: float = 0.25
    load: float = 0.12
    load_full: float = 8.0  # errands in 28 days at which there is nothing left to give
    idle: float = 0.08
    idle_full: float = 168.0  # hours since the last errand: a week
    continuity: float = 0.10
    time: float = 0.10


WEIGHTS: Final = Weights()


def kilometres(longitude: float, latitude: float, longitudes: Floats, latitudes: Floats) -> Floats:
    """Distances in km on a sphere from one point to n points, all in degrees; shape (n,)."""
    lat1, lat2 = np.radians(latitude), np.radians(latitudes)
    across = np.sin((lat2 - lat1) / 2) ** 2
    along = np.sin(np.radians(longitudes - longitude) / 2) ** 2
    root = np.sqrt(np.minimum(across + np.cos(lat1) * np.cos(lat2) * along, 1.0))
    return np.asarray(2 * EARTH_KM * np.arcsin(root), dtype=np.float64)


def nearness(km: Floats, weights: Weights = WEIGHTS) -> Floats:
    """0.40·exp(-d / 3 km); shape (n,)."""
    return weights.distance * np.exp(-km / weights.fade_km)


def language(spoken: Masks, wanted: int, first: int, weights: Weights = WEIGHTS) -> Floats:
    """0.15 for the language the asker would rather speak, half of it for another common one; shape (n,).

    Languages are bits of a mask whose code book is the caller's. An ask that names none suits everybody.
    """
    if not wanted:
        return np.full(spoken.shape, weights.language)
    rather = (spoken & np.uint64(first)) != 0
    some = (spoken & np.uint64(wanted)) != 0
    return weights.language * np.where(rather, 1.0, np.where(some, 0.5, 0.0))


def readiness(answers: Floats, load: Floats, idle: Floats, weights: Weights = WEIGHTS) -> Floats:
    """0.25·answers + 0.12·(1 - load28/8)+ + 0.08·min(idle hours/168, 1); shape (n,).

    `answers` is the share of notices that were answered, yes or no (0–1); `load` counts errands in 28 days;
    `idle` is hours since the last errand.
    """
    return (
        weights.answers * answers
        + weights.load * np.maximum(1.0 - load / weights.load_full, 0.0)
        + weights.idle * np.minimum(idle / weights.idle_full, 1.0)
    )


def continuity(before: Floats, weights: Weights = WEIGHTS) -> Floats:
    """Half of 0.10 for one errand these two have done together, nearing all of it with more; shape (n,)."""
    return weights.continuity * (1.0 - 0.5**before)


def timing(suits: Floats, weights: Weights = WEIGHTS) -> Floats:
    """0.10 times the share of the ask's occasions that lie in the helper's own hours (0–1); shape (n,)."""
    return weights.time * suits


def furthest(least: float, weights: Weights = WEIGHTS) -> float:
    """How many km away somebody who has never met the asker can still score as much; infinite if anywhere."""
    readiness = weights.answers + weights.load + weights.idle
    wanting = least - weights.language - readiness - weights.time
    if wanting <= 0:
        return inf
    return weights.fade_km * log(weights.distance / min(wanting, weights.distance))
