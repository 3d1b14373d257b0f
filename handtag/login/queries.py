"""Who somebody is where: the roles in force that the Actor is built of, and what belongs to a login."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from handtag.kernel import clock
from handtag.kernel.actor import Hat
from handtag.kernel.rights import Role
from handtag.kernel.tenancy import TenantQuerySet
from handtag.login.rules import Held
from handtag.people.models import RoleHeld


@dataclass(frozen=True, slots=True)
class Home:
    """A municipality where somebody has a role."""

    slug: str
    name: str
    role: Role
    role_id: UUID


def roles_in(person_id: UUID, municipality_id: UUID) -> list[Held]:
    """The person's roles in force in one municipality, those of its partnerships too; oldest first."""
    rows = (
        _in_force(person_id)
        .filter(
            Q(municipality_id=municipality_id) | Q(partnership__memberships__municipality_id=municipality_id)
        )
        .order_by("since", "id")
        .distinct()
    )
    return [_held(row) for row in rows]


def homes(person_id: UUID) -> list[Home]:
    """Every municipality where the person has a role in force, one line for each role."""
    rows = (
        _in_force(person_id)
        .filter(municipality__isnull=False)
        .order_by("municipality__name", "since", "id")
        .values_list("municipality__slug", "municipality__name", "role", "id")
    )
    return [Home(slug, name, Role(role), role_id) for slug, name, role, role_id in rows]


def _in_force(person_id: UUID) -> TenantQuerySet[RoleHeld]:
    now = clock.now()
    return RoleHeld.objects.everywhere().filter(
        Q(until=None) | Q(until__gt=now), person_id=person_id, since__lte=now
    )


def _held(row: RoleHeld) -> Held:
    hat = Hat(
        Role(row.role),
        row.id,
        services=frozenset(map(UUID, row.services)),
        groups=frozenset(map(UUID, row.groups)),
        committees=frozenset(map(UUID, row.committees)),
    )
    return Held(hat, row.municipality_id, row.partnership_id)
