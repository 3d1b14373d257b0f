"""Who could take which ask: all pairs that are near enough and meet every demand, with what each pair costs.

Helpers are laid out by the squares of a grid, half as wide as the longest reach; asks look at the squares
around, and are taken square by square too, so that what they look at is near in memory.
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
HALF: Final = 0.008726646259971648  # half a degree, in radians
NEAR: Final = 1e-6  # km: as near to the end of a reach, the distance is taken exactly


class Side(NamedTuple):
    """Asks or helpers. place (n, 4): lon, lat, cosine of the latitude, and km of reach or, for an ask, by how
    much that is widened. bits (n, w): demands of which one bit must be common in the first two, all the ask's
    in the others; w is 0 where nothing is demanded. fixed: what the helper costs wherever they go.
    """

    place: Floats
    bits: Masks
    fixed: Ints


class Grid(NamedTuple):
    """Squares: numbers are west and south, width and height, in degrees; shape: columns and rows. order: the
    helpers by square; begin: where each square begins in it.
    """

    numbers: Floats
    shape: Ints
    begin: Ints
    order: Short


def joined(asks: Side, helpers: Side, cell_km: float, per_km: float) -> tuple[Ints, Short, Ints]:
    """Edges in CSR form, those of an ask in the order of the squares: pointers, helpers, costs."""
    grid = _grid(helpers.place, cell_km)
    laid = Side(helpers.place[grid.order], helpers.bits[grid.order], helpers.fixed[grid.order])
    longest, count = helpers.place[:, 3].max(), asks.place.shape[0]
    order, most = _order(grid, asks.place, longest)
    col, cost = np.empty(most, np.int32), np.empty(most, np.int64)
    begin, end, size = np.zeros(count, np.int64), np.zeros(count, np.int64), 0
    for ask in order:
        begin[ask] = size
        size = _write(grid, asks, laid, ask, longest, per_km, col, cost, size)
        end[ask] = size
    ptr = np.zeros(count + 1, np.int64)
    ptr[1:] = np.cumsum(end - begin)
    other, price = np.empty(size, np.int32), np.empty(size, np.int64)
    for ask in range(count):
        other[ptr[ask] : ptr[ask + 1]] = col[begin[ask] : end[ask]]
        price[ptr[ask] : ptr[ask + 1]] = cost[begin[ask] : end[ask]]
    return ptr, other, price


def _grid(place: Floats, cell_km: float) -> Grid:
    west, east, south, north = place[:, 0].min(), place[:, 0].max(), place[:, 1].min(), place[:, 1].max()
    high = max(cell_km / 111.0, (north - south) / 4000.0)
    wide = max(high / max(cos(radians(max(abs(south), abs(north)))), 0.01), (east - west) / 4000.0)
    across, down = int((east - west) / wide) + 1, int((north - south) / high) + 1
    squares = np.empty(place.shape[0], np.int32)
    begin, order = np.zeros(across * down + 1, np.int64), np.empty(place.shape[0], np.int32)
    for helper in range(place.shape[0]):
        square = int((place[helper, 1] - south) / high) * across + int((place[helper, 0] - west) / wide)
        squares[helper] = square
        begin[square + 1] += 1
    for square in range(across * down):
        begin[square + 1] += begin[square]
    at = begin[:-1].copy()
    for helper in range(place.shape[0]):
        order[at[squares[helper]]] = helper
        at[squares[helper]] += 1
    return Grid(np.array([west, south, wide, high]), np.array([across, down]), begin, order)


def _span(grid: Grid, lon: float, lat: float, reach: float) -> tuple[int, int, int, int]:
    """The squares around a point: first and last column and row, none where a last is below its first."""
    west, south, wide, high = grid.numbers[0], grid.numbers[1], grid.numbers[2], grid.numbers[3]
    tall = reach / 111.0
    broad = tall / max(cos(radians(min(abs(lat) + tall, 89.0))), 0.01)
    left, right = int(np.floor((lon - broad - west) / wide)), int(np.floor((lon + broad - west) / wide))
    low, top = int(np.floor((lat - tall - south) / high)), int(np.floor((lat + tall - south) / high))
    return max(left, 0), min(right, grid.shape[0] - 1), max(low, 0), min(top, grid.shape[1] - 1)


def _order(grid: Grid, place: Floats, longest: float) -> tuple[Ints, int]:
    """Asks by square, and how many edges there may be at most."""
    squares, most = np.empty(place.shape[0], np.int64), 0
    for ask in range(place.shape[0]):
        left, right, low, top = _span(grid, place[ask, 0], place[ask, 1], longest + place[ask, 3])
        squares[ask] = low * grid.shape[0] + left
        if left <= right:
            for line in range(low, top + 1):
                start = line * grid.shape[0]
                most += grid.begin[start + right + 1] - grid.begin[start + left]
    return np.argsort(squares, kind="mergesort"), most


def _write(
    grid: Grid,
    asks: Side,
    laid: Side,
    ask: int,
    longest: float,
    per_km: float,
    col: Short,
    cost: Ints,
    size: int,
) -> int:
    """Write an ask's edges from `size` on; gives back where they end."""
    lon, lat, cosine, wider = asks.place[ask, 0], asks.place[ask, 1], asks.place[ask, 2], asks.place[ask, 3]
    left, right, low, top = _span(grid, lon, lat, longest + wider)
    for line in range(low, top + 1 if left <= right else low):
        start, stop = line * grid.shape[0] + left, line * grid.shape[0] + right + 1
        for i in range(grid.begin[start], grid.begin[stop]):
            a, b = (laid.place[i, 1] - lat) * HALF, (laid.place[i, 0] - lon) * HALF
            a, b = a * (1 - a * a / 6), b * (1 - b * b / 6 * (1 - b * b / 20))
            h = a * a + cosine * laid.place[i, 2] * b * b
            km = 2 * EARTH_KM * sqrt(h) * (1 + h / 6)
            limit = laid.place[i, 3] + wider
            if km > limit - NEAR:
                km = _exact_km(lon, lat, laid.place[i, 0], laid.place[i, 1])
            if km <= limit and _meets(asks.bits, laid.bits, ask, i):
                col[size], cost[size] = grid.order[i], int(np.rint(per_km * km)) + laid.fixed[i]
                size += 1
    return size


def _exact_km(lon: float, lat: float, longitude: float, latitude: float) -> float:
    """As `score.kilometres` has it."""
    first, second = radians(lat), radians(latitude)
    across, along = sin((second - first) / 2) ** 2, sin(radians(longitude - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(across + cos(first) * cos(second) * along, 1.0)))


def _meets(demands: Masks, bits: Masks, ask: int, helper: int) -> bool:
    """Whether a helper has what an ask demands."""
    for word in range(demands.shape[1]):
        wanted = demands[ask, word]
        common = wanted & bits[helper, word]
        if wanted != 0 and (common == 0 or (word >= 2 and common != wanted)):
            return False
    return True


def example(functions: Any) -> None:
    """Call everything once, with the types that are used."""
    side = Side(np.ones((1, 4)), np.zeros((1, 5), np.uint64), np.zeros(1, np.int64))
    functions.joined(side, side, 1.0, 150.0)
