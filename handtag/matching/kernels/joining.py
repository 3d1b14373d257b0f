"""Who could take which ask: all pairs that are near enough and meet every demand, with what each pair costs.

Helpers are counted into the squares of a grid, half as wide as the longest reach; an ask looks at the squares
around.
"""

from math import asin, cos, radians, sin, sqrt
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Short = NDArray[np.int32]
Masks = NDArray[np.uint64]

EARTH_KM: Final = 6371.009


class Side(NamedTuple):
    """Asks or helpers. place (n, 3): lon, lat, and km of reach or, for an ask, by how much that is widened.

    bits (n, 5): service, languages, hours. fixed: what the helper costs wherever they go.
    """

    place: Floats
    bits: Masks
    fixed: Ints


class Grid(NamedTuple):
    """Squares: numbers are west and south in degrees, their width and height in degrees; shape: columns and
    rows.

    begin: where each square's helpers begin in `order`.
    """

    numbers: Floats
    shape: Ints
    begin: Ints
    order: Short


def joined(asks: Side, helpers: Side, cell_km: float, per_km: float) -> tuple[Ints, Short, Ints]:
    """Edges in CSR form, those of an ask in the order of the squares: pointers, helpers, costs."""
    grid = _grid(helpers.place, cell_km)
    ptr, size = np.zeros(asks.place.shape[0] + 1, np.int64), 0
    longest, reach = np.zeros(asks.place.shape[0]), 0.0
    for helper in range(helpers.place.shape[0]):
        reach = max(reach, helpers.place[helper, 2])
    for ask in range(asks.place.shape[0]):
        longest[ask] = reach + asks.place[ask, 2]
        size += _around(
            grid, asks, helpers, ask, longest[ask], per_km, np.empty(0, np.int32), np.empty(0, np.int64), -1
        )
    col, cost, size = np.empty(size, np.int32), np.empty(size, np.int64), 0
    for ask in range(asks.place.shape[0]):
        size = _around(grid, asks, helpers, ask, longest[ask], per_km, col, cost, size)
        ptr[ask + 1] = size
    return ptr, col[:size].copy(), cost[:size].copy()


def _grid(place: Floats, cell_km: float) -> Grid:
    west, east, south, north = place[0, 0], place[0, 0], place[0, 1], place[0, 1]
    for helper in range(place.shape[0]):
        west, east = min(west, place[helper, 0]), max(east, place[helper, 0])
        south, north = min(south, place[helper, 1]), max(north, place[helper, 1])
    high = max(cell_km / 111.0, (north - south) / 4000.0)
    wide = max(high / max(cos(radians(max(abs(south), abs(north)))), 0.01), (east - west) / 4000.0)
    across, down = int((east - west) / wide) + 1, int((north - south) / high) + 1
    begin, order = np.zeros(across * down + 1, np.int64), np.empty(place.shape[0], np.int32)
    for helper in range(place.shape[0]):
        begin[
            int((place[helper, 1] - south) / high) * across + int((place[helper, 0] - west) / wide) + 1
        ] += 1
    for square in range(across * down):
        begin[square + 1] += begin[square]
    at = begin[:-1].copy()
    for helper in range(place.shape[0]):
        square = int((place[helper, 1] - south) / high) * across + int((place[helper, 0] - west) / wide)
        order[at[square]] = helper
        at[square] += 1
    return Grid(np.array([west, south, wide, high]), np.array([across, down]), begin, order)


def _around(
    grid: Grid,
    asks: Side,
    helpers: Side,
    ask: int,
    reach: float,
    per_km: float,
    col: Short,
    cost: Ints,
    size: int,
) -> int:
    """Write an ask's edges from `size` on and give back where they end; or, for size -1, how many there may
    be.
    """
    lon, lat = asks.place[ask, 0], asks.place[ask, 1]
    west, south, wide, high = grid.numbers[0], grid.numbers[1], grid.numbers[2], grid.numbers[3]
    tall = reach / 111.0
    broad = tall / max(cos(radians(min(abs(lat) + tall, 89.0))), 0.01)
    first, last = (
        max(int(np.floor((lon - broad - west) / wide)), 0),
        int(np.floor((lon + broad - west) / wide)),
    )
    last, count = min(last, grid.shape[0] - 1), 0
    low, top = max(int(np.floor((lat - tall - south) / high)), 0), int(np.floor((lat + tall - south) / high))
    for line in range(low, min(top, grid.shape[1] - 1) + 1):
        if first > last:
            break
        start, stop = grid.begin[line * grid.shape[0] + first], grid.begin[line * grid.shape[0] + last + 1]
        count += stop - start
        if size >= 0:
            for i in range(start, stop):
                size = _pair(asks, helpers, ask, grid.order[i], per_km, col, cost, size)
    return count if size < 0 else size


def _pair(
    asks: Side, helpers: Side, ask: int, helper: int, per_km: float, col: Short, cost: Ints, size: int
) -> int:
    """Write one edge, if there is one."""
    limit = helpers.place[helper, 2] + asks.place[ask, 2]
    if abs(helpers.place[helper, 1] - asks.place[ask, 1]) * 111.0 > limit:
        return size
    if asks.bits[ask, 0] != 0 and (asks.bits[ask, 0] & helpers.bits[helper, 0]) == 0:
        return size
    if asks.bits[ask, 1] != 0 and (asks.bits[ask, 1] & helpers.bits[helper, 1]) == 0:
        return size
    for word in range(2, 5):
        if (asks.bits[ask, word] & helpers.bits[helper, word]) != asks.bits[ask, word]:
            return size
    first, second = radians(asks.place[ask, 1]), radians(helpers.place[helper, 1])
    across = sin((second - first) / 2) ** 2
    along = sin(radians(helpers.place[helper, 0] - asks.place[ask, 0]) / 2) ** 2
    km = 2 * EARTH_KM * asin(sqrt(min(across + cos(first) * cos(second) * along, 1.0)))
    if km > limit:
        return size
    col[size], cost[size] = helper, int(np.rint(per_km * km)) + helpers.fixed[helper]
    return size + 1


def example(functions: Any) -> None:
    """Call everything once, with the types that are used."""
    side = Side(np.ones((1, 3)), np.zeros((1, 5), np.uint64), np.zeros(1, np.int64))
    functions.joined(side, side, 1.0, 150.0)
