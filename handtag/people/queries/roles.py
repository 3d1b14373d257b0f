"""Who is what: the roles of one person, and the staff of one municipality."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from handtag.kernel.actor import Actor, Hat
from handtag.kernel.rights import STAFF, Right, Role
from handtag.people.models import RoleHeld
from handtag.people.queries.names import shown_as
from handtag.people.queries.scopes import said
from handtag.people.rules import giving


@dataclass(frozen=True, slots=True)
class Held:
    """One role in force."""

    id: UUID
    role: Role
    municipality_id: UUID | None
    partnership_id: UUID | None
    services: frozenset[UUID]
    groups: frozenset[UUID]
    committees: frozenset[UUID]
    since: datetime

    @property
    def hat(self) -> Hat:
        """The same as an Actor wears it."""
        return Hat(self.role, self.id, self.services, self.groups, self.committees)


def roles_of(person_id: UUID) -> list[Held]:
    """Every role a person holds just now, in all towns: for their own eyes and for the Actor."""
    rows = RoleHeld.objects.everywhere().filter(person_id=person_id, until=None).order_by("since", "id")
    return [_held(row) for row in rows]


def towns_of(person_id: UUID) -> list[UUID]:
    """Where somebody belongs: the towns of their roles in force, else every town they had a role in.

    Who has moved is the next town's; who is nowhere any more belongs to each where they were.
    """
    rows = RoleHeld.objects.everywhere().filter(person_id=person_id, municipality__isnull=False)
    held = list(rows.order_by("since", "id").values_list("municipality_id", "until"))
    now = [town for town, until in held if until is None and town]
    return list(dict.fromkeys(now or [town for town, _until in held if town]))


def hats(person_id: UUID, municipality_id: UUID) -> tuple[Hat, ...]:
    """The roles a person holds just now in one municipality."""
    rows = RoleHeld.objects.of(municipality_id).filter(person_id=person_id, until=None)
    return tuple(worn(row) for row in rows.order_by("since", "id"))


@dataclass(frozen=True, slots=True)
class RoleSaid:
    """A role as a person's page says it, with what it is narrowed to."""

    role: Role
    narrowed: str


def roles_said(by: Actor, person_id: UUID) -> tuple[RoleSaid, ...]:
    """The roles that somebody holds in this municipality."""
    held = hats(person_id, by.tenant)
    return tuple(RoleSaid(hat.role, narrowed) for hat, narrowed in zip(held, said(held, by), strict=True))


@dataclass(frozen=True, slots=True)
class Staff:
    """One line of the table of who has which role."""

    person_id: UUID
    name: str
    role: Role
    since: datetime
    narrowed: str
    is_self: bool
    may_take: bool


def staff(by: Actor) -> list[Staff]:
    """Everybody with a staff role here, by role and name; colleagues are shown with their full names.

    A protected person is not on the list, except for themselves and the officers.
    """
    by.must(Right.GIVE_ROLES)
    rows = _visible(by, RoleHeld.objects.of(by.tenant).filter(until=None, role__in=sorted(STAFF)))
    found = list(rows.select_related("person"))
    words = said([worn(row) for row in found], by)
    lines = [_line(by, row, narrowed) for row, narrowed in zip(found, words, strict=True)]
    order = list(Role)
    return sorted(lines, key=lambda line: (order.index(line.role), line.name.casefold()))


def givable(by: Actor) -> list[Role]:
    """The roles that the reader may give, in the order of the table; a resident one becomes by oneself."""
    return [role for role in Role if role in giving.givable(by.hats) and role != Role.RESIDENT]


def _visible(by: Actor, rows: QuerySet[RoleHeld]) -> QuerySet[RoleHeld]:
    if by.may(Right.KEEP_PROTECTED):
        return rows
    return rows.filter(Q(person__protection="none") | Q(person_id__in=[by.person_id]))


def _line(by: Actor, row: RoleHeld, narrowed: str) -> Staff:
    is_self = row.person_id == by.person_id
    return Staff(
        person_id=row.person_id,
        name=shown_as(row.person, to=by, close=True),
        role=Role(row.role),
        since=row.since,
        narrowed=narrowed,
        is_self=is_self,
        may_take=is_self or giving.may_give(by.hats, worn(row)),
    )


def worn(row: RoleHeld) -> Hat:
    """A role that is held, as an Actor wears it."""
    return _held(row).hat


def _held(row: RoleHeld) -> Held:
    return Held(
        id=row.id,
        role=Role(row.role),
        municipality_id=row.municipality_id,
        partnership_id=row.partnership_id,
        services=_ids(row.services),
        groups=_ids(row.groups),
        committees=_ids(row.committees),
        since=row.since,
    )


def _ids(written: Iterable[str]) -> frozenset[UUID]:
    return frozenset(UUID(one) for one in written)
