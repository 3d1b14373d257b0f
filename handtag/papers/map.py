"""A small map as SVG: areas with a shade and words, places as dots; no tiles, no other host."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

WIDTH: Final = 364
MOST_HEIGHT: Final = 420
MARGIN: Final = 12
NAME, WORDS, DOT = 19, 15, 14  # letter sizes
SHADES: Final = 3  # 0 is paper, 1 a breath of the accent, 2 the accent itself


@dataclass(frozen=True, slots=True)
class Area:
    """An area to draw: GeoJSON geometry in longitude and latitude, a shade from 0 to 2, words for it."""

    name: str
    geometry: Mapping[str, object]
    shade: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A named place."""

    name: str
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class _Sheet:
    """From degrees to the sheet: north up, a degree of longitude as short as it is at that latitude."""

    west: float
    north: float
    across: float
    scale: float
    left: float

    def points(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        """Many points at once."""
        x = (degrees[:, 0] - self.west) * self.across * self.scale + self.left
        y = (self.north - degrees[:, 1]) * self.scale + MARGIN
        return np.column_stack((x, y))


def areas(shapes: Sequence[Area], *, title: str, dots: Sequence[Dot] = ()) -> str:
    """The map as an SVG element; its colours come from the page by class. A table belongs beneath it."""
    outlines = [shapely.from_geojson(json.dumps(shape.geometry)) for shape in shapes]
    if not outlines:
        return ""
    sheet, height = _sheet(outlines)
    drawn = [_projected(outline, sheet) for outline in outlines]
    parts = [
        f'<path class="area s{shape.shade}" fill-rule="evenodd" d="{_path(outline)}"/>'
        for shape, outline in zip(shapes, drawn, strict=True)
    ]
    dark = shapely.union_all([o for s, o in zip(shapes, drawn, strict=True) if s.shade == SHADES - 1])
    written = [_label(shape, outline) for shape, outline in zip(shapes, drawn, strict=True)]
    for dot in dots:
        if (words := _dot(dot, sheet, dark, written)) is not None:
            written.append(words)
    parts += [words.svg for words in written]
    return (
        f'<svg class="areas" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">'
        f"{''.join(parts)}</svg>"
    )


def _sheet(outlines: Sequence[BaseGeometry]) -> tuple[_Sheet, int]:
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(outlines))
    across = math.cos(math.radians((south + north) / 2))
    wide, high = max((east - west) * across, 1e-6), max(north - south, 1e-6)
    scale = min((WIDTH - 2 * MARGIN) / wide, (MOST_HEIGHT - 2 * MARGIN) / high)
    return _Sheet(west, north, across, scale, (WIDTH - wide * scale) / 2), round(high * scale + 2 * MARGIN)


def _projected(outline: BaseGeometry, sheet: _Sheet) -> BaseGeometry:
    """The outline in sheet units, as coarse as the eye allows."""
    return shapely.simplify(shapely.make_valid(shapely.transform(outline, sheet.points)), 0.4)


def _polygons(outline: BaseGeometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(outline) if isinstance(part, Polygon)]


def _path(outline: BaseGeometry) -> str:
    rings = (ring for part in _polygons(outline) for ring in (part.exterior, *part.interiors))
    return "".join(
        "M" + " ".join(f"{x:.1f},{y:.1f}" for x, y in shapely.get_coordinates(ring)[:-1]) + "z"
        for ring in rings
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """Something written on the map, and the room it takes."""

    box: BaseGeometry
    svg: str


def _label(shape: Area, outline: BaseGeometry) -> _Words:
    """Name and words where they fit best inside; in the ground's colour around where they must reach out."""
    half = max(len(shape.name) * NAME * 0.56, len(shape.words) * WORDS * 0.52) / 2
    x, y = _middle(max(_polygons(outline), key=shapely.area), NAME / half)
    kind = f"label s{shape.shade}"
    place = f'class="{kind}" x="{x:.1f}" text-anchor="middle"'
    top = y if shape.words else y + 6
    name = f'<text {place} y="{top:.1f}" font-size="{NAME}" font-weight="700">{escape(shape.name)}</text>'
    words = f'<text {place} y="{y + NAME:.1f}" font-size="{WORDS}">{escape(shape.words)}</text>'
    box = shapely.box(x - half, y - NAME, x + half, y + NAME)
    return _Words(box, name + words if shape.words else name)


def _middle(outline: Polygon, slender: float) -> tuple[float, float]:
    """The middle of the widest room for something wider than high: a circle in a map pressed together."""
    pressed = shapely.transform(outline, lambda points: points * np.array([slender, 1.0]))
    x, y = shapely.get_coordinates(shapely.maximum_inscribed_circle(pressed, tolerance=0.5))[0]
    return float(x) / slender, float(y)


def _dot(dot: Dot, sheet: _Sheet, dark: BaseGeometry, taken: Sequence[_Words]) -> _Words | None:
    """A dot with its name on the side where there is room; left out where there is none."""
    x, y = (float(number) for number in sheet.points(np.array([[dot.longitude, dot.latitude]]))[0])
    length = len(dot.name) * DOT * 0.54
    sheet_box = shapely.box(0, 0, WIDTH, MOST_HEIGHT)
    for anchor, start in (("start", x + 8), ("end", x - 8)):
        far = start + length if anchor == "start" else start - length
        box = shapely.box(min(x - 4, far), y - 8, max(x + 4, far), y + 8)
        if not shapely.contains(sheet_box, box) or any(shapely.intersects(box, other.box) for other in taken):
            continue
        kind = "s2" if shapely.contains(dark, shapely.Point(x, y)) else "s0"
        mark = f'<circle class="dot {kind}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>'
        place = f'class="label {kind}" x="{start:.1f}" y="{y + 5:.1f}" text-anchor="{anchor}"'
        return _Words(box, f'{mark}<text {place} font-size="{DOT}">{escape(dot.name)}</text>')
    return None
