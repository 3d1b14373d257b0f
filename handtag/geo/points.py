"""Points in Sweden: how far apart, in which square of the grid, and what lies around them."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin, sqrt
from typing import NamedTuple

from django.utils.translation import gettext_noop

from handtag.geo import sweref
from handtag.geo.errors import GeoProblem

GRID = 500  # metres
EARTH = 6_371_009.0  # metres, mean radius

# A little beyond the box is let through: the middle of a square on its edge must be a point too.
_EDGE = 0.02


class Box(NamedTuple):
    """A rectangle of longitudes and latitudes."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float, margin: float = 0.0) -> bool:
        """Whether the spot lies in the box, or within `margin` degrees of it."""
        inside = self.west - margin <= lon <= self.east + margin
        return inside and self.south - margin <= lat <= self.north + margin


SWEDEN = Box(west=10.5, south=55.1, east=24.3, north=69.2)


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A spot in Sweden, WGS 84 (for our purposes the same as SWEREF 99)."""

    lon: float
    lat: float

    def __post_init__(self) -> None:
        if SWEDEN.holds(self.lon, self.lat, margin=_EDGE):
            return
        if SWEDEN.holds(self.lat, self.lon):
            raise GeoProblem(
                "swapped",
                gettext_noop(
                    "Longitude and latitude seem to have changed places: %(lon)s, %(lat)s. "
                    "Write longitude (10 to 25 in Sweden) first, then latitude (55 to 70)."
                ),
                lon=f"{self.lon:g}",
                lat=f"{self.lat:g}",
            )
        raise GeoProblem(
            "outside",
            gettext_noop("The point %(lon)s, %(lat)s is not in Sweden. Check its longitude and latitude."),
            lon=f"{self.lon:g}",
            lat=f"{self.lat:g}",
        )

    def __iter__(self) -> Iterator[float]:
        """As (lon, lat), the order of GeoJSON."""
        yield self.lon
        yield self.lat


def metres(one: Point, other: Point) -> float:
    """The distance as the crow flies, on a sphere: right to half a per cent."""
    lat1, lat2 = radians(one.lat), radians(other.lat)
    across = sin((lat2 - lat1) / 2) ** 2
    along = sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(across + cos(lat1) * cos(lat2) * along)))


def cell(point: Point) -> int:
    """The 500 m square of SWEREF 99 TM that holds the point, numbered as SCB numbers squares.

    The number is the south-west corner: six digits of easting, then seven of northing.
    """
    easting, northing = sweref.project(point.lon, point.lat)
    return int(easting // GRID * GRID) * 10_000_000 + int(northing // GRID * GRID)


def cell_centre(number: int) -> Point:
    """The middle of a square, rounded to about a centimetre."""
    easting, northing = divmod(number, 10_000_000)
    lon, lat = sweref.unproject(easting + GRID / 2, northing + GRID / 2)
    return Point(round(lon, 7), round(lat, 7))


def snap(point: Point) -> Point:
    """The middle of the point's square: at most 354 m away, the same for everybody who lives in it."""
    return cell_centre(cell(point))


def box(point: Point, reach: float) -> Box:
    """The smallest rectangle that holds everything within `reach` metres: a first, cheap sieve."""
    up = degrees(reach / EARTH)
    furthest = min(89.0, abs(point.lat) + up)
    sideways = degrees(2 * asin(min(1.0, sin(reach / EARTH / 2) / cos(radians(furthest)))))
    return Box(point.lon - sideways, point.lat - up, point.lon + sideways, point.lat + up)
