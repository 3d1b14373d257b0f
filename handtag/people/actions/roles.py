"""Roles are given and taken: never the last coordinator's, never wider than the giver's own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor, Hat
from handtag.kernel.errors import NotAllowed, NotFound, Problem, TooLate
from handtag.kernel.rights import Right, Role
from handtag.people import queries
from handtag.people.models import Person, RoleHeld
from handtag.people.queries.names import is_own
from handtag.people.queries.roles import worn
from handtag.people.queries.walls import here_and_visible
from handtag.people.rules import giving
from handtag.people.rules.seeking import sought

IdSet = Iterable[UUID]


@dataclass(frozen=True, slots=True)
class RoleChange:
    """A role that came or went."""

    person_id: UUID
    role: Role
    given: bool
    narrowed: dict[str, list[str]] = field(default_factory=dict)


# Rooms above act on it (a login for new staff, sessions ended) in their apps.ready().
AFTER_ROLE: list[Callable[[Actor, RoleChange], None]] = []


@transaction.atomic
def become_resident(*, by: Actor, person_id: UUID) -> RoleHeld:
    """Take part in this municipality: by oneself, or through staff; being it already changes nothing."""
    if not is_own(person_id, by):
        by.must(Right.REGISTER_PEOPLE)
        if by.role != Role.SYSTEM:
            queries.person(by, person_id)
    return hold(by=by, person_id=person_id, role=Role.RESIDENT)


@transaction.atomic
def give_role(
    *,
    by: Actor,
    person_id: UUID,
    role: str,
    services: IdSet = (),
    groups: IdSet = (),
    committees: IdSet = (),
) -> RoleHeld:
    """Give somebody known here a role, perhaps narrowed; the table in `rules/giving.py` says who may."""
    by.must(Right.GIVE_ROLES)
    hat = _hat(role, services, groups, committees)
    _may_give(by, hat)
    _must_fit(by, hat)
    person = queries.person(by, person_id)
    if is_own(person.id, by):
        raise Problem(_("Nobody gives a role to themselves. Ask a colleague."), field="role")
    if any(not giving.may_give(by.hats, worn(held)) for held in _in_force(by, person.id, hat.role)):
        raise Problem(_("They have this role for more than you may change. Ask a colleague."), field="role")
    return hold(by=by, person_id=person.id, role=hat.role, hat=hat)


@transaction.atomic
def appoint(
    *,
    by: Actor,
    role: str,
    email: str,
    given_name: str,
    family_name: str = "",
    services: IdSet = (),
    groups: IdSet = (),
    committees: IdSet = (),
) -> RoleHeld:
    """Give a role to a colleague by e-mail address; who is not known here yet becomes known, as staff alone.

    A protected person counts as not known to who may not see them.
    """
    by.must(Right.GIVE_ROLES)
    hat = _hat(role, services, groups, committees)
    _may_give(by, hat)
    _must_fit(by, hat)
    address = email.strip().casefold()
    if not address:
        raise Problem(_("Write the colleague's e-mail address: it is how they log in."), field="email")
    known = here_and_visible(by).filter(email=address).order_by("created_at").first()
    if known is not None:
        return give_role(
            by=by,
            person_id=known.id,
            role=role,
            services=hat.services,
            groups=hat.groups,
            committees=hat.committees,
        )
    if not given_name.strip():
        raise Problem(_("Write the colleague's first name."), field="given_name")
    made = Person.objects.create(
        given_name=given_name.strip(),
        family_name=family_name.strip(),
        sought=sought(f"{given_name} {family_name}"),
        email=address,
        age=Person.Age.ADULT,
    )
    history.record(by=by, verb="person.registered", kind="person", object_id=made.id, about=made.id)
    return hold(by=by, person_id=made.id, role=role, hat=hat)


@transaction.atomic
def take_role(*, by: Actor, person_id: UUID, role: str) -> None:
    """Take a role away, one's own or somebody else's; nobody can take the last coordinator away."""
    taken = _role(role)
    if not is_own(person_id, by):
        by.must(Right.GIVE_ROLES)
        if taken not in giving.givable(by.hats):
            raise NotAllowed(f"{taken} is not yours to take")
        queries.person(by, person_id)
        for row in _in_force(by, person_id, taken):
            _may_give(by, worn(row))
    if taken == Role.COORDINATOR:
        _keep_one(by, person_id)
    held = RoleHeld.objects.of(by.tenant).filter(person_id=person_id, role=taken)
    if held.filter(until=None).update(until=clock.now()):
        _tell(by, RoleChange(person_id, taken, given=False))
    elif not held.exists():
        raise NotFound("role")


def hold(*, by: Actor, person_id: UUID, role: str, hat: Hat | None = None) -> RoleHeld:
    """Write the role down, or narrow the one that is held already: there is one of each in force."""
    asked = hat or Hat(Role(role))
    earlier = _in_force(by, person_id, asked.role).first()
    if earlier is not None:
        return _narrow(by, earlier, asked)
    try:
        with transaction.atomic():
            made = RoleHeld.objects.create(
                person_id=person_id, municipality_id=by.tenant, role=asked.role, **_narrowed(asked)
            )
    except IntegrityError as fault:
        raise TooLate(_("Somebody gave the same role just now.")) from fault
    _tell(by, RoleChange(person_id, asked.role, given=True, narrowed=_facts(asked)))
    return made


def _role(word: str) -> Role:
    try:
        return Role(word)
    except ValueError as fault:
        raise NotFound("role") from fault


def _narrow(by: Actor, earlier: RoleHeld, asked: Hat) -> RoleHeld:
    wanted = _narrowed(asked)
    if any(getattr(earlier, name) != value for name, value in wanted.items()):
        RoleHeld.objects.of(by.tenant).filter(pk=earlier.pk).update(**wanted)
        _tell(by, RoleChange(earlier.person_id, asked.role, given=True, narrowed=_facts(asked)))
        earlier.refresh_from_db()
    return earlier


def _narrowed(hat: Hat) -> dict[str, list[str]]:
    return {kind: _facts(hat).get(kind, []) for kind in giving.KINDS}


def _facts(hat: Hat) -> dict[str, list[str]]:
    return {kind: sorted(str(one) for one in chosen) for kind, chosen in giving.narrowed(hat).items()}


def _in_force(by: Actor, person_id: UUID, role: Role) -> QuerySet[RoleHeld]:
    return RoleHeld.objects.of(by.tenant).filter(person_id=person_id, role=role, until=None)


def _hat(role: str, services: IdSet, groups: IdSet, committees: IdSet) -> Hat:
    return Hat(
        _role(role), services=frozenset(services), groups=frozenset(groups), committees=frozenset(committees)
    )


def _may_give(by: Actor, hat: Hat) -> None:
    if not giving.may_give(by.hats, hat):
        raise NotAllowed(f"{hat.role} is not yours to give")


def _must_fit(by: Actor, hat: Hat) -> None:
    """A role is narrowed by what its rights are asked about alone, and to what there is in this town."""
    if unfit := giving.unfit(hat):
        raise Problem(_("This role cannot be narrowed to these. Leave them empty."), field=unfit[0])
    named = giving.narrowed(hat)
    known = queries.scopes(by, named)
    for kind, chosen in named.items():
        if not chosen <= {one.id for one in known.get(kind, ())}:
            raise NotFound(kind)


def _keep_one(by: Actor, person_id: UUID) -> None:
    """Two who take each other's role at the same moment wait for one another here."""
    coordinators = RoleHeld.objects.of(by.tenant).filter(role=Role.COORDINATOR, until=None)
    held_by = [row.person_id for row in coordinators.order_by("id").select_for_update()]
    if held_by == [person_id]:
        raise Problem(_("This is the last coordinator. Give somebody else the role first."), field="role")


def _tell(by: Actor, change: RoleChange) -> None:
    facts: dict[str, Any] = {"given_role": change.role.value, **change.narrowed}
    history.record(
        by=by,
        verb="role.given" if change.given else "role.taken",
        kind="role",
        object_id=change.person_id,
        about=change.person_id,
        **facts,
    )
    for consequence in AFTER_ROLE:
        consequence(by, change)
