"""Helpers laid out by the squares of a grid, and read from there for one ask: the few cheapest, or all.

Only helpers are laid whom some ask can reach and who can do some ask's service; asks are taken square by
square too, so that what they look at is near in memory. The few cheapest are sought from the ask outwards, as
far as something cheaper can still come: who is far costs at least the way.
"""

from math import asin, cos, radians, sin, sqrt
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Short = NDArray[np.int32]
Masks = NDArray[np.uint64]
Flags = NDArray[np.bool_]

EARTH_KM: Final = 6371.009
HALF: Final = 0.008726646259971648  # half a degree, in radians
DEGREE_KM: Final = 111.0  # a degree of latitude is never less
ROUND: Final = 1e-9  # degrees: what the arithmetic of squares may be off
NEAR: Final = 1e-6  # km: as near to the end of a reach, the distance is taken exactly
SERIES: Final = 300.0  # km: up to here a distance by short series is right to the millimetre
FARTHEST: Final = 60.0  # km: the reach of who has told none
CROWD: Final = 6.0  # helpers a square holds in the mean, or more where reaches are short
MOST: Final = 4_000_000  # squares
CROWDED: Final = 9  # where asks are one to so many squares, they look at nearly all


class Columns(NamedTuple):
    """All helpers as they came, one entry each; an empty array where a column is not there.

    lon, lat in degrees; reach in km; load, errands in 28 days; active; bits of services and of languages;
    hours (n, 3).
    """

    lon: Floats
    lat: Floats
    reach: Floats
    load: Floats
    active: Flags
    services: Masks
    languages: Masks
    hours: Masks


class Asks(NamedTuple):
    """place (m, 3): lon, lat, km by which reach is widened. bits (m, w): demands of which one bit must be
    common in the first two, service and languages, all the ask's in the others, hours; w is 0 where nothing
    is demanded.
    """

    place: Floats
    bits: Masks


class Ground(NamedTuple):
    """numbers: west, south, squares a degree across and up, the price of a km, the longest reach, the height
    of a square, columns and lines of squares. begin: where each square's helpers begin. place, bits: of those
    laid, lon, lat, reach, price of their errands; demands met. asks (m, 6): lon, lat, km wider, cosine and
    sine of the latitude, degrees across for one up, at the most; demands: their bits.
    """

    numbers: Floats
    begin: Short
    place: Floats
    bits: Masks
    asks: Floats
    demands: Masks


class Room(NamedTuple):
    """Arrays to write into, for all helpers: the square of each; the row, place and bits of those laid. They
    are made outside, where NumPy asks the system for large pages: that takes a third of the time.
    """

    squares: Short
    rows: Short
    place: Floats
    bits: Masks


def room(helpers: int, width: int) -> Room:
    """Room for so many helpers, and words of demands; not to be compiled."""
    bits = np.empty((helpers, width), np.uint64)
    return Room(np.empty(helpers, np.int32), np.empty(helpers, np.int32), np.empty((helpers, 4)), bits)


class Laid(NamedTuple):
    """A ground; and which row of the columns each helper on it is, and which of the asks each ask."""

    ground: Ground
    rows: Short
    turn: Short


def nothing() -> Ground:
    """No ground: where all edges are given there is nothing to fetch."""
    short, masks = np.empty(0, np.int32), np.empty((0, 0), np.uint64)
    return Ground(np.empty(0), short, np.empty((0, 4)), masks, np.empty((0, 6)), masks)


def lay(columns: Columns, asks: Asks, per_km: float, per_errand: float, into: Room) -> Laid:
    """Lay the helpers out for these asks, of whom and of which there is at least one."""
    longest = columns.reach.max() if columns.reach.shape[0] > 0 else FARTHEST
    numbers = _squares(asks.place, columns.lon.shape[0], longest)
    numbers[4] = per_km
    turn = _order(_standing(numbers, asks.place), numbers)
    place, demands = _turned(asks.place, turn, longest), asks.bits[turn]
    _choose(columns, numbers, place, demands, into.squares)
    begin = _begin(into.squares, numbers)
    _put_down(columns, begin.copy(), per_errand, into)
    count = begin[-1]
    ground = Ground(numbers, begin, into.place[:count], into.bits[:count], place, demands)
    return Laid(ground, into.rows[:count], turn)


def _squares(place: Floats, helpers: int, longest: float) -> Floats:
    """The grid: around all asks as far as any helper may come; squares as wide as the longest reach, or less
    where such a one would hold a crowd.
    """
    far = max(longest, 0.0) + place[:, 2].max() + NEAR
    south, north = place[:, 1].min() - far / DEGREE_KM, place[:, 1].max() + far / DEGREE_KM
    narrow = max(cos(radians(min(max(abs(south), abs(north)), 89.0))), 0.01)
    west, east = place[:, 0].min() - far / DEGREE_KM / narrow, place[:, 0].max() + far / DEGREE_KM / narrow
    area = (north - south) * (east - west) * narrow
    high = max(min(far / DEGREE_KM, sqrt(area * CROWD / helpers)), sqrt(area / MOST), 1e-6)
    wide = high / narrow
    across, down = int((east - west) / wide) + 1, int((north - south) / high) + 1
    return np.array([west, south, 1 / wide, 1 / high, 0.0, longest, high, across, down])


def _turned(asks: Floats, turn: Short, longest: float) -> Floats:
    place = np.empty((turn.shape[0], 6))
    for k in range(turn.shape[0]):
        lat = asks[turn[k], 1]
        utmost = min(abs(lat) + max(longest + asks[turn[k], 2], 0.0) / DEGREE_KM, 89.0)
        place[k, :3] = asks[turn[k]]
        place[k, 3], place[k, 4] = cos(radians(lat)), sin(radians(lat))
        place[k, 5] = 1 / max(cos(radians(utmost)), 0.01)
    return place


def _standing(numbers: Floats, place: Floats) -> Short:
    """The square of each ask."""
    squares, across, down = np.empty(place.shape[0], np.int32), int(numbers[7]), int(numbers[8])
    for k in range(place.shape[0]):
        column, line = (place[k, 0] - numbers[0]) * numbers[2], (place[k, 1] - numbers[1]) * numbers[3]
        squares[k] = min(int(line), down - 1) * across + min(int(column), across - 1)
    return squares


def _order(squares: Short, numbers: Floats) -> Short:
    """All, by square."""
    at, order = _begin(squares, numbers), np.empty(squares.shape[0], np.int32)
    for k in range(squares.shape[0]):
        order[at[squares[k]]] = k
        at[squares[k]] += 1
    return order


def _begin(squares: Short, numbers: Floats) -> Short:
    """Where each square begins when those whose square is 0 or more are put in order."""
    begin = np.zeros(int(numbers[7]) * int(numbers[8]) + 1, np.int32)
    for square in squares:
        if square >= 0:
            begin[square + 1] += 1
    for square in range(begin.shape[0] - 1):
        begin[square + 1] += begin[square]
    return begin


def _choose(columns: Columns, numbers: Floats, asks: Floats, demands: Masks, squares: Short) -> None:
    """The square of each helper who may be of use to some ask; -1 for all others."""
    west, south, across, up, wide, high = (
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3],
        numbers[7],
        numbers[8],
    )
    seen, wanted = _seen(numbers, asks), _wanted(demands)
    active, services = columns.active.shape[0] > 0, wanted != 0 and columns.services.shape[0] > 0
    for k in range(columns.lon.shape[0]):
        column, line = (columns.lon[k] - west) * across, (columns.lat[k] - south) * up
        squares[k] = -1
        if not (0 <= column < wide and 0 <= line < high):
            continue
        square = int(line) * int(wide) + int(column)
        if (
            seen[square]
            and (not active or columns.active[k])
            and (not services or (columns.services[k] & wanted) != 0)
        ):
            squares[k] = square


def _wanted(demands: Masks) -> np.uint64:
    """The bits of all services asked for; 0 where some ask is for none in particular."""
    wanted, every = np.uint64(0), demands.shape[1] > 0
    for ask in range(demands.shape[0]):
        if every:
            wanted |= demands[ask, 0]
            every = demands[ask, 0] != 0
    return wanted if every else np.uint64(0)


def _seen(numbers: Floats, asks: Floats) -> Flags:
    """The squares at which some ask looks; all, where looking that up would take longer than it saves."""
    squares = int(numbers[7]) * int(numbers[8])
    seen = np.full(squares, asks.shape[0] * CROWDED > squares, np.bool_)
    for ask in range(0 if seen[0] else asks.shape[0]):
        limit = numbers[5] + asks[ask, 2]
        low, top = _lines(numbers, asks, ask, limit)
        for line in range(low, top + 1):
            start, stop = _stretch(numbers, asks, ask, limit, line)
            seen[start:stop] = True
    return seen


def _put_down(columns: Columns, at: Short, per_errand: float, into: Room) -> None:
    """Rows, places and bits of the helpers who have a square, in order; squares begin `at`."""
    squares, rows, place, bits = into
    reach, width = columns.reach.shape[0] > 0, bits.shape[1]
    for row in range(squares.shape[0]):
        if squares[row] >= 0:
            k = at[squares[row]]
            at[squares[row]] = k + 1
            rows[k], place[k, 0], place[k, 1] = row, columns.lon[row], columns.lat[row]
            place[k, 2] = columns.reach[row] if reach else FARTHEST
            place[k, 3] = np.rint(per_errand * columns.load[row])
            if width > 0:
                bits[k, 0] = columns.services[row] if columns.services.shape[0] > 0 else 0
            if width > 1:
                bits[k, 1] = columns.languages[row]
            for word in range(2, width):
                bits[k, word] = columns.hours[row, word - 2]


# --- where an ask looks -----------------------------------------------------------------------------------


def _lines(numbers: Floats, asks: Floats, ask: int, km: float) -> tuple[int, int]:
    """The first and the last line of squares within so many km; none where the last is below the first."""
    tall, lat = km / DEGREE_KM, asks[ask, 1] - numbers[1]
    if tall < 0:
        return 0, -1
    low, top = int((lat - tall) * numbers[3]), int((lat + tall) * numbers[3])
    return max(low, 0), min(top, int(numbers[8]) - 1)


def _stretch(numbers: Floats, asks: Floats, ask: int, km: float, line: int) -> tuple[int, int]:
    """The first square of a line within so many km, and the one after the last."""
    tall, lat, columns = km / DEGREE_KM, asks[ask, 1], int(numbers[7])
    foot = numbers[1] + line * numbers[6]
    away = max(foot - lat, lat - foot - numbers[6], 0.0) - ROUND
    if away > tall:
        return 0, 0
    broad = (sqrt(tall * tall - max(away, 0.0) ** 2) if km < SERIES else tall) * asks[ask, 5]
    across = asks[ask, 0] - numbers[0]
    left, right = int((across - broad) * numbers[2]), int((across + broad) * numbers[2])
    return line * columns + max(left, 0), line * columns + min(right, columns - 1) + 1


# --- what an ask finds there ------------------------------------------------------------------------------


def fetch(ground: Ground, ask: int, below: int, col: Short, cost: Ints, start: int) -> int:
    """Write all edges of an ask that cost less than so much, from `start` on, in the order of the squares;
    gives back where they end, or -1 where there is too little room.
    """
    end, limit, per_km = start, ground.numbers[5] + ground.asks[ask, 2], ground.numbers[4]
    if per_km > 0:
        limit = min(limit, below / per_km)
    low, top = _lines(ground.numbers, ground.asks, ask, limit)
    seen = Seen(ground.place, ground.bits, ground.asks[ask], ground.demands[ask])
    for line in range(low, top + 1):
        square, after = _stretch(ground.numbers, ground.asks, ask, limit, line)
        first, last = ground.begin[square], ground.begin[after]
        if end + last - first > col.shape[0]:
            return -1
        end = _sift(seen, first, last, per_km, below, col, end)
    return _write(seen, per_km, below, col, cost, start, end)


def at_most(ground: Ground) -> int:
    """How much room all edges take at the most."""
    most = 0
    for ask in range(ground.asks.shape[0]):
        limit = ground.numbers[5] + ground.asks[ask, 2]
        low, top = _lines(ground.numbers, ground.asks, ask, limit)
        for line in range(low, top + 1):
            first, last = _stretch(ground.numbers, ground.asks, ask, limit, line)
            most += ground.begin[last] - ground.begin[first]
    return most


class Seen(NamedTuple):
    """What an ask sees: helpers' places and bits, its own place and demands."""

    place: Floats
    bits: Masks
    ask: Floats
    demands: Masks


def _sift(seen: Seen, first: int, last: int, per_km: float, below: int, col: Short, end: int) -> int:
    """Put down who may be near and cheap enough, on a flat ground that is a little too small; no branches."""
    place, lon, lat, wider = seen.place, seen.ask[0], seen.ask[1], seen.ask[2] + NEAR
    square, scale = 1 / seen.ask[5] ** 2, 1 / DEGREE_KM**2
    dearest, a_km = float(below), 1 / max(per_km, 1e-9)
    for i in range(first, last):
        up, side = place[i, 1] - lat, place[i, 0] - lon
        far = min(place[i, 2] + wider, (dearest - place[i, 3]) * a_km)
        col[end] = i
        end += (up * up + side * side * square <= far * abs(far) * scale) | (far > SERIES)
    return end


def _write(seen: Seen, per_km: float, below: int, col: Short, cost: Ints, start: int, stop: int) -> int:
    """Keep those of the helpers put down from start to stop who make an edge, with what it costs."""
    end, place, wider = start, seen.place, seen.ask[2]
    lon, lat, cosine, sine = seen.ask[0], seen.ask[1], seen.ask[3], seen.ask[4]
    for k in range(start, stop):
        i = col[k]
        limit = place[i, 2] + wider
        km = _km(lon, lat, cosine, sine, place[i, 0], place[i, 1])
        if km > limit - NEAR or km > SERIES:
            if limit + NEAR < km < SERIES:
                continue
            km = _exact_km(lon, lat, place[i, 0], place[i, 1])
        price = int(np.rint(per_km * km)) + int(place[i, 3])
        if km <= limit and price < below and _meets(seen.demands, seen.bits, i):
            col[end], cost[end] = i, price
            end += 1
    return end


def _km(lon: float, lat: float, cosine: float, sine: float, longitude: float, latitude: float) -> float:
    """The distance by short series; beyond 300 km it is only known to be far."""
    a, b = (latitude - lat) * HALF, (longitude - lon) * HALF
    turn = 2 * a  # the cosine of the other latitude, from that of the ask's and the difference
    square = turn * turn
    other = cosine * (1 - square / 2 * (1 - square / 12)) - sine * turn * (1 - square / 6)
    a, b = a * (1 - a * a / 6), b * (1 - b * b / 6 * (1 - b * b / 20))
    h = a * a + cosine * other * b * b
    return float(2 * EARTH_KM * sqrt(max(h, 0.0)) * (1 + h / 6))


def _exact_km(lon: float, lat: float, longitude: float, latitude: float) -> float:
    """As `score.kilometres` has it."""
    first, second = radians(lat), radians(latitude)
    across, along = sin((second - first) / 2) ** 2, sin(radians(longitude - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(across + cos(first) * cos(second) * along, 1.0)))


def _meets(demands: Masks, bits: Masks, helper: int) -> bool:
    """Whether a helper has what is demanded."""
    for word in range(demands.shape[0]):
        wanted = demands[word]
        common = wanted & bits[helper, word]
        if wanted != 0 and (common == 0 or (word >= 2 and common != wanted)):
            return False
    return True


def _one() -> tuple[Columns, Asks]:
    """One helper, one ask, in one place."""
    none, floats, hours = np.empty(0, np.uint64), np.ones(1), np.empty((0, 3), np.uint64)
    columns = Columns(floats, floats, floats, floats, np.empty(0, np.bool_), none, none, hours)
    return columns, Asks(np.ones((1, 3)), np.zeros((1, 0), np.uint64))


def sample() -> Laid:
    """A ground with one ask and one helper, for the examples of other kernels; not to be compiled."""
    columns, asks = _one()
    return lay(columns, asks, 150.0, 120.0, room(1, 0))


def example(functions: Any) -> None:
    """Call everything once, with the types that are used."""
    columns, asks = _one()
    functions.at_most(functions.lay(columns, asks, 150.0, 120.0, room(1, 0)).ground)
