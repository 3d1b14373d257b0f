"""Sweden's 290 municipalities, their boundaries and places, from the files in data/."""

import json
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

import shapely
from django.utils.translation import gettext_noop
from shapely.geometry import MultiPolygon, Polygon

from handtag.geo import geojson
from handtag.geo.errors import GeoProblem
from handtag.geo.points import Point
from handtag.geo.polygons import Shape, which

DATA = Path(__file__).resolve().parents[2] / "data"

_OFFICIAL = {"Falun": "Falu kommun", "Gotland": "Region Gotland"}
_DIGITS = "0123456789"
_NO_GENITIVE = tuple("aeiouyåäösxz")


@dataclass(frozen=True, slots=True)
class Listed:
    """A municipality as Statistics Sweden lists it; its centre is where people live."""

    code: str
    name: str
    county: str
    slug: str
    centre: Point

    @property
    def official(self) -> str:
        """Its name as an authority: “Helsingborgs kommun”."""
        genitive = "" if self.name.endswith(_NO_GENITIVE) else "s"
        return _OFFICIAL.get(self.name, f"{self.name}{genitive} kommun")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A town, village or part of a town; `people` is about how many live there, 0 when unknown."""

    name: str
    point: Point
    code: str
    people: int


@cache
def everyone() -> tuple[Listed, ...]:
    """All 290, by code."""
    return tuple(
        Listed(row["code"], row["name"], row["county"], row["slug"], Point(row["lon"], row["lat"]))
        for row in _rows("municipalities.json", "municipalities")
    )


def by_code(code: str) -> Listed:
    """The municipality with this code; a wrong code is answered with the nearest right ones."""
    found = _by_code().get(code.strip())
    if found is None:
        raise GeoProblem(
            "municipality",
            gettext_noop("There is no municipality with the code %(given)s. Did you mean %(suggestions)s?"),
            given=code.strip()[:40] or "–",
            suggestions=", ".join(str(one) for one in suggest(code)),
        )
    return found


def suggest(text: str, count: int = 3) -> list[Listed]:
    """The municipalities whose code or name is most like what was typed, the likeliest first."""
    typed = text.strip().casefold()[:80]
    return sorted(everyone(), key=lambda one: (-_likeness(typed, one), _away(typed, one), one.code))[:count]


def boundary(code: str) -> Shape:
    """The generalised outline of a municipality: for maps and for choosing a town, not for single houses."""
    return _boundaries()[by_code(code).code]


def at(point: Point) -> Listed | None:
    """The municipality a point lies in, or the nearest one by the coast."""
    found = which(_boundaries().values(), point)
    return by_code(found.key) if found else None


def places(code: str) -> tuple[NamedPlace, ...]:
    """The named places of a municipality, by name; a municipality adds those that are missing."""
    return _places().get(by_code(code).code, ())


def areas(code: str) -> list[Shape]:
    """The areas drawn for the sample (Helsingborg and Bjuv); none for others."""
    file = DATA / "areas" / f"{by_code(code).code}.geojson"
    return geojson.parse(file.read_bytes()) if file.exists() else []


def _rows(file: str, key: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((DATA / file).read_text(encoding="utf-8"))[key]
    return rows


@cache
def _by_code() -> dict[str, Listed]:
    return {one.code: one for one in everyone()}


@cache
def _boundaries() -> dict[str, Shape]:
    shapes = {}
    for row in _rows("boundaries.json", "boundaries"):
        parts = [Polygon(part[0], part[1:]) for part in row["polygons"]]
        outline = parts[0] if len(parts) == 1 else MultiPolygon(parts)
        shapely.prepare(outline)
        shapes[row["code"]] = Shape(by_code(row["code"]).name, outline, row["code"])
    return shapes


@cache
def _places() -> dict[str, tuple[NamedPlace, ...]]:
    found: dict[str, list[NamedPlace]] = {}
    for file in ("places.json", "places_extra.json"):
        for row in _rows(file, "places"):
            place = NamedPlace(row["name"], Point(row["lon"], row["lat"]), row["municipality"], row["people"])
            found.setdefault(place.code, []).append(place)
    return {code: tuple(sorted(ones, key=lambda one: one.name)) for code, ones in found.items()}


def _likeness(typed: str, one: Listed) -> float:
    name = SequenceMatcher(None, typed, one.name.casefold()).ratio()
    return max(name, _code_likeness("".join(sign for sign in typed if sign in _DIGITS), one.code))


def _code_likeness(digits: str, code: str) -> float:
    """One digit wrong, or two neighbouring ones in the wrong order."""
    if code in {digits[:i] + digits[i : i + 2][::-1] + digits[i + 2 :] for i in range(len(digits) - 1)}:
        return 0.9
    return sum(one == other for one, other in zip(digits, code, strict=False)) / max(4, len(digits))


def _away(typed: str, one: Listed) -> int:
    """Between codes equally alike the nearest in number goes first."""
    digits = "".join(sign for sign in typed if sign in _DIGITS)[:8]
    return abs(int(digits) - int(one.code)) if digits else 0
