"""A municipality's file of areas: read, check, and say of each area what is wrong and how to mend it."""

import json
from collections.abc import Iterator
from typing import Any

import shapely
from django.utils.translation import gettext_noop
from shapely.geometry import MultiPolygon, Polygon

from handtag.geo import sweref
from handtag.geo.errors import GeoProblem, plain, refuse
from handtag.geo.points import SWEDEN
from handtag.geo.polygons import Shape, square_metres

MOST_BYTES = 5_000_000
MOST_AREAS = 300
MOST_CORNERS = 10_000  # in one area
LONGEST_NAME = 80
SLIVER = 0.01  # of the smaller area: what two drawings of one border may overlap

_NAMES = ("name", "namn")
_HUGE = 1e12
_METRES_AS_DEGREES = gettext_noop(
    "Area %(area)s: its numbers are metres (%(x)s, %(y)s), probably SWEREF 99 TM. "
    "Export the file again as GeoJSON in WGS 84 (EPSG:4326)."
)
_SWAPPED = gettext_noop(
    "Area %(area)s: latitude comes before longitude (%(x)s, %(y)s). "
    "GeoJSON wants longitude first; export the file again."
)
_OUTSIDE = gettext_noop(
    "Area %(area)s: the corner %(x)s, %(y)s is not in Sweden. Check that the file is in WGS 84 (EPSG:4326)."
)


def parse(data: bytes | str, *, near: Shape | None = None) -> list[Shape]:
    """The areas of a GeoJSON file, or what is wrong with them; with `near`, each must touch that shape."""
    features = _features(data)
    shapes: list[tuple[str, Shape]] = []
    problems: list[GeoProblem] = []
    for number, feature in enumerate(features, 1):
        try:
            shapes.append(_area(number, feature, near))
        except GeoProblem as problem:
            problems.append(problem)
    problems.extend(_name_problems(shapes))
    problems.extend(_overlap_problems(shapes))
    refuse(problems)
    return [shape for _, shape in shapes]


# --- the file ---------------------------------------------------------------------------------------------


def _features(data: bytes | str) -> list[Any]:
    if len(data) > MOST_BYTES:
        raise GeoProblem(
            "too_large",
            gettext_noop("The file is larger than %(most)s MB. Simplify the areas, then export them again."),
            most=MOST_BYTES // 1_000_000,
        )
    found = _json(data)
    kind = found.get("type") if isinstance(found, dict) else None
    features = found.get("features") if isinstance(found, dict) else None
    if kind != "FeatureCollection" or not isinstance(features, list):
        raise GeoProblem(
            "not_collection",
            gettext_noop(
                "The file is no GeoJSON FeatureCollection. Export the areas as GeoJSON, all in one file."
            ),
        )
    if not features:
        raise GeoProblem(
            "empty", gettext_noop("The file has no areas in it. Export it again with the areas chosen.")
        )
    if len(features) > MOST_AREAS:
        raise GeoProblem(
            "too_many",
            gettext_noop("The file has %(count)s areas; at most %(most)s can be used. Join some of them."),
            count=len(features),
            most=MOST_AREAS,
        )
    return features


def _json(data: bytes | str) -> Any:
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as fault:
        line = getattr(fault, "lineno", 1)
        raise GeoProblem(
            "not_json",
            gettext_noop(
                "The file is not JSON in UTF-8: reading stopped at line %(line)s. Export it again as GeoJSON."
            ),
            line=line,
        ) from fault


def _no_constant(word: str) -> float:
    raise ValueError(f"{word} is no number")


# --- one area ---------------------------------------------------------------------------------------------


def _area(number: int, feature: Any, near: Shape | None) -> tuple[str, Shape]:
    if not isinstance(feature, dict):
        raise GeoProblem(
            "not_feature",
            gettext_noop("Area %(area)s is no GeoJSON feature. Export the file again."),
            area=str(number),
        )
    name = _name(number, feature.get("properties"))
    label = f"{number} ({name})"
    geometry = _geometry(label, feature.get("geometry"))
    if near is not None and not geometry.intersects(near.geometry):
        raise GeoProblem(
            "elsewhere",
            gettext_noop("Area %(area)s lies outside %(town)s. Check that it is the right file."),
            area=label,
            town=near.name,
        )
    return label, Shape(name, geometry)


def _name(number: int, properties: Any) -> str:
    for key, value in properties.items() if isinstance(properties, dict) else ():
        if key.casefold() in _NAMES and isinstance(value, str) and plain(value):
            name = plain(value)
            if len(name) > LONGEST_NAME:
                raise GeoProblem(
                    "long_name",
                    gettext_noop("Area %(area)s: its name is longer than %(most)s characters. Shorten it."),
                    area=f"{number} ({name[:20]}…)",
                    most=LONGEST_NAME,
                )
            return name
    raise GeoProblem(
        "no_name",
        gettext_noop("Area %(area)s has no name. Give each area a property “name” (or “namn”)."),
        area=str(number),
    )


def _geometry(label: str, geometry: Any) -> Polygon | MultiPolygon:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise GeoProblem(
            "not_polygon",
            gettext_noop("Area %(area)s is %(kind)s. Draw it as a closed area (Polygon or MultiPolygon)."),
            area=label,
            kind=kind if isinstance(kind, str) else "empty",
        )
    rings = geometry.get("coordinates")
    polygons = rings if kind == "MultiPolygon" else [rings]
    corners = list(_corners(label, polygons))
    if len(corners) > MOST_CORNERS:
        raise GeoProblem(
            "too_detailed",
            gettext_noop(
                "Area %(area)s has %(count)s corners; at most %(most)s can be used. Simplify its outline."
            ),
            area=label,
            count=len(corners),
            most=MOST_CORNERS,
        )
    _check_places(label, corners)
    parts = [Polygon(_flat(part[0]), [_flat(hole) for hole in part[1:]]) for part in polygons]
    made = parts[0] if kind == "Polygon" else MultiPolygon(parts)
    _check_form(label, made)
    return made


def _flat(ring: list[list[float]]) -> list[tuple[float, float]]:
    return [(corner[0], corner[1]) for corner in ring]


def _corners(label: str, polygons: Any) -> Iterator[tuple[float, float]]:
    """Every corner of every ring, once it is sure that they are numbers in rings of three corners or more."""
    if not isinstance(polygons, list) or not polygons:
        raise _no_corners(label)
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            raise _no_corners(label)
        for ring in polygon:
            if not isinstance(ring, list) or not all(_is_corner(corner) for corner in ring):
                raise _no_corners(label)
            if len({tuple(corner[:2]) for corner in ring}) < 3:
                raise GeoProblem(
                    "too_few",
                    gettext_noop("Area %(area)s has fewer than three corners. Draw it again."),
                    area=label,
                )
            yield from ((corner[0], corner[1]) for corner in ring)


def _is_corner(corner: Any) -> bool:
    if not isinstance(corner, list) or len(corner) < 2:
        return False
    return all(type(part) in (int, float) and abs(part) < _HUGE for part in corner[:2])


def _no_corners(label: str) -> GeoProblem:
    return GeoProblem(
        "no_corners",
        gettext_noop(
            "Area %(area)s: its corners are not written as pairs of numbers. Export the file again."
        ),
        area=label,
    )


def _check_places(label: str, corners: list[tuple[float, float]]) -> None:
    for x, y in corners:
        if SWEDEN.holds(x, y):
            continue
        words = {"area": label, "x": f"{x:g}", "y": f"{y:g}"}
        if SWEDEN.holds(y, x):
            raise GeoProblem("swapped", _SWAPPED, **words)
        if abs(x) > 1_000 and abs(y) > 1_000 and (_is_sweref(x, y) or _is_sweref(y, x)):
            raise GeoProblem("metres", _METRES_AS_DEGREES, **words)
        raise GeoProblem("outside", _OUTSIDE, **words)


def _is_sweref(easting: float, northing: float) -> bool:
    if not (200_000 < easting < 1_000_000 and 6_000_000 < northing < 7_800_000):
        return False
    return SWEDEN.holds(*sweref.unproject(easting, northing))


def _check_form(label: str, geometry: Polygon | MultiPolygon) -> None:
    if geometry.is_valid and geometry.area > 0:
        return
    if geometry.convex_hull.area == 0:
        raise GeoProblem(
            "flat",
            gettext_noop("Area %(area)s is a line without width. Draw it again as an area."),
            area=label,
        )
    reason, _, spot = shapely.is_valid_reason(geometry).partition("[")
    lon, _, lat = spot.rstrip("]").partition(" ")
    if "intersection" in reason.casefold():
        raise GeoProblem(
            "crossing",
            gettext_noop("Area %(area)s: its outline crosses itself near %(lat)s, %(lon)s. Mend that spot."),
            area=label,
            lat=f"{float(lat):.5f}",
            lon=f"{float(lon):.5f}",
        )
    raise GeoProblem(
        "broken",
        gettext_noop("Area %(area)s is not drawn as one whole (%(reason)s). Draw it again."),
        area=label,
        reason=reason.strip(),
    )


# --- the areas together -----------------------------------------------------------------------------------


def _name_problems(shapes: list[tuple[str, Shape]]) -> Iterator[GeoProblem]:
    first: dict[str, str] = {}
    for label, shape in shapes:
        other = first.setdefault(shape.name.casefold(), label)
        if other != label:
            yield GeoProblem(
                "same_name",
                gettext_noop("Areas %(other)s and %(area)s have the same name. Rename one of them."),
                area=label,
                other=other,
            )


def _overlap_problems(shapes: list[tuple[str, Shape]]) -> Iterator[GeoProblem]:
    tree = shapely.STRtree([shape.geometry for _, shape in shapes])
    for here, (label, shape) in enumerate(shapes):
        for there in sorted(int(index) for index in tree.query(shape.geometry, predicate="intersects")):
            if there >= here:
                break
            other, second = shapes[there]
            common = square_metres(shape.geometry.intersection(second.geometry))
            if common > SLIVER * min(shape.square_metres, second.square_metres):
                yield GeoProblem(
                    "overlap",
                    gettext_noop(
                        "Areas %(other)s and %(area)s overlap by %(hectares)s hectares. "
                        "Draw their common border again, so that each spot lies in one area only."
                    ),
                    area=label,
                    other=other,
                    hectares=max(1, round(common / 10_000)),
                )
