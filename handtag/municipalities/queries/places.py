"""Places: the list of a municipality, and finding one by what somebody types."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from handtag.kernel.errors import NotFound
from handtag.municipalities.models import Place
from handtag.municipalities.rules.places import LAST, sought

MOST = 20


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place as lists show it."""

    id: UUID
    name: str
    kind: str
    area_id: UUID | None
    area: str
    longitude: float
    latitude: float


def place(municipality_id: UUID, place_id: UUID) -> Place:
    """One place in use; NotFound for a retired one and for another municipality's."""
    found = _in_use(municipality_id).filter(pk=place_id).first()
    if found is None:
        raise NotFound("place")
    return found


def places(municipality_id: UUID, kind: str | None = None) -> list[PlaceRow]:
    """The named places, by name: villages and public places, or one kind; addresses only when asked for."""
    rows = _in_use(municipality_id)
    rows = rows.filter(kind=kind) if kind else rows.exclude(kind=Place.Kind.ADDRESS)
    return _rows(rows.order_by("sought"))


def place_choices(municipality_id: UUID) -> list[tuple[str, str]]:
    """The named places, by name, for a list to choose from; addresses are typed."""
    return [(str(row.id), row.name) for row in places(municipality_id)]


def find_places(municipality_id: UUID, words: str, kind: str | None = None) -> list[PlaceRow]:
    """At most twenty places whose name begins with the words; those that only hold them come after.

    Addresses are found by their beginning alone: there may be a hundred thousand of them.
    """
    wanted = sought(words)
    if not wanted:
        return []
    rows = _in_use(municipality_id)
    if kind:
        rows = rows.filter(kind=kind)
    begins = Q(sought__gte=wanted, sought__lt=wanted + LAST)
    found = _rows(rows.filter(begins).order_by("kind", "sought")[:MOST])
    found.sort(key=lambda row: (row.kind == Place.Kind.ADDRESS, sought(row.name)))
    if len(found) < MOST and kind != Place.Kind.ADDRESS:
        more = rows.exclude(begins).exclude(kind=Place.Kind.ADDRESS).filter(sought__contains=wanted)
        found += _rows(more.order_by("sought")[: MOST - len(found)])
    return found


def address_count(municipality_id: UUID) -> int:
    """How many addresses the municipality has uploaded."""
    return _in_use(municipality_id).filter(kind=Place.Kind.ADDRESS).count()


def place_counts(municipality_id: UUID) -> dict[UUID | None, int]:
    """How many named places each area has; under None those that fall into none."""
    rows = _in_use(municipality_id).exclude(kind=Place.Kind.ADDRESS).values("area_id")
    return dict(rows.annotate(count=Count("id")).values_list("area_id", "count"))


def _in_use(municipality_id: UUID) -> QuerySet[Place]:
    return Place.objects.of(municipality_id).filter(retired_at=None)


def _rows(rows: QuerySet[Place]) -> list[PlaceRow]:
    columns = ("id", "name", "kind", "area_id", "area__name", "longitude", "latitude")
    return [
        PlaceRow(key, name, kind, area_id, area or "", longitude, latitude)
        for key, name, kind, area_id, area, longitude, latitude in rows.values_list(*columns)
    ]
