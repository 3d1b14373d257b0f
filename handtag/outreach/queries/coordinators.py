"""Who steers the asks of a service: whom an urgent one is brought to."""

from uuid import UUID

from handtag.errands.queries.asks import within_reach
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Role
from handtag.people.models import RoleHeld
from handtag.people.queries import hats

STEERS = (Role.COORDINATOR, Role.GROUP_COORDINATOR)


def coordinators(municipality_id: UUID, service_id: UUID) -> list[UUID]:
    """The coordinators whose role reaches the service."""
    held = RoleHeld.objects.of(municipality_id).filter(
        role__in=[each.value for each in STEERS], until=None, person__erased_at=None
    )
    people = sorted(set(held.values_list("person_id", flat=True)))
    return [
        each
        for each in people
        if within_reach(Actor(each, municipality_id, hats(each, municipality_id)), service_id)
    ]
