"""Squares of several sizes over Sweden: what a list by squares is kept by, and which of them lie near."""

from functools import lru_cache
from math import hypot

from handtag.geo import sweref
from handtag.geo.points import Point

_ROWS = 1 << 15  # at 500 m a side, more rows than lie between the equator and the pole
_COLUMNS = 1 << 11  # and more columns than Sweden has; eight kinds fit 29 bits
_SLACK = 1.01  # metres on the map plane and on the sphere differ by half a per cent at most


def square(point: Point, kind: int, side: int) -> int:
    """The square of `side` metres around the point; its number fits 32 bits and tells eight kinds apart."""
    easting, northing = _on_the_plane(point)
    return _number(kind, int(easting // side), int(northing // side))


def around(point: Point, kind: int, side: int, reach: float) -> list[int]:
    """Every square of `side` metres that holds a point within `reach` metres; some at the edge hold none."""
    easting, northing = _on_the_plane(point)
    far = reach * _SLACK + 1
    columns = range(int((easting - far) // side), int((easting + far) // side) + 1)
    rows = range(int((northing - far) // side), int((northing + far) // side) + 1)
    return [
        _number(kind, column, row)
        for column in columns
        for row in rows
        if hypot(_beyond(easting, column * side, side), _beyond(northing, row * side, side)) <= far
    ]


def _beyond(where: float, start: float, side: int) -> float:
    """How far outside of a stretch."""
    return max(start - where, 0.0, where - start - side)


def _number(kind: int, column: int, row: int) -> int:
    return (kind * _COLUMNS + column) * _ROWS + row


@lru_cache(4096)
def _on_the_plane(point: Point) -> tuple[float, float]:
    return sweref.project(point.lon, point.lat)
