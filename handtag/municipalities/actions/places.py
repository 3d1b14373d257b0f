"""Places are added, renamed and retired; addresses come as a file."""

from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from handtag.geo import addresses, polygons
from handtag.geo import municipalities as listed
from handtag.geo.points import Point
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problem, Problems
from handtag.kernel.rights import Right
from handtag.municipalities.models import Municipality, Place
from handtag.municipalities.queries.areas import Areas
from handtag.municipalities.rules.places import sought
from handtag.municipalities.rules.words import NewPlace


@transaction.atomic
def add_place(*, by: Actor, new: NewPlace) -> Place:
    """Add a named place; no village is missing because a list lacks it."""
    by.must(Right.MANAGE_PLACES)
    point = _point_of(by.tenant, new)
    try:
        with transaction.atomic():
            place = Place.objects.create(
                municipality_id=by.tenant,
                area_id=Areas.of(by.tenant).id_at(point),
                kind=new.kind,
                name=_named(new.name),
                sought=sought(new.name),
                longitude=point.lon,
                latitude=point.lat,
            )
    except IntegrityError as fault:
        raise _taken() from fault
    history.record(by=by, verb="place.added", kind="place", object_id=place.id)
    return place


@transaction.atomic
def rename_place(*, by: Actor, place_id: UUID, name: str) -> Place:
    """Give a place another name."""
    by.must(Right.MANAGE_PLACES)
    try:
        with transaction.atomic():
            renamed = (
                Place.objects.of(by.tenant)
                .filter(pk=place_id, retired_at=None)
                .update(name=_named(name), sought=sought(name))
            )
    except IntegrityError as fault:
        raise _taken() from fault
    if not renamed:
        raise NotFound("place")
    history.record(by=by, verb="place.renamed", kind="place", object_id=place_id)
    return Place.objects.of(by.tenant).get(pk=place_id)


@transaction.atomic
def retire_place(*, by: Actor, place_id: UUID) -> None:
    """Take a place out of use; what already points at it keeps it."""
    by.must(Right.MANAGE_PLACES)
    here = Place.objects.of(by.tenant).filter(pk=place_id)
    if here.filter(retired_at=None).update(retired_at=clock.now()):
        history.record(by=by, verb="place.retired", kind="place", object_id=place_id)
    elif not here.exists():
        raise NotFound("place")


@transaction.atomic
def upload_addresses(*, by: Actor, text: bytes) -> int:
    """Make a CSV file the municipality's list of addresses: what is not in it goes out of use.

    A bad file raises what is wrong with which line, and nothing has changed. Returns how many there are now.
    """
    by.must(Right.MANAGE_PLACES)
    Municipality.objects.select_for_update().get(pk=by.tenant)
    wanted = _by_name(addresses.parse(text))
    known = Place.objects.of(by.tenant).filter(kind=Place.Kind.ADDRESS, retired_at=None)
    rows = {key: (pk, Point(lon, lat)) for key, pk, lon, lat in known.values_list(*_COLUMNS)}
    same = {key for key, (_pk, point) in rows.items() if key in wanted and wanted[key].point == point}
    _retire(by.tenant, [pk for key, (pk, _point) in rows.items() if key not in same])
    _add_all(by.tenant, {key: address for key, address in wanted.items() if key not in same})
    history.record(
        by=by, verb="addresses.uploaded", kind="municipality", object_id=by.tenant, count=len(wanted)
    )
    return len(wanted)


_COLUMNS = ("sought", "id", "longitude", "latitude")
_BATCH = 500


def _point_of(municipality_id: UUID, new: NewPlace) -> Point:
    if new.beside is not None:
        beside = Place.objects.of(municipality_id).filter(pk=new.beside, retired_at=None).first()
        if beside is None:
            raise NotFound("place")
        return Point(beside.longitude, beside.latitude)
    if new.longitude is None or new.latitude is None:
        raise Problem(
            _("Say where it is: a spot on the map, its coordinates, or a place it lies beside."),
            field="longitude",
        )
    point = Point(new.longitude, new.latitude)
    _must_be_here(municipality_id, point)
    return point


def _must_be_here(municipality_id: UUID, point: Point) -> None:
    """Refuse a spot far outside the municipality: its border is known to within a few kilometres."""
    code = Municipality.objects.values_list("code", flat=True).get(pk=municipality_id)
    town = listed.boundary(code)
    if polygons.which([town], point, within=5_000) is None:
        raise Problem(
            _("That spot is not in %(town)s. Check the coordinates.") % {"town": town.name},
            field="longitude",
        )


def _named(name: str) -> str:
    shown = " ".join(name.split())
    if not shown:
        raise Problem(_("Write the name of the place."), field="name")
    return shown


def _taken() -> Problem:
    return Problem(_("There is already a place with that name. Write another."), field="name")


def _by_name(found: Iterable[addresses.Address]) -> dict[str, addresses.Address]:
    wanted: dict[str, addresses.Address] = {}
    twice: list[Problem] = []
    for address in found:
        if wanted.setdefault(sought(address.text), address) is not address:
            words = _(
                "The address “%(address)s” is there twice, at different spots. Add the village to each."
            )
            twice.append(Problem(words % {"address": address.text}))
    if twice:
        raise Problems(twice[:20])
    return wanted


def _retire(municipality_id: UUID, keys: list[UUID]) -> None:
    now = clock.now()
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        Place.objects.of(municipality_id).filter(pk__in=batch).update(retired_at=now)


def _add_all(municipality_id: UUID, wanted: dict[str, addresses.Address]) -> None:
    areas = Areas.of(municipality_id)
    Place.objects.bulk_create(
        (
            Place(
                municipality_id=municipality_id,
                area_id=areas.id_at(address.point),
                kind=Place.Kind.ADDRESS,
                name=address.text,
                sought=key,
                longitude=address.point.lon,
                latitude=address.point.lat,
            )
            for key, address in wanted.items()
        ),
        batch_size=_BATCH,
    )
