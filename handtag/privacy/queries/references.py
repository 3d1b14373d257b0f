"""What a stored reference leads to, by the name that people know it by."""

from collections.abc import Callable, Iterable
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from handtag.errands.models import Ask, Errand, Occasion
from handtag.groups.models import Group
from handtag.kernel import spoken
from handtag.municipalities.models import Area, Committee, Municipality, Place
from handtag.permits.models import Permit, Service
from handtag.permits.queries import service_words

Ids = Iterable[UUID]
Names = dict[UUID, str]


def names(column: str, values: Iterable[object]) -> Names:
    """The names of everything that a column's values refer to; one query, or two where a service is named."""
    wanted = {one for value in values for one in _ids(value)}
    return REFERENCES[column](wanted) if wanted else {}


def said(value: object, known: Names) -> str:
    """One reference, or a list of them, by name."""
    return spoken.join([known.get(one) or _("something that is gone") for one in _ids(value)])


def _ids(value: object) -> list[UUID]:
    if isinstance(value, list):
        return [UUID(str(one)) for one in value]
    return [value] if isinstance(value, UUID) else []


def _named(table: Any) -> Callable[[Ids], Names]:
    def look_up(ids: Ids) -> Names:
        rows = table.objects.everywhere() if hasattr(table.objects, "everywhere") else table.objects.all()
        return dict(rows.filter(pk__in=ids).values_list("pk", "name"))

    return look_up


def _services(ids: Ids) -> Names:
    return {row.id: service_words(row).name for row in Service.objects.everywhere().filter(pk__in=ids)}


def _of_service(table: Any, path: str) -> Callable[[Ids], Names]:
    """What belongs to a service is known by the service's name."""

    def look_up(ids: Ids) -> Names:
        found = dict(table.objects.everywhere().filter(pk__in=ids).values_list("pk", path))
        called = _services(found.values())
        return {key: called[service_id] for key, service_id in found.items()}

    return look_up


REFERENCES: Final[dict[str, Callable[[Ids], Names]]] = {
    "municipality_id": _named(Municipality),
    "marked_by_id": _named(Municipality),
    "place_id": _named(Place),
    "area_id": _named(Area),
    "group_id": _named(Group),
    "groups": _named(Group),
    "committees": _named(Committee),
    "service_id": _services,
    "services": _services,
    "permit_id": _of_service(Permit, "service_id"),
    "ask_id": _of_service(Ask, "service_id"),
    "occasion_id": _of_service(Occasion, "ask__service_id"),
    "errand_id": _of_service(Errand, "occasion__ask__service_id"),
}
