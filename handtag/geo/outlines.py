"""Areas as an SVG picture: paths in a view box, simplified without opening gaps between neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

import shapely
from shapely.geometry import MultiPolygon, Polygon

from handtag.geo.points import Point
from handtag.geo.polygons import Shape

DETAIL = 0.6  # of the picture's units: what is smaller cannot be seen


@dataclass(frozen=True, slots=True)
class Outline:
    """One area of the picture: its path, and a spot inside it for a label."""

    name: str
    key: str
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of some areas; `xy` says where on it a point belongs."""

    width: int
    height: int
    outlines: tuple[Outline, ...]
    west: float
    north: float
    scale: float
    narrow: float

    @property
    def view_box(self) -> str:
        """What the attribute `viewBox` says."""
        return f"0 0 {self.width} {self.height}"

    def xy(self, point: Point) -> tuple[float, float]:
        """Where a point belongs on the picture; outside the view box when it lies outside the areas."""
        return (
            round((point.lon - self.west) * self.narrow * self.scale, 1),
            round((self.north - point.lat) * self.scale, 1),
        )


def draw(areas: Sequence[Shape], *, width: int = 600, margin: int = 4) -> Drawing:
    """A picture `width` units wide and as high as the areas demand, north up."""
    if not areas:
        return Drawing(width, width, (), 0.0, 0.0, 1.0, 1.0)
    west, south, east, north = (float(edge) for edge in shapely.total_bounds([a.geometry for a in areas]))
    narrow = cos(radians((south + north) / 2))
    scale = (width - 2 * margin) / ((east - west) * narrow)
    height = round((north - south) * scale) + 2 * margin
    frame = Drawing(width, height, (), west - margin / scale / narrow, north + margin / scale, scale, narrow)
    slim = shapely.coverage_simplify([a.geometry for a in areas], DETAIL / scale)
    outlines = tuple(_outline(frame, area, form) for area, form in zip(areas, slim, strict=True))
    return Drawing(width, height, outlines, frame.west, frame.north, scale, narrow)


def _outline(frame: Drawing, area: Shape, form: Polygon | MultiPolygon) -> Outline:
    parts = form.geoms if isinstance(form, MultiPolygon) else [form]
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    path = "".join(_ring(frame, ring.coords[:-1]) for ring in rings)
    x, y = frame.xy(area.middle)
    return Outline(area.name, area.key, path, x, y)


def _ring(frame: Drawing, corners: Sequence[tuple[float, ...]]) -> str:
    spots = [frame.xy(Point(lon, lat)) for lon, lat, *_ in corners]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in spots) + "Z"
