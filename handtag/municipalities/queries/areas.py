"""Areas: those in force, their shapes, and which one a point falls in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from handtag.geo import polygons
from handtag.geo.points import Point
from handtag.geo.polygons import Shape
from handtag.municipalities.models import Area

Placed = tuple[UUID, UUID | None, float, float]
_AT_A_TIME = 500


def in_force(municipality_id: UUID) -> QuerySet[Area]:
    """The areas in force, as a query to go on with."""
    return Area.objects.of(municipality_id).filter(retired_at=None).order_by("name")


def areas(municipality_id: UUID) -> list[Area]:
    """The areas in force, by name."""
    return list(in_force(municipality_id))


def shapes(municipality_id: UUID) -> list[Shape]:
    """The areas in force as shapes; `key` is the area's id."""
    rows = in_force(municipality_id).values_list("id", "name", "geometry")
    return [polygons.shape_of(geometry, name=name, key=str(key)) for key, name, geometry in rows]


@dataclass(frozen=True, slots=True)
class Areas:
    """The shapes of a municipality read once, to let many points fall into their areas."""

    shapes: Sequence[Shape]

    @classmethod
    def of(cls, municipality_id: UUID) -> "Areas":
        """Those in force just now."""
        return cls(shapes(municipality_id))

    def id_at(self, point: Point) -> UUID | None:
        """The area a point falls in; just outside all of them, the nearest."""
        found = polygons.which(self.shapes, point)
        return UUID(found.key) if found else None

    def falling(self, rows: Iterable[Placed]) -> Iterator[tuple[UUID | None, list[UUID]]]:
        """Those that lie in another area than is written on them: the area, and some hundreds at a time."""
        moved: dict[UUID | None, list[UUID]] = {}
        for key, written, lon, lat in rows:
            now = self.id_at(Point(lon, lat))
            if now != written:
                moved.setdefault(now, []).append(key)
        for now, keys in moved.items():
            for start in range(0, len(keys), _AT_A_TIME):
                yield now, keys[start : start + _AT_A_TIME]


def map_data(municipality_id: UUID) -> dict[str, Any]:
    """The areas in force as GeoJSON, for a map in the browser."""
    rows = in_force(municipality_id).values_list("name", "geometry")
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": geometry} for name, geometry in rows
    ]
    return {"type": "FeatureCollection", "features": features}


def area_at(municipality_id: UUID, point: Point) -> Area | None:
    """The area a point falls in, or None."""
    found = Areas.of(municipality_id).id_at(point)
    return in_force(municipality_id).get(pk=found) if found else None
