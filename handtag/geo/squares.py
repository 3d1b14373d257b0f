"""Squares of several sizes over Sweden: what a list by squares is kept by, and which of them lie near."""

from functools import lru_cache
from typing import Any

import numpy as np

from handtag.geo import sweref
from handtag.geo.points import Point

_ROWS = 1 << 15  # at 500 m a side, more rows than lie between the equator and the pole
_COLUMNS = 1 << 11  # and more columns than Sweden has; eight kinds fit 29 bits
_SLACK = 1.01  # metres on the map plane and on the sphere differ by half a per cent at most


def square(point: Point, kind: int, side: int) -> int:
    """The square of `side` metres around the point; its number fits 32 bits and tells eight kinds apart."""
    easting, northing = _on_the_plane(point)
    return int(_number(kind, int(easting // side), int(northing // side)))


def around(point: Point, kind: int, side: int, reach: float, beyond: float = -1.0) -> list[int]:
    """Every square of `side` metres that holds a point within `reach` metres; some at the edge hold none.

    `beyond` leaves out those that were found for so short a reach.
    """
    where, far = _on_the_plane(point), reach * _SLACK + 1
    numbers = [np.arange((each - far) // side, (each + far) // side + 1) for each in where]
    columns, rows = (_apart(*each, side) for each in zip(where, numbers, strict=True))
    squared = columns[:, np.newaxis] ** 2 + rows**2
    found = squared <= far * far
    if beyond >= 0:
        found &= squared > (beyond * _SLACK + 1) ** 2
    across, up = np.nonzero(found)
    return list(_number(kind, numbers[0][across].astype(int), numbers[1][up].astype(int)).tolist())


def _apart(where: float, numbers: Any, side: int) -> Any:
    """How far from there each stretch begins or ends, or nothing where it holds the place."""
    start = numbers * side
    return np.maximum(np.maximum(start - where, where - start - side), 0.0)


def _number(kind: int, column: Any, row: Any) -> Any:
    return (kind * _COLUMNS + column) * _ROWS + row


@lru_cache(4096)
def _on_the_plane(point: Point) -> tuple[float, float]:
    return sweref.project(point.lon, point.lat)
