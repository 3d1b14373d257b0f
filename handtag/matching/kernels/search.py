"""The best k of many helpers for one ask: a best-first search of posting lists with bounds that stop it
early.

A posting is one helper in the list of one service. Lists are split by class of reach and by cell, each cell
holding about as many; within a cell postings stand by falling readiness. Cells are gathered in boxes, boxes
in larger ones, each with the best readiness within: what is below can score no more than nearness to the box
+ that readiness + the best fit of language. Boxes are opened in falling order of that bound, until it is
below the score of the k-th best found.

Sources: N. Beckmann et al., R*-tree, SIGMOD 1990; I. Kamel, C. Faloutsos, packed R-trees, CIKM 1993; J.
Rocha-Junior et al., top-k with preferences on aggregate R-trees, PVLDB 4 (2010); R. Fagin et al., threshold
algorithm (2003).
"""

from math import asin, cos, exp, radians, sin, sqrt
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Short = NDArray[np.int32]
Masks = NDArray[np.uint64]

EARTH_KM: Final = 6371.009
UNIT: Final = 1e-7  # degrees: postings keep their points in these, about a centimetre
STEP: Final = 4e-5  # of a score: postings keep what stands still in these, rounded up
HALF: Final = 0.008726646259971648  # half a degree, in radians
REACH: Final = 0.01  # km: postings keep reach in these, rounded up; 0xFFFF is any distance
SLACK: Final = 6e-5  # how far a score from a posting may be from the one from the columns


class Postings(NamedTuple):
    """P postings. packed (P, 4): helper's row, point in UNITs, and reach + what stands still in its upper
    half.

    spoken: code of the languages.
    """

    packed: Short
    spoken: NDArray[np.uint16]


class Boxes(NamedTuple):
    """B boxes. sides (B, 7): west, east, south, north in degrees, cosine of the latitude farthest from the
    equator, the most of what stands still, the longest reach. within (B, 2): first and last + 1 of what it
    holds: postings for the boxes before leaves[0], boxes for the others.
    """

    sides: Singles
    within: Short
    leaves: Short


class Columns(NamedTuple):
    """What is exact, one row a helper. exact (n, 4): lon, lat, reach in km, readiness; more (n, 2):
    continuity and time, or (0, 2) where all are 0 and `timely`; bits (n, 4): languages, hours; town, or (0,);
    ids (n, 2).
    """

    exact: Floats
    more: Floats
    bits: Masks
    town: Short
    ids: Masks


class Sought(NamedTuple):
    """The ask. numbers: lon, lat, cos lat, km wider, weights of distance, fade, language, time as it stands,
    sin lat.

    masks: bits wanted, rather, demanded; then hours demanded. towns: codes allowed, all if empty. never, met:
    rows, sorted; meeting: continuity of those met. roots: the boxes to begin with. lists: of how many lists
    they may be, since a helper stands in several.
    """

    numbers: Floats
    masks: Masks
    lists: int
    towns: Short
    never: Short
    met: Short
    meeting: Floats
    roots: Short


class Best(NamedTuple):
    """A heap of the k best, the worst first: score in millionths of thousandths, row; and how many there
    are.
    """

    nano: NDArray[np.int64]
    rows: Short
    size: NDArray[np.int64]


class Found(NamedTuple):
    """The outcome, best first: rows, score, km, and the parts (5, …) in the order of `score.PARTS`."""

    rows: Short
    scores: Floats
    km: Floats
    parts: Floats


def best(postings: Postings, boxes: Boxes, columns: Columns, codes: Masks, sought: Sought, k: int) -> Found:
    """The k best for an ask."""
    queue, bounds = (
        np.empty(boxes.sides.shape[0] + 1, np.int32),
        np.empty(boxes.sides.shape[0] + 1, np.float64),
    )
    top = Best(np.empty(k, np.int64), np.empty(k, np.int32), np.zeros(1, np.int64))
    for row in sought.met:
        if not _stands_in(sought.never, row):
            _try(columns, sought, top, row)
    size = 0
    for root in sought.roots:
        size = _open(boxes.sides, sought.numbers, _least(top), queue, bounds, size, root, root + 1)
    while size > 0 and bounds[0] >= _least(top):
        bound, box = bounds[0], queue[0]
        size = _drop(queue, bounds, size)
        first, last = boxes.within[box, 0], boxes.within[box, 1]
        if box >= boxes.leaves[0]:
            size = _open(boxes.sides, sought.numbers, _least(top), queue, bounds, size, first, last)
        else:
            _read(postings, columns, codes, sought, top, first, last, bound - boxes.sides[box, 5])
    return _told(columns, sought, top)


# --- boxes ------------------------------------------------------------------------------------------------


def _open(
    sides: Singles,
    numbers: Floats,
    least: float,
    queue: Short,
    bounds: Floats,
    size: int,
    first: int,
    last: int,
) -> int:
    """Put boxes into the queue (a heap, greatest bound first), but for those with nothing in them to be
    wanted.
    """
    lon, lat, cosine, wider = numbers[0], numbers[1], numbers[2], numbers[3]
    for box in range(first, last):
        a = _low_sine(max(sides[box, 2] - lat, lat - sides[box, 3], 0.0) * HALF)
        b = _low_sine(max(sides[box, 0] - lon, lon - sides[box, 1], 0.0) * HALF)
        km = 2 * EARTH_KM * sqrt(a * a + cosine * sides[box, 4] * b * b)
        if km > sides[box, 6] + wider + REACH:
            continue
        bound = numbers[4] * exp(-km / numbers[5]) + numbers[6] + sides[box, 5]
        if bound < least:
            continue
        i = size
        size += 1
        while i > 0 and bounds[(i - 1) >> 1] < bound:
            bounds[i], queue[i] = bounds[(i - 1) >> 1], queue[(i - 1) >> 1]
            i = (i - 1) >> 1
        bounds[i], queue[i] = bound, box
    return size


def _low_sine(angle: float) -> float:
    """Never above the sine of an angle from 0 to half a turn."""
    return max(angle - angle * angle * angle / 6, 0.0)


def _drop(queue: Short, bounds: Floats, size: int) -> int:
    """Take the first out of the queue."""
    size -= 1
    bound, box, i = bounds[size], queue[size], 0
    while 2 * i + 1 < size:
        child = 2 * i + 1
        if child + 1 < size and bounds[child + 1] > bounds[child]:
            child += 1
        if bounds[child] <= bound:
            break
        bounds[i], queue[i] = bounds[child], queue[child]
        i = child
    bounds[i], queue[i] = bound, box
    return size


# --- helpers ----------------------------------------------------------------------------------------------


def _read(
    postings: Postings,
    columns: Columns,
    codes: Masks,
    sought: Sought,
    top: Best,
    first: int,
    last: int,
    nearness: float,
) -> None:
    """Try the helpers of a cell, as long as one of them can be among the best."""
    numbers, packed, least = sought.numbers, postings.packed, _least(top)
    for entry in range(first, last):
        both = packed[entry, 3]
        still = (both >> 16) * STEP
        if nearness + still < least:
            return
        fit = numbers[6] * _fit(sought.masks, codes[postings.spoken[entry]])
        if nearness + still + fit - numbers[6] < least:
            continue
        km = _km(numbers, packed[entry, 1] * UNIT, packed[entry, 2] * UNIT)
        reach = both & 0xFFFF
        if reach != 0xFFFF and km > reach * REACH + numbers[3] + REACH:
            continue
        row = packed[entry, 0]
        if numbers[4] * exp(-km / numbers[5]) + still + fit >= least and not (
            _stands_in(sought.never, row) or _stands_in(sought.met, row) or _has(top, row, sought.lists)
        ):
            _try(columns, sought, top, row)
            least = _least(top)


def _try(columns: Columns, sought: Sought, top: Best, row: int) -> None:
    """Keep a helper who meets every demand, if they are among the k best."""
    if not _may(columns, sought, row):
        return
    km = _exact_km(columns, sought, row)
    if km <= columns.exact[row, 2] + sought.numbers[3]:
        near, fit, ready, continuity, time = _parts(columns, sought, row, km)
        _keep(columns, top, int(np.rint((near + fit + ready + continuity + time) * 1e9)), row)


def _may(columns: Columns, sought: Sought, row: int) -> bool:
    """The demands, from the columns, but for reach: language, hours, town."""
    if sought.masks[2] != 0 and (columns.bits[row, 0] & sought.masks[2]) == 0:
        return False
    for word in range(1, columns.bits.shape[1]):
        if (columns.bits[row, word] & sought.masks[2 + word]) != sought.masks[2 + word]:
            return False
    allowed = sought.towns.shape[0] == 0
    for town in sought.towns:
        allowed = allowed or bool(town == columns.town[row])
    return bool(allowed)


def _exact_km(columns: Columns, sought: Sought, row: int) -> float:
    """As `score.kilometres` has it."""
    first, second = radians(sought.numbers[1]), radians(columns.exact[row, 1])
    across = sin((second - first) / 2) ** 2
    along = sin(radians(columns.exact[row, 0] - sought.numbers[0]) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(across + cos(first) * cos(second) * along, 1.0)))


def _parts(columns: Columns, sought: Sought, row: int, km: float) -> tuple[float, float, float, float, float]:
    """The parts of a score, in the order of `score.PARTS`."""
    numbers = sought.numbers
    continuity, time = 0.0, numbers[7]
    if columns.more.shape[0] > 0:
        continuity, time = columns.more[row, 0], columns.more[row, 1]
    for i in range(sought.met.shape[0]):
        if sought.met[i] == row:
            continuity = sought.meeting[i]
    fit = numbers[6] * _fit(sought.masks, columns.bits[row, 0])
    return numbers[4] * exp(-km / numbers[5]), fit, columns.exact[row, 3], continuity, time


def _fit(masks: Masks, spoken: int) -> float:
    """1 for the language the asker would rather speak, a half for another common one."""
    if masks[0] == 0 or (spoken & masks[1]) != 0:
        return 1.0
    return 0.5 if (spoken & masks[0]) != 0 else 0.0


def _stands_in(rows: Short, row: int) -> bool:
    """Whether a row is among sorted ones."""
    low, high = 0, rows.shape[0]
    while low < high:
        middle = (low + high) // 2
        if rows[middle] < row:
            low = middle + 1
        else:
            high = middle
    return low < rows.shape[0] and bool(rows[low] == row)


def _km(numbers: Floats, longitude: float, latitude: float) -> float:
    """The distance by short series: to the millimetre within 300 km; farther, it is only known to be far."""
    a, b = (latitude - numbers[1]) * HALF, (longitude - numbers[0]) * HALF
    turn = 2 * a  # the cosine of the other latitude, from that of the ask's and the difference
    square = turn * turn
    other = numbers[2] * (1 - square / 2 * (1 - square / 12)) - numbers[8] * turn * (1 - square / 6)
    a, b = a * (1 - a * a / 6), b * (1 - b * b / 6 * (1 - b * b / 20))
    h = a * a + numbers[2] * other * b * b
    return float(2 * EARTH_KM * sqrt(max(h, 0.0)) * (1 + h / 6))


# --- the k best -------------------------------------------------------------------------------------------


def _least(top: Best) -> float:
    """The score below which a posting is of no use, as far as postings can tell."""
    return float(top.nano[0]) * 1e-9 - SLACK if top.size[0] == top.nano.shape[0] else -1.0


def _before(columns: Columns, nano: int, row: int, other_nano: int, other: int) -> bool:
    """Whether one comes before another: by score, equals by id."""
    if nano != other_nano:
        return nano > other_nano
    if columns.ids[row, 0] != columns.ids[other, 0]:
        return bool(columns.ids[row, 0] < columns.ids[other, 0])
    return bool(columns.ids[row, 1] < columns.ids[other, 1])


def _keep(columns: Columns, top: Best, nano: int, row: int) -> None:
    """Keep a helper among the k best, if they belong there."""
    if top.size[0] < top.nano.shape[0]:
        i = top.size[0]
        top.size[0] += 1
        while i > 0 and _before(columns, top.nano[(i - 1) >> 1], top.rows[(i - 1) >> 1], nano, row):
            top.nano[i], top.rows[i] = top.nano[(i - 1) >> 1], top.rows[(i - 1) >> 1]
            i = (i - 1) >> 1
        top.nano[i], top.rows[i] = nano, row
    elif _before(columns, nano, row, top.nano[0], top.rows[0]):
        _sink(columns, top, nano, row)


def _has(top: Best, row: int, lists: int) -> bool:
    """Whether a helper who may stand in several lists is kept already."""
    if lists > 1:
        for i in range(top.size[0]):
            if top.rows[i] == row:
                return True
    return False


def _sink(columns: Columns, top: Best, nano: int, row: int) -> None:
    """Put a helper in the place of the worst."""
    i, size = 0, top.size[0]
    while 2 * i + 1 < size:
        child = 2 * i + 1
        if child + 1 < size and _before(
            columns, top.nano[child], top.rows[child], top.nano[child + 1], top.rows[child + 1]
        ):
            child += 1
        if _before(columns, top.nano[child], top.rows[child], nano, row):
            break
        top.nano[i], top.rows[i] = top.nano[child], top.rows[child]
        i = child
    top.nano[i], top.rows[i] = nano, row


def _told(columns: Columns, sought: Sought, top: Best) -> Found:
    """The heap in order, best first, with distances and parts."""
    size = int(top.size[0])
    found = Found(np.empty(size, np.int32), np.empty(size), np.empty(size), np.empty((5, size)))
    for place in range(size - 1, -1, -1):
        row = top.rows[0]
        found.rows[place], found.scores[place] = row, top.nano[0] / 1e9
        found.km[place] = _exact_km(columns, sought, row)
        parts = _parts(columns, sought, row, found.km[place])
        for part in range(5):
            found.parts[part, place] = parts[part]
        top.size[0] -= 1
        _sink(columns, top, top.nano[top.size[0]], top.rows[top.size[0]])
    return found


def example(functions: Any) -> None:
    """Call everything once, with the types that are used."""
    postings = Postings(np.zeros((1, 4), np.int32), np.zeros(1, np.uint16))
    sides, within = np.zeros((1, 7), np.float32), np.array([[0, 1]], np.int32)
    boxes = Boxes(sides, within, np.ones(1, np.int32))
    ids, bits = np.zeros((1, 2), np.uint64), np.zeros((1, 1), np.uint64)
    columns = Columns(np.zeros((1, 4)), np.zeros((0, 2)), bits, np.zeros(0, np.int32), ids)
    none, masks = np.zeros(0, np.int32), np.zeros(6, np.uint64)
    sought = Sought(np.ones(9), masks, 1, none, none, none, np.zeros(0), np.zeros(1, np.int32))
    functions.best(postings, boxes, columns, np.zeros(1, np.uint64), sought, 1)
