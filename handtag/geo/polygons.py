"""Areas as shapes: which one a point falls in, and their form as GeoJSON."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

from handtag.geo.points import EARTH, Point

NEAREST_WITHIN = 3_000.0  # metres: how far generalised coasts and borders can be off, and some more
_DEGREE = radians(1) * EARTH  # metres of latitude


@dataclass(frozen=True, slots=True)
class Shape:
    """A named area; `key` is whatever the caller knows it by."""

    name: str
    geometry: Polygon | MultiPolygon
    key: str = ""

    @property
    def middle(self) -> Point:
        """A point inside, for a label or a marker."""
        inside = self.geometry.representative_point()
        return Point(inside.x, inside.y)

    @property
    def square_metres(self) -> float:
        """Its size, near enough for comparing areas."""
        return square_metres(self.geometry)


def shape_of(geometry: Mapping[str, Any], *, name: str, key: str = "") -> Shape:
    """A shape from a GeoJSON geometry that was checked when it came in."""
    made = shape(dict(geometry))
    if not isinstance(made, Polygon | MultiPolygon):
        raise TypeError(f"{name} is a {made.geom_type}, not an area")
    shapely.prepare(made)
    return Shape(name, made, key)


def geojson_of(area: Shape) -> dict[str, Any]:
    """Its geometry as GeoJSON."""
    found = mapping(area.geometry)
    return {"type": found["type"], "coordinates": found["coordinates"]}


def which(areas: Iterable[Shape], point: Point, *, within: float = NEAREST_WITHIN) -> Shape | None:
    """The area that holds the point; on a common border the first; else the nearest within so many metres."""
    spot = shapely.Point(point.lon, point.lat)
    known = list(areas)
    for area in known:
        if area.geometry.intersects(spot):
            return area
    away = [(_metres_to(area.geometry, point), place) for place, area in enumerate(known)]
    nearest, place = min(away, default=(float("inf"), 0))
    return known[place] if nearest <= within else None


def square_metres(geometry: BaseGeometry) -> float:
    """The size of a geometry in degrees, flattened at its own latitude."""
    if geometry.is_empty:
        return 0.0
    return float(geometry.area) * _DEGREE**2 * cos(radians(geometry.centroid.y))


def _metres_to(geometry: Polygon | MultiPolygon, point: Point) -> float:
    """How far the nearest edge is, on a plane that is right around the point."""
    narrow = cos(radians(point.lat))
    flat = shapely.transform(geometry, lambda corners: (corners - [point.lon, point.lat]) * [narrow, 1])
    return float(flat.distance(shapely.Point(0, 0))) * _DEGREE
