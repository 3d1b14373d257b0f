"""Posting lists of many helpers: by service, class of reach and cell, each cell by readiness, in boxes in
boxes.

Built with NumPy alone from the columns of a pool; searched by `kernels.search`, which says how. Cells hold
CELL helpers each, so that a town's centre has small ones and a forest large ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from handtag.matching import compiled, score
from handtag.matching.kernels import search
from handtag.matching.score import Floats, Masks, Weights

if TYPE_CHECKING:
    from handtag.matching.ranking import Pool, Wanted

NOTHING: Final = np.empty(0)
CELL: Final = 16  # postings in a cell
FANOUT: Final = 8  # boxes in a larger box
REACHES: Final = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0)  # km: the classes of reach end here
ANYWHERE: Final = 1e6  # km: the reach of who has none
NO_SERVICE: Final = 0  # the list of those who have none, or of everybody where none is told

Whole = NDArray[np.int64]
Reals = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Index:
    """Posting lists of a pool, as it was when they were made; `roots` are the boxes of each service."""

    postings: search.Postings
    boxes: search.Boxes
    columns: search.Columns
    codes: Masks
    roots: dict[int, NDArray[np.int32]]
    weights: Weights
    timely: float
    services: Masks | None
    active: NDArray[np.bool_] | None

    def __len__(self) -> int:
        return len(self.columns.ids)

    @property
    def nbytes(self) -> int:
        """Bytes of everything that a search may touch."""
        groups = (self.postings, self.boxes, self.columns, (self.codes, self.services, self.active))
        return sum(
            array.nbytes for arrays in (*groups, self.roots.values()) for array in arrays if array is not None
        )


def build(pool: Pool, weights: Weights) -> Index:
    """Posting lists by the weights given."""
    columns, timely = _columns(pool, weights)
    row, service = _listed(pool)
    reach = columns.exact[row, 2]
    kind = np.searchsorted(REACHES, reach, side="left")
    order = np.lexsort((_curve(columns.exact[row, 0], columns.exact[row, 1]), kind, service))
    row, group = row[order], service[order] * 64 + kind[order]
    still = columns.exact[:, 3] + (columns.more.sum(axis=1) if len(columns.more) else timely)
    if len(still) and not 0 <= still.min() <= still.max() < 0x7FFF * search.STEP:
        raise ValueError("Readiness, continuity and time must give between 0 and 1.3 together")
    leaf, lists = _cells(group)
    order = np.lexsort((-still[row], leaf))
    row = row[order]
    codes, spoken = np.unique(np.asarray(pool.languages, np.uint64), return_inverse=True)
    if len(codes) > np.iinfo(np.uint16).max:
        raise ValueError(f"{len(codes)} combinations of languages; an index can tell 65,535 apart")
    postings = search.Postings(_packed(columns.exact[row], still[row], row), spoken[row].astype(np.uint16))
    boxes, roots = _boxes(postings, leaf, lists)
    return Index(postings, boxes, columns, codes, roots, weights, timely, pool.services, pool.active)


def best(ask: Wanted, index: Index, k: int) -> search.Found:
    """The k best for an ask, from the index."""
    roots = _roots(ask.service, index)
    if not len(roots) or k == 0:
        return search.Found(np.empty(0, np.int32), np.empty(0), np.empty(0), np.empty((5, 0)))
    weights = index.weights
    numbers = (
        *(ask.longitude, ask.latitude, cos(radians(ask.latitude)), ask.wider),
        *(weights.distance, weights.fade_km, weights.language, index.timely, sin(radians(ask.latitude))),
    )
    met = np.array([row for row in sorted(ask.met) if _listed_for(ask.service, index, row)], dtype=np.int32)
    sought = search.Sought(
        numbers=np.array(numbers),
        masks=np.array((ask.languages, ask.first, ask.demanded, *ask.hours), dtype=np.uint64),
        lists=1 if ask.service and not ask.service & (ask.service - 1) else len(index.roots),
        towns=np.array(ask.towns if len(index.columns.town) else (), dtype=np.int32),
        never=np.array(sorted(ask.never), dtype=np.int32),
        met=met,
        meeting=score.continuity(np.array([ask.met[row] for row in met]), weights) if len(met) else NOTHING,
        roots=roots,
    )
    run = compiled.functions(search, len(index))
    found: search.Found = run.best(
        index.postings, index.boxes, index.columns, index.codes, sought, min(k, len(index))
    )
    return found


def _roots(service: int, index: Index) -> NDArray[np.int32]:
    """The boxes to begin with: of the service's list, of several, or of all."""
    if not service or index.services is None:
        return np.concatenate([np.empty(0, np.int32), *index.roots.values()])
    if service in index.roots:
        return index.roots[service]
    lists = [boxes for each, boxes in index.roots.items() if each & service]
    return np.concatenate([np.empty(0, np.int32), *lists])


def _listed_for(service: int, index: Index, row: int) -> bool:
    """Whether a helper stands in a list that is read."""
    if index.active is not None and not index.active[row]:
        return False
    return index.services is None or not service or bool(index.services[row] & np.uint64(service))


def _columns(pool: Pool, weights: Weights) -> tuple[search.Columns, float]:
    """The exact columns, and the part for time where it is the same for all."""
    count = len(pool)
    exact = np.empty((count, 4))
    exact[:, 0], exact[:, 1] = pool.longitude, pool.latitude
    exact[:, 2] = ANYWHERE if pool.reach is None else pool.reach
    exact[:, 3] = score.readiness(pool.answers, pool.load, pool.idle, weights)
    more = np.zeros((0, 2))
    if pool.before is not None or pool.time is not None:
        more = np.zeros((count, 2))
        more[:, 0] = score.continuity(np.zeros(count) if pool.before is None else pool.before, weights)
        more[:, 1] = score.timing(np.ones(count) if pool.time is None else pool.time, weights)
    bits = np.empty((count, 1 if pool.hours is None else 4), np.uint64)
    bits[:, 0] = pool.languages
    if pool.hours is not None:
        bits[:, 1:] = pool.hours
    town = np.zeros(0, np.int32) if pool.town is None else pool.town.astype(np.int32)
    ids = np.ascontiguousarray(pool.ids, dtype=np.uint64)
    return search.Columns(exact, more, bits, town, ids), float(score.timing(np.ones(1), weights)[0])


def _packed(exact: Floats, still: Floats, row: Whole) -> NDArray[np.int32]:
    """Postings as they are searched."""
    packed = np.empty((len(row), 4), np.int32)
    packed[:, 0] = row
    packed[:, 1:3] = np.rint(exact[:, :2] / search.UNIT)
    reach = np.minimum(np.ceil(exact[:, 2] / search.REACH), 0xFFFF).astype(np.int32)
    packed[:, 3] = (np.ceil(still / search.STEP).astype(np.int32) << 16) + reach
    return packed


def _listed(pool: Pool) -> tuple[Whole, Whole]:
    """Rows of the helpers in each list, and the number of the list: 0 for everybody, 1 + bit for a
    service.
    """
    there = np.arange(len(pool)) if pool.active is None else np.flatnonzero(pool.active)
    if pool.services is None:
        return there, np.zeros(len(there), np.int64)
    able = pool.services[there]
    used = _bits(int(np.bitwise_or.reduce(able, initial=np.uint64(0))))
    lists = [there[able == 0], *(there[(able >> np.uint64(bit)) & np.uint64(1) != 0] for bit in used)]
    numbers = [0, *(bit + 1 for bit in used)]
    return np.concatenate(lists), np.repeat(numbers, [len(each) for each in lists]).astype(np.int64)


def _bits(mask: int) -> list[int]:
    return [bit for bit in range(64) if mask >> bit & 1]


def _curve(longitude: Floats, latitude: Floats) -> Whole:
    """Places along a curve that fills the plane (Morton's): those near on it are near in fact."""
    place = np.zeros(len(longitude), np.int64)
    if not len(place):
        return place
    for shift, degrees in ((0, longitude), (1, latitude)):
        wide = max(
            float(np.ptp(longitude)) / 2, float(np.ptp(latitude)), 1e-9
        )  # a degree of longitude is shorter
        step = ((degrees - degrees.min()) / (wide * (2 if shift == 0 else 1)) * 0xFFFF).astype(np.int64)
        for bit in range(16):
            place |= (step >> bit & 1) << (2 * bit + shift)
    return place


def _cells(group: Whole) -> tuple[Whole, Whole]:
    """The cell of each posting, CELL together and none over two groups; and the group of each cell."""
    return _together(group, CELL)


def _together(group: Whole, many: int) -> tuple[Whole, Whole]:
    """Number the members in lots of `many` within each group; and the group of each lot."""
    if not len(group):
        return group, group
    first = np.flatnonzero(np.concatenate(([True], np.diff(group) != 0)))
    sizes = np.diff(np.append(first, len(group)))
    lots = -(-sizes // many)
    within = (np.arange(len(group)) - np.repeat(first, sizes)) // many
    return np.repeat(np.cumsum(lots) - lots, sizes) + within, np.repeat(group[first], lots)


def _boxes(
    postings: search.Postings, leaf: Whole, group: Whole
) -> tuple[search.Boxes, dict[int, NDArray[np.int32]]]:
    """Boxes around the cells, boxes around eight of those, and so on to one for each list and class of
    reach.
    """
    x, y = postings.packed[:, 1] * search.UNIT, postings.packed[:, 2] * search.UNIT
    still, reach = (
        (postings.packed[:, 3] >> 16) * search.STEP,
        (postings.packed[:, 3] & 0xFFFF) * search.REACH,
    )
    level = _around(leaf, x, x, y, y, still, np.where(reach == 0xFFFF * search.REACH, ANYWHERE, reach))
    levels, offset, leaves = [level], 0, len(group)
    roots: dict[int, list[int]] = {}
    spans = [_spans(leaf, 0)]
    while len(group):
        alone = np.concatenate(([True], np.diff(group) != 0)) & np.concatenate((np.diff(group) != 0, [True]))
        for box in np.flatnonzero(alone):
            roots.setdefault(_service(int(group[box])), []).append(offset + int(box))
        open_ = np.flatnonzero(~alone)
        lot, group = _together(group[open_], FANOUT)
        level = tuple(column[open_] for column in level)
        if len(open_):
            begin, end = _spans(lot, 0)
            spans.append((offset + open_[begin], offset + open_[end - 1] + 1))
        offset += len(alone)
        level = _around(lot, *level)
        levels.append(level)
    joined = [np.concatenate(columns) for columns in zip(*levels, strict=True)]
    west, east, south, north, still, reach = joined
    far = np.maximum(np.abs(south), np.abs(north))
    cosine = np.nextafter(np.cos(np.radians(far)).astype(np.float32), np.float32(-1))
    sides = np.stack((west, east, south, north, cosine, still, reach), axis=1)
    within = np.concatenate([np.stack(each, axis=1) for each in spans]).astype(np.int32)
    boxes = search.Boxes(np.ascontiguousarray(sides), within, np.array([leaves], np.int32))
    return boxes, {service: np.array(each, np.int32) for service, each in roots.items()}


def _service(group: int) -> int:
    """The bit of a service, as an ask names it, from the number of its list."""
    number = group // 64
    return 1 << (number - 1) if number else NO_SERVICE


def _spans(lot: Whole, offset: int) -> tuple[Whole, Whole]:
    """Where each lot begins and ends."""
    if not len(lot):
        return lot, lot
    begin = np.flatnonzero(np.concatenate(([True], np.diff(lot) != 0)))
    return begin + offset, np.append(begin[1:], len(lot)) + offset


def _around(
    lot: Whole, west: Reals, east: Reals, south: Reals, north: Reals, still: Reals, reach: Reals
) -> tuple[NDArray[np.float32], ...]:
    """The box around each lot, a little larger so that rounding leaves nobody out."""
    begin = _spans(lot, 0)[0]
    if not len(begin):
        return tuple(np.empty(0, np.float32) for _ in range(6))
    low, high = np.float32(-np.inf), np.float32(np.inf)
    outward = (
        (np.minimum, west, low),
        (np.maximum, east, high),
        (np.minimum, south, low),
        (np.maximum, north, high),
    )
    sides = [np.nextafter(by.reduceat(side, begin).astype(np.float32), to) for by, side, to in outward]
    tops = [np.maximum.reduceat(each, begin).astype(np.float32) for each in (still, reach)]
    return (*sides, *tops)
