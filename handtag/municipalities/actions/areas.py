"""The areas are drawn anew from a file, and everything falls into its new area."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from handtag.geo import geojson, polygons
from handtag.geo import municipalities as listed
from handtag.geo.polygons import Shape
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.municipalities.models import Area, Municipality, Place
from handtag.municipalities.queries.areas import Areas, in_force


@dataclass(frozen=True, slots=True)
class AreasChanged:
    """What an upload did: areas that came, were redrawn or retired, and where points fall now."""

    municipality_id: UUID
    added: tuple[UUID, ...]
    redrawn: tuple[UUID, ...]
    retired: tuple[UUID, ...]
    areas: Areas


# Rooms above let what is theirs (asks) fall into the new areas; added to in their apps.ready().
AFTER_AREAS: list[Callable[[Actor, AreasChanged], None]] = []


@transaction.atomic
def upload_areas(*, by: Actor, text: bytes | str) -> AreasChanged:
    """Put the areas of a GeoJSON file in force: all of them, and no others.

    An area with the name of an earlier one takes its place and keeps its id; one that is not in the file is
    retired, never deleted, since asks and figures of the past rest on it. A bad file raises what is wrong
    with which area, and nothing has changed.
    """
    by.must(Right.MANAGE_PLACES)
    town = Municipality.objects.select_for_update().get(pk=by.tenant)
    shapes = geojson.parse(text, near=listed.boundary(town.code))
    added, redrawn = _put_in_force(town.id, shapes)
    gone = in_force(town.id).exclude(pk__in=[*added, *redrawn])
    retired = tuple(gone.values_list("id", flat=True))
    gone.update(retired_at=clock.now())
    changed = AreasChanged(town.id, added, redrawn, retired, Areas.of(town.id))
    _let_places_fall(changed)
    history.record(
        by=by,
        verb="areas.uploaded",
        kind="municipality",
        object_id=town.id,
        added=len(added),
        redrawn=len(redrawn),
        retired=len(retired),
    )
    for consequence in AFTER_AREAS:
        consequence(by, changed)
    return changed


def _put_in_force(municipality_id: UUID, shapes: list[Shape]) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
    added: list[UUID] = []
    redrawn: list[UUID] = []
    for shape in shapes:
        geometry = polygons.geojson_of(shape)
        known = _latest_named(municipality_id, shape.name)
        if known is None:
            made = Area.objects.create(municipality_id=municipality_id, name=shape.name, geometry=geometry)
            added.append(made.id)
        else:
            Area.objects.of(municipality_id).filter(pk=known).update(
                geometry=geometry, note="", retired_at=None
            )
            redrawn.append(known)
    return tuple(added), tuple(redrawn)


def _latest_named(municipality_id: UUID, name: str) -> UUID | None:
    """The area of this name that is in force, else the one retired last: its figures go on."""
    named = list(Area.objects.of(municipality_id).filter(name=name).values_list("retired_at", "id"))
    newest = sorted(named, key=lambda row: (row[0] is None, row[0] or clock.now()))
    return newest[-1][1] if newest else None


def _let_places_fall(changed: AreasChanged) -> None:
    places = Place.objects.of(changed.municipality_id).filter(retired_at=None)
    rows = places.values_list("id", "area_id", "longitude", "latitude")
    for now, fallen in changed.areas.falling(rows):
        Place.objects.of(changed.municipality_id).filter(pk__in=fallen).update(area_id=now)
