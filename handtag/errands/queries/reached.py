"""Whom a deed in this room must reach."""

from uuid import UUID

from handtag.errands.models import Ask, Errand
from handtag.kernel.rights import Role
from handtag.mandates.queries import told_beside
from handtag.people.models import RoleHeld


def officers(municipality_id: UUID) -> list[UUID]:
    """The protected-identity officers of a municipality."""
    held = RoleHeld.objects.of(municipality_id).filter(
        role=Role.PROTECTED_IDENTITY_OFFICER.value, until=None, person__erased_at=None
    )
    return list(held.order_by("person_id").values_list("person_id", flat=True))


def beside(municipality_id: UUID, asker_id: UUID, about_id: UUID) -> list[UUID]:
    """Who is told with the asker of an ask or an errand: proxies, where the mandate says so and covers it."""
    told = told_beside(municipality_id, asker_id)
    service_id = _service(municipality_id, asker_id, about_id) if told else None
    if service_id is None:
        return []
    return [proxy_id for proxy_id, services in told if not services or service_id in services]


def _service(municipality_id: UUID, asker_id: UUID, about_id: UUID) -> UUID | None:
    asks = Ask.objects.of(municipality_id).filter(asker_id=asker_id)
    found = asks.filter(pk=about_id).values_list("service_id", flat=True).first()
    errands = Errand.objects.of(municipality_id).filter(pk=about_id, asker_id=asker_id)
    return found or errands.values_list("occasion__ask__service_id", flat=True).first()
