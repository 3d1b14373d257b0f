"""Whom a deed in this room must reach."""

from uuid import UUID

from handtag.kernel.rights import Role
from handtag.people.models import RoleHeld


def officers(municipality_id: UUID) -> list[UUID]:
    """The protected-identity officers of a municipality."""
    held = RoleHeld.objects.of(municipality_id).filter(
        role=Role.PROTECTED_IDENTITY_OFFICER.value, until=None, person__erased_at=None
    )
    return list(held.order_by("person_id").values_list("person_id", flat=True))
