"""The edges that `assignment.assign` needs, from columns: who could take which ask, and what each pair costs.

    indptr, indices, costs = near(asks, pool)
    found = assign(indptr, indices, costs, len(pool))

The cost is 150 a km, and 120 for each errand of the last 28 days: a metre is worth a fraction of an errand,
so that those who did much are spared for a short walk more (measured: errands given to the heavily loaded
fell from 9.1 to 0.7 per cent for 60 m).
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from handtag.matching import compiled
from handtag.matching.kernels import ground, joining
from handtag.matching.ranking import Pool

PER_KM: Final = 150
PER_ERRAND: Final = 120

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Short = NDArray[np.int32]


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
) -> tuple[Ints, Short, Ints]:
    """Edges in CSR form (indptr, indices, costs): every helper who may take an ask. Same input, same order.

    A helper whose `reach` is None has one of 60 km. What a pool cannot tell (who is blocked or booked) is
    taken out of the edges by the caller.
    """
    if not len(asks) or not len(pool):
        return np.zeros(len(asks) + 1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int64)
    there = laid(asks, pool, per_km, per_errand)
    found: tuple[Ints, Short, Ints] = compiled.functions(joining, len(asks) + len(pool)).sent_home(
        there, *joined(asks, pool, there)
    )
    return found


def laid(asks: Asks, pool: Pool, per_km: float, per_errand: float) -> ground.Laid:
    """Helpers laid out for the asks, of which there is at least one each."""
    there, here = sides(asks, pool)
    room = ground.room(len(pool), here.bits.shape[1])
    found: ground.Laid = compiled.functions(ground, len(asks) + len(pool)).lay(
        there, here, float(per_km), float(per_errand), room
    )
    return found


def joined(asks: Asks, pool: Pool, laid: ground.Laid) -> tuple[Ints, Short, Ints]:
    """All edges, of asks and to helpers as they were laid out."""
    work = len(asks) + len(pool)
    most = compiled.functions(ground, work).at_most(laid.ground)
    found: tuple[Ints, Short, Ints] = compiled.functions(joining, work).joined(
        laid.ground, np.empty(most, np.int32), np.empty(most, np.int64)
    )
    return found


def sides(asks: Asks, pool: Pool) -> tuple[ground.Columns, ground.Asks]:
    """Helpers and asks as the kernels take them; a column that is demanded of nobody is left out."""
    place = np.zeros((len(asks), 3))
    place[:, 0], place[:, 1] = asks.longitude, asks.latitude
    if asks.wider is not None:
        place[:, 2] = asks.wider
    demanded = (
        asks.service if pool.services is not None else None,
        asks.demanded,
        asks.hours if pool.hours is not None else None,
    )
    width = max((end for end, each in zip((1, 2, 5), demanded, strict=True) if each is not None), default=0)
    bits = np.zeros((len(asks), width), np.uint64)
    for first, each in enumerate(demanded):
        if each is not None:
            bits[:, first : first + (3 if first == 2 else 1)] = each.reshape(len(asks), -1)
    columns = ground.Columns(
        _numbers(pool.longitude),
        _numbers(pool.latitude),
        _numbers(pool.reach),
        _numbers(pool.load),
        _column(pool.active, np.bool_, ()),
        _column(pool.services if demanded[0] is not None else None, np.uint64, ()),
        _column(pool.languages, np.uint64, ()),
        _column(pool.hours if demanded[2] is not None else None, np.uint64, (3,)),
    )
    return columns, ground.Asks(place, bits)


def _numbers(column: NDArray[Any] | None) -> Any:
    return _column(column, np.float64, ())


def _column(column: NDArray[Any] | None, kind: type, shape: tuple[int, ...]) -> Any:
    """A column as the kernels take it; empty where there is none."""
    return np.empty((0, *shape), kind) if column is None else np.ascontiguousarray(column, kind)
