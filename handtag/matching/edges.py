"""The edges that `assignment.assign` needs, from columns: who could take which ask, and what each pair costs.

    indptr, indices, costs = near(asks, pool)
    found = assign(indptr, indices, costs, len(pool))

The cost is 150 a km, and 120 for each errand of the last 28 days: a metre is worth a fraction of an errand,
so that those who did much are spared for a short walk more (measured: errands given to the heavily loaded
fell from 9.1 to 0.7 per cent for 60 m).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from handtag.matching import compiled
from handtag.matching.kernels import joining
from handtag.matching.ranking import Pool

PER_KM: Final = 150
PER_ERRAND: Final = 120
NEVER: Final = 1e4  # km: the reach of who may not come
FARTHEST: Final = 60.0  # km: the reach of who has told none

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Masks = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Asks:
    """m asks as columns of shape (m,): point in degrees; and, where demanded (None: of no ask), bit of the
    service, bits of languages of which one is needed, hours (m, 3) as in `Pool`, km by which reach is
    widened.
    """

    longitude: NDArray[np.float64]
    latitude: NDArray[np.float64]
    service: NDArray[np.uint64] | None = None
    demanded: NDArray[np.uint64] | None = None
    hours: NDArray[np.uint64] | None = None
    wider: NDArray[np.float64] | None = None

    def __len__(self) -> int:
        return len(self.longitude)


def near(
    asks: Asks, pool: Pool, *, per_km: float = PER_KM, per_errand: float = PER_ERRAND
) -> tuple[Ints, NDArray[np.int32], Ints]:
    """Edges in CSR form (indptr, indices, costs): every helper who may take an ask. Same input, same order.

    A helper whose `reach` is None has one of 60 km. What a pool cannot tell (who is blocked or booked) is
    taken out of the edges by the caller.
    """
    if not len(asks) or not len(pool):
        return np.zeros(len(asks) + 1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int64)
    reach = np.full(len(pool), FARTHEST) if pool.reach is None else pool.reach.astype(np.float64)
    if pool.active is not None:
        reach = np.where(pool.active, reach, -NEVER)
    service = asks.service if pool.services is not None else None
    hours = asks.hours if pool.hours is not None else None
    demanded = (service, asks.demanded, hours)
    had = (pool.services, pool.languages, pool.hours)
    there = joining.Side(
        _place(pool.longitude, pool.latitude, reach),
        _bits(len(pool), demanded, had),
        np.rint(per_errand * pool.load.astype(np.float64)).astype(np.int64),
    )
    wider = np.zeros(len(asks)) if asks.wider is None else asks.wider
    here = joining.Side(
        _place(asks.longitude, asks.latitude, wider),
        _bits(len(asks), demanded, demanded),
        np.zeros(len(asks), np.int64),
    )
    run = compiled.functions(joining, len(asks) + len(pool))
    found: tuple[Ints, NDArray[np.int32], Ints] = run.joined(
        here, there, max(float(reach.max()) / 2, 0.2), per_km
    )
    return found


def _place(longitude: Floats, latitude: Floats, km: Floats) -> Floats:
    place = np.empty((len(longitude), 4))
    place[:, 0], place[:, 1], place[:, 2], place[:, 3] = longitude, latitude, np.cos(np.radians(latitude)), km
    return place


def _bits(count: int, demanded: Sequence[Masks | None], columns: Sequence[Masks | None]) -> Masks:
    """Masks side by side: service, languages, three words of hours; as far as anything is demanded."""
    width = max(
        (end for column, end in zip(demanded, (1, 2, 5), strict=True) if column is not None), default=0
    )
    bits = np.zeros((count, width), np.uint64)
    for place, column in enumerate(columns):
        if column is not None and place < width:
            bits[:, place : place + (3 if place == 2 else 1)] = column.reshape(count, -1)
    return bits
